"""Two server processes on one PostgreSQL, joined by NATS."""

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest

from entregent.accounts import open_session
from entregent.server.house import House
from tests.databases import Renewed
from tests.live.following import serving
from tests.messaging.talk import a_send, begin, send_messages_of
from tests.servers.nats import NatsServer
from tests.world import Cast, World


@pytest.fixture
def apart(
    postgres_world: tuple[Renewed, Cast], tmp_path: Path
) -> Iterator[tuple[World, NatsServer]]:
    """The world in the first process, with the NATS that joins it to a second."""
    database, cast = postgres_world
    database.renew()
    with NatsServer(tmp_path) as nats:
        world = World(database.url, cast, bus=nats.url)
        yield world, nats
        world.close()


async def test_followers_of_two_processes_hear_of_each_other(
    apart: tuple[World, NatsServer],
) -> None:
    world, nats = apart
    key = begin(world, world.ana, world.bruno)
    value = world.do(open_session, world.ana, "127.0.0.1", "a test")
    start = world.cursor(world.ana)
    second = House(world.house.settings, clock=world.clock, node=2)
    async with serving(world.house) as here, serving(second) as there:
        tabs = [await one.tab(value).open(start) for one in (here, there)]
        number = start
        for house in (world.house, second, world.house):
            await house.db.write(send_messages_of, [a_send(world.bruno, key)])
            number += 1
            assert [(await tab.next()).seq for tab in tabs] == [number, number]

        # A hint is only a hint: what was written while the bus was away comes with the next one.
        nats.stop()
        await world.house.db.write(send_messages_of, [a_send(world.bruno, key)])
        assert (await tabs[0].next()).seq == number + 1
        assert await tabs[1].quiet()
        nats.start()
        assert (await tabs[1].next()).seq == number + 1

        session = int(value.split(".")[1])
        caller = await second.sessions.caller(value)
        assert caller is not None
        told = asyncio.gather(*(tab.next() for tab in tabs))
        while not told.done():  # what is said while the bus is away is dropped
            world.house.session_ended(world.ana, session)
            await asyncio.sleep(0.05)
        assert [one.data for one in await told] == ["revoked", "revoked"]
        await asyncio.sleep(0)


async def test_what_is_true_at_one_moment_reaches_the_other_process(
    apart: tuple[World, NatsServer],
) -> None:
    world, _ = apart
    second = House(world.house.settings, clock=world.clock, node=2)
    value = world.do(open_session, world.ana, "127.0.0.1", "a test")
    start = world.cursor(world.ana)
    async with serving(world.house) as here, serving(second) as there:
        tabs = [await one.tab(value).open(start) for one in (here, there)]
        async with asyncio.timeout(10):
            while not all(world.ana in house.hub.members() for house in (world.house, second)):  # noqa: ASYNC110
                await asyncio.sleep(0.01)
        for house in (world.house, second):
            house.whisper([world.ana, world.emi], b'{"type":"typing"}')
            assert [(await tab.next())[1:] for tab in tabs] == [("now", '{"type":"typing"}')] * 2
        # Who is here is known to every process, and told to connections only.
        second.present(world.emi, True)
        second.present(world.bruno, True)
        for tab in tabs:
            told = (await tab.next()).event
            assert (told["type"], told["person_id"]) == ("presence", str(world.bruno))
        assert set(world.house.presence.members()) == {world.emi, world.bruno}
        world.house.present(world.bruno, False)
        assert [(await tab.next()).event["state"] for tab in tabs] == ["away", "away"]
        assert second.presence.members() == [world.emi]
