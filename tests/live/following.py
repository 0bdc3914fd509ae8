"""A server on a free port in this process, and a browser's tab that follows it."""

import asyncio
import contextlib
import json
import socket
from collections.abc import AsyncIterator, Iterator
from typing import Any, NamedTuple, Self

import uvicorn

from entregent.server.app import build
from entregent.server.house import House

PATIENCE = 10.0


class _Server(uvicorn.Server):
    """Leaves signals to pytest."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


class Told(NamedTuple):
    """One event of a stream: its number (0 when it has none), its kind, and what it says."""

    seq: int
    kind: str
    data: str

    @property
    def event(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.data)
        return found


class Tab:
    """One open stream, as an EventSource reads it; with a token in place of the cookie, a tool."""

    def __init__(self, port: int, cookie: str) -> None:
        self.port = port
        self.cookie = cookie
        self.last = 0
        self.status = 0
        self._text = b""
        self._writer: asyncio.StreamWriter | None = None

    async def open(self, after: int | str | None = None, *, resume: bool = False) -> Self:
        """Follows after a number in the address, or after the last one that it was told."""
        await self.close()
        query = "" if after is None else f"?after={after}"
        resumed = f"Last-Event-ID: {self.last}\r\n" if resume else ""
        self._reader, self._writer = await asyncio.open_connection("127.0.0.1", self.port)
        token = self.cookie.startswith("entregent_")
        proof = (
            f"Authorization: Bearer {self.cookie}" if token else f"Cookie: entregent={self.cookie}"
        )
        self._writer.write(
            f"GET /api/stream{query} HTTP/1.1\r\nHost: localhost\r\n"
            f"{proof}\r\n{resumed}\r\n".encode()
        )
        self._text = b""
        head = (await self._reader.readuntil(b"\r\n\r\n")).split(b"\r\n")
        self.status = int(head[0].split()[1])
        self.headers = dict(line.lower().split(b": ", 1) for line in head[1:] if line)
        return self

    async def next(self) -> Told:
        """The next event; a comment is of the kind "comment"."""
        async with asyncio.timeout(PATIENCE):
            while True:
                block, found, rest = self._text.partition(b"\n\n")
                if not found:
                    self._text += await self._chunk()
                    continue
                self._text = rest
                told = _told(block.decode())
                if told is not None:
                    self.last = told.seq or self.last
                    return told

    async def take(self, number: int) -> list[Told]:
        """So many events."""
        return [await self.next() for _ in range(number)]

    async def ended(self) -> bool:
        """Whether the server has ended the stream, and in order."""
        async with asyncio.timeout(PATIENCE):
            return await self._chunk() == b""

    async def quiet(self, seconds: float = 0.05) -> bool:
        """Whether nothing more comes."""
        try:
            async with asyncio.timeout(seconds):
                await self.next()
        except TimeoutError:
            return True
        return False

    async def close(self) -> None:
        """Closes the tab."""
        if self._writer is not None:
            self._writer.close()
            with contextlib.suppress(OSError):
                await self._writer.wait_closed()

    async def _chunk(self) -> bytes:
        size = int((await self._reader.readuntil(b"\r\n")).strip(), 16)
        return (await self._reader.readexactly(size + 2))[:-2]


def _told(block: str) -> Told | None:
    seq, kind, data = 0, "message", ""
    for line in block.split("\n"):
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        if name == "":
            return Told(0, "comment", value)
        if name == "retry":
            return None
        if name == "id":
            seq = int(value)
        elif name == "event":
            kind = value
        elif name == "data":
            data = value
    return Told(seq, kind, data)


class Served:
    """A house that listens, and the tabs that were opened to it."""

    def __init__(self, port: int) -> None:
        self.port = port
        self._tabs: list[Tab] = []

    def tab(self, cookie: str) -> Tab:
        """A tab that is closed with the house."""
        self._tabs.append(Tab(self.port, cookie))
        return self._tabs[-1]

    async def close_tabs(self) -> None:
        """Closes all tabs."""
        for tab in self._tabs:
            await tab.close()


@contextlib.asynccontextmanager
async def serving(house: House) -> AsyncIterator[Served]:
    """The house on a free port."""
    listener = socket.create_server(("127.0.0.1", 0))
    config = uvicorn.Config(build(house), log_level="error", timeout_graceful_shutdown=2)
    server = _Server(config)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    while not server.started:
        await asyncio.sleep(0.005)
        if task.done():
            await task
    served = Served(int(listener.getsockname()[1]))
    try:
        yield served
    finally:
        await served.close_tabs()
        house.hub.end_all()
        server.should_exit = True
        await task
