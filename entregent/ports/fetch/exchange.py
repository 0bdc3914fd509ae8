"""One HTTP/1.1 exchange over an open connection, with limits on everything."""

import asyncio
import zlib

import h11

from .model import Answer, FetchFailed, FetchRefused, Request
from .target import Target

READ_BYTES = 64 * 1024
MAX_HEAD = 64 * 1024
AGENT = "Entregent"


class Body:
    """Collects an answer's body, unpacked, up to the limit."""

    def __init__(self, limit: int, *, cut: bool, packed: bool) -> None:
        self._pieces: list[bytes] = []
        self._room = limit
        self._cut = cut
        self._unpack = zlib.decompressobj(16 + zlib.MAX_WBITS) if packed else None
        self.full = False

    def add(self, data: bytes) -> None:
        """Takes more; refuses what is too much, or is `full` from then on."""
        if self._unpack is not None:
            try:
                # One byte more than there is room for tells whether it is too much.
                data = self._unpack.decompress(data, self._room + 1)
            except zlib.error as error:
                raise FetchFailed("the answer is packed wrongly") from error
        if len(data) > self._room:
            if not self._cut:
                raise FetchRefused("the answer is too large")
            data = data[: self._room]
            self.full = True
        self._room -= len(data)
        self._pieces.append(data)

    def end(self) -> bytes:
        """All of it."""
        if self._unpack is not None and not self._unpack.eof and not self.full and self._pieces:
            raise FetchFailed("the answer breaks off")
        return b"".join(self._pieces)


async def exchange(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, target: Target, request: Request
) -> Answer:
    """Sends the request and reads the answer. The connection is not used again."""
    connection = h11.Connection(h11.CLIENT, max_incomplete_event_size=MAX_HEAD)
    headers = {
        "Host": target.authority,
        "User-Agent": AGENT,
        "Accept": "*/*",
        **{name.title(): value for name, value in request.headers.items()},
        "Accept-Encoding": "gzip",
        "Connection": "close",
    }
    if request.body or request.method in {"POST", "PUT"}:
        headers["Content-Length"] = str(len(request.body))
    try:
        head = h11.Request(method=request.method, target=target.path, headers=list(headers.items()))
        outgoing = connection.send(head) or b""
        if request.body:
            outgoing += connection.send(h11.Data(data=request.body)) or b""
        outgoing += connection.send(h11.EndOfMessage()) or b""
    except (h11.LocalProtocolError, UnicodeError) as error:
        raise FetchRefused(f"not a proper request: {error}") from error
    writer.write(outgoing)
    try:
        return await _read(connection, reader, target, request)
    except h11.RemoteProtocolError as error:
        raise FetchFailed(f"not an HTTP answer: {error}") from error


async def _read(
    connection: h11.Connection, reader: asyncio.StreamReader, target: Target, request: Request
) -> Answer:
    response: h11.Response | None = None
    headers: dict[str, str] = {}
    body = Body(request.limit, cut=request.cut, packed=False)
    while not body.full:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(READ_BYTES))
        elif isinstance(event, h11.Response):
            response = event
            headers = _joined(event)
            body = _body_for(headers, request)
        elif isinstance(event, h11.Data):
            body.add(bytes(event.data))
        elif isinstance(event, h11.EndOfMessage | h11.ConnectionClosed) or event is h11.PAUSED:
            break
    if response is None:
        raise FetchFailed("the connection closed before an answer")
    return Answer(url=target.url, status=response.status_code, headers=headers, body=body.end())


def _joined(response: h11.Response) -> dict[str, str]:
    headers: dict[str, str] = {}
    for raw_name, raw_value in response.headers:
        name, value = raw_name.decode("latin-1"), raw_value.decode("latin-1")
        headers[name] = f"{headers[name]}, {value}" if name in headers else value
    return headers


def _body_for(headers: dict[str, str], request: Request) -> Body:
    encoding = headers.get("content-encoding", "identity").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise FetchFailed("the answer is packed in a way that we did not ask for")
    length = headers.get("content-length", "")
    announced = int(length) if length.isdecimal() and request.method != "HEAD" else 0
    if announced > request.limit and not request.cut:
        raise FetchRefused("the answer is too large")
    return Body(request.limit, cut=request.cut, packed=encoding.endswith("gzip"))
