"""Who may see which story: the one place that decides it, and the door of its files."""

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any, NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.media import Use
from entregent.messaging import group_people, groups_with
from entregent.network import (
    Relation,
    circle,
    circle_among,
    followers_among,
    followers_of,
    following_among,
    hidden_among,
    relations,
    tagged,
    tags_on,
)
from entregent.ports.db import Transaction

from . import queries
from .highlights import FrameRef
from .model import (
    Drawn,
    StoryAudience,
)

_frames = msgspec.json.Decoder(list[Drawn]).decode
_kept = msgspec.json.Decoder(list[FrameRef]).decode
Key = tuple[int, int]


def frames_of(row: Any) -> list[Drawn]:
    """The frames of a stored story."""
    return _frames(row.frames)


def kept_in(row: Any) -> list[FrameRef]:
    """The frames of a stored highlight."""
    return _kept(row.frames)


def key_of(row: Any) -> Key:
    """Whose story it is, and which."""
    return row.author_id, row.story_id


def use_of(author: int, story: int, number: int) -> Use:
    """The use that a frame makes of a file."""
    return Use("story", f"{author}.{story}.{number}")


def uses_of(row: Any, frames: Iterable[Drawn]) -> list[Use]:
    """The uses that those of a story's frames make that have a file."""
    return [
        use_of(row.author_id, row.story_id, one.number)
        for one in frames
        if one.media_id is not None
    ]


def place_of(use: Use) -> tuple[int, int, int] | None:
    """The frame that a use is of."""
    parts = use.ref.split(".")
    if use.kind != "story" or len(parts) != 3 or not all(map(str.isdecimal, parts)):
        return None
    author, story, number = map(int, parts)
    return (author, story, number) if max(author, story) < 2**63 and number < 64 else None


def is_live(row: Any, now: int) -> bool:
    """Whether a story is told at the moment."""
    return bool(row.state == "live" and row.expires_at > now)


def audience_of(row: Any) -> StoryAudience:
    """Who may see a stored story."""
    return StoryAudience(who=row.who, ref=row.ref, hidden_from=json.loads(row.hidden))


def visible(
    tx: Transaction, me: int, rows: Iterable[Any], ties: Mapping[int, Relation] | None = None
) -> set[Key]:
    """Those of the stories whose audience has the member in it now, whatever their state; `ties`
    is how their authors stand to the member, if that is known.

    At most eight statements, however many they are.
    """
    given, my_id = list(rows), str(me)
    found = {key_of(row) for row in given if row.author_id == me}
    others = [row for row in given if row.author_id != me and my_id not in _hidden(row)]
    if not others:
        return found
    authors = sorted({row.author_id for row in others})
    ties = relations(tx, me, authors) if ties is None else ties
    others = [row for row in others if ties[row.author_id].reachable]
    near = {one for one in authors if ties[one].connected}
    if far := [one for one in authors if one not in near]:
        near |= following_among(tx, me, far)
    circles: Collection[int] = ()
    if some := [row.author_id for row in others if row.who == "close"]:
        circles = {row.member_id for row in tx.all(queries.CIRCLES_WITH, me=me, authors=some)}
    some = [row.author_id for row in others if row.who == "list"]
    tags = tags_on(tx, me, some) if some else {}
    some = [int(row.ref) for row in others if row.who == "group"]
    groups = groups_with(tx, me, some) if some else set()
    for row in others:
        author = row.author_id
        if (
            row.who == "everyone"
            or (row.who == "connections" and author in near)
            or (row.who == "close" and author in near and author in circles)
            or (row.who == "list" and author in near and row.ref in tags.get(author, ()))
            or (row.who == "group" and int(row.ref) in groups)
        ):
            found.add(key_of(row))
    return found


def _hidden(row: Any) -> Sequence[str]:
    found: list[str] = json.loads(row.hidden) if row.hidden != "[]" else []
    return found


class Around(NamedTuple):
    """How some people stand to an author: asked once for all that is told to them."""

    people: Collection[int]
    near: AbstractSet[int]
    following: AbstractSet[int]
    hidden: AbstractSet[int]


