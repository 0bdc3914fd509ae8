"""A mark and a message that cross: what its member has not seen is not put away."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from entregent.messaging import counts
from entregent.messaging.actions import begin_bulk
from entregent.messaging.acts import ALL_SEEN, Act, Seen
from tests.messaging.talk import begin, recount, row, say
from tests.messaging.test_handling import fill, walk
from tests.messaging.test_triage import HOUR, Triage, told
from tests.world import World


@pytest_asyncio.fixture
async def ana(world: World) -> AsyncIterator[Triage]:
    async with world.client(world.ana) as http:
        yield Triage(world, world.ana, http)


async def more(world: World, ana: Triage, how: str) -> dict[str, Any]:
    if how == "box":
        return {"box": (await ana.post("/api/boxes", name="Later"))["id"]}
    return {"until": world.clock.now() + HOUR} if how in ("snooze", "remind") else {}


@pytest.mark.parametrize("how", ["archived", "spam", "snooze", "delete", "box", "remind", "read"])
async def test_what_came_meanwhile_keeps_its_place(world: World, ana: Triage, how: str) -> None:
    late, other = begin(world, world.ana, world.bruno), begin(world, world.ana, world.chloe)
    for author, key in ((world.bruno, late), (world.chloe, other)):
        say(world, author, key, "One")
    seen = {str(late): 1, str(other): 1}
    say(world, world.bruno, late, "Wait, read this")
    was, with_it = row(world, world.ana, late), await more(world, ana, how)
    cursor = world.cursor(world.ana)
    done = await ana.mark(how, late, other, seen=seen, **with_it)
    mine = row(world, world.ana, late)
    assert (mine.view, mine.box, mine.unread, mine.snippet) == ("inbox", None, True, was.snippet)
    assert mine.remind_at is None
    assert mine.read_seq == (1 if how == "read" else 0)
    assert (done["newer"], done["changed"]) == ([str(late)], 2 if how == "read" else 1)
    assert len(told(world, world.ana, cursor)) == done["changed"]
    assert recount(walk(world, world.ana, "all", 200)) == world.see(counts, world.ana)
    # The other was put away, and undoing is about it alone.
    assert late in await ana.seen("inbox")
    await ana.undo(done)
    assert row(world, world.ana, late) == was
    assert (row(world, world.ana, other).view, row(world, world.ana, other).unread) == (
        "inbox",
        True,
    )
    # Once it is seen, the same mark does what it says.
    done = await ana.mark(how, late, seen={str(late): 2}, **with_it)
    assert (done["newer"], done["changed"]) == ([], 1)
    assert row(world, world.ana, late) != was


@pytest.mark.parametrize("how", ["star", "mute", "unread", "mentions", "inbox"])
async def test_what_hides_nothing_is_done_all_the_same(world: World, ana: Triage, how: str) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "One")
    await ana.mark("archived" if how == "inbox" else "read", key)
    if how == "inbox":
        await ana.mark("mute", key)
    say(world, world.bruno, key, "Two")
    was = row(world, world.ana, key)
    done = await ana.mark(how, key, seen={str(key): 1})
    mine = row(world, world.ana, key)
    assert done["newer"] == []
    assert (mine.unread, mine.view) == (True, "inbox")
    if how != "unread":
        assert mine != was


async def test_what_i_wrote_elsewhere_i_have_seen(world: World, ana: Triage) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "One")
    say(world, world.ana, key, "From my telephone")
    done = await ana.mark("archived", key, seen={str(key): 1})
    assert (done["changed"], done["newer"]) == (1, [])
    assert row(world, world.ana, key).view == "archived"


async def test_who_says_nothing_of_what_was_seen_is_obeyed(world: World, ana: Triage) -> None:
    """A programme that knows no more than the list; and a number says nothing of another's."""
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "One")
    done = await ana.mark("archived", key, seen={"77": 0})
    assert (done["changed"], done["newer"]) == (1, [])
    async with world.client(world.diego) as http:
        diego = Triage(world, world.diego, http)
        done = await diego.mark("archived", key, seen={str(key): 0}, seen_at=0)
        assert (done["changed"], done["newer"]) == (0, [])
    await ana.mark("archived", key, seen={str(key): -1}, status=400)
    await ana.mark("archived", key, seen={"mine": 1}, status=400)
    async with world.client(None) as stranger:
        body = {"client_id": "a-stranger-marks", "ids": [str(key)], "mark": "archived", "seen": {}}
        assert (await stranger.post("/api/conversations/marks", json=body)).status_code == 401


async def test_what_is_not_named_is_seen_up_to_a_moment(world: World, ana: Triage) -> None:
    early, late = begin(world, world.ana, world.bruno), begin(world, world.ana, world.chloe)
    say(world, world.bruno, early, "One")
    say(world, world.chloe, late, "One")
    newest = world.clock.now()
    world.clock.forward(seconds=1)
    say(world, world.chloe, late, "Wait, read this")
    done = await ana.mark("archived", all={"view": "inbox"}, seen_at=newest)
    assert (done["changed"], done["newer"]) == (1, [str(late)])
    assert await ana.seen("inbox") == [late]
    # Who is named is judged by the number alone.
    done = await ana.mark("archived", late, seen={str(late): 2}, seen_at=newest)
    assert await ana.seen("inbox") == []


async def test_news_is_left_out_of_very_many(world: World, ana: Triage) -> None:
    world.do(fill, world.ana, 4_000)
    named, timed = begin(world, world.ana, world.bruno), begin(world, world.ana, world.chloe)
    say(world, world.bruno, named, "One")
    say(world, world.chloe, timed, "One")
    newest = world.clock.now()
    world.clock.forward(seconds=1)
    for author, key in ((world.bruno, named), (world.chloe, timed)):
        say(world, author, key, "Wait, read this")
    before = world.see(counts, world.ana)
    seen = {str(named): 1}
    done = await ana.mark("archived", all={"view": "inbox"}, seen=seen, seen_at=newest)
    assert sorted(done["newer"]) == sorted([str(named), str(timed)])
    assert done["bulk"]["total"] == done["changed"] == before.inbox - 2
    await world.house.worker.run_due()
    assert sorted(await ana.seen("inbox")) == sorted([named, timed])
    await ana.undo(done)
    await world.house.worker.run_due()
    assert world.see(counts, world.ana) == before


async def test_the_same_mark_sent_twice_answers_the_same(world: World, ana: Triage) -> None:
    key = begin(world, world.ana, world.bruno)
    for text in ("One", "Two"):
        say(world, world.bruno, key, text)
    body = {
        "client_id": "archive-it-once", "ids": [str(key)], "mark": "archived",
        "seen": {str(key): 1},
    }  # fmt: skip
    answers = [(await ana.http.post("/api/conversations/marks", json=body)) for _ in range(2)]
    assert answers[0].json() == answers[1].json() == {
        "changed": 0, "undo": None, "bulk": None, "newer": [str(key)],
    }  # fmt: skip


def test_looking_at_what_was_seen_costs_no_statement(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "One")
    numbers = []
    for seen in (ALL_SEEN, Seen({key: 1}, 5)):
        with world.counting() as counter:
            world.do(begin_bulk, world.ana, [key], Act(mark="archived"), seen)
        numbers.append(len(counter.statements))
        world.do(begin_bulk, world.ana, [key], Act(mark="inbox"))
    assert numbers[0] == numbers[1]
