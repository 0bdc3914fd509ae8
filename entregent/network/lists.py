"""Lists of people: those on whom a member has put the same tag, those whom two both know."""

import json
from collections import Counter

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.paging import MAX_PAGE, encode_cursor, number_after
from entregent.kit.text import fold
from entregent.ports.db import Transaction

from .actions import mutuals_with, near, relation, relations
from .contacts import contacts_among
from .model import People, Person
from .queries import people as queries


class TagCount(msgspec.Struct):
    """One of the member's tags, and on how many people it stands."""

    tag: str
    count: int


def tags_of(tx: Transaction, me: int) -> list[TagCount]:
    """The member's tags, those on most people first."""
    counted = Counter(tag for tags in _tagged(tx, me).values() for tag in tags)
    return [
        TagCount(tag, count)
        for tag, count in sorted(counted.items(), key=lambda one: (-one[1], fold(one[0])))
    ]


def page_of_tagged(
    tx: Transaction, me: int, text: str = "", after: str = "", limit: int = 50
) -> People:
    """People with the tag that is typed, or with one that begins so; with any for no text."""
    people = _tagged(tx, me)
    wanted = fold(text.strip())
    whole = any(fold(tag) == wanted for tags in people.values() for tag in tags)
    found = sorted(
        one
        for one, tags in people.items()
        if any(fold(tag) == wanted if whole else fold(tag).startswith(wanted) for tag in tags)
    )
    last = number_after(after, 0)
    rest = [one for one in found if one > last]
    shown = rest[: min(limit, MAX_PAGE)]
    more = encode_cursor(shown[-1]) if len(rest) > len(shown) else None
    return People([Person(one, None) for one in shown], more, len(found))


def page_of_mutuals(
    tx: Transaction, me: int, other: int, after: str = "", limit: int = 50
) -> People:
    """Whom the member and another both know; of whom the member cannot reach, nobody is told."""
    if not relation(tx, me, other).reachable:
        raise Refusal("network.nobody", status=404)
    limit = min(limit, MAX_PAGE)
    found = mutuals_with(tx, me, other, limit + 1, number_after(after, 0))
    more = encode_cursor(found[limit - 1]) if len(found) > limit else None
    total = near(tx, me, [other]).get(other, 0)
    return People([Person(one, None) for one in found[:limit]], more, total)


def _tagged(tx: Transaction, me: int) -> dict[int, list[str]]:
    """The tags on everybody whom the member can still see."""
    tagged = {row.other_id: json.loads(row.tags) for row in tx.all(queries.EVERY_WORD, me=me)}
    people = {one: tags for one, tags in tagged.items() if tags}
    standing = relations(tx, me, people)
    seen = {one for one, tie in standing.items() if tie.reachable}
    seen |= contacts_among(tx, me, [one for one in people if one not in seen]).keys()
    return {one: tags for one, tags in people.items() if one in seen}
