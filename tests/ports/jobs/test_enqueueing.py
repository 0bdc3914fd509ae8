"""The contract of jobs: enqueueing, keys, failing."""

import asyncio
import json

import pytest

from entregent.ports.clock import StoppedClock
from entregent.ports.db import Transaction
from entregent.ports.jobs import DeadJob, GiveUp, Handlers, Job, Worker, dead, enqueue, revive
from entregent.ports.ports import Ports
from tests.ports.jobs.doing import (
    ANA,
    BRUNO,
    Doing,
    Hard,
    Note,
    Sweep,
    put,
    rows,
)

# -- enqueueing --------------------------------------------------------------------------------


async def test_a_job_runs_once_and_is_gone(ports: Ports, worker: Worker, doing: Doing) -> None:
    put(ports, Note(text="hello é 🙂"), owner=ANA)
    assert await worker.run_due() == 1
    assert await worker.run_due() == 0
    assert doing.done == ["hello é 🙂"]
    assert rows(ports) == []


async def test_a_job_is_part_of_its_transaction(ports: Ports, worker: Worker, doing: Doing) -> None:
    def action(tx: Transaction) -> None:
        enqueue(tx, Note(text="never"), owner=ANA)
        raise RuntimeError("rolled back")

    with pytest.raises(RuntimeError):
        ports.db.write_now(action)
    assert await worker.run_due() == 0


async def test_jobs_run_in_the_order_in_which_they_are_due(
    ports: Ports, worker: Worker, doing: Doing, clock: StoppedClock
) -> None:
    now = clock.now()
    put(ports, Note(text="third"), at=now + 20_000)
    put(ports, Note(text="second"), at=now + 10_000)
    put(ports, Note(text="first"))
    put(ports, Note(text="past"), at=now - 1)
    assert await worker.run_due() == 2
    clock.forward(ms=9_999)
    assert await worker.run_due() == 0
    clock.forward(ms=1)
    assert await worker.run_due() == 1
    clock.forward(days=1)
    assert await worker.run_due() == 1
    assert doing.done == ["past", "first", "second", "third"]


async def test_a_job_may_enqueue_the_next_one(ports: Ports, worker: Worker, doing: Doing) -> None:
    async def next_one(text: str) -> None:
        if len(doing.done) < 3:
            await ports.db.write(lambda tx: enqueue(tx, Note(text=text + "'")))

    doing.act = next_one
    put(ports, Note(text="a"))
    assert await worker.run_due() == 3
    assert doing.done == ["a", "a'", "a''"]


# -- keys --------------------------------------------------------------------------------------


async def test_a_key_makes_one_job_with_the_newer_payload_and_the_earlier_moment(
    ports: Ports, worker: Worker, doing: Doing, clock: StoppedClock
) -> None:
    now = clock.now()
    put(ports, Note(text="old"), owner=ANA, key="k", at=now + 1000)
    put(ports, Note(text="new"), owner=ANA, key="k", at=now + 5000)
    put(ports, Note(text="of another"), owner=BRUNO, key="k")
    put(ports, Hard(text="of another kind"), owner=ANA, key="k")
    assert len(rows(ports)) == 3
    await worker.run_due()
    clock.forward(ms=1000)
    await worker.run_due()
    assert doing.done == ["of another", "of another kind", "new"]
    put(ports, Note(text="afterwards"), owner=ANA, key="k")
    await worker.run_due()
    assert doing.done[-1] == "afterwards"


async def test_what_is_enqueued_while_it_runs_is_run_once_more(
    ports: Ports, worker: Worker, doing: Doing, clock: StoppedClock
) -> None:
    async def again(text: str) -> None:
        if text == "first":
            for _ in range(3):
                await ports.db.write(lambda tx: enqueue(tx, Note(text="second"), key="k"))

    doing.act = again
    put(ports, Note(text="first"), key="k")
    assert await worker.run_due() == 2
    assert doing.done == ["first", "second"]
    assert rows(ports) == []


# -- failing -----------------------------------------------------------------------------------


