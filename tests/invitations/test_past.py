"""What lies behind two people, and saved texts on all devices (M13, M11)."""

from typing import Any

from entregent.invitations import Rules, accept, ignore, invite
from entregent.network import block, connect
from tests.world import World

RULES = Rules()


async def past(world: World, me: int, other: int) -> Any:
    async with world.client(me) as http:
        answer = await http.get(f"/api/people/{other}/past")
        assert answer.status_code == 200, answer.text
        return answer.json()


async def test_who_asked_whom_and_why(world: World) -> None:
    assert (await past(world, world.ana, world.emi))["invitations"] == []
    asked = world.do(invite, world.emi, world.ana, "met_at_event", "We met in Lyon", RULES)
    (theirs,) = (await past(world, world.ana, world.emi))["invitations"]
    assert (theirs["mine"], theirs["reason"], theirs["note"], theirs["state"]) == (
        False, "met_at_event", "We met in Lyon", "waiting",
    )  # fmt: skip
    assert asked.invitation is not None
    world.clock.forward(seconds=5)
    assert asked.invitation is not None
    world.do(accept, world.ana, int(asked.invitation.id), RULES)
    (mine,) = (await past(world, world.emi, world.ana))["invitations"]
    assert (mine["mine"], mine["state"]) == (True, "accepted")
    assert mine["settled_at"] == world.clock.now()
    # Nobody else's.
    assert (await past(world, world.bruno, world.emi))["invitations"] == []


async def test_what_was_done_in_silence_is_not_told(world: World) -> None:
    asked = world.do(invite, world.emi, world.ana, "other", "Hello", RULES)
    assert asked.invitation is not None
    assert asked.invitation is not None
    world.do(ignore, world.ana, int(asked.invitation.id))
    (mine,) = (await past(world, world.emi, world.ana))["invitations"]
    assert (mine["state"], mine["settled_at"]) == ("waiting", None)
    (theirs,) = (await past(world, world.ana, world.emi))["invitations"]
    assert theirs["state"] == "ignored"


async def test_mutual_connections(world: World) -> None:
    found = await past(world, world.ana, world.chloe)
    assert (found["mutuals"], found["mutual_total"]) == ([str(world.bruno)], 1)
    assert [card["name"] for card in found["cards"]] == ["Bruno Çelik"]
    world.do(connect, world.ana, world.chloe)
    world.do(block, world.chloe, world.ana)
    found = await past(world, world.ana, world.chloe)
    assert (found["mutuals"], found["mutual_total"]) == ([], 0)
    async with world.client() as nobody:
        assert (await nobody.get(f"/api/people/{world.ana}/past")).status_code == 401


async def test_saved_texts_are_told_to_all_devices(world: World) -> None:
    cursor = world.cursor(world.ana)
    text = {"kind": "reply", "title": "Thanks", "text": "Thank you, {first_name}."}
    async with world.client(world.ana) as http:
        body = {"client_id": "saved-texts-1", "replies": [text]}
        for _ in range(2):
            kept = (await http.put("/api/invitations/replies", json=body)).json()["replies"]
    told = [one for one in world.log(world.ana, cursor) if one["type"] == "replies.changed"]
    assert [one["replies"] for one in told] == [kept]
