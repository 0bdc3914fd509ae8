"""Triage on the stream, and across a restart of the server."""

from entregent.accounts import open_session
from entregent.messaging.actions import add_to_desk, begin_bulk
from entregent.messaging.acts import Act
from entregent.messaging.desk import Filter
from entregent.messaging.lists import matching
from entregent.server.house import House
from tests.live.following import serving
from tests.messaging.talk import begin, row, say
from tests.world import World

HOUR = 3_600_000


async def test_every_tab_hears_of_triage(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "Hello")
    start = world.cursor(world.ana)
    cookie = world.do(open_session, world.ana, "127.0.0.1", "a test")
    async with serving(world.house) as served:
        tabs = [await served.tab(cookie).open(start) for _ in range(2)]
        label = await world.db.write(add_to_desk, world.ana, "labels", "Clients", 4)
        act = Act(mark="label", label=str(label))
        await world.db.write(begin_bulk, world.ana, [key], act)
        await world.db.write(begin_bulk, world.ana, [key], Act(mark="delete"))
        for tab in tabs:
            made, labelled, deleted = [told.event for told in await tab.take(3)]
            assert made["desk"]["labels"][0]["name"] == "Clients"
            assert labelled["row"]["labels"] == [str(label)]
            assert labelled["delta"] == {f"label.{label}": 1}
            assert deleted["type"] == "conversation.removed"
            assert deleted["delta"][f"label.{label}"] == -1


async def test_what_is_snoozed_comes_back_after_a_restart(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    until = world.clock.now() + HOUR
    world.do(begin_bulk, world.ana, [key], Act(mark="snooze", until=until))
    world.clock.forward(ms=HOUR)
    again = House(world.house.settings, clock=world.clock)
    try:
        await again.worker.run_due()
    finally:
        again.db.close()
    assert row(world, world.ana, key).returned == "snooze"
    assert world.see(matching, world.ana, Filter(view="inbox")) == 1
