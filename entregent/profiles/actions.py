"""What a member does with the profile, and what others may see of it."""

import msgspec

from entregent.accounts import SettingsChange, account, change_settings, rename
from entregent.kit.errors import Refusal
from entregent.kit.text import words
from entregent.media import Use, seen_through
from entregent.network import circle, relation, ties
from entregent.ports.db import Row, Transaction

from . import queries
from .events import CardChanged, MeChanged, ProfileChanged
from .faces import card, photo
from .model import (
    CONNECTIONS,
    DEFAULT_AUDIENCE,
    LEVEL,
    MEMBERS,
    MYSELF,
    PICTURES,
    PUBLIC,
    Audience,
    Details,
    Me,
    PictureKind,
    Profile,
    ProfileChange,
    changed,
    checked_handle,
    found_by,
    handle_from,
    listed,
    visible,
)

MOST_TOLD = 1_000

_details = msgspec.json.Decoder(Details).decode
_audiences = msgspec.json.Decoder(dict[str, Audience]).decode


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


# -- reading -------------------------------------------------------------------------------------


def me(tx: Transaction, member_id: int) -> Me:
    """The member who is signed in."""
    mine = account(tx, member_id)
    row = _found(tx.first(queries.FIND_PROFILE, owner_id=member_id))
    return Me(
        id=str(member_id),
        name=mine.name,
        handle=row.handle,
        headline=row.headline,
        email=mine.email,
        verified=mine.verified_at is not None,
        language=mine.language,
        theme=mine.theme,
        density=mine.density,
        shortcuts=mine.shortcuts.on,
        keys=mine.shortcuts.keys,
        receipts=mine.receipts,
        presence=mine.presence,
        undo_seconds=mine.undo_seconds,
        photo=photo(tx, member_id, row.photo),
    )


def member_by_handle(tx: Transaction, handle: str) -> int | None:
    """The member at `/in/<handle>`."""
    found: int | None = tx.value(queries.FIND_HANDLE, name=handle.strip().lower())
    return found


def profile_at(tx: Transaction, viewer: int | None, handle: str) -> Profile:
    """What a viewer (None: somebody not signed in) may see at an address."""
    who = member_by_handle(tx, handle)
    if who is None:
        raise _nobody()
    return profile_of(tx, viewer, who)


def profile_of(tx: Transaction, viewer: int | None, who: int) -> Profile:
    """What a viewer may see of a member."""
    row = _found(tx.first(queries.FIND_PROFILE, owner_id=who))
    details, audiences = _details(row.details), _audiences(row.audiences)
    level = _level(tx, viewer, row, details, audiences)
    if level is None:
        raise _nobody()
    seen = Profile(id=str(who), handle=row.handle, name=row.name)
    if viewer == who:
        seen.degree, seen.audiences = 0, _every_audience(audiences)
    elif viewer is not None:
        tie = ties(tx, viewer, [who])[who]
        seen.degree, seen.mutuals, seen.connected_on = tie.degree, tie.mutuals, tie.since
    _picture(tx, seen, row, audiences, level)
    return _filled(seen, visible(details, audiences, level))


def may_see_picture(tx: Transaction, viewer: int | None, who: int, kind: PictureKind) -> bool:
    """Whether a viewer sees a photo or cover; asked for each face of a list, so nothing more is
    read of a profile than that."""
    row = tx.first(queries.FIND_PROFILE, owner_id=who)
    if row is None or getattr(row, kind) is None:
        return False
    audiences = _audiences(row.audiences)
    level = _level(tx, viewer, row, _details(row.details), audiences)
    return level is not None and LEVEL[_every_audience(audiences)[kind]] <= level


def _level(
    tx: Transaction,
    viewer: int | None,
    row: Row,
    details: Details,
    audiences: dict[str, Audience],
) -> int | None:
    """How much a viewer may see of a member, the one place that decides it; None: not even that
    there is one."""
    if viewer is None:
        # Whoever shows nothing in public is not to be found there.
        return PUBLIC if visible(details, audiences, PUBLIC) != Details() else None
    if viewer == row.member_id:
        return MYSELF
    tie = relation(tx, viewer, row.member_id)
    if not tie.reachable:
        return None
    return CONNECTIONS if tie.connected else MEMBERS


def _picture(
    tx: Transaction, seen: Profile, row: Row, audiences: dict[str, Audience], level: int
) -> None:
    """Adds photo and cover, as far as they are for a viewer of that level."""
    kept: dict[str, str | None] = {"photo": row.photo, "cover": row.cover}
    every = _every_audience(audiences)
    wanted = [
        Use(kind, str(row.member_id))
        for kind in PICTURES
        if kept[kind] is not None and LEVEL[every[kind]] <= level
    ]
    for use, found in seen_through(tx, wanted).items():
        setattr(seen, use.kind, found[0] if found else None)


def _filled(profile: Profile, details: Details) -> Profile:
    for name, value in msgspec.structs.asdict(details).items():
        setattr(profile, name, value)
    return profile


def _every_audience(audiences: dict[str, Audience]) -> dict[str, Audience]:
    return DEFAULT_AUDIENCE | audiences


# -- changing ------------------------------------------------------------------------------------


