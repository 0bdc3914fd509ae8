"""The ASGI application: the slices' routes, the stream, the pages."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from typing import Any

from starlette.routing import Route as StarletteRoute
from starlette.routing import Router
from starlette.types import ASGIApp

from entregent import __version__
from entregent.kit.errors import Refusal
from entregent.messaging import fill_index

from .catalogues import preferred
from .house import House, routes
from .http import Endpoint, Receive, Scope, Send, refused
from .pages import Pages
from .stream import Stream

HEARTBEAT = 25.0
ELSEWHERE = 1.0
INDEX_EVERY = 1.0


def build(house: House) -> ASGIApp:
    """The application of a house."""
    endpoints: list[StarletteRoute] = []
    for declared in routes():
        endpoint = Endpoint(declared, house.ports, house.sessions)
        endpoints.append(StarletteRoute(declared.path, endpoint, methods=[declared.method]))
    stream = Stream(house.ports, house.sessions, house.hub)
    endpoints.append(StarletteRoute("/api/stream", stream, methods=["GET"]))
    endpoints.append(StarletteRoute("/healthz", _Health(house), methods=["GET"]))
    pages = Pages(house.ports, house.sessions)
    return Router(routes=endpoints, default=_Otherwise(pages), lifespan=_life(house))


def _life(house: House) -> Callable[[Any], AbstractAsyncContextManager[None]]:
    @contextlib.asynccontextmanager
    async def life(_app: object) -> AsyncIterator[None]:
        await house.open()
        chores = [
            asyncio.create_task(_beat(house)),
            asyncio.create_task(_watch(house)),
            asyncio.create_task(_index(house)),
        ]
        try:
            yield
        finally:
            for chore in chores:
                chore.cancel()
            house.hub.end_all()
            await house.close()

    return life


async def _beat(house: House) -> None:
    while True:
        await asyncio.sleep(HEARTBEAT)
        house.hub.beat()


async def _watch(house: House) -> None:
    """Notices commits of other processes on the same SQLite file (the command line)."""
    seen = 0
    while True:
        await asyncio.sleep(ELSEWHERE)
        members = house.hub.members()
        if not members or house.db.dialect != "sqlite":
            continue
        version = await asyncio.to_thread(house.db.changed_elsewhere)
        if version != seen:
            if seen:
                house.hub.hinted(members)
            seen = version


async def _index(house: House) -> None:
    while True:
        await asyncio.sleep(INDEX_EVERY)
        await fill_index(house.db)


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
    """What no route answers: an error under /api, a page elsewhere."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            return
        if not scope["path"].startswith("/api/"):
            await self._pages(scope, receive, send)
            return
        headers = dict(scope["headers"])
        language = preferred(headers.get(b"accept-language", b"").decode("latin-1"))
        body = refused(Refusal("kit.not_found", status=404), language)
        await send(
            {
                "type": "http.response.start",
                "status": 404,
                "headers": [(b"content-type", b"application/json")],
            }
        )
        await send({"type": "http.response.body", "body": body})