async def test_what_fails_is_tried_again_later_each_time_and_then_dies(
    ports: Ports, worker: Worker, doing: Doing, clock: StoppedClock
) -> None:
    async def fail(text: str) -> None:
        raise ConnectionError(f"no way to {text}")

    doing.act = fail
    put(ports, Note(text="x"), owner=ANA, key="k")
    pauses = []
    while not ports.db.read_now(dead):
        before = clock.now()
        while not await worker.run_due():
            clock.forward(ms=500)
        pauses.append(clock.now() - before)
    assert doing.done == ["x"] * 3
    assert pauses[0] == 0
    assert 10_000 <= pauses[1] <= 13_000
    assert 20_000 <= pauses[2] <= 26_000
    [one] = ports.db.read_now(dead)
    assert one == DeadJob(
        ANA, "test.note", "k", one.payload, 3, "ConnectionError: no way to x", clock.now()
    )
    assert json.loads(one.payload) == {"kind": "test.note", "text": "x"}
    clock.forward(days=400)
    assert await worker.run_due() == 0


async def test_a_success_after_failures_leaves_nothing(
    ports: Ports, worker: Worker, doing: Doing, clock: StoppedClock
) -> None:
    async def twice(text: str) -> None:
        if len(doing.done) < 3:
            raise ConnectionError

    doing.act = twice
    put(ports, Note(text="x"))
    for _ in range(3):
        await worker.run_due()
        clock.forward(seconds=60)
    assert doing.done == ["x"] * 3
    assert rows(ports) == []


async def test_giving_up_ends_it_at_once(ports: Ports, worker: Worker, doing: Doing) -> None:
    async def give_up(text: str) -> None:
        raise GiveUp("nobody lives there")

    doing.act = give_up
    put(ports, Note(text="x"))
    assert await worker.run_due() == 1
    assert [one.error for one in ports.db.read_now(dead)] == ["GiveUp: nobody lives there"]


async def test_the_dead_can_be_revived(
    ports: Ports, worker: Worker, doing: Doing, clock: StoppedClock
) -> None:
    async def give_up(text: str) -> None:
        raise GiveUp("not today")

    doing.act = give_up
    put(ports, Note(text="one"), owner=ANA, key="k")
    put(ports, Note(text="two"), owner=BRUNO, key="k")
    await worker.run_due()
    doing.act = None
    assert ports.db.write_now(revive, ANA, "test.note", "k")
    assert not ports.db.write_now(revive, ANA, "test.note", "nothing")
    put(ports, Note(text="newer"), owner=BRUNO, key="k")
    assert await worker.run_due() == 2
    assert sorted(doing.done[2:]) == ["newer", "one"]
    assert not ports.db.write_now(revive, ANA, "test.note", "k")


async def test_one_that_fails_does_not_hold_up_others(
    ports: Ports, worker: Worker, doing: Doing
) -> None:
    async def fail(text: str) -> None:
        if text == "bad":
            raise ValueError

    doing.act = fail
    for text in ("good", "bad", "also good"):
        put(ports, Note(text=text))
    assert await worker.run_due() == 3
    assert len(rows(ports)) == 1


async def test_a_payload_that_no_longer_fits_dies(
    ports: Ports, worker: Worker, doing: Doing
) -> None:
    class Older(Job, tag="test.note"):
        other: int = 1

    put(ports, Older())
    assert await worker.run_due() == 1
    assert doing.done == []
    assert "text" in ports.db.read_now(dead)[0].error


async def test_unknown_kinds_are_left_for_those_who_know_them(
    ports: Ports, worker: Worker, clock: StoppedClock
) -> None:
    put(ports, Sweep())
    assert await worker.run_due() == 0
    assert [row.tries for row in rows(ports)] == [0]


async def test_a_job_that_takes_too_long_has_failed(ports: Ports, doing: Doing) -> None:
    slow = Handlers()

    @slow.handle(Note, seconds=0.05)
    async def too_slow(ports: Ports, job: Note) -> None:
        await asyncio.sleep(10)

    put(ports, Note(text="x"))
    assert await Worker(ports, [slow]).run_due() == 1
    [row] = rows(ports)
    assert (row.tries, row.lease) == (1, 0)
    assert "TimeoutError" in row.error


def test_a_job_without_a_tag_is_a_mistake() -> None:
    class Nameless(Job):
        pass

    with pytest.raises(TypeError, match="Nameless"):
        Handlers().handle(Nameless, tries=1)
