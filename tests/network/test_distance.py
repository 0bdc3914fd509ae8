"""Who of many is so far away: the same answer by every way of finding it out."""

import random
from collections.abc import Iterator

import pytest

from entregent.network import at_degree, connect, connect_many, degrees, disconnect, distance
from tests.world import World


@pytest.fixture(params=["each looked up", "by lists", "by lists, then each", "remembered"])
def way(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    """The numbers by which the ways are chosen, made so small that each is taken."""
    numbers = {
        "each looked up": (10_000, 1, 1),
        "by lists": (0, 3, 0),
        "by lists, then each": (0, 2, 10_000),
        "remembered": (0, 5, 3),
    }[request.param]
    for name, number in zip(("FEW", "AT_ONCE", "WORTH_IT"), numbers, strict=True):
        monkeypatch.setattr(distance, name, number)
    monkeypatch.setattr(distance, "PEOPLE", 7)
    distance.forget()
    yield request.param
    distance.forget()


def test_every_way_says_what_is_said_of_each(world: World, way: str) -> None:
    people = world.members(60)
    chance = random.Random(way)
    # A chain of three groups, and some whom nobody knows: all distances occur.
    near, far, further = people[:12], people[12:35], people[35:50]
    pairs = {(world.emi, one) for one in near}
    pairs |= {(chance.choice(near), one) for one in far}
    pairs |= {(chance.choice(far), one) for one in further}
    world.do(connect_many, sorted(pairs))
    everybody = [world.emi, *people]
    for me in (world.emi, near[0], far[3], further[5], people[55]):
        said = world.see(degrees, me, everybody)
        for degree in (3, 2, 1):
            wanted = {one for one in everybody if said[one] == degree}
            for some in (everybody[::2], everybody):
                found = world.see(at_degree, me, some, degree)
                assert found == wanted.intersection(some)


def test_what_is_remembered_ends_with_the_minute_or_with_an_own_change(
    world: World, way: str
) -> None:
    people = world.members(8)
    world.do(connect_many, [(world.emi, people[0]), (people[0], people[1])])
    assert world.see(at_degree, world.emi, people, 2) == {people[1]}
    world.do(connect, people[0], people[2])
    world.clock.forward(seconds=61)
    assert world.see(at_degree, world.emi, people, 2) == {people[1], people[2]}
    world.do(connect, world.emi, people[1])
    assert world.see(at_degree, world.emi, people, 2) == {people[2]}
    world.do(disconnect, world.emi, people[0])
    assert world.see(at_degree, world.emi, people, 2) == {people[0]}


def test_only_some_members_are_remembered(world: World, way: str) -> None:
    people = world.members(distance.MEMBERS + 3)
    world.do(connect_many, [(people[at], people[at + 1]) for at in range(len(people) - 1)])
    for one in people:
        world.see(at_degree, one, people, 2)
    assert len(distance.remembered()) <= distance.MEMBERS
