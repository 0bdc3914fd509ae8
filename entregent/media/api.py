"""Files in and out over HTTP: uploads as the tus protocol has them (version 1.0.0, with creation,
termination, expiration and checksum), and what is made of them."""

import base64
import binascii
import contextlib
from collections.abc import AsyncIterator
from email.utils import formatdate

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Done, Raw, Routes
from entregent.live import once
from entregent.ports.db import Row, Transaction

from . import actions
from .actions import Allowed, Begin
from .model import MAX_ALT, Media
from .serving import Wanted, serve
from .spool import Spool

routes = Routes("media")

VERSION = "1.0.0"
HASHES = ("sha1", "sha256")
YES = ("1", "true")


class UploadState(msgspec.Struct, kw_only=True):
    """A file on its way in: `offset` bytes of `length` have come."""

    media: Media
    offset: int
    length: int


class MediaUpdate(msgspec.Struct, kw_only=True):
    """What a file shows, in words."""

    client_id: ClientId
    alt: str


class MediaQuery(msgspec.Struct, kw_only=True):
    """Until when a link holds, and by which signature."""

    until: int = 0
    by: str = ""


# -- in ------------------------------------------------------------------------------------------


@routes.add("OPTIONS", "/api/uploads", access="anyone", scope="any", status=204)
async def upload_options(call: Call) -> Raw:
    """What of the tus protocol is spoken here."""
    settings = call.ports.settings
    call.answer_headers += [
        (b"tus-resumable", VERSION.encode()),
        (b"tus-version", VERSION.encode()),
        (b"tus-extension", b"creation,termination,expiration,checksum"),
        (b"tus-checksum-algorithm", ",".join(HASHES).encode()),
        (b"tus-max-size", b"%d" % max(settings.max_upload, settings.max_film)),
    ]
    return Raw(b"", "")


@routes.post("/api/uploads", raw=True, limit="upload", scope="messages.write", status=201)
async def begin_upload(call: Call) -> UploadState:
    """Announces a file: `Upload-Length`, and `Upload-Metadata` with client_id, filename, filetype,
    voice, lasting, alt. Its bytes follow at the `Location`; repeating it leads to the same one."""
    async with _body(call):
        _check_version(call)
        asked = _asked(call)
        allowed = Allowed.of(call.ports.settings, lasting=asked.lasting)
        key = await call.ports.db.write(actions.add, call.me, asked, allowed)
    state = await _state(call, key)
    call.answer_headers.append((b"location", f"/api/uploads/{key}".encode()))
    return state


@routes.get("/api/uploads/{id}", scope="messages.read")
async def show_upload(call: Call) -> UploadState:
    """How far an upload has come; `HEAD` says it in the header `Upload-Offset`."""
    return await _state(call, call.id("id"))


@routes.patch("/api/uploads/{id}", raw=True, limit="part", scope="messages.write", status=204)
async def continue_upload(call: Call) -> Raw:
    """A part of a file, at `Upload-Offset`; with the last one it is worked on."""
    key, spool = call.id("id"), Spool(call.ports.settings)
    async with _body(call) as body:
        _check_version(call)
        if call.headers.get(b"content-type") != b"application/offset+octet-stream":
            raise Refusal("media.wrong_type", status=415)
        offset = _number(call, b"upload-offset")
        checksum = _checksum(call)
        row = await call.ports.db.read(actions.found, call.me, key)
        if row.state == "receiving":
            try:
                await spool.append(key, offset, body, row.length)
            except Refusal:
                if checksum is not None:
                    await _take_back(spool, key, offset, row.length)
                raise
            if checksum is not None and await spool.digest(key, offset, checksum[0]) != checksum[1]:
                await _take_back(spool, key, offset, row.length)
                raise Refusal("media.bad_checksum", status=460)
            pause = Allowed.of(call.ports.settings).pause
            row = await call.ports.db.write(actions.prolong, call.me, key, pause)
        elif offset != row.length:
            raise Refusal("media.wrong_offset", status=409, field="upload-offset")
    await _come(call, row)
    return Raw(b"", "")


@routes.delete("/api/uploads/{id}", scope="messages.write", status=204)
async def stop_upload(call: Call) -> Raw:
    """Gives an upload up: nothing of it stays."""
    _check_version(call)
    await call.ports.db.read(actions.found, call.me, call.id("id"))
    await call.ports.db.write(actions.remove, call.me, call.id("id"))
    call.answer_headers.append((b"tus-resumable", VERSION.encode()))
    return Raw(b"", "")


async def _state(call: Call, key: int) -> UploadState:
    db = call.ports.db
    row = await db.read(actions.found, call.me, key)
    offset = await _come(call, row)
    media = await db.read(actions.one, call.me, key)
    return UploadState(media=media, offset=offset, length=row.length)


