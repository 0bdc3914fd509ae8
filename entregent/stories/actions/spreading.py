"""A story into the rows of those who may see it, and out again: some people at a time."""

from collections.abc import Iterable, Sequence

import msgspec

from entregent.network import circle
from entregent.ports.db import Transaction
from entregent.profiles import just_met, known_by_name

from .. import queries
from ..events import StoryGone, StoryPublished
from ..model import StoryAudience, Teller
from ..reading import rings_of
from ..sight import Key, audience_of, is_live, key_of, reached

SOME = 1_000
KEPT_MS = 7 * 86_400_000  # of what has ended, in a row nobody looks at


def spread(tx: Transaction, key: Key, after: int, again: bool) -> int | None:
    """Puts a story into the next rows; gives after whom to go on."""
    author, story = key
    row = tx.first(queries.FIND, author=author, story=story)
    if row is None or not is_live(row, tx.now):
        return None
    people, following = _next(reached(tx, author, audience_of(row)), after)
    trays = tx.all(queries.TRAYS_OF, ids=people, author=author)
    known = {one.member_id for one in trays if one.story_id == story and one.listed}
    new = [one for one in people if one not in known]
    tx.run_many(
        queries.LIST,
        [
            {
                "member_id": one,
                "author_id": author,
                "story_id": story,
                "expires_at": row.expires_at,
                "listed": 1,
                "number": 0,
            }
            for one in new
        ],
    )
    if new:
        tx.run(queries.DROP_OLD, ids=new, before=tx.now - KEPT_MS)
    _tell(tx, author, people if again else new)
    return following


def withdraw(tx: Transaction, key: Key, audience: StoryAudience, after: int) -> int | None:
    """Takes a story out of the next rows of those who might see it and may no longer."""
    author, story = key
    row = tx.first(queries.FIND, author=author, story=story)
    gone = reached(tx, author, audience)
    if row is not None and is_live(row, tx.now):
        gone -= reached(tx, author, audience_of(row))
    people, following = _next(gone, after)
    if people:
        tx.run(queries.UNLIST, ids=people, author=author, story=story)
        rings = _rings(tx, author, people)
        for one in people:
            left = StoryGone(author_id=str(author), story_id=str(story), teller=rings.get(one))
            tx.emit(left, to=[one])
    return following


def _next(people: Iterable[int], after: int) -> tuple[list[int], int | None]:
    left = sorted(one for one in people if one > after)
    return left[:SOME], left[SOME - 1] if len(left) > SOME else None


def _tell(tx: Transaction, author: int, people: Sequence[int]) -> None:
    for one, teller in _rings(tx, author, people).items():
        tx.emit(StoryPublished(teller=teller), to=[one])


def _rings(tx: Transaction, author: int, people: Sequence[int]) -> dict[int, Teller]:
    """An author's ring as each of these sees it now, in a constant number of statements."""
    if not people:
        return {}
    heads = tx.all(queries.LIVE_HEADS, authors=[author], now=tx.now)
    if not heads:
        return {}
    reach = {
        key_of(head): None if head.who == "everyone" else reached(tx, author, audience_of(head))
        for head in heads
    }
    hidden = {key_of(head): {int(one) for one in audience_of(head).hidden_from} for head in heads}
    trays = tx.all(queries.TRAYS_OF, ids=list(people), author=author)
    numbers: dict[int, dict[Key, int]] = {}
    for tray in trays:
        numbers.setdefault(tray.member_id, {})[author, tray.story_id] = tray.number
    muted = {row.member_id for row in tx.all(queries.MUTED_BY, ids=list(people), author=author)}
    near = circle(tx, author)
    plain = known_by_name(tx, author)
    friend = msgspec.structs.replace(just_met(tx, author), degree=None, connected_on=None)
    found = {}
    for one in people:
        seen = [
            head
            for head in heads
            if one not in hidden[key_of(head)]
            and ((them := reach[key_of(head)]) is None or one in them)
        ]
        ring = rings_of(seen, numbers.get(one, {})).get(author)
        if ring is not None:
            found[one] = ring.teller(friend if one in near else plain, one in muted)
    return found
