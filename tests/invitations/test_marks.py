"""What an invitation shows of its sender's profile, exact as long as it waits (I5)."""

from typing import Any

import httpx

from tests.invitations.asking import asked, box, finish, groups
from tests.media.bringing import brought, here, png
from tests.world import World

__all__ = ["here"]


async def put_photo(world: World, client: httpx.AsyncClient) -> None:
    media = await brought(world, client, png(), "me.png", filetype="image/png")
    body = {"client_id": f"photo-{media['id']}", "media_id": media["id"]}
    assert (await client.put("/api/profile/photo", json=body)).status_code == 200


async def shown_to(client: httpx.AsyncClient, to: str) -> None:
    body = {"client_id": f"shown-to-{to}", "audiences": {"photo": to}}
    assert (await client.patch("/api/profile", json=body)).status_code == 200


async def settled(world: World) -> None:
    world.clock.forward(seconds=3)
    await finish(world)


async def marks(client: httpx.AsyncClient, group: str = "all") -> dict[str, Any]:
    page = (await client.get(f"/api/invitations?group={group}")).json()
    assert page["total"] == len(page["invitations"])
    return {one["person_id"]: one["about"]["marks"] for one in page["invitations"]}


async def test_who_shows_no_photo_is_counted_exactly(here: World) -> None:
    emi, chloe = str(here.emi), str(here.chloe)
    async with here.client(here.emi) as sender, here.client(here.ana) as client:
        await put_photo(here, sender)
        asked(here, here.emi, here.ana)
        asked(here, here.chloe, here.ana)
        assert await marks(client) == {chloe: ["empty_profile", "no_photo"], emi: ["empty_profile"]}
        assert list(await marks(client, "no_photo")) == [chloe]

        # What is not for members is not there for whom one asks, and neither is that it exists.
        await shown_to(sender, "connections")
        await settled(here)
        assert set(await marks(client, "no_photo")) == {chloe, emi}
        await shown_to(sender, "members")
        await settled(here)
        assert groups(here, here.ana)["no_photo"] == 1
        assert (await sender.delete("/api/profile/photo")).status_code == 200
        await settled(here)
        assert set(await marks(client, "no_photo")) == {chloe, emi}

        said = {"client_id": "headline-1", "headline": "Bridges"}
        assert (await sender.patch("/api/profile", json=said)).status_code == 200
        await settled(here)
        assert (await marks(client))[emi] == ["no_photo"]
        assert box(here, here.ana, group="empty_profile") == [here.chloe]


async def test_whom_one_asks_is_not_marked_and_nobody_else_sees_a_group(here: World) -> None:
    asked(here, here.emi, here.ana)
    async with here.client(here.ana) as receiver:
        await put_photo(here, receiver)  # the receiver's own changes nothing
        await settled(here)
        assert list(await marks(receiver, "no_photo")) == [str(here.emi)]
        act = {
            "client_id": "ignore-all-1",
            "all": {"box": "received", "group": "no_photo", "mutuals": 5, "except": []},
            "verb": "ignore",
        }
        run = (await receiver.post("/api/invitations/actions", json=act)).json()
        assert (run["state"], run["done"]) == ("done", 1)
        assert await marks(receiver) == {}
    async with here.client(here.emi) as sender:
        sent = (await sender.get("/api/invitations?box=sent&group=no_photo")).json()
        assert (sent["invitations"], sent["groups"], sent["total"]) == ([], [], 0)
    async with here.client() as nobody:
        assert (await nobody.get("/api/invitations?group=no_photo")).status_code == 401
