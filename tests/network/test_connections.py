"""Connections: both ends, how close people are, and lists of them."""

import random

import pytest

from entregent.accounts import close_account, rename
from entregent.kit.errors import Refusal
from entregent.network import (
    Tie,
    block,
    connect,
    connect_many,
    degrees,
    disconnect,
    mutuals_with,
    page_of_connections,
    relation,
    relations,
    ties,
)
from tests.world import World


def test_the_cast_knows_each_other_as_said(world: World) -> None:
    found = world.see(
        degrees, world.ana, [world.ana, world.bruno, world.chloe, world.diego, world.emi]
    )
    assert list(found.values()) == [0, 1, 2, None, None]
    assert world.see(degrees, world.emi, [world.ana]) == {world.ana: None}


def test_three_steps_away(world: World) -> None:
    world.do(connect, world.chloe, world.emi)
    assert world.see(ties, world.ana, [world.emi])[world.emi] == Tie(3, 0, None)
    assert world.see(ties, world.bruno, [world.emi])[world.emi] == Tie(2, 1, None)


def test_connecting_is_mutual_and_happens_once(world: World) -> None:
    before = world.cursor(world.ana), world.cursor(world.emi)
    assert world.do(connect, world.emi, world.ana)
    assert not world.do(connect, world.ana, world.emi)
    for one, other, cursor in (
        (world.ana, world.emi, before[0]),
        (world.emi, world.ana, before[1]),
    ):
        assert world.see(relation, one, other).connected
        [event] = world.log(one, cursor)
        assert (event["type"], event["card"]["id"]) == ("connection.made", str(other))
        assert event["card"]["degree"] == 1
    assert world.see(mutuals_with, world.emi, world.bruno) == [world.ana]


def test_parting_is_told_to_both_and_to_nobody_else(world: World) -> None:
    cursors = {one: world.cursor(one) for one in (world.ana, world.bruno, world.chloe)}
    assert world.do(disconnect, world.ana, world.bruno)
    assert not world.do(disconnect, world.ana, world.bruno)
    said = {one: world.log(one, cursor) for one, cursor in cursors.items()}
    assert said[world.ana] == [{"type": "connection.ended", "id": str(world.bruno)}]
    assert said[world.bruno] == [{"type": "connection.ended", "id": str(world.ana)}]
    assert said[world.chloe] == []
    assert not world.see(relation, world.bruno, world.ana).connected


def test_whom_one_cannot_connect_with(world: World) -> None:
    world.do(close_account, world.chloe)
    for other in (world.ana, world.diego, world.chloe, 12345):
        with pytest.raises(Refusal, match=r"network\.nobody"):
            world.do(connect, world.ana, other)
    with pytest.raises(Refusal, match=r"network\.nobody"):
        world.do(connect, world.diego, world.ana)


def test_either_end_may_be_full(world: World) -> None:
    with pytest.raises(Refusal, match=r"network\.too_many_connections"):
        world.do(connect, world.bruno, world.emi, 2)
    with pytest.raises(Refusal, match=r"network\.their_connections_full"):
        world.do(connect, world.emi, world.bruno, 2)
    assert world.do(connect, world.emi, world.bruno, 3)


