"""A load generator that costs little: raw HTTP over asyncio, many connections in one process."""

import asyncio
import time
import uuid
from collections.abc import Callable
from typing import Any

POST = (
    "POST {path} HTTP/1.1\r\nHost: {host}\r\nCookie: entregent={cookie}\r\nX-Entregent: 1\r\n"
    "Content-Type: application/json\r\nContent-Length: {length}\r\n\r\n"
)


class Poster(asyncio.Protocol):
    """One keep-alive connection that posts, one request at a time."""

    def __init__(self) -> None:
        self.transport: Any = None
        self._buffer = b""
        self._waiter: asyncio.Future[tuple[int, bytes]] | None = None

    def connection_made(self, transport: Any) -> None:
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(b"\r\n\r\n")
        if end < 0:
            return
        head = self._buffer[:end].lower()
        at = head.find(b"content-length:")
        stop = head.find(b"\r\n", at)
        length = int(head[at + 15 : stop if stop > 0 else None])
        if len(self._buffer) < end + 4 + length:
            return
        body = self._buffer[end + 4 : end + 4 + length]
        status = int(self._buffer[9:12])
        self._buffer = self._buffer[end + 4 + length :]
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result((status, body))

    def connection_lost(self, error: Exception | None) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_exception(error or ConnectionResetError("closed"))

    async def post(self, request: bytes) -> tuple[int, bytes]:
        """Status and body of the answer."""
        self._waiter = asyncio.get_running_loop().create_future()
        self.transport.write(request)
        return await self._waiter


class StreamReader(asyncio.Protocol):
    """One event stream; `seen` is called with each piece of bytes."""

    def __init__(self, request: bytes, seen: Callable[[bytes], None]) -> None:
        self._request = request
        self._seen = seen
        self.opened = asyncio.get_running_loop().create_future()

    def connection_made(self, transport: Any) -> None:
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        if not self.opened.done():
            self.opened.set_result(data[:200])
        self._seen(data)


def message(host: str, cookie: str, conversation: int, text: str) -> tuple[bytes, str]:
    """The bytes of one request to send a message, and its client id."""
    client_id = str(uuid.uuid4())
    body = f'{{"client_id":"{client_id}","text":"{text}"}}'.encode()
    head = POST.format(
        path=f"/api/conversations/{conversation}/messages",
        host=host,
        cookie=cookie,
        length=len(body),
    )
    return head.encode() + body, client_id


def follow(host: str, cookie: str, after: int = 0) -> bytes:
    """The bytes of a request for a stream."""
    return (
        f"GET /api/stream?after={after} HTTP/1.1\r\nHost: {host}\r\n"
        f"Cookie: entregent={cookie}\r\n\r\n"
    ).encode()


def now() -> float:
    """Seconds, for differences only."""
    return time.perf_counter()
