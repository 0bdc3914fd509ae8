"""What a run is still to do, in the portions in which it is done."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import msgspec

from entregent.ports.db import Row, Transaction

from ..desk import Rule
from ..model import Verb
from ..queries import runs as queries
from ..runs import FEWER, portion_of


class Plan(NamedTuple):
    """What is to be done to one invitation, and by which rule."""

    row: Row
    verb: Verb
    rule: Rule | None = None


class Planned(msgspec.Struct, array_like=True):
    """The same as it is kept."""

    invitation_id: int
    person_id: int
    verb: Verb
    rule_id: int | None = None


class _Portion(msgspec.Struct):
    rules: dict[int, str]  # their names, as they are now
    some: list[Planned]


_portion = msgspec.json.Decoder(_Portion).decode


class Portion(NamedTuple):
    """What is to be done at once, and the names of the rules that say so."""

    number: int
    some: list[Planned]
    rules: dict[int, str]


def plan(tx: Transaction, me: int, run_id: int, plans: Sequence[Plan], *, spoken: bool) -> None:
    """Writes down what is to be done: what is alike together, and in the order in which they came,
    in which their rows lie too. `spoken` when whoever is accepted is told something as well."""
    portions = []
    for number, some in enumerate(_in_portions(plans, spoken)):
        rules = {int(one.rule.id): one.rule.name for one in some if one.rule is not None}
        kept = _Portion(
            rules,
            [
                Planned(
                    one.row.id,
                    one.row.other_id,
                    one.verb,
                    None if one.rule is None else int(one.rule.id),
                )
                for one in some
            ],
        )
        portions.append(
            {
                "member_id": me,
                "run_id": run_id,
                "portion": number,
                "plan": msgspec.json.encode(kept).decode(),
            }
        )
    tx.run_many(queries.ADD_PORTION, portions)


def _in_portions(plans: Sequence[Plan], spoken: bool) -> Iterator[list[Plan]]:
    ordered = sorted(plans, key=lambda one: (one.verb, one.row.id))
    for verb, alike in groupby(ordered, key=lambda one: one.verb):
        some, size = list(alike), FEWER if spoken else portion_of([verb])
        for start in range(0, len(some), size):
            yield some[start : start + size]


def next_portion(tx: Transaction, me: int, run_id: int) -> Portion | None:
    """What is to be done next; None when nothing is left."""
    row = tx.first(queries.NEXT_PORTION, me=me, of_run=run_id)
    if row is None:
        return None
    kept = _portion(row.plan)
    return Portion(row.portion, kept.some, kept.rules)


def drop_portion(tx: Transaction, me: int, run_id: int, portion: int) -> None:
    """It is done."""
    tx.run(queries.DROP_PORTION, me=me, of_run=run_id, number=portion)


def drop_plan(tx: Transaction, me: int, run_id: int) -> None:
    """What is left will not be done."""
    tx.run(queries.DROP_PLAN, me=me, of_run=run_id)