def around(tx: Transaction, author: int, people: Sequence[int]) -> Around:
    """How these stand to the author."""
    near, following = circle_among(tx, author, people), followers_among(tx, author, people)
    return Around(people, near, following, hidden_among(tx, author, people))


def reached(tx: Transaction, author: int, audience: StoryAudience, some: Around) -> set[int]:
    """Those in whose row a story of this audience stands: who belongs to it, and has anything to
    do with the author."""
    if audience.who == "group":
        found = group_people(tx, int(audience.ref or 0)).intersection(some.people)
    else:
        found = {*some.near, *some.following}
        if audience.who == "close":
            found &= {row.other_id for row in tx.all(queries.CIRCLE, me=author)}
        elif audience.who == "list":
            found &= tagged(tx, author, audience.ref or "")
    return found - {author, *(int(one) for one in audience.hidden_from)} - some.hidden


def all_reached(tx: Transaction, author: int, audience: StoryAudience) -> set[int]:
    """Everybody in whose row it stands."""
    near: AbstractSet[int] = frozenset()
    following: AbstractSet[int] = frozenset()
    if audience.who == "group":
        people = group_people(tx, int(audience.ref or 0))
    else:
        near, following = set(circle(tx, author)), followers_of(tx, author)
        people = near | following
    hidden = hidden_among(tx, author, people)
    return reached(tx, author, audience, Around(people, near, following, hidden))


def open_among(tx: Transaction, author: int, audience: StoryAudience, some: Around) -> set[int]:
    """Those of some members who may see a story of this audience, near its author or not."""
    if audience.who != "everyone":
        return reached(tx, author, audience, some)
    return {*some.people} - {author, *(int(one) for one in audience.hidden_from)} - some.hidden


def open_to(
    tx: Transaction, author: int, audience: StoryAudience, people: Sequence[int]
) -> set[int]:
    """Those of the people who may see a story of this audience, near its author or not."""
    if audience.who != "everyone":
        return reached(tx, author, audience, around(tx, author, people))
    found = {one for one, tie in relations(tx, author, people).items() if tie.reachable}
    return found - {int(one) for one in audience.hidden_from}


def own_story(tx: Transaction, me: int, key: Key) -> Any:
    """One of the member's own stories; of others' there is none."""
    row = tx.first(queries.FIND, author=key[0], story=key[1]) if key[0] == me else None
    if row is None:
        raise nothing_there()
    return row


def watched(tx: Transaction, me: int, key: Key, number: int | None = None) -> Any:
    """A story that is told at the moment, and that the member may see; with that frame in it."""
    row = tx.first(queries.FIND, author=key[0], story=key[1])
    if row is None or not is_live(row, tx.now) or not visible(tx, me, [row]):
        raise nothing_there()
    if number is not None and not (0 < number < 64 and row.mask >> number & 1):
        raise nothing_there()
    return row


def frame_of(row: Any, number: int) -> Drawn:
    """A frame of a stored story."""
    return next(one for one in frames_of(row) if one.number == number)


def nothing_there(field: str | None = None) -> Refusal:
    """The same for what is not there and for what is not for the member."""
    return Refusal("stories.not_found", status=404, field=field)


def may_see(tx: Transaction, viewer: int | None, ref: str) -> bool:
    """The door of a frame's file: asked each time that it is served."""
    place = place_of(Use("story", ref))
    if viewer is None or place is None:
        return False
    author, story, number = place
    row = tx.first(queries.FIND, author=author, story=story)
    if row is None or not row.mask >> number & 1:
        return False
    if author == viewer:
        return True
    if row.state not in ("live", "archived") or not visible(tx, viewer, [row]):
        return False
    return is_live(row, tx.now) or is_kept(tx, author, story, number)


def is_kept(tx: Transaction, author: int, story: int, number: int) -> bool:
    """Whether a frame is in one of its author's highlights."""
    wanted = FrameRef(story_id=str(story), frame_id=str(number))
    rows = tx.all(queries.HIGHLIGHTS, author=author)
    return any(wanted in kept_in(row) for row in rows)
