"""What a viewer has seen."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction, batched

from .. import queries
from ..events import StoriesSeen
from ..model import VIEWINGS
from ..numbers import number_at
from ..queries import EVERYBODY
from ..reading import settings_of_all
from ..rings import rings_of
from ..sight import Around, Key, around, audience_of, key_of, open_among, visible
from .naming import settle_named
from .publishing import note_soon


class Seen(NamedTuple):
    """So many frames of a story."""

    author_id: int
    story_id: int
    frames: int


class Seeing(NamedTuple):
    """What somebody has seen since they said so last."""

    me: int
    seen: tuple[Seen, ...]


class _Sight(NamedTuple):
    """What those who looked may see of what they looked at, and how far they had seen it."""

    stories: dict[int, dict[Key, Any]]  # by viewer
    trays: dict[int, list[Any]]
    around: dict[int, Around]  # of authors at whom several look


@batched
def see(tx: Transaction, given: list[Seeing]) -> list[Refusal | None]:
    """Notes what was seen of what each may see; the rest does not exist. Nothing is ever unseen, so
    repeating it changes nothing. Who sees the same at the same time is asked about together."""
    wanted: dict[int, dict[Key, int]] = {}
    for one in given:
        of_one = wanted.setdefault(one.me, {})
        for said in one.seen:
            if said.author_id != one.me:
                key = said.author_id, said.story_id
                of_one[key] = max(of_one.get(key, 0), said.frames)
    sight = _sight(tx, wanted)
    new: dict[int, tuple[dict[Key, int], dict[Key, int]]] = {}
    for me, stories in sight.stories.items():
        before = {key_of(one): one.number for one in sight.trays.get(me, ())}
        after = dict(before)
        for key, story in stories.items():
            frames = wanted[me].get(key, 0)
            after[key] = max(after.get(key, 0), number_at(story.mask, frames))
        if any(after[key] > before.get(key, 0) for key in stories):
            new[me] = before, after
    if new:
        _keep(tx, sight, new)
    return [None] * len(given)


def _sight(tx: Transaction, wanted: Mapping[int, Mapping[Key, int]]) -> _Sight:
    """In a constant number of statements for each author at whom several look, and for each viewer
    who looks at others."""
    viewers: dict[int, list[int]] = {}
    for me, of_one in wanted.items():
        for author in sorted({author for author, _ in of_one}):
            viewers.setdefault(author, []).append(me)
    heads: dict[int, list[Any]] = {}
    rows = tx.all(queries.LIVE_HEADS, authors=sorted(viewers), now=tx.now) if viewers else []
    for head in rows:
        heads.setdefault(head.author_id, []).append(head)
    found = _Sight({}, {}, {})
    alone: dict[int, list[int]] = {}
    for author, told in heads.items():
        people = viewers[author]
        if len(people) == 1:
            alone.setdefault(people[0], []).append(author)
            continue
        some = found.around[author] = around(tx, author, people)
        for head in told:
            for me in open_among(tx, author, audience_of(head), some):
                found.stories.setdefault(me, {})[key_of(head)] = head
        for tray in tx.all(queries.TRAYS_OF, ids=people, author=author):
            found.trays.setdefault(tray.member_id, []).append(tray)
    for me, authors in alone.items():
        mine = [head for author in authors for head in heads[author]]
        allowed = visible(tx, me, mine)
        if allowed:
            some_of_mine = {key_of(head): head for head in mine if key_of(head) in allowed}
            found.stories.setdefault(me, {}).update(some_of_mine)
            found.trays.setdefault(me, []).extend(tx.all(queries.TRAY_OF, me=me, authors=authors))
    return found


def _keep(
    tx: Transaction, sight: _Sight, new: Mapping[int, tuple[dict[Key, int], dict[Key, int]]]
) -> None:
    rows = [
        (me, key, after[key])
        for me, (before, after) in new.items()
        for key in sorted(sight.stories[me])
        if after[key] > before.get(key, 0)
    ]
    tx.run_many(
        queries.SEE,
        [
            {
                "member_id": me,
                "author_id": key[0],
                "story_id": key[1],
                "expires_at": sight.stories[me][key].expires_at,
                "listed": 0,
                "number": number,
            }
            for me, key, number in rows
        ],
    )
    wants = settings_of_all(tx, list(new))
    tx.run_many(
        queries.VIEW,
        [
            {
                "story_id": key[1],
                "viewer_id": me,
                "view_id": tx.new_id(),
                "number": number,
                "viewing": VIEWINGS.index(wants[me].viewing),
                "at": tx.now,
            }
            for me, key, number in rows
        ],
    )
    settle_named(tx, ((me, key) for me, key, _ in rows))
    authors = sorted({key[0] for _, key, _ in rows})
    muted = {
        (row.member_id, row.author_id)
        for row in tx.all(queries.MUTES_AMONG, ids=list(new), authors=authors)
    }
    pulled = {row.author_id for row in tx.all(queries.TRAY_OF, me=EVERYBODY, authors=authors)}
    for me, author in dict.fromkeys((me, key[0]) for me, key, _ in rows):
        mine = [head for key, head in sight.stories[me].items() if key[0] == author]
        before, after = new[me]
        was, now = rings_of(mine, before)[author], rings_of(mine, after)[author]
        listed = any(one.listed for one in sight.trays.get(me, ()) if one.author_id == author)
        if not listed and author in pulled:
            some = sight.around.get(author) or around(tx, author, [me])
            listed = me in some.near or me in some.following
        less = was.new and not now.new and listed and (me, author) not in muted
        told = StoriesSeen(author_id=str(author), seen=now.seen, unseen=-1 if less else 0)
        tx.emit(told, to=[me])
    for author, story in sorted({key for _, key, _ in rows}):
        note_soon(tx, author, story)
