"""Blocks hide each from the other, everywhere and at once."""

import pytest

from entregent.kit.errors import Refusal
from entregent.network import block, connect, page_of_blocks, relation, unblock
from tests.world import World


def blocked(world: World, one: int, other: int) -> bool:
    return world.see(relation, one, other).blocked


def test_both_ends_are_hidden_and_neither_is_told_why(world: World) -> None:
    assert world.see(relation, world.ana, world.diego) == world.see(
        relation, world.diego, world.ana
    )
    assert not world.see(relation, world.diego, world.ana).reachable
    assert world.see(page_of_blocks, world.diego).total == 0
    assert [person.id for person in world.see(page_of_blocks, world.ana).people] == [world.diego]


def test_blocking_ends_the_connection(world: World) -> None:
    cursors = world.cursor(world.ana), world.cursor(world.bruno)
    assert world.do(block, world.ana, world.bruno)
    assert not world.do(block, world.ana, world.bruno)
    for one, other, cursor in (
        (world.ana, world.bruno, cursors[0]),
        (world.bruno, world.ana, cursors[1]),
    ):
        ended, changed = world.log(one, cursor)
        assert ended == {"type": "connection.ended", "id": str(other)}
        assert (changed["type"], changed["card"]["kind"]) == ("card.changed", "gone")
        assert changed["card"]["name"] == ""
    world.do(unblock, world.ana, world.bruno)
    assert not world.see(relation, world.ana, world.bruno).connected


def test_two_blocks_are_lifted_one_by_one(world: World) -> None:
    world.do(block, world.diego, world.ana)
    assert world.do(unblock, world.ana, world.diego)
    assert blocked(world, world.ana, world.diego)
    assert blocked(world, world.diego, world.ana)
    assert not world.do(unblock, world.ana, world.diego)
    assert world.do(unblock, world.diego, world.ana)
    assert not blocked(world, world.ana, world.diego)
    assert world.do(connect, world.ana, world.diego)


def test_the_blocked_cannot_lift_the_block(world: World) -> None:
    assert not world.do(unblock, world.diego, world.ana)
    assert blocked(world, world.diego, world.ana)


def test_nobody_blocks_themselves_or_nobody(world: World) -> None:
    for other in (world.ana, 12345):
        with pytest.raises(Refusal, match=r"network\.nobody"):
            world.do(block, world.ana, other)


async def test_blocking_and_parting_over_http(world: World) -> None:
    async with world.client(world.ana) as client:
        assert (await client.delete(f"/api/connections/{world.bruno}")).status_code == 200
        assert (await client.delete(f"/api/connections/{world.bruno}")).status_code == 200
        assert (await client.post(f"/api/blocks/{world.emi}")).status_code == 200
        listed = (await client.get("/api/blocks")).json()
        assert [person["name"] for person in listed["people"]] == ["Emi Sato", "Diego Ruiz"]
        assert (await client.delete(f"/api/blocks/{world.emi}")).status_code == 200
        assert (await client.post("/api/blocks/nobody")).status_code == 404
        assert (await client.post(f"/api/blocks/{2**64}")).status_code == 404
    assert not blocked(world, world.ana, world.emi)
    async with world.client() as stranger:
        assert (await stranger.post(f"/api/blocks/{world.ana}")).status_code == 401
