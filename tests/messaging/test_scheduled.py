"""Sending later and undoing: a message that waits is sent exactly once, or taken back."""

from typing import Any

import httpx

from entregent.accounts import close_account
from entregent.messaging import counts
from entregent.network import block
from entregent.server.house import House
from tests.messaging.talk import begin, row, say
from tests.messaging.test_changing import Pen, ana, bruno, code
from tests.world import World

__all__ = ["ana", "bruno"]

MINUTE = 60_000


async def later(pen: Pen, key: int, text: str, **fields: Any) -> dict[str, Any]:
    fields = fields or {"send_at": pen.world.clock.now() + MINUTE}
    answer = await pen.send(key, text, **fields)
    assert answer.status_code == 200, answer.text
    assert answer.json()["message"] is None
    found: dict[str, Any] = answer.json()["scheduled"]
    return found


async def waiting(pen: Pen) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = (await pen.get("/api/scheduled"))["scheduled"]
    return found


async def act(pen: Pen, scheduled: dict[str, Any], verb: str) -> httpx.Response:
    return await pen.http.post(f"/api/scheduled/{scheduled['id']}/{verb}", json=pen.command())


async def test_a_message_is_sent_at_its_time_and_once(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "When?")
    held = await later(ana, key, "Tomorrow", send_at=world.clock.now() + MINUTE, quote_seq=1)
    assert (held["text"], held["quote_seq"], held["held"]) == ("Tomorrow", 1, False)
    assert await waiting(ana) == [held]
    assert await waiting(bruno) == []
    assert world.see(counts, world.ana).scheduled == 1
    assert await world.house.worker.run_due() >= 0
    assert len(await bruno.thread(key)) == 1
    world.clock.forward(ms=MINUTE)
    # Two processes after a restart: the job of each finds it sent.
    other = House(world.house.settings, clock=world.clock, node=7)
    await world.house.worker.run_due()
    await other.worker.run_due()
    other.db.close()
    thread = await bruno.thread(key)
    assert [one["text"] for one in thread] == ["When?", "Tomorrow"]
    assert (thread[1]["client_id"], thread[1]["quote"]["seq"]) == (held["client_id"], 1)
    assert await waiting(ana) == []
    assert world.see(counts, world.ana).scheduled == 0
    kinds = [one["type"] for one in world.log(world.ana)]
    assert kinds[-3:] == ["scheduled.changed", "message.sent", "scheduled.removed"]
    deltas = [one["delta"] for one in world.log(world.ana) if one["type"].startswith("scheduled")]
    assert [one["scheduled"] for one in deltas] == [1, -1]


async def test_sent_now_and_cancelled(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    first, second = await later(ana, key, "one"), await later(ana, key, "two")
    answer = await act(ana, first, "send")
    assert answer.json()["message"]["text"] == "one"
    assert (await act(ana, second, "cancel")).status_code == 200
    for scheduled in (first, second):
        for verb in ("send", "cancel"):
            assert code(await act(ana, scheduled, verb)) == ("not_scheduled", 404)
    world.clock.forward(ms=MINUTE)
    await world.house.worker.run_due()
    assert [one["text"] for one in await bruno.thread(key)] == ["one"]


async def test_sending_can_be_undone_for_some_seconds(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await ana.http.put(f"/api/conversations/{key}/draft", json={"text": "Sor"})
    held = await later(ana, key, "Sorry", hold_seconds=5)
    assert held["held"]
    assert held["send_at"] == world.clock.now() + 5_000
    assert row(world, world.ana, key).draft is None
    assert world.see(counts, world.ana).scheduled == 0  # it is on its way
    world.clock.forward(ms=4_999)
    await world.house.worker.run_due()
    assert await bruno.thread(key) == []
    assert (await act(ana, held, "cancel")).status_code == 200
    world.clock.forward(seconds=60)
    await world.house.worker.run_due()
    assert await bruno.thread(key) == []
    # The tab dies: the message is sent without it.
    await later(ana, key, "Not sorry", hold_seconds=5)
    world.clock.forward(seconds=5)
    await world.house.worker.run_due()
    assert [one["text"] for one in await bruno.thread(key)] == ["Not sorry"]


async def test_a_repeated_request_waits_once(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    body = ana.command(text="once", hold_seconds=5)
    path = f"/api/conversations/{key}/messages"
    first = (await ana.http.post(path, json=body)).json()
    assert (await ana.http.post(path, json=body)).json() == first
    assert len(await waiting(ana)) == 1
    world.clock.forward(seconds=5)
    await world.house.worker.run_due()
    sent = (await ana.http.post(path, json=body)).json()
    assert (sent["scheduled"], sent["message"]["text"]) == (None, "once")
    assert len(await bruno.thread(key)) == 1


async def test_what_cannot_be_sent_waits_for_its_author(world: World, ana: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await later(ana, key, "from the list")
    await later(ana, key, "held", hold_seconds=5)
    world.do(block, world.bruno, world.ana)
    world.clock.forward(ms=MINUTE)
    await world.house.worker.run_due()
    found = await waiting(ana)
    assert {one["refusal"] for one in found} == {"messaging.closed_blocked"}
    assert world.see(counts, world.ana).scheduled == 2
    assert code(await act(ana, found[0], "send")) == ("closed_blocked", 403)
    for one in found:
        assert (await act(ana, one, "cancel")).status_code == 200
    assert world.see(counts, world.ana).scheduled == 0


async def test_who_may_not_and_when(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    now = world.clock.now()
    for moment in (now - 1, 0, now + 367 * 86_400_000):
        assert code(await ana.send(key, "x", send_at=moment)) == ("bad_moment", 422)
    assert code(await ana.send(key, " ", send_at=now + 1)) == ("empty", 422)
    assert code(await ana.send(key, "x" * 8_001, send_at=now + 1)) == ("too_long", 422)
    assert code(await ana.send(key, "x", send_at=now + 1, quote_seq=4)) == (
        "message_not_found",
        404,
    )
    stranger = Pen(world, world.emi)
    assert code(await stranger.send(key, "x", send_at=now + 1)) == ("conversation_not_found", 404)
    held = await later(ana, key, "mine")
    for pen in (bruno, stranger):
        assert code(await act(pen, held, "send")) == ("not_scheduled", 404)
        assert code(await act(pen, held, "cancel")) == ("not_scheduled", 404)
    world.do(block, world.bruno, world.ana)
    assert code(await ana.send(key, "x", send_at=now + 1)) == ("closed_blocked", 403)


async def test_nothing_is_sent_for_who_has_left(world: World, ana: Pen, bruno: Pen) -> None:
    key = begin(world, world.ana, world.bruno)
    await later(ana, key, "from beyond")
    world.do(close_account, world.ana)
    world.clock.forward(ms=MINUTE)
    await world.house.worker.run_due()
    assert await bruno.thread(key) == []
