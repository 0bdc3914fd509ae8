"""Delivered, read, typing, presence: each told to whom it concerns, where both have it on."""

import asyncio
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from entregent.accounts import SettingsChange, change_settings, open_session
from entregent.messaging.actions import Delivered, deliver
from entregent.network import block, connect
from tests.live.following import Served, Tab, serving
from tests.messaging.talk import begin, say
from tests.messaging.test_changing import Pen
from tests.world import World


def receipts(world: World, member: int, after: int = 0) -> list[tuple[int, int, int]]:
    """Whom a member was told about, and how far they were given and have read."""
    return [
        (int(one["person_id"]), one["delivered_seq"], one["read_seq"])
        for one in world.log(member, after)
        if one["type"] == "receipt.changed"
    ]


async def read(world: World, member: int, key: int, seq: int) -> None:
    answer = await Pen(world, member).http.post(f"/api/conversations/{key}/read", json={"seq": seq})
    assert answer.status_code == 200


async def shown(world: World, member: int, key: int, other: int) -> tuple[int, int]:
    people = (await Pen(world, member).get(f"/api/conversations/{key}"))["participants"]
    [found] = [one for one in people if one["id"] == str(other)]
    return found["delivered_seq"], found["read_seq"]


def switch(world: World, member: int, **what: Any) -> None:
    world.do(change_settings, member, SettingsChange(**what))


# -- delivered and read ----------------------------------------------------------------------------


async def test_authors_are_told_of_what_was_read(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    for text in ("one", "two"):
        say(world, world.ana, key, text)
    assert await shown(world, world.ana, key, world.bruno) == (0, 0)
    world.do(deliver, [Delivered(world.bruno, key, 2)])
    assert receipts(world, world.ana) == [(world.bruno, 2, 0)]
    await read(world, world.bruno, key, 1)
    for _ in range(2):  # once
        await read(world, world.bruno, key, 2)
    assert receipts(world, world.ana)[1:] == [(world.bruno, 2, 1), (world.bruno, 2, 2)]
    assert await shown(world, world.ana, key, world.bruno) == (2, 2)
    assert receipts(world, world.bruno) == []
    # Nobody is told of reading what they did not write, nor of what does not exist.
    say(world, world.bruno, key, "three")
    await read(world, world.bruno, key, 99)
    assert len(receipts(world, world.ana)) == 3
    world.do(deliver, [Delivered(world.ana, key, 3)])
    assert receipts(world, world.bruno) == [(world.ana, 3, 0)]


@pytest.mark.parametrize("who", ["reader", "author"])
async def test_the_switch_works_both_ways(world: World, who: str) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.ana, key)
    switch(world, world.bruno if who == "reader" else world.ana, receipts=False)
    world.do(deliver, [Delivered(world.bruno, key, 1)])
    await read(world, world.bruno, key, 1)
    assert receipts(world, world.ana) == []
    for one, other in ((world.ana, world.bruno), (world.bruno, world.ana)):
        assert await shown(world, one, key, other) == (0, 0)
    pen = Pen(world, world.bruno)
    answer = await pen.http.patch("/api/settings", json=pen.command(receipts=True, presence=False))
    assert (answer.json()["receipts"], answer.json()["presence"]) == (True, False)


async def test_a_request_that_is_read_is_not_told(world: World) -> None:
    key = begin(world, world.emi, world.ana)
    say(world, world.emi, key, "May I?")
    world.do(deliver, [Delivered(world.ana, key, 1)])
    await read(world, world.ana, key, 1)
    assert receipts(world, world.emi) == []
    assert await shown(world, world.emi, key, world.ana) == (0, 0)
    say(world, world.ana, key, "Yes")
    await read(world, world.emi, key, 2)
    assert receipts(world, world.ana) == [(world.emi, 2, 2)]


