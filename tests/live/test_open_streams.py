"""Streams by token, streams whose session is too old, and how many there may be."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest

from entregent.accounts import change_settings, open_session
from entregent.accounts.access import add_token, revoke_token
from entregent.accounts.model import SettingsChange
from entregent.kit.scopes import Scope, scope_of
from entregent.live import Follower, Hub
from entregent.network import disconnect
from tests.live.following import Served, Tab, Told, serving
from tests.messaging.talk import begin, say
from tests.world import World


@pytest.fixture
async def served(world: World, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Served]:
    """The world's house on a free port, which looks often whether a session is too old."""
    monkeypatch.setattr("entregent.server.app.HEARTBEAT", 0.02)
    async with serving(world.house) as found:
        yield found


def cookie(world: World, member: int) -> str:
    return world.do(open_session, member, "127.0.0.1", "a test")


def token(world: World, member: int, *scopes: Scope, days: int | None = None) -> str:
    return f"entregent_{world.do(add_token, member, 'A tool', scopes, days)}"


async def told(tab: Tab) -> Told:
    """The next event that is no heartbeat."""
    while True:
        one = await tab.next()
        if one.kind != "comment":
            return one


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 (what is waited for tells nobody)
            await asyncio.sleep(0.005)


async def test_a_token_is_told_what_its_scopes_let_it_know(world: World, served: Served) -> None:
    key = begin(world, world.ana, world.bruno)
    start = world.cursor(world.ana)
    messages = await served.tab(token(world, world.ana, "messages.read")).open(start)
    network = await served.tab(token(world, world.ana, "network.read")).open(start)
    nothing = await served.tab(token(world, world.ana, "export")).open(start)
    assert [tab.status for tab in (messages, network, nothing)] == [200] * 3
    say(world, world.bruno, key, "for those who may read")  # missed or live: both are filtered
    world.do(disconnect, world.ana, world.bruno)
    world.do(change_settings, world.ana, SettingsChange(theme="dark"))
    say(world, world.bruno, key, "the last word")
    first, last = await told(messages), None
    assert first.event["message"]["text"] == "for those who may read"
    while last is None:
        one = await told(messages)
        assert scope_of(one.event["type"]) == "messages.read"
        if one.event["type"] == "message.sent":
            last = one
    assert last.event["message"]["text"] == "the last word"
    assert (await told(network)).event["type"] == "connection.ended"
    # Resumed after the last number it was told, a tool misses nothing and is told nothing twice.
    say(world, world.bruno, key, "while away")
    await messages.open(resume=True)
    assert (await told(messages)).event["message"]["text"] == "while away"
    assert (await nothing.next()).kind == "comment"


async def test_a_token_taken_back_ends_its_stream(world: World, served: Served) -> None:
    secret = token(world, world.ana, "messages.read")
    tab = await served.tab(secret).open(world.cursor(world.ana))
    assert (await tab.next()).kind == "comment"
    token_id = int(secret.split(".")[1])
    world.do(revoke_token, world.ana, token_id)
    world.house.session_ended(world.ana, token_id)
    assert ((await told(tab)).data, await tab.ended()) == ("revoked", True)
    assert (await served.tab(secret).open(0)).status == 401


async def test_a_stream_ends_when_its_session_is_too_old(world: World, served: Served) -> None:
    left, used = cookie(world, world.ana), cookie(world, world.ana)
    short = token(world, world.ana, "messages.read", days=30)
    start = world.cursor(world.ana)
    tabs = [await served.tab(value).open(start) for value in (left, used, short)]
    world.clock.forward(days=30)
    assert ((await told(tabs[2])).data, await tabs[2].ended()) == ("revoked", True)
    world.clock.forward(days=40)
    assert await world.house.sessions.caller(used)  # this browser asks for something
    world.clock.forward(days=20)
    assert ((await told(tabs[0])).data, await tabs[0].ended()) == ("revoked", True)
    assert [(await tabs[1].next()).kind for _ in range(3)] == ["comment"] * 3
    world.clock.forward(days=70)
    assert (await told(tabs[1])).data == "revoked"
    await until(lambda: len(world.house.hub) == 0)


async def test_the_oldest_stream_makes_room(world: World, served: Served) -> None:
    value, start = cookie(world, world.ana), world.cursor(world.ana)
    tabs = []
    for _ in range(20):
        tabs.append(await served.tab(value).open(start))
        await until(lambda: len(world.house.hub) == len(tabs))
    others = await served.tab(cookie(world, world.bruno)).open(world.cursor(world.bruno))
    assert (await tabs[0].next()).kind == "comment"
    newest = await served.tab(value).open(start)
    assert ((await told(tabs[0])).data, await tabs[0].ended()) == ("many", True)
    for tab in (tabs[1], newest, others):
        assert (await tab.next()).kind == "comment"
    await until(lambda: len(world.house.hub) == 21)


async def test_what_a_token_may_not_read_is_not_delivered(world: World, served: Served) -> None:
    """Nobody is told that a message has come because a program asked for invitations."""
    noted: list[int] = []
    world.house.hub.on_carried = lambda member, _event: noted.append(member)
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "missed")
    start = world.cursor(world.ana) - 1
    tool = await served.tab(token(world, world.ana, "network.read")).open(start)
    assert (await tool.next()).kind == "comment"
    say(world, world.bruno, key, "live")
    assert noted == []
    browser = await served.tab(cookie(world, world.ana)).open(start)
    assert len([await told(browser) for _ in range(2)]) == 2
    assert set(noted) == {world.ana}


def test_streams_that_are_ending_take_no_room() -> None:
    hub = Hub(most=2)
    first, second, third = (Follower(1, number, 0) for number in range(3))
    hub.follow(first)
    hub.follow(second)
    first.end("gone")
    hub.follow(third)
    assert (second.ended, third.ended) == (None, None)