def change_profile(tx: Transaction, member_id: int, change: ProfileChange) -> Profile:
    """Changes what the member gave and leaves the rest; those connected see a new face at once."""
    if change.name is not None:
        rename(tx, member_id, change.name)
    row = _found(tx.first(queries.FIND_PROFILE, owner_id=member_id))
    handle = row.handle
    if change.handle is not None:
        handle = _move(tx, member_id, handle, change.handle)
    details = changed(_details(row.details), change)
    audiences = _audiences(row.audiences) | (change.audiences or {})
    tx.run(
        queries.SET_PROFILE,
        owner_id=member_id,
        handle=handle,
        headline=details.headline,
        open_to=_json(details.open_to),
        details=_json(details),
        audiences=_json(audiences),
        changed_at=tx.now,
    )
    _index(tx, member_id, row.name, details, audiences)
    tx.emit(ProfileChanged(member_id=member_id))
    face = (handle, details.headline, details.open_to, audiences)
    if face != (row.handle, row.headline, _details(row.details).open_to, _audiences(row.audiences)):
        tell_face(tx, member_id)
    return profile_of(tx, member_id, member_id)


def set_settings(tx: Transaction, member_id: int, change: SettingsChange) -> Me:
    """Changes the settings and answers with all that the member's pages show of them."""
    change_settings(tx, member_id, change)
    return me(tx, member_id)


def _move(tx: Transaction, me: int, old: str, wanted: str) -> str:
    handle = checked_handle(wanted)
    if handle == old:
        return old
    if tx.first(queries.FIND_HANDLE, name=handle) is not None:
        raise Refusal("profiles.handle_taken", status=409, field="handle")
    tx.run(queries.DROP_HANDLE, name=old, owner_id=me)
    tx.run(queries.ADD_HANDLE, handle=handle, member_id=me)
    return handle


def tell_face(tx: Transaction, member_id: int) -> None:
    """Tells the member's own pages, and those of the connected, how the member looks now.

    With more than a thousand connections the others learn it when they look next.
    """
    tx.emit(MeChanged(me=me(tx, member_id)), to=[member_id])
    near = circle(tx, member_id)
    if near and len(near) <= MOST_TOLD:
        # To every connection the face is the same, but for the day they connected.
        seen = listed(card(tx, next(iter(near)), member_id))
        for one, since in near.items():
            tx.emit(CardChanged(card=msgspec.structs.replace(seen, connected_on=since)), to=[one])


# -- what follows from accounts ------------------------------------------------------------------


def make_profile(tx: Transaction, member_id: int, name: str) -> None:
    """A profile with nothing on it but the name, at an address made of the name."""
    handle = _free_handle(tx, member_id, name)
    tx.run(queries.ADD_HANDLE, handle=handle, member_id=member_id)
    tx.run(
        queries.ADD_PROFILE,
        member_id=member_id,
        handle=handle,
        name=name,
        name_key=" ".join(words(name)),
        headline="",
        open_to="[]",
        details=_json(Details()),
        audiences="{}",
        changed_at=tx.now,
        photo=None,
        cover=None,
    )
    _index(tx, member_id, name, Details(), {})


def set_name(tx: Transaction, member_id: int, name: str) -> None:
    """Follows the account's name."""
    row = _found(tx.first(queries.FIND_PROFILE, owner_id=member_id))
    tx.run(
        queries.SET_NAME,
        owner_id=member_id,
        name=name,
        name_key=" ".join(words(name)),
        changed_at=tx.now,
    )
    _index(tx, member_id, name, _details(row.details), _audiences(row.audiences))


def drop_profile(tx: Transaction, member_id: int) -> None:
    """The member has left: nothing of the profile stays."""
    row = tx.first(queries.FIND_PROFILE, owner_id=member_id)
    if row is not None:
        tx.run(queries.DROP_WORDS, owner_id=member_id)
        tx.run(queries.DROP_HANDLE, name=row.handle, owner_id=member_id)
        tx.run(queries.DROP_PROFILE, owner_id=member_id)


def _free_handle(tx: Transaction, member_id: int, name: str) -> str:
    base = handle_from(name)
    if base and tx.first(queries.FIND_HANDLE, name=base) is None:
        return base
    # The low bits of two ids of one moment differ, the high ones of two moments do.
    number = (member_id ^ member_id >> 22) & 0xFFFFF
    while True:
        handle = f"{base or 'member'}-{number:x}"
        if tx.first(queries.FIND_HANDLE, name=handle) is None:
            return handle
        number = (number + 1) & 0xFFFFFF


def _index(
    tx: Transaction, member_id: int, name: str, details: Details, audiences: dict[str, Audience]
) -> None:
    tx.run(queries.DROP_WORDS, owner_id=member_id)
    tx.run_many(
        queries.ADD_WORD,
        [
            {"member_id": member_id, "word": word, "level": level}
            for word, level in found_by(name, details, audiences).items()
        ],
    )


# -- within --------------------------------------------------------------------------------------


def _found(row: Row | None) -> Row:
    if row is None:
        raise _nobody()
    return row


def _nobody() -> Refusal:
    return Refusal("profiles.nobody", status=404)
