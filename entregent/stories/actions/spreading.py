"""A story into the rows of those who may see it, and out again: some people at a time."""

from collections.abc import Iterable, Sequence
from typing import Any

from entregent.messaging import group_people
from entregent.ports.db import Transaction
from entregent.profiles import near_or_far

from .. import queries
from ..events import StoryGone, StoryPublished
from ..model import StoryAudience, Teller
from ..rings import rings_of
from ..sight import (
    Around,
    Key,
    all_reached,
    around,
    audience_of,
    frames_of,
    is_live,
    key_of,
    reached,
)
from .naming import named_in, recheck_named, take_back_named, tell_named

KEPT_MS = 7 * 86_400_000  # of what has ended, in a row nobody looks at


def people_of(tx: Transaction, key: Key) -> list[int]:
    """Everybody in whose row a story belongs now; nobody where it is not told."""
    row = _live(tx, key)
    return [] if row is None else people_in(tx, key[0], audience_of(row))


def people_in(tx: Transaction, author: int, audience: StoryAudience) -> list[int]:
    """Everybody in whose row a story of this audience belongs, in order."""
    return sorted(all_reached(tx, author, audience))


def spread(tx: Transaction, key: Key, people: Sequence[int], again: bool) -> None:
    """Puts a story into the rows of those of the people who may see it still; those of them whom
    it names hear of it, once."""
    author, story = key
    row = _live(tx, key)
    if row is None:
        return
    some = around(tx, author, people)
    people = sorted(reached(tx, author, audience_of(row), some))
    top = _top(row)
    trays = tx.all(queries.TRAYS_OF, ids=people, author=author)
    known = {one.member_id for one in trays if one.story_id == story and one.listed == top}
    new = [one for one in people if one not in known]
    _list(tx, row, new)
    if new:
        tx.run(queries.DROP_OLD, ids=new, before=tx.now - KEPT_MS)
    for teller, same in _rings(tx, author, some._replace(people=people if again else new), trays):
        tx.emit(StoryPublished(teller=teller), to=same)
    told = {one.member_id for one in trays if one.story_id == story and one.listed}
    tell_named(tx, key, named_in(frames_of(row)).intersection(new) - told)


def offer(tx: Transaction, key: Key) -> None:
    """Puts a story into the one row that all who follow its author read, instead of into each of
    theirs; whom it names hears of it, once."""
    row = _live(tx, key)
    if row is None:
        return
    trays = tx.all(queries.TRAYS_OF, ids=[queries.EVERYBODY], author=key[0])
    _list(tx, row, [queries.EVERYBODY])
    tx.run(queries.DROP_OLD, ids=[queries.EVERYBODY], before=tx.now - KEPT_MS)
    named = sorted(named_in(frames_of(row)))
    if named and not any(one.story_id == key[1] for one in trays):
        tell_named(tx, key, reached(tx, key[0], audience_of(row), around(tx, key[0], named)))


def rings(tx: Transaction, key: Key, people: Sequence[int]) -> list[tuple[Teller, list[int]]]:
    """The author's ring as those of the people see it for whom a story is."""
    row = _live(tx, key)
    if row is None:
        return []
    some = around(tx, key[0], people)
    told = sorted(reached(tx, key[0], audience_of(row), some))
    trays = tx.all(queries.TRAYS_OF, ids=told, author=key[0])
    return _rings(tx, key[0], some._replace(people=told), trays)


def _list(tx: Transaction, row: Any, people: Iterable[int]) -> None:
    place = {
        "author_id": row.author_id,
        "story_id": row.story_id,
        "expires_at": row.expires_at,
        "listed": _top(row),
        "number": 0,
    }
    tx.run_many(queries.LIST, [{"member_id": one, **place} for one in people])


def _top(row: Any) -> int:
    """The number of the last frame."""
    return int(row.mask.bit_length()) - 1


def withdraw(tx: Transaction, key: Key, people: Sequence[int]) -> None:
    """Takes a story out of the rows of those of the people who may not see it any more."""
    author, story = key
    row = _live(tx, key)
    if row is None:
        tx.run(queries.UNLIST, ids=[queries.EVERYBODY], author=author, story=story)
    some = around(tx, author, people)
    left = set() if row is None else reached(tx, author, audience_of(row), some)
    gone = [one for one in people if one not in left]
    if not gone:
        return
    trays = tx.all(queries.TRAYS_OF, ids=gone, author=author)
    tx.run(queries.UNLIST, ids=gone, author=author, story=story)
    others = {*gone}
    for teller, same in _rings(tx, author, some._replace(people=gone), trays):
        _tell_gone(tx, key, teller, same)
        others.difference_update(same)
    _tell_gone(tx, key, None, sorted(others))
    if row is not None:
        take_back_named(tx, key, named_in(frames_of(row)).intersection(gone))