async def test_nobody_is_told_over_a_block(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    for text in ("one", "two"):
        say(world, world.ana, key, text)
    await read(world, world.bruno, key, 1)
    world.do(block, world.ana, world.bruno)
    world.do(deliver, [Delivered(world.bruno, key, 2)])
    await read(world, world.bruno, key, 2)
    assert receipts(world, world.ana) == [(world.bruno, 1, 1)]
    assert await shown(world, world.ana, key, world.bruno) == (0, 0)


async def test_in_a_group_the_authors_are_told_except_over_a_block(world: World) -> None:
    world.do(connect, world.bruno, world.emi)
    key = begin(world, world.bruno, world.ana, world.chloe, world.emi, title="Choir")
    world.do(block, world.ana, world.chloe)
    say(world, world.ana, key, "by Ana")
    say(world, world.chloe, key, "by Chloé")
    await read(world, world.emi, key, 2)
    await read(world, world.chloe, key, 2)
    assert receipts(world, world.ana) == [(world.emi, 2, 2)]
    assert receipts(world, world.chloe) == [(world.emi, 2, 2)]
    assert receipts(world, world.bruno) == []
    assert await shown(world, world.ana, key, world.chloe) == (0, 0)
    assert await shown(world, world.ana, key, world.emi) == (2, 2)


def test_many_deliveries_take_as_many_statements_as_one(world: World) -> None:
    keys = [begin(world, world.bruno, one) for one in (world.ana, world.chloe)]
    for key in keys:
        say(world, world.bruno, key)
    with world.counting() as one_:
        world.do(deliver, [Delivered(world.ana, keys[0], 1)])
    for key in keys:
        say(world, world.bruno, key)
    with world.counting() as many:
        world.do(deliver, [Delivered(world.ana, keys[0], 2), Delivered(world.chloe, keys[1], 2)])
    assert len(receipts(world, world.bruno)) == 3
    assert len(one_) == len(many)


# -- over the stream -------------------------------------------------------------------------------


@pytest.fixture
async def served(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    monkeypatch.setattr("entregent.server.app.DELIVERED_EVERY", 0.02)
    async with serving(world.house) as found:
        yield found


def cookie(world: World, member: int) -> str:
    return world.do(open_session, member, "127.0.0.1", "a test")


def client(served: Served, value: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{served.port}",
        headers={"x-entregent": "1"},
        cookies={"entregent": value},
    )


async def opened(world: World, served: Served, member: int, after: int | None = None) -> Tab:
    """A tab that follows: what happens from here on reaches it live."""
    start = world.cursor(member) if after is None else after
    tab = await served.tab(cookie(world, member)).open(start)
    await until(lambda: member in world.house.hub.members())
    return tab


async def until(true: Callable[[], Any]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 (it is told by nobody)
            await asyncio.sleep(0.005)


async def event(tab: Tab, kind: str) -> dict[str, Any]:
    """The next event of a type, whatever comes before it."""
    while True:
        told = await tab.next()
        if told.kind in ("message", "now") and told.event["type"] == kind:
            return {"kind": told.kind, "seq": told.seq, **told.event}


@pytest.mark.parametrize("live", [True, False])
async def test_a_stream_that_carries_a_message_delivers_it(
    world: World, served: Served, live: bool
) -> None:
    key = begin(world, world.ana, world.bruno)
    start = world.cursor(world.bruno)
    writer = await opened(world, served, world.ana)
    if live:
        await opened(world, served, world.bruno)
    async with client(served, cookie(world, world.ana)) as http:
        body = {"client_id": "sent-live-1", "text": "Hello"}
        await http.post(f"/api/conversations/{key}/messages", json=body)
    if not live:
        await opened(world, served, world.bruno, start)
    told = await event(writer, "receipt.changed")
    assert (told["person_id"], told["delivered_seq"], told["read_seq"]) == (
        str(world.bruno),
        1,
        0,
    )


async def test_typing_is_told_now_and_to_nobody_else(world: World, served: Served) -> None:
    world.do(connect, world.ana, world.chloe)
    key = begin(world, world.ana, world.bruno, world.chloe, title="Choir")
    tabs = {one: await opened(world, served, one) for one in (world.bruno, world.chloe, world.emi)}
    before = [world.cursor(one) for one in tabs]

    async def types(member: int) -> int:
        async with client(served, cookie(world, member)) as http:
            return (await http.post(f"/api/conversations/{key}/typing")).status_code

    assert await types(world.ana) == 200
    told = await event(tabs[world.bruno], "typing")
    assert (told["kind"], told["seq"]) == ("now", 0)
    assert told["person_id"] == str(world.ana)
    assert told["conversation_id"] == str(key)
    assert (await event(tabs[world.chloe], "typing"))["person_id"] == str(world.ana)
    assert [world.cursor(one) for one in tabs] == before  # nothing is kept
    assert await types(world.emi) == 404
    world.do(block, world.ana, world.chloe)
    switch(world, world.bruno, receipts=False)
    assert await types(world.ana) == 200
    assert await types(world.bruno) == 200
    # What is told at all is told in order: a message comes after, and nothing between.
    say(world, world.bruno, key, "the end")
    for tab in tabs.values():
        if tab is not tabs[world.emi]:
            assert (await next_of(tab))["type"] == "message.sent"
    assert await tabs[world.emi].quiet()


async def next_of(tab: Tab) -> dict[str, Any]:
    """The next thing that concerns writing."""
    while True:
        told = await tab.next()
        if told.kind in ("message", "now") and told.event["type"] in ("typing", "message.sent"):
            return told.event


async def test_a_stranger_who_types_a_request_is_not_seen(world: World, served: Served) -> None:
    key = begin(world, world.emi, world.ana)
    tabs = [await opened(world, served, one) for one in (world.ana, world.emi)]
    for member in (world.emi, world.ana):
        async with client(served, cookie(world, member)) as http:
            assert (await http.post(f"/api/conversations/{key}/typing")).status_code == 200
    say(world, world.emi, key, "Hello")
    for tab in tabs:
        assert (await next_of(tab))["type"] == "message.sent"


# -- presence --------------------------------------------------------------------------------------


async def here(served: Served, value: str, state: str = "here") -> list[str]:
    async with client(served, value) as http:
        answer = await http.post("/api/here", json={"state": state})
        assert answer.status_code == 200
        found: list[str] = answer.json()["here"]
        return found


async def test_connections_know_who_is_here(world: World, served: Served) -> None:
    people = (world.ana, world.bruno, world.chloe, world.emi)
    values = {one: cookie(world, one) for one in people}
    tabs = {one: await opened(world, served, one) for one in people}
    assert await here(served, values[world.ana]) == []
    told = await event(tabs[world.bruno], "presence")
    assert (told["kind"], told["person_id"], told["state"]) == ("now", str(world.ana), "here")
    assert await here(served, values[world.bruno]) == [str(world.ana)]
    assert (await event(tabs[world.ana], "presence"))["person_id"] == str(world.bruno)
    assert await here(served, values[world.chloe]) == [str(world.bruno)]
    assert await here(served, values[world.emi]) == []
    # Said again it is no news; gone without a word is noticed.
    await here(served, values[world.ana])
    world.clock.forward(seconds=60)
    await here(served, values[world.bruno])
    world.clock.forward(seconds=30)
    world.house.lapse()
    told = await event(tabs[world.bruno], "presence")
    while told["person_id"] != str(world.ana):
        told = await event(tabs[world.bruno], "presence")
    assert told["state"] == "away"
    assert await here(served, values[world.bruno], "away") == []
    assert await tabs[world.emi].quiet()


async def test_who_switched_presence_off_neither_shows_nor_sees(
    world: World, served: Served
) -> None:
    values = {one: cookie(world, one) for one in (world.ana, world.bruno)}
    tabs = {one: await opened(world, served, one) for one in values}
    switch(world, world.ana, presence=False)
    assert await here(served, values[world.bruno]) == []
    assert await here(served, values[world.ana]) == []
    assert await here(served, values[world.bruno]) == []
    switch(world, world.ana, presence=True)
    assert await here(served, values[world.ana]) == [str(world.bruno)]
    assert (await event(tabs[world.bruno], "presence"))["state"] == "here"
    # From the moment it is off nobody learns more.
    switch(world, world.ana, presence=False)
    assert await here(served, values[world.bruno]) == []
