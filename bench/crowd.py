"""A network to measure in: members with profiles, connected as people are, written in bulk.

The degrees have a heavy tail: the popular are drawn more often. Beside them there are stars, who
have as many connections as they are given.
"""

import random
from typing import Any

from sqlalchemy import BigInteger, Integer, bindparam, func, insert, literal, select
from sqlalchemy.dialects.postgresql import ARRAY

from entregent.accounts import create_member
from entregent.accounts import queries as accounts
from entregent.network import connect_many
from entregent.network.tables import connections
from entregent.ports.db import Statement, Transaction, statement
from entregent.profiles import queries as profiles
from entregent.server.house import House

CHUNK = 10_000
EDGES = 200_000
_BITS = 20  # an edge is one number: the one end, and in so many bits the other
_WIDE = 1 << _BITS
_DAY = 86_400_000


def crowd(
    house: House, members: int, edges: int, stars: list[int], chance: random.Random
) -> tuple[list[int], list[int]]:
    """The stars, and everybody else; a star knows the first ones of these."""
    house.db.journal = None
    write = house.db.write_now
    named = [
        write(create_member, f"star{n}@bench.example", "", f"Star {n}", "en", True)
        for n in range(len(stars))
    ]
    first = write(lambda tx: tx.new_id()) + _WIDE
    others = [first + number for number in range(members)]
    for start in range(0, members, CHUNK):
        write(_people, named[0], others[start : start + CHUNK], start)
    for star, number in zip(named, stars, strict=True):
        write(connect_many, [(star, one) for one in others[:number]])
    pairs = sorted(_pairs(members, edges, chance))
    for start in range(0, len(pairs), EDGES):
        write(_connect, first, pairs[start : start + EDGES])
    return named, others


def _people(tx: Transaction, like_whom: int, ids: list[int], start: int) -> None:
    """With names and profiles, without addresses."""
    face = tx.all(profiles.FIND_PROFILE, owner_id=like_whom)[0]._asdict()
    tx.run_many(
        profiles.ADD_PROFILE,
        [
            face
            | {
                "member_id": one,
                "handle": f"bench-{place}",
                "name": f"Bench Member {place}",
                "name_key": f"bench member {place}",
                "headline": "Measured",
            }
            for place, one in enumerate(ids, start)
        ],
    )
    like = tx.all(accounts.FIND_ACCOUNT, owner_id=like_whom)[0]._asdict()
    tx.run_many(
        accounts.ADD_ACCOUNT,
        [
            like | {"member_id": one, "email": f"b{one}@bench.example", "name": f"Bench {place}"}
            for place, one in enumerate(ids, start)
        ],
    )


def _pairs(members: int, edges: int, chance: random.Random) -> set[int]:
    """Both ways round, each once."""
    heights: list[float] = []
    total = 0.0
    for _ in range(members):
        total += min(300.0, chance.paretovariate(1.2))
        heights.append(total)
    found: set[int] = set()
    for _ in range(40 + 4 * edges // EDGES):
        if len(found) >= 2 * edges:
            break
        ends = chance.choices(range(members), cum_weights=heights, k=2 * min(EDGES, edges))
        pairs = [(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if a != b]
        found.update(a * _WIDE + b for a, b in pairs)
        found.update(b * _WIDE + a for a, b in pairs)
    return found


# One list goes to the database, which makes the rows of it: nothing else is as fast on both.


def _insert(of: Any) -> Statement:
    given = of.c.value
    first, now = bindparam("first", type_=BigInteger), bindparam("now", type_=BigInteger)
    rows = select(
        first + given.op(">>")(literal(_BITS, Integer)),
        first + given.op("&")(literal(_WIDE - 1, BigInteger)),
        now - given * literal(7_919, BigInteger) % literal(1_000 * _DAY, BigInteger),
        literal("bench member"),
    ).select_from(of)
    return statement(
        insert(connections).from_select(["member_id", "other_id", "since", "name_key"], rows)
    )


_list: Any = bindparam("edges", type_=ARRAY(BigInteger))
_INSERT = {
    "sqlite": _insert(func.json_each(_list).table_valued("value")),
    "postgresql": _insert(func.unnest(_list).table_valued("value").render_derived()),
}


def _connect(tx: Transaction, first: int, edges: list[int]) -> None:
    tx.run(_INSERT[tx.dialect], first=first, now=tx.now, edges=edges)
