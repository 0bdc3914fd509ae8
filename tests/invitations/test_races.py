"""Whatever two members do at once or after each other ends in one legal state, seen by both."""

import asyncio
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from entregent.invitations import Rules, accept, expire, invite, waiting, withdraw
from entregent.invitations.actions.running import act, undo
from entregent.invitations.actions.sending import Asked
from entregent.invitations.model import ACCEPTED, OPEN, PENDING, Verb
from entregent.invitations.queries import rows as queries
from entregent.kit.errors import Refusal
from entregent.network import block, disconnect, relation, unblock
from entregent.ports.db import Transaction
from tests.invitations.asking import RULES, asked
from tests.world import Cast, World

A_FEW = Rules(per_week=40, pending=50, connections=3)
VERBS: tuple[Verb, ...] = (
    "accept", "follow", "ignore", "unknown", "report", "block", "reply", "ask", "refuse", "keep",
    "release",
)  # fmt: skip
PAIRS = st.sampled_from([(a, b) for a in range(3) for b in range(3) if a != b])


def ends(world: World, one: int, other: int) -> list[Any]:
    return world.see(between, one, other)


def between(tx: Transaction, one: int, other: int) -> list[Any]:
    return tx.all(queries.BETWEEN, me=one, other=other)


def legal(world: World, one: int, other: int) -> None:
    """See `fits`."""
    world.see(fits, one, other)


def fits(tx: Transaction, one: int, other: int) -> None:
    """Both ends of all that was between two members fit together, and fit how they stand."""
    mine = {row.id: row for row in between(tx, one, other)}
    theirs = {row.id: row for row in between(tx, other, one)}
    assert mine.keys() == theirs.keys()
    tie, back = relation(tx, one, other), relation(tx, other, one)
    assert (tie.connected, tie.blocked) == (back.connected, back.blocked)
    assert not (tie.connected and tie.blocked)
    open_ones = []
    for key, row in mine.items():
        sent, received = (row, theirs[key]) if row.box == "sent" else (theirs[key], row)
        assert (sent.box, received.box) == ("sent", "received")
        assert (sent.state == PENDING) == (received.state in OPEN)
        assert (sent.state == ACCEPTED) == (received.state == ACCEPTED)
        if sent.state == PENDING:
            open_ones.append(key)
    assert len(open_ones) <= 1
    assert not (open_ones and (tie.connected or tie.blocked))


class Members(RuleBasedStateMachine):
    """Three members who do as they please."""

    template: Path
    cast: Cast
    place: Path
    made = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).made += 1
        path = self.place / f"{self.made}.db"
        shutil.copy(self.template, path)
        self.world = World(f"sqlite:///{path}", self.cast)
        self.people = [self.world.ana, self.world.chloe, self.world.emi]
        self.runs: list[tuple[int, int]] = []

    def teardown(self) -> None:
        self.world.close()

    def try_to(self, action: Callable[..., Any], *args: Any) -> Any:
        self.world.clock.forward(seconds=1)
        try:
            return self.world.do(action, *args)
        except Refusal:
            return None

    @rule(pair=PAIRS, note=st.sampled_from(["", "Hello", "We met in Nantes."]))
    def invite(self, pair: tuple[int, int], note: str) -> None:
        one, other = (self.people[number] for number in pair)
        self.try_to(invite, one, other, "other", note, A_FEW)

    @rule(pair=PAIRS)
    def withdraw(self, pair: tuple[int, int]) -> None:
        one, other = (self.people[number] for number in pair)
        for row in ends(self.world, one, other):
            self.try_to(withdraw, one, row.id)

    @rule(pair=PAIRS, verb=st.sampled_from(VERBS))
    def answer(self, pair: tuple[int, int], verb: Verb) -> None:
        one, other = (self.people[number] for number in pair)
        ids = [str(row.id) for row in ends(self.world, one, other)]
        run = self.try_to(act, one, ids, None, verb, A_FEW, "Who are you?")
        if run is not None:
            self.runs.append((one, int(run.id)))

    @rule(number=st.integers(0, 5))
    def undo(self, number: int) -> None:
        if self.runs:
            self.try_to(undo, *self.runs[-1 - number % len(self.runs)], A_FEW)

    @rule(pair=PAIRS, doing=st.sampled_from([block, unblock, disconnect]))
    def part(self, pair: tuple[int, int], doing: Callable[..., Any]) -> None:
        self.try_to(doing, *(self.people[number] for number in pair))

    @rule(days=st.sampled_from([1, 22, 181]))
    def wait(self, days: int) -> None:
        self.world.clock.forward(days=days)
        self.world.do(expire, A_FEW)

    @invariant()
    def everything_fits(self) -> None:
        self.world.see(self.look)

    def look(self, tx: Transaction) -> None:
        for number, one in enumerate(self.people):
            for other in self.people[number + 1 :]:
                fits(tx, one, other)
            received = [row for two in self.people for row in between(tx, one, two)]
            shown = [r for r in received if r.box == "received" and r.state == PENDING]
            assert waiting(tx, one) <= len(shown)


