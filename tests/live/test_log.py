"""The members' numbered logs: no gap, nothing lost, nothing twice, and trimmed."""

import asyncio
import threading
from collections.abc import Awaitable
from typing import Any

import msgspec
import pytest

from entregent.kit.errors import Refusal
from entregent.kit.events import Event
from entregent.live import LogJournal, cursor_of, missed_since, once, trim
from entregent.ports.db import Transaction, open_database
from entregent.ports.ids import NodeIds
from tests.messaging.talk import a_send, begin, say, send_messages_of
from tests.world import World


class Noted(Event, tag="test.noted"):
    """Something was noted."""

    text: str


class Answer(msgspec.Struct):
    """What a command answers."""

    number: int


def note(tx: Transaction, text: str, *members: int, fail: bool = False) -> str:
    tx.emit(Noted(text=text), to=members)
    if fail:
        raise Refusal("test.no")
    return text


def notes(world: World, member: int) -> list[tuple[int, str]]:
    """Number and text of each note in a member's log."""
    missed = world.see(missed_since, member, 0)
    found = [(seq, msgspec.json.decode(text)) for seq, text in missed.events]
    assert [seq for seq, _ in found] == list(range(1, missed.head + 1))
    return [(seq, event["text"]) for seq, event in found if event["type"] == "test.noted"]


async def test_numbers_have_no_gap_whoever_writes_at_once(world: World) -> None:
    ana, bruno = world.ana, world.bruno
    before = world.cursor(ana)
    key = begin(world, ana, bruno)
    jobs: list[Awaitable[Any]] = []
    for number in range(60):
        who = ((ana, bruno), (bruno,), (ana, ana))[number % 3]
        jobs.append(world.db.write(note, f"{number}", *who, fail=number % 5 == 0))
        if number % 4 == 0:
            jobs.append(world.db.write(send_messages_of, [a_send(ana, key)]))
    results = await asyncio.gather(*jobs, return_exceptions=True)
    assert sum(isinstance(one, Refusal) for one in results) == 12
    kept = [number for number in range(60) if number % 5]
    for member, times in ((ana, (1, 0, 2)), (bruno, (1, 1, 0))):
        said = [int(text) for _, text in notes(world, member)]
        assert sorted(said) == sorted(n for n in kept for _ in range(times[n % 3]))
    assert world.cursor(ana) > before


def test_two_processes_number_one_log(world: World, world_url: str) -> None:
    other = open_database(world_url, world.clock, NodeIds(world.clock, 7))
    other.journal = LogJournal()
    gina = world.member("Gina Rossi")
    start = threading.Barrier(2)

    def write(db: Any, name: str) -> None:
        start.wait()
        for number in range(12):
            db.write_now(note, f"{name}{number}", gina, world.emi)

    both = ((world.db, "a"), (other, "b"))
    threads = [threading.Thread(target=write, args=pair) for pair in both]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    other.close()
    for member in (gina, world.emi):
        said = [text for _, text in notes(world, member)]
        assert sorted(said) == sorted(f"{name}{number}" for name in "ab" for number in range(12))
        for name in "ab":  # each in the order in which it was written
            assert [text for text in said if text[0] == name] == [f"{name}{n}" for n in range(12)]


def test_what_is_rolled_back_leaves_no_number(world: World) -> None:
    before = world.cursor(world.ana)
    world.do(note, "first", world.ana)
    with pytest.raises(Refusal):
        world.db.write_now(lambda tx: note(tx, "never", world.ana, fail=True))
    with pytest.raises(ZeroDivisionError):
        world.db.write_now(lambda tx: (note(tx, "never", world.ana), 1 // 0))
    world.do(note, "second", world.ana)
    assert notes(world, world.ana)[-2:] == [(before + 1, "first"), (before + 2, "second")]


def test_a_log_is_trimmed_and_says_so(world: World) -> None:
    for number in range(60):
        world.do(note, f"{number}", world.emi)
    ana_before = world.cursor(world.ana)
    head = world.cursor(world.emi)
    assert world.do(trim, 50) == 1  # not yet worth it below a tenth more than is kept
    assert world.do(trim, 50) == 0
    assert world.cursor(world.emi) == head
    assert world.cursor(world.ana) == ana_before
    assert world.see(missed_since, world.emi, head - 51).too_old
    kept = world.see(missed_since, world.emi, head - 50)
    assert (kept.too_old, len(kept.events)) == (False, 50)
    assert world.see(missed_since, world.emi, head + 1).too_old
    assert world.see(missed_since, world.emi, head).events == []
    world.do(note, "after", world.emi)
    assert world.see(missed_since, world.emi, head).events[0][0] == head + 1
    assert world.see(cursor_of, 5) == 0
    assert not world.see(missed_since, 5, 0).too_old


def test_a_command_happens_once(world: World) -> None:
    done: list[int] = []

    def act(tx: Transaction, number: int) -> Answer:
        done.append(number)
        if number < 0:
            raise Refusal("test.no")
        note(tx, f"{number}", world.ana)
        return Answer(number)

    def other(tx: Transaction) -> Answer:
        return Answer(9)

    def run(member: int, client_id: str, number: int) -> Answer:
        return world.do(once, member, client_id, Answer, act, number)

    assert run(world.ana, "command-1", 1) == Answer(1)
    assert run(world.ana, "command-1", 2) == Answer(1)
    assert run(world.bruno, "command-1", 3) == Answer(3)
    with pytest.raises(Refusal, match=r"kit\.client_id_reused"):
        world.do(once, world.ana, "command-1", Answer, other)
    with pytest.raises(Refusal, match=r"test\.no"):
        run(world.ana, "command-2", -1)
    assert run(world.ana, "command-2", 4) == Answer(4)  # what was refused may be tried again
    assert done == [1, 3, -1, 4]
    assert [text for _, text in notes(world, world.ana)] == ["1", "3", "4"]
    world.clock.forward(days=15)
    world.do(trim)
    assert run(world.ana, "command-1", 5) == Answer(5)


async def test_a_command_that_comes_twice_at_once_happens_once(world: World) -> None:
    async with world.client(world.ana) as ana:
        body = {"client_id": "begin-1234", "member_ids": [str(world.bruno)], "text": "Salut"}
        answers = await asyncio.gather(
            *(ana.post("/api/conversations", json=body) for _ in range(5))
        )
    assert {one.status_code for one in answers} == {200}
    assert len({one.content for one in answers}) == 1
    key = int(answers[0].json()["row"]["id"])
    assert say(world, world.bruno, key).seq == 2