def meet(tx: Transaction, author: int, people: Sequence[int]) -> None:
    """How these stand to the author is another. What was not for them before is not told to have
    gone: of that they know nothing."""
    rows = tx.all(queries.LIVE_OF, author=author, now=tx.now)
    if not rows:
        return
    trays = tx.all(queries.TRAYS_OF, ids=[queries.EVERYBODY, *people], author=author)
    pulled = {one.story_id for one in trays if one.member_id == queries.EVERYBODY}
    some = around(tx, author, people)
    for row in rows:
        key = key_of(row)
        # Of whom a pulled story is for only those have a row who have looked at it.
        mine = [one for one in trays if one.story_id == key[1]]
        had = {one.member_id for one in mine if one.listed or key[1] in pulled}
        had.discard(queries.EVERYBODY)
        if key[1] not in pulled:
            spread(tx, key, people, False)
        withdraw(tx, key, sorted(had - some.hidden))  # a block tells by itself what has gone
    if pulled:
        recheck_named(tx, author, people)


def shown_to(tx: Transaction, author: int, viewer: int) -> bool:
    """Whether somebody has had anything in their row that the author tells at the moment, however
    the two stand to each other by now."""
    trays = tx.all(queries.TRAYS_OF, ids=[viewer], author=author)
    mine = {one.story_id for one in trays}
    for head in tx.all(queries.LIVE_HEADS, authors=[author], now=tx.now):
        hidden = audience_of(head).hidden_from
        if head.story_id in mine or (head.who == "everyone" and str(viewer) not in hidden):
            return True
    return False


def group_tellers(tx: Transaction, group: int, member: int) -> list[int]:
    """Who tells something in a group at the moment, the member left out."""
    people = sorted(group_people(tx, group) - {member})
    heads = tx.all(queries.LIVE_HEADS, authors=people, now=tx.now) if people else []
    return sorted({one.author_id for one in heads if one.who == "group" and one.ref == str(group)})


def _live(tx: Transaction, key: Key) -> Any:
    row = tx.first(queries.FIND, author=key[0], story=key[1])
    return row if row is not None and is_live(row, tx.now) else None


def _tell_gone(tx: Transaction, key: Key, left: Teller | None, people: Iterable[int]) -> None:
    author, story = map(str, key)
    tx.emit(StoryGone(author_id=author, story_id=story, teller=left), to=people)


def _rings(
    tx: Transaction, author: int, some: Around, trays: Iterable[Any]
) -> list[tuple[Teller, list[int]]]:
    """An author's ring as each of these sees it now, once for all who see it alike; `trays` is how
    far they have seen it. A constant number of statements."""
    people = list(some.people)
    heads = tx.all(queries.LIVE_HEADS, authors=[author], now=tx.now) if people else []
    if not heads:
        return []
    hidden = [{int(one) for one in audience_of(head).hidden_from} for head in heads]
    reach = [
        None if head.who == "everyone" else reached(tx, author, audience_of(head), some)
        for head in heads
    ]
    live = {head.story_id for head in heads}
    numbers: dict[int, dict[Key, int]] = {}
    for tray in trays:
        if tray.number and tray.story_id in live:
            numbers.setdefault(tray.member_id, {})[author, tray.story_id] = tray.number
    muted = {row.member_id for row in tx.all(queries.MUTED_BY, ids=people, author=author)}
    plain, friend = (near_or_far(tx, [author], near)[author] for near in ([], [author]))
    alike: dict[tuple[Any, ...], list[int]] = {}
    for one in people:
        seen = tuple(
            one not in out and (them is None or one in them)
            for out, them in zip(hidden, reach, strict=True)
        )
        far = tuple(sorted(numbers.get(one, {}).items()))
        alike.setdefault((seen, far, one in some.near, one in muted), []).append(one)
    found = []
    for (seen, far, is_near, is_muted), same in alike.items():
        told = [head for head, may in zip(heads, seen, strict=True) if may]
        ring = rings_of(told, dict(far)).get(author)
        if ring is not None:
            found.append((ring.teller(friend if is_near else plain, is_muted), same))
    return found
