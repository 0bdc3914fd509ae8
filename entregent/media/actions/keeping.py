"""A file and its bytes: claimed before they are put, forgotten when nobody claims them."""

from collections.abc import Iterable, Mapping
from typing import Literal

import msgspec

from entregent.accounts import account
from entregent.kit.sentences import sentence
from entregent.ports.codec import Made
from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import enqueue

from .. import queries
from ..events import MediaChanged, MediaRemoved, MediaSettled
from ..jobnames import DropBytes
from ..model import (
    MOST_TRIES,
    OWN,
    SHORT_REFUSED_MS,
    UNUSED_MS,
    Kept,
    KeptFile,
    Media,
    MediaRefusal,
    MediaState,
    Use,
    shown,
)

_decode = msgspec.json.Decoder(Kept).decode
AT_ONCE = 200


def read(text: str) -> Kept:
    """What is known of a file, from its row."""
    return _decode(text)


def written(kept: Kept) -> str:
    """The same for the row."""
    return msgspec.json.encode(kept).decode()


def own(me: int, media_id: int) -> Use:
    """The use of a file by who brought it."""
    return Use(OWN, f"{me}.{media_id}")


def as_own(tx: Transaction, me: int, media_id: int, kept: Kept) -> Media:
    """A file as who brought it sees it."""
    return shown(media_id, kept, own(me, media_id), tx.now)


def uses(tx: Transaction, member_id: int, media_id: int) -> list[Use]:
    """All that a file is part of."""
    rows = tx.all(queries.USES_OF, owner_id=member_id, media=media_id)
    return [Use(row.kind, row.ref) for row in rows]


# -- working on it -------------------------------------------------------------------------------


def begin_work(tx: Transaction, member_id: int, media_id: int) -> Kept | None:
    """Counts a try; None if there is nothing to do, or this was tried too often."""
    row = tx.first(queries.LOCK, owner_id=member_id, media=media_id)
    if row is None or row.state != "processing":
        return None
    if row.tries >= MOST_TRIES:
        refuse(tx, member_id, media_id, "media.gave_up")
        return None
    kept = read(row.kept)
    change(tx, row, kept, tries=row.tries + 1)
    return kept


def claim(
    tx: Transaction, member_id: int, media_id: int, files: list[KeptFile]
) -> Literal["claimed", "wait", "gone"]:
    """Claims the bytes that are about to be put; "wait" where the same are being removed."""
    row = tx.first(queries.LOCK, owner_id=member_id, media=media_id)
    if row is None or row.state != "processing":
        return "gone"
    keys = sorted({file.blob for file in files})
    for key in keys:
        tx.run(queries.KEEP_BLOB, blob_key=key, going=0)
        if tx.value(queries.LOCK_BLOB, key=key):
            return "wait"
    kept = read(row.kept)
    unclaim(tx, member_id, media_id, {file.blob for file in kept.files} - {*keys})
    for key in keys:
        tx.run(queries.CLAIM, blob_key=key, member_id=member_id, media_id=media_id)
    change(tx, row, msgspec.structs.replace(kept, files=files))
    return "claimed"


def settle(tx: Transaction, member_id: int, media_id: int, made: Made) -> bool:
    """The file is ready: all of its bytes are in the store. False if it was removed meanwhile."""
    row = tx.first(queries.LOCK, owner_id=member_id, media=media_id)
    if row is None or row.state != "processing":
        return False
    before = read(row.kept)
    kept = msgspec.structs.replace(
        before,
        state="ready",
        kind=made.kind,
        type=before.claimed or made.type if made.kind == "file" else made.type,
        width=made.width,
        height=made.height,
        duration=made.duration_ms,
        placeholder=made.placeholder,
        waveform=made.waveform,
    )
    stored = sum(file.size for file in kept.files)
    change(tx, row, kept, state="ready", stored=stored, expires_at=_later(row, tx.now + UNUSED_MS))
    tell(tx, member_id, media_id, kept)
    return True


def refuse(
    tx: Transaction,
    member_id: int,
    media_id: int,
    code: str,
    params: Mapping[str, int | str] | None = None,
) -> None:
    """The file is not taken: nothing of it stays but the reason."""
    row = tx.first(queries.LOCK, owner_id=member_id, media=media_id)
    if row is None or row.state not in ("receiving", "processing"):
        return
    before = read(row.kept)
    text = sentence(account(tx, member_id).language, code, params or {})
    kept = msgspec.structs.replace(
        before, state="refused", files=[], refusal=MediaRefusal(code, text)
    )
    keys = {file.blob for file in before.files}
    unclaim(tx, member_id, media_id, keys)
    enqueue(tx, DropBytes(keys=[], media_id=media_id))
    until = _later(row, tx.now + SHORT_REFUSED_MS)
    change(tx, row, kept, state="refused", stored=0, expires_at=until)
    tell(tx, member_id, media_id, kept)


