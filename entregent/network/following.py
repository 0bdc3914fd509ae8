"""Following, which is one-way and silent; and what a member puts down about people."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.kit.paging import MAX_PAGE, decode_cursor, encode_cursor
from entregent.kit.text import clean, clean_line
from entregent.ports.db import Transaction

from .actions import FAR, relation, relations
from .events import FollowChanged, TiesChanged
from .model import People, Person
from .queries import LATEST, SECOND
from .queries import people as queries

MAX_TAGS, MAX_TAG, MAX_NOTE, LONGEST_CADENCE = 20, 40, 2_000, 366
LATEST_CONNECTIONS = 150  # through whom one looks for people two steps away
MOST_FAR = 200


class Words(NamedTuple):
    """What a member has put down about a person."""

    tags: list[str] = []  # noqa: RUF012 (nobody changes it)
    note: str = ""
    cadence_days: int | None = None
    changed_at: int = 0


class Far(NamedTuple):
    """Somebody two steps away, and how many of the looked-at connections lead there."""

    id: int
    mutuals: int


def follow(tx: Transaction, me: int, other: int) -> bool:
    """Follows somebody, who is not told; False when it was so already."""
    if not relation(tx, me, other).reachable:
        raise Refusal("network.nobody", status=404)
    return bool(follow_all(tx, me, [other]))


def follow_all(tx: Transaction, me: int, others: Sequence[int]) -> list[int]:
    """Follows all of them who can be reached; gives whom the member did not follow before."""
    before = following_among(tx, me, others)
    ties = relations(tx, me, others)
    found = [one for one in dict.fromkeys(others) if one not in before and ties[one].reachable]
    tx.run_many(
        queries.ADD_FOLLOW, [{"member_id": me, "other_id": one, "at": tx.now} for one in found]
    )
    tx.run_many(
        queries.ADD_FOLLOWER,
        [{"member_id": one, "other_id": me, "at": tx.now} for one in sorted(found)],
    )
    for one in found:
        tx.emit(FollowChanged(id=str(one), following=True), to=[me])
    if found:
        tx.emit(TiesChanged(member_id=me, others=found))
    return found


def unfollow(tx: Transaction, me: int, other: int) -> bool:
    """Follows somebody no more; False when it was so already."""
    return bool(unfollow_all(tx, me, [other]))


def unfollow_all(tx: Transaction, me: int, others: Sequence[int]) -> list[int]:
    """Follows none of them any more; gives whom the member followed before."""
    found = sorted(following_among(tx, me, others))
    tx.run_many(queries.DROP_FOLLOW, _pairs(me, found))
    tx.run_many(queries.DROP_FOLLOWER, [{"me": one, "other": me} for one in found])
    for one in found:
        tx.emit(FollowChanged(id=str(one), following=False), to=[me])
    if found:
        tx.emit(TiesChanged(member_id=me, others=found))
    return found


def following_among(tx: Transaction, me: int, ids: Iterable[int]) -> set[int]:
    """Those of the ids whom the member follows."""
    return {row.other_id for row in tx.each(queries.FIND_FOLLOWED, _pairs(me, ids))}


def followers_of(tx: Transaction, me: int) -> set[int]:
    """Everyone who follows the member."""
    return {row.other_id for row in tx.all(queries.EVERY_FOLLOWER, me=me)}


def followers_among(tx: Transaction, me: int, ids: Iterable[int]) -> set[int]:
    """Those of the ids who follow the member."""
    return {row.other_id for row in tx.each(queries.FIND_FOLLOWER, _pairs(me, ids))}


def _pairs(me: int, ids: Iterable[int]) -> list[dict[str, int]]:
    return [{"me": me, "other": one} for one in ids]


def page_of_follows(tx: Transaction, me: int, after: str = "", limit: int = 50) -> People:
    """Whom the member follows, latest first."""
    since, last = decode_cursor(after, int, int) if after else (FAR, FAR)
    limit = min(limit, MAX_PAGE)
    rows = tx.all(queries.PAGE_OF_FOLLOWS, me=me, after_since=since, after_id=last, limit=limit + 1)
    shown = [Person(row.id, row.since) for row in rows[:limit]]
    following = encode_cursor(shown[-1].since or 0, shown[-1].id) if len(rows) > limit else None
    return People(shown, following, tx.value(queries.TOTAL_FOLLOWS, me=me))


def forget_following(tx: Transaction, me: int) -> None:
    """The member has left: nobody follows them, and they follow nobody."""
    for row in tx.all(queries.EVERY_FOLLOW, me=me):
        tx.run(queries.DROP_FOLLOWER, me=row.other_id, other=me)
    for row in tx.all(queries.EVERY_FOLLOWER, me=me):
        tx.run(queries.DROP_FOLLOW, me=row.other_id, other=me)
    for statement in queries.DROP_OF.values():
        tx.run(statement, me=me)


# -- a member's own words on people --------------------------------------------------------------


def tagged(tx: Transaction, me: int, tag: str) -> set[int]:
    """Everyone on whom the member has put a tag: a list of people."""
    rows = tx.all(queries.EVERY_WORD, me=me)
    return {row.other_id for row in rows if tag in json.loads(row.tags)}


def tags_on(tx: Transaction, me: int, ids: Iterable[int]) -> dict[int, list[str]]:
    """The tags that each of the ids has put on the member: for deciding, not for showing."""
    rows = tx.all(queries.WORDS_ON_ME, me=me, ids=list(ids))
    return {row.member_id: json.loads(row.tags) for row in rows}


def words_on(tx: Transaction, me: int, ids: Iterable[int]) -> dict[int, Words]:
    """What the member has put down about those of the ids of whom there is anything."""
    return {
        row.other_id: Words(json.loads(row.tags), row.note, row.cadence_days, row.changed_at)
        for row in tx.all(queries.WORDS_AMONG, me=me, ids=list(ids))
    }


def put_down(
    tx: Transaction, me: int, other: int, tags: Sequence[str], note: str, cadence_days: int | None
) -> Words:
    """Replaces what the member has put down about a person."""
    kept = list(dict.fromkeys(filter(None, (clean_line(tag) for tag in tags))))
    text = clean(note)
    if len(kept) > MAX_TAGS or any(len(tag) > MAX_TAG for tag in kept):
        raise Refusal("network.too_many_tags", field="tags", most=MAX_TAGS, length=MAX_TAG)
    if len(text) > MAX_NOTE:
        raise Refusal("network.note_too_long", field="note", most=MAX_NOTE, length=len(text))
    if cadence_days is not None and not 1 <= cadence_days <= LONGEST_CADENCE:
        raise Refusal("network.bad_cadence", field="cadence_days", most=LONGEST_CADENCE)
    tx.run(
        queries.SET_WORDS,
        member_id=me,
        other_id=other,
        tags=json.dumps(kept, ensure_ascii=False),
        note=text,
        cadence_days=cadence_days,
        changed_at=tx.now,
    )
    tx.emit(PartChanged(part="words", of=str(other)), to=[me])
    tx.emit(TiesChanged(member_id=me, others=[other]))
    return Words(kept, text, cadence_days, tx.now)


def cadences(tx: Transaction, me: int) -> dict[int, Words]:
    """The people to whom the member wants to write now and then."""
    return {
        row.other_id: Words(json.loads(row.tags), row.note, row.cadence_days, row.changed_at)
        for row in tx.all(queries.CADENCES, me=me)
    }


# -- people two steps away -----------------------------------------------------------------------


def second_degree(tx: Transaction, me: int) -> list[Far]:
    """Those two steps away whom most of the member's latest connections know.

    Left out: whom a block hides, and whom the member did not want to be shown.
    """
    near = [row.other_id for row in tx.all(LATEST, me=me, limit=LATEST_CONNECTIONS)]
    if not near:
        return []
    rows = tx.all(SECOND, me=me, ids=near, limit=MOST_FAR)
    return [Far(row.other_id, row.mutuals) for row in rows]


def decline(tx: Transaction, me: int, other: int) -> None:
    """The member does not want to be shown this person as somebody they may know."""
    tx.run(queries.DECLINE, member_id=me, other_id=other, at=tx.now)


def declined(tx: Transaction, me: int) -> set[int]:
    """Whom the member did not want to be shown."""
    return {row.other_id for row in tx.all(queries.DECLINED, me=me)}
