"""What a run over many costs, and what follows from it once it rests."""

import pytest

from entregent.invitations.actions.running import act, carry_on, undo
from entregent.invitations.actions.weighing import reweigh
from entregent.invitations.model import Selection, Verb
from entregent.invitations.runs import AT_ONCE
from entregent.network import all_hidden, connect, following_among
from tests.invitations.asking import RULES, asked, box, do, finish, mutuals, told
from tests.world import World


async def test_others_are_told_once_a_run_rests(world: World) -> None:
    people = world.members(120)
    for one in people:
        asked(world, one, world.ana)
    run = int(world.do(act, world.ana, None, Selection(), "accept", RULES).id)
    assert world.do(carry_on, world.ana, run, RULES)
    assert [told(world, one) for one in people] == [[]] * 120
    await finish(world)
    assert [told(world, one) for one in people] == [["notice.told"]] * 120
    world.do(undo, world.ana, run, RULES)
    assert world.do(carry_on, world.ana, run, RULES)
    assert [told(world, one) for one in people] == [["notice.told"]] * 120
    await finish(world)
    assert [told(world, one) for one in people] == [["notice.told", "notice.taken"]] * 120


async def test_nobody_is_told_what_was_undone_at_once(world: World) -> None:
    people = world.members(60)
    for one in people:
        asked(world, one, world.ana)
    run = int(world.do(act, world.ana, None, Selection(), "accept", RULES).id)
    while world.do(carry_on, world.ana, run, RULES):
        pass
    world.do(undo, world.ana, run, RULES)
    while world.do(carry_on, world.ana, run, RULES):
        pass
    await finish(world)
    assert [told(world, one) for one in people] == [[]] * 60


@pytest.mark.parametrize("back", [False, True])
async def test_a_portion_takes_as_many_statements_for_many_notes_as_for_few(
    world: World, back: bool
) -> None:
    people = world.members(60)
    counted = []
    for me, noted in ((world.ana, 6), (world.bruno, 60)):
        for number, one in enumerate(people):
            words = [chr(97 + number * place % 26) * 5 for place in range(3, 12)]
            asked(world, one, me, " ".join(words) if number < noted else "")
        run = int(world.do(act, me, None, Selection(), "accept", RULES).id)
        if back:
            await finish(world)
            world.do(undo, me, run, RULES)
        with world.counting() as counter:
            world.do(carry_on, me, run, RULES)
        counted.append(len(counter))
    assert counted[0] == counted[1] <= 42


@pytest.mark.parametrize("verb", ["follow", "ignore", "unknown"])
async def test_undoing_takes_as_many_statements_for_many_as_for_few(
    world: World, verb: Verb
) -> None:
    people = world.members(90)
    counted = []
    for me, some in ((world.ana, people[:60]), (world.bruno, people)):
        run = int(do(world, me, [asked(world, one, me) for one in some], verb).id)
        assert world.do(carry_on, me, run, RULES)
        world.do(undo, me, run, RULES)
        with world.counting() as counter:
            assert world.do(carry_on, me, run, RULES)
        assert box(world, me) == [*reversed(some)]
        assert world.see(following_among, me, some) == set()
        counted.append(len(counter))
    assert counted[0] == counted[1] <= 20


async def test_whom_much_follows_from_is_taken_a_few_at_a_time(world: World) -> None:
    people = world.members(60)
    ids = [asked(world, one, world.ana) for one in people]
    run = do(world, world.ana, ids, "block")
    assert world.do(carry_on, world.ana, int(run.id), RULES)
    assert len(world.see(all_hidden, world.ana)) < AT_ONCE
    await finish(world)
    assert set(people) <= set(world.see(all_hidden, world.ana))
    world.do(undo, world.ana, int(run.id), RULES)
    await finish(world)
    assert box(world, world.ana) == [*reversed(people)]
    assert not set(people) & set(world.see(all_hidden, world.ana))


async def test_what_changes_while_a_run_goes_on_is_counted_once_it_rests(world: World) -> None:
    people = world.members(120)
    ids = [asked(world, one, world.ana) for one in people]
    for one in people[100:]:
        world.do(connect, people[0], one)
    run = int(do(world, world.ana, ids[:100], "accept").id)
    assert world.do(carry_on, world.ana, run, RULES)
    with world.counting() as counter:
        assert world.do(reweigh, world.ana, 0, 500) is None
    assert len(counter) == 1  # it asks whether a run goes on, and leaves it at that
    assert mutuals(world) == {0}
    await finish(world)
    assert mutuals(world) == {1}