@pytest.mark.parametrize(("few", "many"), [(0, 150), (300, 0)])
def test_degrees_are_those_of_the_graph(
    world: World, few: int, many: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("entregent.network.actions.FEW", few)  # from either side
    monkeypatch.setattr("entregent.network.actions.MANY", many)  # as a set, or looked up
    dice = random.Random(7)
    people = world.members(40)
    pairs = [tuple(sorted(dice.sample(people, 2))) for _ in range(45)]
    world.do(connect_many, [(one, other) for one, other in pairs])
    near: dict[int, set[int]] = {one: set() for one in people}
    for one, other in pairs:
        near[one].add(other)
        near[other].add(one)
    for me in people[:8]:
        distance = {me: 0}
        ring = {me}
        for step in (1, 2, 3):
            ring = {far for one in ring for far in near[one]} - {*distance}
            distance |= dict.fromkeys(ring, step)
        found = world.see(ties, me, people)
        assert {one: found[one].degree for one in people} == {
            one: distance.get(one) for one in people
        }
        assert {one: found[one].mutuals for one in people if one != me} == {
            one: len(near[me] & near[one]) for one in people if one != me
        }
        for one in set(people[:20]) - {me}:  # asked about one by one, and by name
            assert world.see(ties, me, [one])[one] == found[one]
            assert world.see(mutuals_with, me, one) == sorted(near[me] & near[one])


def test_any_number_of_people_takes_the_same_statements(world: World) -> None:
    people = world.members(24)
    world.do(connect_many, [(world.emi, one) for one in people[:12]])
    counts = set()
    for number in (1, 12):
        with world.counting() as counter:
            world.see(ties, world.emi, [*people[:number], *people[-number:]])
            world.see(relations, world.emi, people[:number])
            world.see(page_of_connections, world.emi, "", "", number)
        counts.add(len(counter))
    assert counts == {9}


def test_the_list_is_newest_first_and_pages_by_key(world: World) -> None:
    people = world.members(7)
    for one in people:
        world.clock.forward(ms=1)
        world.do(connect, world.emi, one)
    world.clock.forward(ms=1)
    world.do(connect_many, [(world.emi, one) for one in (world.ana, world.bruno)])  # one moment
    seen: list[int] = []
    after = ""
    for expected in (4, 4, 1):
        page = world.see(page_of_connections, world.emi, "", after, 4)
        assert (len(page.people), page.total) == (expected, 9)
        seen += [person.id for person in page.people]
        after = page.next or ""
        # What comes in at the top does not move the pages.
        world.clock.forward(ms=1)
        world.do(disconnect, world.emi, seen[0])
        world.do(connect_many, [(world.emi, seen[0])])
    assert not after
    assert seen == [world.bruno, world.ana, *reversed(people)]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", 3),
        ("chl", 1),
        ("CHLOÉ", 1),
        ("chloe d", 1),
        ("dup", 1),
        ("upont", 0),
        ("%", 3),
        ("_", 3),
        ("l' dup", 0),
        ("çe", 1),
        ("celik bru", 1),
        ("a", 1),
    ],
)
def test_names_are_found_by_their_beginnings(world: World, typed: str, found: int) -> None:
    world.do(connect_many, [(world.emi, one) for one in (world.ana, world.bruno, world.chloe)])
    page = world.see(page_of_connections, world.emi, typed)
    assert (len(page.people), page.total) == (found, found)


async def test_whom_two_both_know_is_counted_and_listed_page_by_page(world: World) -> None:
    shared = [world.member(f"{name} Perrin") for name in ("Ida", "Bo", "Cy", "Jo", "Di")]
    world.do(connect_many, [(one, two) for one in shared for two in (world.ana, world.emi)])
    for me, other in ((world.ana, world.emi), (world.emi, world.ana)):
        async with world.client(me) as client:
            path = f"/api/people/{other}/mutuals"
            found: list[int] = []
            after: str | None = ""
            while after is not None:
                page = (await client.get(f"{path}?limit=2&after={after}")).json()
                assert page["total"] == 5
                found += [int(one["id"]) for one in page["people"]]
                after = page["next"]
            assert found == shared
    world.do(block, world.emi, world.ana)
    async with world.client(world.ana) as client:
        assert (await client.get(f"/api/people/{world.emi}/mutuals")).status_code == 404
        assert (await client.get(f"/api/people/{world.chloe}/mutuals")).json()["total"] == 1


def test_a_new_name_is_found_by_connections(world: World) -> None:
    world.do(rename, world.bruno, "Émile Zárate")
    assert world.see(page_of_connections, world.ana, "emile").total == 1
    assert world.see(page_of_connections, world.chloe, "zar").total == 1
    assert world.see(page_of_connections, world.ana, "bruno").total == 0


def test_who_leaves_is_out_of_all_lists(world: World) -> None:
    before = world.cursor(world.ana)
    world.do(close_account, world.bruno)
    assert world.see(page_of_connections, world.ana).total == 0
    assert world.see(page_of_connections, world.chloe).total == 0
    assert {"type": "connection.ended", "id": str(world.bruno)} in world.log(world.ana, before)
    assert not world.see(relation, world.ana, world.bruno).member


def test_a_forged_cursor_is_refused(world: World) -> None:
    for wrong in ("x", "WzFd", "WyJhIiwxXQ", "bnVsbA"):
        with pytest.raises(Refusal, match=r"kit\.bad_cursor"):
            world.see(page_of_connections, world.ana, "", wrong)
