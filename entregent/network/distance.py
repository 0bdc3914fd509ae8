"""Who of many is exactly so far away: by sets, where `ties` would look up each.

Two steps away are those whom one's connections know. In a network of any size these are most of
its members, so a few connections' lists tell of nearly everybody asked about; who is left is
looked at one by one, until somebody known to both is met. What was found is remembered for a
minute, as long as the member's own connections stay the same.
"""

from collections import OrderedDict
from collections.abc import Collection
from typing import NamedTuple

from entregent.ports.db import Transaction

from .actions import circle
from .queries import distance as queries

FEW = 2_000  # of so few each is looked up, and nothing remembered
AT_ONCE = 100  # connections whose lists are read together
WORTH_IT = 2_000  # a reading that told of fewer is the last one
REMEMBERED_MS = 60_000
PEOPLE = 2_000  # whose lists are read together
MEMBERS = 16  # of whom something is remembered


class _Found(NamedTuple):
    """What was found out for a member at a moment: of whom, and who is two or three steps away."""

    at: int
    near: frozenset[int]
    asked: frozenset[int] = frozenset()
    second: frozenset[int] = frozenset()
    asked_further: frozenset[int] = frozenset()
    third: frozenset[int] = frozenset()


_remembered: OrderedDict[tuple[int, int], _Found] = OrderedDict()


def at_degree(tx: Transaction, me: int, ids: Collection[int], degree: int) -> set[int]:
    """Those of the ids who are one, two or three steps away, and no nearer."""
    near = frozenset(circle(tx, me))
    wanted = frozenset(ids) - {me}
    if degree == 1:
        return set(wanted & near)
    far = wanted - near
    second = _second(tx, me, near, far)
    return set(second) if degree == 2 else set(_third(tx, me, near, second, far - second))


def _known(tx: Transaction, me: int, near: frozenset[int]) -> _Found:
    known = _remembered.get((tx.database, me))
    if known is None or known.near != near or tx.now - known.at > REMEMBERED_MS:
        return _Found(tx.now, near)
    return known


def _remember(tx: Transaction, me: int, found: _Found) -> None:
    _remembered[tx.database, me] = found
    _remembered.move_to_end((tx.database, me))
    while len(_remembered) > MEMBERS:
        _remembered.popitem(last=False)


def _second(tx: Transaction, me: int, near: frozenset[int], far: frozenset[int]) -> frozenset[int]:
    if len(far) <= FEW:
        return _one_by_one(tx, me, far)
    known = _known(tx, me, near)
    new = far - known.asked
    if new:
        left, every_list = _left(tx, near, new)
        second = known.second | (new - left)
        if not every_list:
            second |= _one_by_one(tx, me, left)
        known = known._replace(asked=known.asked | new, second=second)
        _remember(tx, me, known)
    return far & known.second


def _third(
    tx: Transaction, me: int, near: frozenset[int], second: frozenset[int], rest: frozenset[int]
) -> frozenset[int]:
    """Those of the rest who know somebody two steps away: found from here, then from there."""
    known = _known(tx, me, near)
    new = rest - known.asked_further
    if new:
        left, _ = _left(tx, second, new)
        found = set(new - left)
        lists = sorted(left)
        for start in range(0, len(lists), PEOPLE):
            edges = tx.all(queries.CONNECTIONS_OF, ids=lists[start : start + PEOPLE])
            between = _second(tx, me, near, frozenset(other for _, other in edges) - near)
            found.update(one for one, other in edges if other in between)
        known = _known(tx, me, near)  # of those in between it knows more by now
        known = known._replace(asked_further=known.asked_further | new, third=known.third | found)
        if len(rest) > FEW:
            _remember(tx, me, known)
    return rest & known.third


def _left(tx: Transaction, some: Collection[int], far: Collection[int]) -> tuple[set[int], bool]:
    """Those of `far` whom nobody knows of `some`; and whether all of these were asked, for it ends
    where few are found."""
    left, lists = set(far), sorted(some)
    for start in range(0, len(lists), AT_ONCE):
        before = len(left)
        rows = tx.all(queries.KNOWN_TO, ids=lists[start : start + AT_ONCE])
        left.difference_update([row[0] for row in rows])
        if not left or before - len(left) < WORTH_IT:
            return left, start + AT_ONCE >= len(lists)
    return left, True


def _one_by_one(tx: Transaction, me: int, ids: Collection[int]) -> frozenset[int]:
    if not ids:
        return frozenset()
    rows = tx.all(queries.SECOND_AMONG[tx.dialect], me=me, ids=sorted(ids))
    return frozenset(row[0] for row in rows)


def remembered() -> list[int]:
    """The members of whom something is remembered."""
    return [me for _, me in _remembered]


def forget() -> None:
    """Forgets what is remembered."""
    _remembered.clear()
