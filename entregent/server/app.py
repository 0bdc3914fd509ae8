"""The ASGI application: the slices' routes, the stream, the pages."""

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.routing import Route as StarletteRoute
from starlette.routing import Router
from starlette.types import ASGIApp

from entregent import __version__
from entregent.kit.errors import Refusal
from entregent.live import grown, trim
from entregent.messaging import fill_index

from .house import House, routes
from .http import Endpoint, Receive, Scope, Send, send_refused
from .openapi import document
from .pages import Pages
from .stream import Stream

log = logging.getLogger(__name__)

HEARTBEAT = 25.0
ELSEWHERE = 1.0
INDEX_EVERY = 1.0
DELIVERED_EVERY = 1.0
LAPSE_EVERY = 15.0
TRIM_EVERY = 3_600.0
SWEEP_EVERY = 30.0


def build(house: House) -> ASGIApp:
    """The application of a house."""
    paths: dict[str, dict[str, ASGIApp]] = {}
    for declared in routes():
        endpoint = Endpoint(declared, house.ports, house.sessions)
        paths.setdefault(declared.path, {})[declared.method] = endpoint
    stream = Stream(house.ports, house.sessions, house.hub)
    paths["/api/stream"] = {"GET": stream}
    paths["/healthz"] = {"GET": _Health(house)}
    paths["/api/openapi.json"] = {"GET": _Document()}
    # A plain path before one that takes anything in its place; else as declared: hot ones first.
    ordered = sorted(paths.items(), key=lambda item: item[0].endswith("}"))
    return Router(
        routes=[StarletteRoute(path, _ByMethod(methods)) for path, methods in ordered],
        default=_Otherwise(Pages(house.ports, house.sessions)),
        redirect_slashes=False,
        lifespan=_life(house),
    )


class _ByMethod:
    """The routes of one path."""

    def __init__(self, methods: dict[str, ASGIApp]) -> None:
        self._methods = methods
        allowed = sorted([*methods, *(["HEAD"] if "GET" in methods else [])])
        self._allow = [(b"allow", ", ".join(allowed).encode())]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        method = scope["method"]
        endpoint = self._methods.get("GET" if method == "HEAD" else method)
        if "\x00" in scope["path"]:  # names nothing, and no database takes it
            await send_refused(send, Refusal("kit.not_found", status=404), scope)
        elif endpoint is None:
            refusal = Refusal("kit.wrong_method", status=405)
            await send_refused(send, refusal, scope, self._allow)
        else:
            await endpoint(scope, receive, send)


def _life(house: House) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def life(_app: object) -> AsyncIterator[None]:
        await house.open()
        chores = [
            asyncio.create_task(_every(HEARTBEAT, _Beat(house))),
            asyncio.create_task(_every(ELSEWHERE, _Watch(house))),
            asyncio.create_task(_every(INDEX_EVERY, _Index(house))),
            asyncio.create_task(_every(DELIVERED_EVERY, _Delivered(house))),
            asyncio.create_task(_every(LAPSE_EVERY, _Lapse(house))),
            asyncio.create_task(_every(TRIM_EVERY, _Trim(house))),
            asyncio.create_task(_every(SWEEP_EVERY, _Sweep(house))),
        ]
        try:
            yield
        finally:
            for chore in chores:
                chore.cancel()
            house.hub.end_all()
            await house.close()

    return life


async def _every(seconds: float, chore: Callable[[], Awaitable[None]]) -> None:
    """Does a chore for ever; one that fails is done again when it is due."""
    while True:
        await asyncio.sleep(seconds)
        try:
            await chore()
        except Exception:
            log.exception("%s failed", type(chore).__name__)


class _Chore:
    """What is done from time to time as long as the house is open."""

    def __init__(self, house: House) -> None:
        self._house = house


class _Beat(_Chore):
    """Keeps idle streams open, and ends those whose session has ended by age."""

    async def __call__(self) -> None:
        self._house.hub.beat()
        await self._house.end_lapsed()


class _Watch(_Chore):
    """Notices what other processes have committed (the command line), should no bus tell it."""

    def __init__(self, house: House) -> None:
        super().__init__(house)
        self._seen = house.db.changed_elsewhere()

    async def __call__(self) -> None:
        hub, db = self._house.hub, self._house.db
        if not hub.members():
            return
        if db.dialect == "sqlite":
            version = await asyncio.to_thread(db.changed_elsewhere)
            if version == self._seen:
                return
            self._seen = version
        hub.hinted(await db.read(grown, hub.cursors()))


class _Index(_Chore):
    """Fills the search index."""

    async def __call__(self) -> None:
        await fill_index(self._house.db)


class _Delivered(_Chore):
    """Notes what the streams have carried, all of a second at once."""

    async def __call__(self) -> None:
        await self._house.deliveries.flush(self._house.db)


class _Lapse(_Chore):
    """Takes those for away of whom nothing was heard."""

    async def __call__(self) -> None:
        self._house.lapse()


class _Trim(_Chore):
    """Shortens long logs, a few at a time."""

    async def __call__(self) -> None:
        while await self._house.db.write(trim):
            pass


class _Sweep(_Chore):
    """Looks at the logs that webhooks follow, whoever wrote to them."""

    async def __call__(self) -> None:
        await self._house.hooks.sweep()


class _Document:
    """The description of the API."""

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        body = document()
        headers = [
            (b"content-type", b"application/json"),
            (b"content-length", str(len(body)).encode()),
            (b"cache-control", b"no-cache"),
        ]
        await send({"type": "http.response.start", "status": 200, "headers": headers})
        await send({"type": "http.response.body", "body": body})


class _Health:
    """Answers when the database does."""

    def __init__(self, house: House) -> None:
        self._house = house

    async def __call__(self, _scope: Scope, _receive: Receive, send: Send) -> None:
        await self._house.db.read(lambda tx: tx.now)
        body = b'{"status":"ok","version":"%s"}' % __version__.encode()
        await send(
            {
                "type": "http.response.start",
                "status": 200,
                "headers": [(b"content-type", b"application/json")],
            }
        )
        await send({"type": "http.response.body", "body": body})


class _Otherwise:
    """What no route answers: an error under /api and /media, a page elsewhere."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if not scope["path"].startswith(("/api/", "/media/")):
            await self._pages(scope, receive, send)
            return
        await send_refused(send, Refusal("kit.not_found", status=404), scope)
