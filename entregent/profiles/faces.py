"""Cards: how a viewer sees people, whoever they are, in a constant number of statements."""

from collections.abc import Collection, Iterable

import msgspec

from entregent.kit.people import Card, Photo
from entregent.media import Use, link
from entregent.network import Tie, contacts_among, hidden_among, ties
from entregent.ports.db import Row, Transaction

from . import queries
from .model import DEFAULT_AUDIENCE, LEVEL, Audience, OpenTo, Picture, level_of, listed

_audiences = msgspec.json.Decoder(dict[str, Audience]).decode
_open_to = msgspec.json.Decoder(list[OpenTo]).decode
_picture = msgspec.json.Decoder(Picture).decode


def cards(tx: Transaction, viewer: int, ids: Iterable[int]) -> list[Card]:
    """A card for each id: a member, one of the viewer's contacts, or somebody who is gone.

    A closed account, somebody hidden by a block and an id that means nothing to the viewer cannot
    be told apart. A contact who has joined is shown as that member, under the contact's id.
    """
    wanted = list(dict.fromkeys(ids))
    if not wanted:
        return []
    faces = _faces(tx, wanted)
    unknown = [one for one in wanted if one not in faces]
    contacts = contacts_among(tx, viewer, unknown) if unknown else {}
    joined = {row.joined_id for row in contacts.values() if row.joined_id is not None} - {*faces}
    if joined:
        faces |= _faces(tx, joined)
    hidden = hidden_among(tx, viewer, faces) if faces else set()
    near = ties(tx, viewer, faces.keys() - hidden) if faces else {}

    def member(face: Row, under: int) -> Card:
        return _member(tx, face, near[face.member_id], under)

    found = []
    for one in wanted:
        contact = contacts.get(one)
        who = one if contact is None else contact.joined_id
        if who in hidden:
            found.append(Card(id=str(one), kind="gone", name=""))
        elif who in faces:
            found.append(member(faces[who], one))
        elif contact is not None:
            found.append(_contact(contact))
        else:
            found.append(Card(id=str(one), kind="gone", name=""))
    return found


def card(tx: Transaction, viewer: int, who: int) -> Card:
    """One card."""
    return cards(tx, viewer, [who])[0]


def just_met(tx: Transaction, who: int) -> Card:
    """How a member looks to all who have just been connected to them, whoever they are."""
    return listed(_member(tx, _faces(tx, [who])[who], Tie(1, 0, tx.now), who))


def near_or_far(tx: Transaction, ids: Iterable[int], near: Collection[int]) -> dict[int, Card]:
    """How members look to who is connected to those who are near: with nothing of what else lies
    between them."""
    found = {}
    for face in _faces(tx, ids).values():
        one = face.member_id
        shown = _member(tx, face, Tie(1 if one in near else None, 0, None), one)
        found[one] = msgspec.structs.replace(shown, degree=None, mutuals=None)
    return found


def bare_faces(tx: Transaction, ids: Iterable[int]) -> list[Card]:
    """Names and nothing else, for a member's own list of those whom a block hides."""
    wanted = list(ids)
    faces = _faces(tx, wanted)
    return [
        Card(id=str(one), kind="member", name=faces[one].name)
        if one in faces
        else Card(id=str(one), kind="gone", name="")
        for one in wanted
    ]


def _faces(tx: Transaction, ids: Iterable[int]) -> dict[int, Row]:
    return {row.member_id: row for row in tx.all(queries.FIND_FACES, ids=list(ids))}


def photo(tx: Transaction, member_id: int, kept: str | None) -> Photo | None:
    """A member's photo, from its column."""
    if kept is None:
        return None
    picture = _picture(kept)
    use = Use("photo", str(member_id))
    url = link(picture.key, use, picture.media_id, "small", tx.now)
    return Photo(small=url, placeholder=picture.placeholder)


def _member(tx: Transaction, face: Row, tie: Tie, under: int) -> Card:
    audiences = DEFAULT_AUDIENCE | _audiences(face.audiences)
    level = level_of(tie.degree)
    return Card(
        id=str(under),
        kind="member",
        name=face.name,
        headline=face.headline if LEVEL[audiences["headline"]] <= level else "",
        handle=face.handle,
        degree=tie.degree,
        mutuals=tie.mutuals if tie.degree != 0 else None,
        open_to=[*_open_to(face.open_to)] if LEVEL[audiences["open_to"]] <= level else [],
        connected_on=tie.since,
        photo=photo(tx, face.member_id, face.photo) if LEVEL[audiences["photo"]] <= level else None,
    )


def _contact(row: Row) -> Card:
    said = row.headline or ", ".join(part for part in (row.position, row.company) if part)
    return Card(
        id=str(row.id),
        kind="contact",
        name=row.name,
        headline=said,
        connected_on=row.connected_on,
    )
