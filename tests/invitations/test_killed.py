"""What follows from a long run, where the process is killed in the middle of it."""

import asyncio
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from entregent.invitations.actions.following import SOME
from entregent.invitations.actions.running import act, carry_on, undo
from entregent.invitations.model import Selection
from entregent.network import connect
from tests.invitations.asking import RULES, asked, finish, mutuals, told
from tests.world import World

PEOPLE, LEFT = 420, 3

# Dies within the transaction in which somebody is the n-th of whom the bell is told, or untold.
PROGRAM = textwrap.dedent(
    """
    import asyncio, os, signal, sys
    from entregent.kit.settings import Settings
    from entregent.ports.clock import StoppedClock
    from entregent.notifications.events import NoticeTaken, NoticeTold
    from entregent.server.house import House

    url, at, left = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
    chosen = Settings(database=url, mail="memory:", push="memory:")
    house = House(chosen, clock=StoppedClock(at), node=7)

    def die(tx, fact):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    for event in (NoticeTold, NoticeTaken):
        house.db.listen(event, die)
    asyncio.run(house.worker.run_due())
    """
)


async def run_and_die(world: World, url: str, after: int) -> None:
    """Another process works on what is due, and is killed when it tells the n-th."""
    command = [sys.executable, "-c", PROGRAM, url, str(world.clock.at), str(after)]
    at = Path(__file__).parents[2]
    ended = await asyncio.to_thread(subprocess.run, command, cwd=at, timeout=120, check=False)
    assert ended.returncode == -signal.SIGKILL


def how_many(world: World, people: list[int]) -> list[int]:
    return [len(told(world, one)) for one in people]


@pytest.mark.parametrize("after", [60, 240])
async def test_whoever_is_told_of_a_run_is_told_once_whenever_the_process_is_killed(
    make_world: Callable[..., World], world_url: str, after: int
) -> None:
    world = make_world()
    people = world.members(PEOPLE)
    world.do(connect, people[0], people[-1])
    for one in people[:-LEFT]:
        asked(world, one, world.ana)
    run = int(world.do(act, world.ana, None, Selection(), "accept", RULES).id)
    for one in people[-LEFT:]:
        asked(world, one, world.ana)  # they wait, and are not of the run
    while world.do(carry_on, world.ana, run, RULES):
        pass
    accepted = people[:-LEFT]
    assert set(how_many(world, accepted)) == {0}

    await run_and_die(world, world_url, after)
    killed = how_many(world, accepted)
    assert sum(killed) == after // SOME * SOME  # whole pages, and of the last one nobody
    assert set(killed) == {0, 1}

    # Nobody else may take what the dead one had taken before half a minute is over; then it ends.
    world.clock.forward(seconds=31)
    await finish(world)
    assert set(how_many(world, accepted)) == {1}
    assert mutuals(world) == {0, 1}

    world.do(undo, world.ana, run, RULES)
    while world.do(carry_on, world.ana, run, RULES):
        pass
    await run_and_die(world, world_url, after)
    taken = how_many(world, accepted)
    assert sum(taken) == len(accepted) + after // SOME * SOME
    assert set(taken) == {1, 2}
    world.clock.forward(seconds=31)
    await finish(world)
    assert set(how_many(world, accepted)) == {2}
    assert mutuals(world) == {0}
