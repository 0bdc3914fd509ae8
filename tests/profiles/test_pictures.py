"""Photo and cover: put, seen by whom the member wants, put back, gone."""

import httpx
import pytest

from entregent.network import block
from entregent.profiles import card, may_see_photo
from tests.media.bringing import TEXT, brought, here, png, stored, sweep
from tests.world import World

__all__ = ["here"]

WEEK = 7 * 86_400


async def put(
    client: httpx.AsyncClient, media_id: str, kind: str = "photo", key: str = ""
) -> httpx.Response:
    body = {"client_id": key or f"put-{kind}-{media_id}", "media_id": media_id}
    return await client.put(f"/api/profile/{kind}", json=body)


async def status(world: World, url: str, member: int | None) -> int:
    async with world.client(member) as client:
        return (await client.get(url)).status_code


async def test_a_face_on_every_card(here: World) -> None:
    before = here.cursor(here.bruno)
    async with here.client(here.ana) as client:
        media = await brought(here, client, png(), "me.png", filetype="image/png")
        answer = await put(client, media["id"])
        assert answer.status_code == 200, answer.text
        profile = answer.json()
        assert profile["photo"]["kind"] == "picture"
        assert profile["photo"]["url"].startswith(f"/media/photo/{here.ana}/")
        assert (await put(client, media["id"])).json() == profile
        mine = (await client.get("/api/boot")).json()["me"]["photo"]
        assert (await client.get(mine["small"])).headers["content-type"].startswith("image/")
    face = here.see(card, here.bruno, here.ana).photo
    assert face is not None
    assert (face.small, face.placeholder) == (mine["small"], mine["placeholder"])
    assert face.placeholder
    told = [one for one in here.log(here.bruno, before) if one["type"] == "card.changed"]
    assert told[-1]["card"]["photo"]["small"] == face.small
    assert [await status(here, face.small, one) for one in (here.bruno, here.emi)] == [200, 200]
    assert await status(here, face.small, here.diego) == 404  # blocked
    assert await status(here, face.small, None) == 404  # shown to members
    here.do(block, here.ana, here.emi)
    assert await status(here, face.small, here.emi) == 404


@pytest.mark.parametrize(
    ("audience", "seen"),
    [
        ("public", [200, 200, 200]),
        ("members", [200, 200, 404]),
        ("connections", [200, 404, 404]),
        ("me", [404, 404, 404]),
    ],
)
async def test_for_whom_the_member_wants(here: World, audience: str, seen: list[int]) -> None:
    async with here.client(here.ana) as client:
        for kind, colour in (("photo", b"\x00\xff\x00"), ("cover", b"\xff\x00\x00")):
            media = await brought(here, client, png(colour=colour), "x.png", filetype="image/png")
            profile = (await put(client, media["id"], kind)).json()
        change = {
            "client_id": "for-whom-1",
            "headline": "Seen by all",
            "audiences": {"photo": audience, "cover": audience, "headline": "public"},
        }
        assert (await client.patch("/api/profile", json=change)).status_code == 200
    for kind in ("photo", "cover"):
        url = profile[kind]["url"]
        viewers = (here.bruno, here.emi, None)
        assert [await status(here, url, viewer) for viewer in viewers] == seen
        assert await status(here, url, here.ana) == 200
        for viewer, found in zip(viewers, seen, strict=True):
            async with here.client(viewer) as client:
                shown = (await client.get(f"/api/profiles/{profile['handle']}")).json()
                assert (shown[kind] is not None) is (found == 200)
    shown_to_emi = here.see(card, here.emi, here.ana).photo
    assert (shown_to_emi is not None) is (seen[1] == 200)
    # A list asks for sixty of them: the profile as it is kept, and how the two stand.
    for viewer in (here.bruno, here.emi):
        with here.counting() as counter:
            here.see(may_see_photo, viewer, str(here.ana))
        assert len(counter) == 4


async def test_another_photo_and_back(here: World) -> None:
    async with here.client(here.ana) as client:
        one, two = [
            (await brought(here, client, png(colour=colour), "x.png", filetype="image/png"))["id"]
            for colour in (b"abc", b"xyz")
        ]
        first = (await put(client, one)).json()["photo"]
        assert (await put(client, two)).json()["photo"]["id"] == two
        assert (await client.get(first["url"])).status_code == 404
        assert (await put(client, one, key="back-again-1")).json()["photo"]["id"] == one
        gone = await client.delete("/api/profile/photo")
        assert (gone.status_code, gone.json()["photo"]) == (200, None)
        assert (await client.delete("/api/profile/photo")).status_code == 200
        assert here.see(card, here.bruno, here.ana).photo is None
        here.clock.forward(seconds=2 * WEEK)
        await sweep(here)
        assert await stored(here) == {}


async def test_what_is_no_photo(here: World) -> None:
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'
    async with here.client(here.ana) as client, here.client(here.bruno) as other:
        theirs = (await brought(here, other, png(), "x.png", filetype="image/png"))["id"]
        for key, code in (
            ((await brought(here, client, TEXT))["id"], "profiles.not_a_picture"),
            ((await brought(here, client, svg, "x.svg", filetype="image/svg+xml"))["id"], ""),
            (theirs, "media.not_yours"),
            ("12345", "media.not_yours"),
        ):
            answer = await put(client, key)
            assert answer.status_code in (404, 409, 422)
            found = answer.json()["error"]["code"]
            assert found == code or (not code and found != "media.not_yours"), found
        profile = (await client.get("/api/boot")).json()["me"]
        assert profile["photo"] is None
    async with here.client() as nobody:
        assert (await put(nobody, theirs)).status_code == 401


async def test_a_photo_goes_with_its_member(here: World) -> None:
    async with here.client(here.ana) as client:
        media = await brought(here, client, png(), "x.png", filetype="image/png")
        url = (await put(client, media["id"])).json()["photo"]["url"]
        body = {"client_id": "leaving-now-2", "password": "four words at random"}
        assert (await client.post("/api/accounts/close", json=body)).status_code == 200
    await here.house.worker.run_due()
    assert await stored(here) == {}
    assert await status(here, url, here.bruno) == 404
