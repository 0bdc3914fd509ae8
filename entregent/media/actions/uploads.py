"""A file on its way in, and what its owner does with it before and after."""

import secrets
from typing import NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.settings import Settings
from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import Job, enqueue

from .. import queries
from ..jobnames import WorkOnFilm, WorkOnLongFilm, WorkOnPicture
from ..model import Kept, Media, clean_alt, clean_name, clean_type, guessed
from .keeping import as_own, change, drop, read, tell, uses, written

HOUR_MS = 3_600_000
SLOW = ("audio", "video")


class Begin(NamedTuple):
    """What is said of a file before its first byte."""

    client_id: str
    length: int
    name: str = ""
    type: str = ""
    voice: bool = False
    alt: str = ""
    lasting: bool = False


class Allowed(NamedTuple):
    """How large a file may be, and all of a member's; how long an upload may pause (ms)."""

    most: int
    quota: int
    pause: int

    @classmethod
    def of(cls, settings: Settings, *, lasting: bool = False) -> "Allowed":
        """As the house has it, for a lasting film or any other file."""
        most = settings.max_film if lasting else settings.max_upload
        return cls(most, settings.media_quota, settings.upload_hours * HOUR_MS)


def add(tx: Transaction, me: int, asked: Begin, allowed: Allowed) -> int:
    """A file that is about to come; asked for again, the same one."""
    before = tx.first(queries.FIND_REPEATED, owner_id=me, repeated=asked.client_id)
    if before is not None:
        if before.length != asked.length:
            raise Refusal("kit.client_id_reused", status=409)
        found: int = before.media_id
        return found
    if not asked.length:
        raise Refusal("media.empty", field="file")
    if asked.length > allowed.most:
        raise Refusal("media.too_large", status=413, field="file", limit=_mebi(allowed.most))
    if tx.value(queries.STORED, owner_id=me) + asked.length > allowed.quota:
        raise Refusal("media.quota", status=413, field="file", quota=_mebi(allowed.quota))
    claimed = clean_type(asked.type)
    kept = Kept(
        state="receiving",
        kind="audio" if asked.voice else "video" if asked.lasting else guessed(claimed),
        name=clean_name(asked.name),
        claimed=claimed,
        type=claimed or "application/octet-stream",
        size=asked.length,
        key=secrets.token_urlsafe(24),
        voice=asked.voice,
        alt=clean_alt(asked.alt),
        lasting=asked.lasting,
    )
    key = tx.new_id()
    tx.run(
        queries.ADD,
        member_id=me,
        media_id=key,
        client_id=asked.client_id,
        state="receiving",
        length=asked.length,
        stored=asked.length,
        tries=0,
        made_at=tx.now,
        expires_at=tx.now + allowed.pause,
        kept=written(kept),
    )
    return key


def found(tx: Transaction, me: int, media_id: int) -> Row:
    """The row of a member's file."""
    row = tx.first(queries.FIND, owner_id=me, media=media_id)
    if row is None:
        raise Refusal("media.not_yours", status=404)
    return row


def one(tx: Transaction, me: int, media_id: int) -> Media:
    """A file as who brought it sees it."""
    return as_own(tx, me, media_id, read(found(tx, me, media_id).kept))


def files_of(tx: Transaction, me: int) -> list[tuple[int, Kept]]:
    """All files that a member brought and that are ready, the oldest first."""
    rows = tx.all(queries.EVERY, owner_id=me)
    return [(row.media_id, read(row.kept)) for row in rows if row.state == "ready"]


def prolong(tx: Transaction, me: int, media_id: int, pause: int) -> Row:
    """Another part has come: the upload may pause again for so long. Gives its row."""
    row = found(tx, me, media_id)
    if row.state != "receiving":
        return row
    until = tx.now + pause
    tx.run(queries.SET_EXPIRY, owner_id=me, media=media_id, new_expires_at=until)
    return row._replace(expires_at=until)


def finish(tx: Transaction, me: int, media_id: int, at: int | None = None) -> None:
    """All bytes are there: from here on, or from `at` on, it is worked on, until it is ready or
    refused."""
    row = tx.first(queries.LOCK, owner_id=me, media=media_id)
    if row is None or row.state != "receiving":
        return
    kept = msgspec.structs.replace(read(row.kept), state="processing")
    change(tx, row, kept, state="processing")
    slow = WorkOnLongFilm if kept.lasting else WorkOnFilm
    work: Job = (slow if kept.kind in SLOW else WorkOnPicture)(member_id=me, media_id=media_id)
    enqueue(tx, work, owner=me, key=str(media_id), at=at)
    tell(tx, me, media_id, kept)


def describe(tx: Transaction, me: int, media_id: int, alt: str) -> Media:
    """Says in words what is seen."""
    row = found(tx, me, media_id)
    kept = msgspec.structs.replace(read(row.kept), alt=clean_alt(alt))
    change(tx, row, kept)
    tell(tx, me, media_id, kept)
    return as_own(tx, me, media_id, kept)


def remove(tx: Transaction, me: int, media_id: int) -> None:
    """Takes back a file that is part of nothing. Repeating it changes nothing."""
    if uses(tx, me, media_id):
        raise Refusal("media.in_use", status=409)
    drop(tx, me, media_id)


def _mebi(size: int) -> int:
    return max(1, size // 1_048_576)
