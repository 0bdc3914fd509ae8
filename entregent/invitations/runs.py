"""What is done to one or many invitations, as its member sees it."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from entregent.kit.ids import Id
from entregent.kit.people import WithPeople

from .model import PageBox, Verb

RunKind = Literal["bulk", "rules", "arrival"]
RunState = Literal["running", "done", "stopped", "undoing", "undone"]
StepState = Literal["done", "skipped", "undone"]

AT_ONCE = 50  # more is done by a job
CHUNK = 96  # whoever else writes waits for so many at most
FEWER = 12  # of what is done to one after the other, with much that follows from each
PLENTY = 5_000  # of room: with so much left nobody counts connections for each portion
KEPT_RUNS = 50
ONE_BY_ONE: frozenset[Verb] = frozenset({"block", "reply", "ask", "refuse"})


def portion_of(verbs: Iterable[Verb]) -> int:
    """How many are done at once."""
    return CHUNK if ONE_BY_ONE.isdisjoint(verbs) else FEWER


class Run(msgspec.Struct, kw_only=True):
    """How far it is with what is done to one or many invitations."""

    id: Id
    kind: RunKind
    verb: Verb | None
    box: PageBox
    state: RunState
    done: int
    total: int
    skipped: int
    counts: dict[str, int]
    created_at: int
    undoable: bool


class RunList(msgspec.Struct):
    """The last runs, newest first."""

    runs: list[Run]


class Step(msgspec.Struct, kw_only=True):
    """What a run did to one invitation, and by which rule."""

    invitation_id: Id
    person_id: Id
    rule_id: Id | None
    rule_name: str | None
    verb: Verb
    state: StepState
    why: str | None
    at: int


class RunSteps(WithPeople, kw_only=True):
    """A run with a page of what it did."""

    run: Run
    items: list[Step]
    next: str | None

    def people(self) -> list[int]:
        return [int(one.person_id) for one in self.items]
