"""Finding members by words that begin as typed, the closest first."""

from typing import NamedTuple

from entregent.kit.paging import MAX_PAGE, decode_cursor, encode_cursor
from entregent.kit.text import words
from entregent.network import near
from entregent.ports.db import Transaction

from . import queries
from .model import CONNECTIONS, MEMBERS, found_in

MOST_FOUND = 1_000
FAR = 3


class Found(NamedTuple):
    """A page of members, the closest first."""

    ids: list[int]
    next: str | None


def find_people(tx: Transaction, me: int, text: str, after: str = "", limit: int = 30) -> Found:
    """Members found by name, headline, organisation, school, place or skill.

    Whose name was typed comes before whoever was found by something else; among them connections
    come first, then those with whom the member shares one, then all others. At most a thousand of
    either kind are looked at: whoever finds more has to type another letter.
    """
    typed = sorted(words(text), key=lambda word: -len(word))[: queries.MOST_WORDS]
    ranges = found_in(typed, queries.MOST_WORDS)
    if typed:
        first = tx.all(queries.FIND_NEAR, me=me, level=CONNECTIONS, limit=MOST_FOUND, **ranges)
        others = tx.all(queries.FIND_OTHERS, me=me, level=MEMBERS, limit=MOST_FOUND, **ranges)
    else:
        first = tx.all(queries.FIRST_NEAR, me=me, limit=MOST_FOUND)
        others = tx.all(queries.FIRST_OTHERS, me=me, limit=MOST_FOUND)
    rank = dict.fromkeys((row.member_id for row in others), FAR)
    rank |= dict.fromkeys(near(tx, me, rank), 2)
    rank |= dict.fromkeys((row.member_id for row in first), 1)
    keys = tx.all(queries.NAME_KEYS, ids=list(rank))
    order = sorted(
        (not _is_named(row.name_key, typed), rank[row.member_id], row.name_key, row.member_id)
        for row in keys
    )
    if after:
        cursor = decode_cursor(after, bool, int, str, int)
        order = [key for key in order if key > cursor]
    limit = min(limit, MAX_PAGE)
    page = order[:limit]
    return Found(
        [key[-1] for key in page], encode_cursor(*page[-1]) if len(order) > limit else None
    )


def _is_named(name_key: str, typed: list[str]) -> bool:
    """Whether the name alone answers to every word that was typed."""
    name = f" {name_key}"
    return all(f" {word}" in name for word in typed)