def test_whatever_members_do(sqlite_world: tuple[Path, Cast], tmp_path: Path) -> None:
    template, cast = sqlite_world
    known = {"template": template, "cast": cast, "place": tmp_path}
    machine = type("Machine", (Members,), known)
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=20,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=list(HealthCheck),
            derandomize=True,
        ),
    )


async def at_once(world: World, *doings: tuple[Any, ...]) -> list[Any]:
    """All of them in one moment; what was refused as the refusal."""
    return await asyncio.gather(
        *(world.db.write(*doing) for doing in doings), return_exceptions=True
    )


async def test_both_ask_at_once(world: World) -> None:
    one, other = world.emi, world.ana
    answers = await at_once(
        world,
        (invite, one, other, "other", "Hello Ana", RULES),
        (invite, other, one, "other", "Hello Emi", RULES),
    )
    assert sorted(answer.connected for answer in answers) == [False, True]
    assert world.see(relation, one, other).connected
    legal(world, one, other)


@pytest.mark.parametrize("first", [True, False], ids=["accept first", "withdraw first"])
async def test_accepting_while_it_is_withdrawn(world: World, first: bool) -> None:
    key = asked(world, world.emi, world.ana)
    doings = [(accept, world.ana, key, RULES), (withdraw, world.emi, key)]
    answers = await at_once(world, *(doings if first else reversed(doings)))
    assert [isinstance(answer, Refusal) for answer in answers] == [False, True]
    assert world.see(relation, world.ana, world.emi).connected is first
    legal(world, world.ana, world.emi)


async def test_a_block_during_an_acceptance(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    await at_once(world, (accept, world.ana, key, RULES), (block, world.emi, world.ana))
    assert not world.see(relation, world.ana, world.emi).connected
    legal(world, world.ana, world.emi)


async def test_two_tabs_accept_once(world: World) -> None:
    key = asked(world, world.emi, world.ana)
    ids = [str(key)]
    answers = await at_once(
        world,
        (accept, world.ana, key, RULES),
        (act, world.ana, ids, None, "accept", RULES),
        (act, world.ana, ids, None, "ignore", RULES),
    )
    assert not any(isinstance(answer, BaseException) for answer in answers)
    assert world.see(relation, world.ana, world.emi).connected
    legal(world, world.ana, world.emi)


async def test_the_last_of_the_week_goes_once(world: World) -> None:
    people = world.members(4)
    few = Rules(per_week=3)
    answers = await at_once(world, *((invite, world.emi, one, "other", "", few) for one in people))
    assert sum(isinstance(answer, Asked) for answer in answers) == 3
    assert [one.code for one in answers if isinstance(one, Refusal)] == ["invitations.week_full"]
    assert world.see(waiting, world.emi, "sent") == 3
