"""Whom one has blocked or refused is counted nowhere (M15)."""

from entregent.messaging.actions import begin_bulk
from entregent.messaging.acts import Act
from entregent.messaging.model import Counts
from entregent.network import block, connect, unblock
from tests.invitations.asking import asked, do
from tests.messaging.talk import begin, everything, recount, row, say
from tests.world import World

HOUR = 3_600_000


def counts(world: World, member: int) -> Counts:
    """As the server has them, and as they follow from the rows."""
    state = world.see(everything, member)
    assert state.counts == recount(state.rows.values())
    return state.counts


def test_whom_one_blocks_waits_nowhere(world: World) -> None:
    world.do(connect, world.ana, world.emi)
    waits = begin(world, world.bruno, world.ana)
    say(world, world.bruno, waits)
    asks = begin(world, world.chloe, world.ana)
    say(world, world.chloe, asks)
    sleeps = begin(world, world.emi, world.ana)
    say(world, world.emi, sleeps)
    until = world.clock.now() + HOUR
    world.do(begin_bulk, world.ana, [sleeps], Act(mark="snooze", until=until))
    world.do(begin_bulk, world.ana, [waits], Act(mark="remind", until=until))
    theirs = counts(world, world.bruno)
    assert counts(world, world.ana) == Counts(
        inbox=1, unread=1, awaiting_me=1, requests=1, snoozed=1, all=3
    )
    for one in (world.bruno, world.chloe, world.emi):
        world.do(block, world.ana, one)
    assert counts(world, world.ana) == Counts(archived=3, all=3)
    for key in (waits, asks, sleeps):
        kept = row(world, world.ana, key)
        assert (kept.view, kept.unread, kept.snoozed_until, kept.remind_at) == (
            "archived", False, None, None,
        )  # fmt: skip
    # The other has no more to see of it than that nobody can write.
    assert counts(world, world.bruno) == Counts(inbox=theirs.inbox, all=theirs.all)
    world.do(unblock, world.ana, world.bruno)
    assert counts(world, world.ana) == Counts(archived=3, all=3)
    assert row(world, world.ana, waits).writable


def test_whom_one_refuses_waits_nowhere(world: World) -> None:
    invitation = asked(world, world.emi, world.ana, "We met at the pier")
    do(world, world.ana, [invitation], "reply", "Which pier?")
    (key,) = map(int, world.see(everything, world.emi).rows)
    say(world, world.emi, key, "Brest")
    assert counts(world, world.ana).unread == 1
    do(world, world.ana, [invitation], "refuse")
    assert counts(world, world.ana) == Counts(inbox=1, all=1)
    assert not row(world, world.ana, key).unread
