"""Files on their way out: the link is checked, then the right of who asks, and only then is
anything looked at. Whatever is wrong answers the same."""

from collections.abc import AsyncIterator, Iterable
from typing import NamedTuple

from entregent.kit.errors import Refusal
from entregent.kit.routes import SAFE, Call, Raw
from entregent.ports.blobs import BlobMissing, Blobs, BlobsUnavailable
from entregent.ports.ports import Door

from .actions import linked
from .model import SHOWN_TYPES, Kept, KeptFile, Use, disposition, holds, span_of

UNKNOWN = "0" * 32  # stands in for the key of what does not exist, so that it takes as long


class Wanted(NamedTuple):
    """What a link names, and what it says for itself."""

    kind: str
    ref: str
    media_id: int
    rendition: str
    until: int
    by: str


async def serve(call: Call, wanted: Wanted) -> Raw:
    """Answers for a link."""
    kept, file, fresh = await _allowed(call, wanted)
    tag = f'"{file.blob[:40]}"'.encode()
    headers = [
        (b"etag", tag),
        (b"cache-control", b"private, max-age=%d, must-revalidate" % fresh),
        (b"vary", b"cookie"),
        (b"accept-ranges", b"bytes"),
        (b"content-disposition", disposition(kept.name, file.type).encode()),
        *SAFE,
    ]
    if tag in _tags(call.headers.get(b"if-none-match", b"")):
        call.status = 304
        return Raw(b"", "", tuple(headers))
    start, end = 0, file.size
    condition = call.headers.get(b"if-range", tag)
    asked = call.headers.get(b"range")
    span = None
    if asked is not None and condition == tag:
        span = span_of(asked.decode("latin-1"), file.size)
    if span is not None:
        start, end = span
        if start == end:
            call.status = 416
            headers.append((b"content-range", b"bytes */%d" % file.size))
            return Raw(b"", "", tuple(headers))
        call.status = 206
        headers.append((b"content-range", b"bytes %d-%d/%d" % (start, end - 1, file.size)))
    headers.append((b"content-length", b"%d" % (end - start)))
    shown = file.type if file.type in SHOWN_TYPES else "application/octet-stream"
    if call.method == "HEAD":
        return Raw(_nothing(), shown, tuple(headers))
    blobs: Blobs = call.ports.blobs
    return Raw(await _begun(blobs, file.blob, start, end), shown, tuple(headers))


async def _allowed(call: Call, wanted: Wanted) -> tuple[Kept, KeptFile, int]:
    """The file behind a link that holds, for somebody who may see it now, and for how many seconds
    that need not be asked again."""
    use = Use(wanted.kind, wanted.ref)
    door: Door | None = call.ports.doors.get(wanted.kind)
    kept = await call.ports.db.read(linked, use, wanted.media_id)
    key = UNKNOWN if kept is None else kept.key
    good = holds(key, use, wanted.media_id, wanted.rendition, wanted.until, wanted.by)
    if not good or kept is None or door is None or wanted.until <= call.ports.clock.now():
        raise _nothing_there()
    caller = call.caller
    if caller is not None and caller.scopes is not None and not caller.scopes & door.scopes:
        raise _nothing_there()
    viewer = None if caller is None else caller.member_id
    if kept.state != "ready" or not await call.ports.db.read(door.may_see, viewer, wanted.ref):
        raise _nothing_there()
    for file in kept.files:
        if file.rendition == wanted.rendition:
            return kept, file, door.fresh_seconds
    raise _nothing_there()


def _nothing_there() -> Refusal:
    return Refusal("media.not_found", status=404)


def _tags(text: bytes) -> Iterable[bytes]:
    return [one.strip().removeprefix(b"W/") for one in text.split(b",")]


async def _nothing() -> AsyncIterator[bytes]:
    yield b""


async def _begun(blobs: Blobs, key: str, start: int, end: int) -> AsyncIterator[bytes]:
    """The bytes, of which the first piece is already here: what cannot be read is refused."""
    pieces = blobs.stream(key, start, end)
    try:
        first = await anext(pieces, b"")
    except BlobMissing:
        raise _nothing_there() from None
    except BlobsUnavailable:
        raise Refusal("media.unavailable", status=503, retry_after=5) from None
    return _rest(first, pieces)


async def _rest(first: bytes, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
    yield first
    async for piece in pieces:
        yield piece