def _later(row: Row, moment: int) -> int | None:
    """When a file expires; what is used does not."""
    return None if row.expires_at is None else moment


def change(
    tx: Transaction,
    row: Row,
    kept: Kept,
    *,
    state: MediaState | None = None,
    stored: int | None = None,
    tries: int | None = None,
    expires_at: int | None = 0,
) -> None:
    """Writes a file's row with what is new in it."""
    tx.run(
        queries.SET,
        owner_id=row.member_id,
        media=row.media_id,
        new_state=row.state if state is None else state,
        new_stored=row.stored if stored is None else stored,
        new_tries=row.tries if tries is None else tries,
        new_expires_at=row.expires_at if expires_at == 0 else expires_at,
        new_kept=written(kept),
    )


def tell(tx: Transaction, member_id: int, media_id: int, kept: Kept) -> None:
    """Everywhere the file is used it looks as it is now; its owner and those places learn it."""
    found = uses(tx, member_id, media_id)
    for use in found:
        tx.run(
            queries.SET_SHOWN,
            place=use.place,
            of_kind=use.kind,
            of_ref=use.ref,
            media=media_id,
            new_kept=written(kept),
        )
    tx.emit(MediaChanged(media=as_own(tx, member_id, media_id, kept)), to=[member_id])
    tx.emit(MediaSettled(member_id=member_id, media_id=media_id, uses=found))


# -- removing it ---------------------------------------------------------------------------------


def drop(tx: Transaction, member_id: int, media_id: int) -> list[Use]:
    """The file is no more: out of every use, which it gives, and its bytes go unless they are
    another's, too."""
    row = tx.first(queries.LOCK, owner_id=member_id, media=media_id)
    if row is None:
        return []
    found = uses(tx, member_id, media_id)
    for use in found:
        forget_use(tx, use, member_id, media_id)
    keys = {file.blob for file in read(row.kept).files}
    unclaim(tx, member_id, media_id, keys)
    tx.run(queries.DROP, owner_id=member_id, media=media_id)
    enqueue(tx, DropBytes(keys=[], media_id=media_id))
    tx.emit(MediaRemoved(id=str(media_id)), to=[member_id])
    return found


def drop_all(tx: Transaction, member_id: int) -> None:
    """The member has left: all that they brought goes, wherever it is seen."""
    for row in tx.all(queries.EVERY, owner_id=member_id):
        found = drop(tx, member_id, row.media_id)
        tx.emit(MediaSettled(member_id=member_id, media_id=row.media_id, uses=found))


def forget_use(tx: Transaction, use: Use, member_id: int, media_id: int) -> None:
    """Takes one use away, from both ends."""
    of = {"of_kind": use.kind, "of_ref": use.ref, "media": media_id}
    tx.run(queries.HIDE, place=use.place, **of)
    tx.run(queries.DROP_USE, owner_id=member_id, **of)


def unclaim(tx: Transaction, member_id: int, media_id: int, keys: Iterable[str]) -> None:
    """A file needs these bytes no more; they go if nobody else does."""
    free = sorted(keys)
    for key in free:
        tx.run(queries.UNCLAIM, key=key, owner_id=member_id, media=media_id)
    if free:
        enqueue(tx, DropBytes(keys=free))


def expired(tx: Transaction, before: int) -> int:
    """Removes files that nobody used in time, some at a time; gives how many."""
    rows = tx.all(queries.EXPIRED, before=before, limit=AT_ONCE)
    for row in rows:
        drop(tx, row.member_id, row.media_id)
    return len(rows)


def start_removal(tx: Transaction, key: str) -> bool:
    """Whether bytes may be removed from the store; from here on nobody can claim them."""
    going = tx.value(queries.LOCK_BLOB, key=key)
    if going is None or tx.first(queries.CLAIMED, key=key) is not None:
        return False
    if not going:
        tx.run(queries.SET_GOING, key=key)
    return True


def end_removal(tx: Transaction, key: str) -> None:
    """They are out of the store."""
    tx.run(queries.FORGET_BLOB, key=key)


def going(tx: Transaction) -> list[str]:
    """Bytes whose removal was begun."""
    return [row.blob_key for row in tx.all(queries.GOING, limit=AT_ONCE)]


def abandon(tx: Transaction, keys: Iterable[str]) -> None:
    """Bytes that came into the store although nobody claims them any more."""
    strays = sorted(keys)
    for key in strays:
        tx.run(queries.KEEP_BLOB, blob_key=key, going=0)
    enqueue(tx, DropBytes(keys=strays))


def unknown(tx: Transaction, keys: list[str]) -> list[str]:
    """Those of the keys that have no row."""
    known = {row.blob_key for row in tx.all(queries.KNOWN, keys=keys)}
    return [key for key in keys if key not in known]


def awaited(tx: Transaction, media_id: int) -> bool:
    """Whether a file that waits in the spool is still wanted."""
    row = tx.first(queries.STATE_OF, media=media_id)
    return row is not None and row.state in ("receiving", "processing")
