"""Lists of people: everybody with the same tag, for the eyes of who has put it (N3)."""

from typing import Any

from entregent.network import add_contacts, block
from tests.network.test_contacts import GINA
from tests.world import World


async def put(client: Any, person: int, *tags: str) -> None:
    body = {"client_id": f"tags-{person}-{len(tags)}", "tags": list(tags)}
    assert (await client.put(f"/api/people/{person}/mine", json=body)).status_code == 200


async def listed(client: Any, typed: str = "", **more: Any) -> list[str]:
    page = (await client.get("/api/tagged", params={"q": typed, **more})).json()
    return [card["name"] for card in page["people"]]


async def test_everybody_with_a_tag_is_a_list(world: World) -> None:
    async with world.client(world.ana) as client, world.client(world.emi) as other:
        await put(client, world.bruno, "Jazz", "Choir")
        await put(client, world.chloe, "jazz club")
        await put(client, world.emi, "Choir")
        assert (await client.get("/api/tags")).json() == {
            "tags": [
                {"tag": "Choir", "count": 2},
                {"tag": "Jazz", "count": 1},
                {"tag": "jazz club", "count": 1},
            ]
        }
        assert await listed(client, "choir") == ["Bruno Çelik", "Emi Sato"]
        assert await listed(client, "jazz") == ["Bruno Çelik"]  # the tag that is typed
        assert await listed(client, "ja") == ["Bruno Çelik", "Chloé Dupont"]  # what begins so
        assert await listed(client, "violin") == []
        gina = world.do(add_contacts, world.ana, [GINA], 1).ids["slug:gina"]
        await put(client, gina, "organ")
        assert await listed(client, "organ") == ["Gina Rossi"]
        first = (await client.get("/api/tagged", params={"limit": 3})).json()
        assert (len(first["people"]), first["total"]) == (3, 4)
        assert await listed(client, after=first["next"]) == ["Gina Rossi"]
        # They are nobody else's, and whom one sees no more is in no list.
        assert (await other.get("/api/tags")).json() == {"tags": []}
        assert await listed(other) == []
        world.do(block, world.emi, world.ana)
        assert await listed(client, "choir") == ["Bruno Çelik"]
        await put(client, world.bruno)
        left = (await client.get("/api/tags")).json()["tags"]
        assert [one["tag"] for one in left] == ["jazz club", "organ"]
    async with world.client() as nobody:
        assert (await nobody.get("/api/tags")).status_code == 401
        assert (await nobody.get("/api/tagged")).status_code == 401
