"""Our server as a far and busy one is to a browser: what it asks, hears and is told comes late.

    ENTREGENT_TEST_SLOW="seed=3 events=1.5 writes=1" python -m tests.servers.slow serve --port 8000

Every kind is late by up to so many seconds, half of the time not at all. Who asks the same again
from a new session waits as long again: a delay follows from the seed, the kind, the shape of the
address and how often this session has asked for it. Only what a page asks is late, not the page
itself, nor what a test asks for by HTTP.
"""

import asyncio
import os
import re
from collections import Counter
from random import Random
from typing import Literal, get_args

import pytest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from entregent.server import cli, serve
from entregent.server.app import build

VARIABLE = "ENTREGENT_TEST_SLOW"

Kind = Literal["requests", "reads", "writes", "events", "files"]
KINDS: tuple[Kind, ...] = get_args(Kind)
STREAM = "/api/stream"
NUMBER = re.compile(r"[0-9]+")


class Delays:
    """How late what comes, in seconds; the same again for the same words."""

    def __init__(self, words: str) -> None:
        given = dict(word.split("=") for word in words.split())
        self._seed = given.pop("seed", "0")
        if unknown := given.keys() - set(KINDS):
            raise ValueError(f"{VARIABLE}: nothing is called {', '.join(sorted(unknown))}")
        self._most = {kind: float(seconds) for kind, seconds in given.items()}
        self._asked: Counter[tuple[str, ...]] = Counter()

    def next(self, kind: Kind, session: str, method: str, path: str) -> float:
        """How late the next one of this kind and address is for this session."""
        what = (kind, method, NUMBER.sub("#", path))
        self._asked[session, *what] += 1
        chance = Random(" ".join((self._seed, *what, str(self._asked[session, *what]))))
        most = self._most.get(kind, 0)
        return chance.uniform(most / 10, most) if chance.random() < 0.5 else 0


class Slow:
    """An ASGI application that lets another one be late."""

    def __init__(self, app: ASGIApp, delays: Delays) -> None:
        self._app = app
        self._delays = delays

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope.get("headers", ()))
        # Browsers say so of what their pages ask for.
        if headers.get(b"sec-fetch-mode", b"navigate") == b"navigate":
            await self._app(scope, receive, send)
            return
        asked = (headers.get(b"cookie", b"").decode("latin-1"), scope["method"], scope["path"])
        if scope["path"] == STREAM:
            await self._stream(scope, receive, send, asked)
            return
        if scope["path"].startswith("/api/"):
            await asyncio.sleep(self._delays.next("requests", *asked))
            kind: Kind = "reads" if scope["method"] in ("GET", "HEAD") else "writes"
        else:
            kind = "files"

        async def send_late(message: Message) -> None:
            if message["type"] == "http.response.start":
                await asyncio.sleep(self._delays.next(kind, *asked))
            await send(message)

        await self._app(scope, receive, send_late)

    async def _stream(
        self, scope: Scope, receive: Receive, send: Send, asked: tuple[str, str, str]
    ) -> None:
        """All in order, each late by itself: one that waits holds up what is behind it."""
        loop = asyncio.get_running_loop()
        told: asyncio.Queue[tuple[float, Message]] = asyncio.Queue()

        async def queue(message: Message) -> None:
            told.put_nowait((loop.time() + self._delays.next("events", *asked), message))

        async def pass_on() -> None:
            while True:
                due, message = await told.get()
                await asyncio.sleep(due - loop.time())
                await send(message)
                told.task_done()

        passing = asyncio.create_task(pass_on())
        try:
            await self._app(scope, receive, queue)
            await told.join()
        finally:
            passing.cancel()


def main() -> None:
    """The command line of `entregent`, with a slow server."""
    delays = Delays(os.environ[VARIABLE])
    with pytest.MonkeyPatch.context() as late:
        late.setattr(serve, "build", lambda house: Slow(build(house), delays))
        cli.main()


if __name__ == "__main__":
    main()
