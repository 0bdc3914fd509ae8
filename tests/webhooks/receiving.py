"""A receiver on this machine: what somebody's program elsewhere would be."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from typing import Any, NamedTuple


class Received(NamedTuple):
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.body)
        return found


class Receiver:
    """Answers with the statuses that a test has set, the last one for ever."""

    def __init__(self) -> None:
        self.port = 0
        self.received: list[Received] = []
        self.answers = [(204, "")]
        self.silent = False
        self._came = asyncio.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def trusted(self) -> str:
        """The setting that lets webhooks go here."""
        return f"public:?trusted=127.0.0.1:{self.port}"

    async def wait(self, number: int) -> list[Received]:
        """The requests, once so many have come."""
        async with asyncio.timeout(20):
            while len(self.received) < number:
                self._came.clear()
                await self._came.wait()
        return self.received

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError, asyncio.IncompleteReadError):
            head = (await reader.readuntil(b"\r\n\r\n")).decode().split("\r\n")
            headers = {
                name.lower(): value
                for name, _, value in (line.partition(": ") for line in head[1:] if line)
            }
            body = await reader.readexactly(int(headers["content-length"]))
            self.received.append(Received(head[0].split()[1], headers, body))
            self._came.set()
            if not self.silent:
                status, more = self.answers[0] if len(self.answers) == 1 else self.answers.pop(0)
                writer.write(
                    f"HTTP/1.1 {status} Whatever\r\nContent-Length: 0\r\n{more}\r\n".encode()
                )
                await writer.drain()
        writer.close()


@contextlib.asynccontextmanager
async def receiving() -> AsyncIterator[Receiver]:
    """A receiver on a free port."""
    receiver = Receiver()
    server = await asyncio.start_server(receiver.serve, "127.0.0.1", 0)
    receiver.port = server.sockets[0].getsockname()[1]
    async with server:
        yield receiver