async def _come(call: Call, row: Row) -> int:
    """How far an upload has come, said in headers. One that is whole begins to be worked on,
    whoever asks: the server may have ended between the last byte and that."""
    offset: int = row.length
    if row.state == "receiving":
        offset = await Spool(call.ports.settings).size(row.media_id)
        if offset >= row.length:
            await call.ports.db.write(actions.finish, call.me, row.media_id)
    call.answer_headers += [
        (b"tus-resumable", VERSION.encode()),
        (b"upload-offset", str(offset).encode()),
        (b"upload-length", str(row.length).encode()),
    ]
    if row.state == "receiving" and offset < row.length and row.expires_at is not None:
        moment = formatdate(row.expires_at / 1000, usegmt=True)
        call.answer_headers.append((b"upload-expires", moment.encode()))
    return offset


def _check_version(call: Call) -> None:
    if call.headers.get(b"tus-resumable") != VERSION.encode():
        call.answer_headers.append((b"tus-version", VERSION.encode()))
        raise Refusal("media.wrong_version", status=412)


def _number(call: Call, name: bytes) -> int:
    text = call.headers.get(name, b"")
    if not text.isdigit() or len(text) > 18:
        raise Refusal("media.bad_upload", status=400, what=name.decode())
    return int(text)


def _asked(call: Call) -> Begin:
    said: dict[str, str] = {}
    try:
        for pair in call.headers.get(b"upload-metadata", b"").decode("ascii").split(","):
            name, _, value = pair.strip().partition(" ")
            said[name] = base64.b64decode(value, validate=True).decode("utf-8", "replace")
        client_id = msgspec.convert(said.get("client_id", ""), ClientId)
    except (UnicodeDecodeError, binascii.Error, msgspec.ValidationError):
        raise Refusal("media.bad_upload", status=400, what="upload-metadata") from None
    return Begin(
        client_id=client_id,
        length=_number(call, b"upload-length"),
        name=said.get("filename", ""),
        type=said.get("filetype", ""),
        voice=said.get("voice", "") in YES,
        lasting=said.get("lasting", "") in YES,
        alt=said.get("alt", ""),
    )


def _checksum(call: Call) -> tuple[str, bytes] | None:
    given = call.headers.get(b"upload-checksum")
    if given is None:
        return None
    kind, _, value = given.decode("latin-1").partition(" ")
    try:
        if kind in HASHES:
            return kind, base64.b64decode(value, validate=True)
    except binascii.Error:
        pass
    raise Refusal("media.bad_upload", status=400, what="upload-checksum")


async def _take_back(spool: Spool, key: int, offset: int, length: int) -> None:
    """Forgets a part whose bytes cannot be trusted, unless others have come behind it."""
    if offset < await spool.size(key) <= length:
        await spool.take_back(key, offset)


@contextlib.asynccontextmanager
async def _body(call: Call) -> AsyncIterator[AsyncIterator[bytes]]:
    """The bytes of a request. What is left of one that is refused is read, too: an answer before
    its end would look like a broken line."""
    body = call.body()
    try:
        yield body
    except Refusal:
        left = call.ports.settings.max_upload
        with contextlib.suppress(Refusal):
            async for piece in body:
                left -= len(piece)
                if left < 0:
                    break
        raise


# -- what there is -------------------------------------------------------------------------------


@routes.get("/api/media/{id}", scope="messages.read")
async def show_media(call: Call) -> Media:
    """One of the caller's own files."""
    return await call.ports.db.read(actions.one, call.me, call.id("id"))


@routes.patch("/api/media/{id}", scope="messages.write")
async def describe_media(call: Call, body: MediaUpdate) -> Media:
    """Says what a file shows, for those who do not see it."""
    if len(body.alt) > MAX_ALT:
        raise Refusal("media.long_alt", field="alt", most=MAX_ALT)
    return await call.ports.db.write(_describe_once, call.me, call.id("id"), body)


@routes.delete("/api/media/{id}", scope="messages.write")
async def remove_media(call: Call) -> Done:
    """Takes back a file that is part of nothing."""
    await call.ports.db.write(actions.remove, call.me, call.id("id"))
    return Done()


def _describe_once(tx: Transaction, me: int, media_id: int, body: MediaUpdate) -> Media:
    describe = actions.describe
    return once(tx, me, body.client_id, Media, describe, me, media_id, body.alt)


# -- out -----------------------------------------------------------------------------------------


@routes.get(
    "/media/{kind}/{ref}/{media_id}/{rendition}",
    access="anyone",
    scope="any",
    limit="media",
    media="application/octet-stream",
)
async def show_file(call: Call, query: MediaQuery) -> Raw:
    """The bytes of a rendition, or a range of them, for who may see what it is part of."""
    path = call.path
    wanted = Wanted(
        path["kind"], path["ref"], call.id("media_id"), path["rendition"], query.until, query.by
    )
    return await serve(call, wanted)
