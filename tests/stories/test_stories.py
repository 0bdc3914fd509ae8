"""Stories from publishing to deletion, and whose they are not."""

from typing import Any

import httpx
import pytest

from entregent.network import block, connect, disconnect, follow
from entregent.network.following import put_down
from tests.media.bringing import bring, stored
from tests.messaging.talk import begin
from tests.stories.telling import HOUR, Teller, card, key, path_of
from tests.world import World


async def test_from_publishing_to_seen(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    assert (await bruno.row())["tellers"] == []
    start, mine = house.cursor(house.bruno), house.cursor(house.ana)
    story = await ana.tell(card("One"), card("Two"), kind="tip")
    assert (story["state"], story["kind"]) == ("live", "tip")
    assert [one["text"] for one in story["frames"]] == ["One", "Two"]
    assert story["audience"] == {"who": "connections", "ref": None, "hidden_from": []}
    row = await bruno.row()
    (ring,) = row["tellers"]
    assert (ring["card"]["id"], ring["frames"], ring["seen"]) == (str(house.ana), 2, 0)
    assert (row["unseen"], row["own"]) == (1, None)
    assert (await ana.row())["own"]["frames"] == 2
    told = [one for one in house.log(house.bruno, start) if one["type"] == "story.published"]
    assert [one["teller"]["frames"] for one in told] == [2]
    kinds = [one["type"] for one in house.log(house.ana, mine)]
    assert "story.changed" in kinds
    assert "story.published" in kinds

    opened = await bruno.open(house.ana)
    assert opened["card"]["name"] == "Ana Lima"
    (seen,) = opened["stories"]
    assert (seen["audience"], seen["viewers"], seen["frames"][0]["counts"]) == (None, None, None)
    assert (seen["seen"], seen["may_reply"]) == (0, True)
    before = house.cursor(house.bruno)
    await bruno.see(story, 1)
    await bruno.see(story, 1)
    assert (await bruno.row())["unseen"] == 1
    await bruno.see(story, 2)
    row = await bruno.row()
    assert (row["unseen"], row["tellers"][0]["seen"]) == (0, 2)
    assert (await bruno.open(house.ana))["stories"][0]["seen"] == 2
    told = [one for one in house.log(house.bruno, before) if one["type"] == "stories.seen"]
    assert [(one["seen"], one["unseen"]) for one in told] == [(1, 0), (2, -1)]

    house.clock.forward(seconds=3)
    after = house.cursor(house.ana)
    await house.house.worker.run_due()
    (changed,) = [one for one in house.log(house.ana, after) if one["type"] == "story.changed"]
    assert (changed["story"]["viewers"], changed["story"]["completed"]) == (1, 1)
    assert [one["counts"]["viewers"] for one in changed["story"]["frames"]] == [1, 1]


async def test_publishing_twice_is_publishing_once(house: World) -> None:
    ana = Teller(house, house.ana)
    again = key()
    first = await ana.tell(client_id=again)
    second = await ana.tell(client_id=again)
    assert first == second
    assert (await ana.row())["own"]["frames"] == 1


@pytest.mark.parametrize(
    ("frames", "code"),
    [
        ([], "stories.no_frames"),
        ([card()] * 21, "stories.too_many_frames"),
        ([card("  ")], "stories.empty"),
        ([card("x" * 701)], "stories.too_long"),
        ([{"kind": "photo"}], "stories.no_file"),
        ([{"kind": "photo", "media_id": "77"}], "media.not_yours"),
    ],
)
async def test_what_is_no_story(house: World, frames: list[Any], code: str) -> None:
    ana = Teller(house, house.ana)
    async with house.client(house.ana) as client:
        said = {"client_id": key(), "frames": frames, "audience": {"who": "connections"}}
        answer = await client.post("/api/stories", json=said)
    assert answer.json()["error"]["code"] == code
    assert (await ana.row())["own"] is None


# -- whose they are not --------------------------------------------------------------------------


async def nothing_for(stranger: Teller, story: dict[str, Any]) -> None:
    """By no route does a story exist for somebody outside its audience."""
    author, frame = int(story["author_id"]), path_of(story, "/frames/1")
    own = Teller(stranger.world, author)
    before = await own.get(path_of(story, "/viewers"))
    assert str(author) not in await stranger.rings()
    refused = [
        await stranger.ask("POST", f"{frame}/like", 404),
        await stranger.ask("POST", f"{frame}/replies", 404, text="Hello"),
        await stranger.ask("POST", f"{frame}/stickers/s1", 404, option=0),
        await stranger.ask("POST", path_of(story, "/report"), 404, reason="spam"),
        await stranger.ask("PATCH", path_of(story), 404, replies="none"),
        await stranger.ask("DELETE", path_of(story), 404),
        await stranger.ask("DELETE", frame, 404),
        await stranger.get(path_of(story, "/viewers"), 404),
        await stranger.get(path_of(story, "/answers?frame=1&sticker=s1"), 404),
    ]
    nobody = await stranger.get(f"/api/stories/{author}/77/viewers", 404)
    assert all(one == nobody for one in refused)
    await stranger.see(story, 1)
    assert await own.get(path_of(story, "/viewers")) == before
    files = [one["media"]["files"] for one in story["frames"] if one["media"]]
    for file in [one for some in files for one in some]:
        assert (await stranger.fetch(file["url"])).status_code == 404


async def test_a_stranger_and_somebody_blocked_find_nothing(house: World) -> None:
    ana = Teller(house, house.ana)
    picture = await ana.bring()
    poll = {"id": "s1", "kind": "poll", "x": 1, "y": 1, "text": "?", "options": ["a", "b"]}
    await ana.tell({"kind": "photo", "media_id": picture, "stickers": [poll]})
    (story,) = (await ana.open(house.ana))["stories"]
    assert story["state"] == "live"
    assert story["frames"][0]["media"]["files"]
    for other in (house.chloe, house.diego, house.emi):
        stranger = Teller(house, other)
        await nothing_for(stranger, story)
        await stranger.open(house.ana, 404)
    url = story["frames"][0]["media"]["url"]
    assert (await Teller(house, house.bruno).fetch(url)).status_code == 200
    async with house.client() as client:
        assert (await client.get(url)).status_code == 404
        assert (await client.get("/api/stories")).status_code == 401


@pytest.mark.parametrize("how", ["block", "blocked", "disconnect", "hide", "narrow", "delete"])
async def test_what_is_taken_back_is_gone_at_once(house: World, how: str) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    await ana.tell({"kind": "photo", "media_id": await ana.bring()})
    (story,) = (await bruno.open(house.ana))["stories"]
    url = story["frames"][0]["media"]["url"]
    assert (await bruno.fetch(url)).status_code == 200
    before = house.cursor(house.bruno)
    if how == "block":
        house.do(block, house.ana, house.bruno)
    elif how == "blocked":
        house.do(block, house.bruno, house.ana)
    elif how == "disconnect":
        house.do(disconnect, house.ana, house.bruno)
    elif how == "delete":
        await ana.ask("DELETE", path_of(story))
    else:
        audience = {"who": "connections", "hidden_from": [str(house.bruno)]}
        await ana.ask(
            "PATCH",
            path_of(story),
            audience=audience if how == "hide" else {"who": "close"},
        )
    # No job has run yet.
    assert await bruno.rings() == []
    assert (await bruno.row())["unseen"] == 0
    await bruno.open(house.ana, 404)
    await bruno.ask("POST", path_of(story, "/frames/1/like"), 404)
    assert (await bruno.fetch(url)).status_code == 404
    await house.house.worker.run_due()
    gone = [one for one in house.log(house.bruno, before) if one["type"] == "story.gone"]
    if how != "disconnect":  # there the end of the connection says it
        assert [(one["author_id"], one["teller"]) for one in gone] == [(str(house.ana), None)]
    assert await bruno.rings() == []


# -- audiences -----------------------------------------------------------------------------------


async def test_followers_see_what_is_for_connections(house: World) -> None:
    house.do(follow, house.emi, house.ana)
    await Teller(house, house.ana).tell()
    emi = Teller(house, house.emi)
    assert await emi.rings() == [str(house.ana)]
    (story,) = (await emi.open(house.ana))["stories"]
    assert story["may_reply"]


async def test_the_close_circle(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    story = await ana.tell(who="close")
    assert await bruno.rings() == []
    found = await ana.ask("PUT", "/api/stories/close", member_ids=[str(house.bruno)])
    assert found["member_ids"] == [str(house.bruno)] == [one["id"] for one in found["cards"]]
    await bruno.open(house.ana)
    await nothing_for(Teller(house, house.chloe), story)
    assert (await ana.get("/api/stories/close"))["member_ids"] == [str(house.bruno)]
    await ana.ask("PUT", "/api/stories/close", 404, member_ids=[str(house.diego)])
    await ana.ask("PUT", "/api/stories/close", member_ids=[])
    await bruno.open(house.ana, 404)
    await ana.ask("PUT", "/api/stories/close", member_ids=[str(house.bruno)])
    await ana.tell(who="close")
    assert await bruno.rings() == [str(house.ana)]


async def test_a_list_and_a_group(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    ana = Teller(house, house.ana)
    bruno, chloe = Teller(house, house.bruno), Teller(house, house.chloe)
    await ana.ask(
        "POST",
        "/api/stories",
        404,
        frames=[card()],
        audience={"who": "list", "ref": "alumni"},
    )
    house.do(put_down, house.ana, house.chloe, ["alumni"], "", None)
    story = await ana.tell(who="list", ref="alumni")
    assert (await chloe.rings(), await bruno.rings()) == ([str(house.ana)], [])
    await nothing_for(bruno, story)
    house.do(put_down, house.ana, house.chloe, [], "", None)
    assert await chloe.rings() == []

    group = begin(house, house.bruno, house.ana, title="Team")
    story = await bruno.tell(who="group", ref=str(group))
    assert (await ana.rings(), await chloe.rings()) == ([str(house.bruno)], [])
    await nothing_for(chloe, story)
    await ana.ask("POST", f"/api/conversations/{group}/leave")
    assert await ana.rings() == []
    audience = {"who": "group", "ref": str(group)}
    await chloe.ask("POST", "/api/stories", 404, frames=[card()], audience=audience)


async def test_everyone(house: World) -> None:
    story = await Teller(house, house.ana).tell(who="everyone", hidden=(house.chloe,))
    emi = Teller(house, house.emi)
    assert await emi.rings() == []  # the row is of those one has to do with
    assert len((await emi.open(house.ana))["stories"]) == 1
    await emi.see(story)
    assert await emi.rings() == []
    await nothing_for(Teller(house, house.chloe), story)
    await nothing_for(Teller(house, house.diego), story)


async def test_who_is_connected_later_has_what_is_told(house: World) -> None:
    await Teller(house, house.ana).tell()
    chloe = Teller(house, house.chloe)
    assert await chloe.rings() == []
    house.do(connect, house.ana, house.chloe)
    await house.house.worker.run_due()
    assert await chloe.rings() == [str(house.ana)]


async def test_a_wider_audience_reaches_more(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    ana, chloe = Teller(house, house.ana), Teller(house, house.chloe)
    story = await ana.tell(hidden=(house.chloe,))
    assert await chloe.rings() == []
    await ana.ask("PATCH", path_of(story), audience={"who": "connections"})
    await house.house.worker.run_due()
    assert await chloe.rings() == [str(house.ana)]


# -- how long ------------------------------------------------------------------------------------


def kept_by_a_browser(got: httpx.Response) -> str:
    """The tag by which a browser asks whether it may still show what it has: after a minute."""
    assert got.headers["cache-control"] == "private, max-age=60, must-revalidate"
    return got.headers["etag"]


async def test_a_day_and_no_longer(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    await ana.tell({"kind": "photo", "media_id": await ana.bring()}, hours=2)
    (story,) = (await bruno.open(house.ana))["stories"]
    url = story["frames"][0]["media"]["url"]
    known = kept_by_a_browser(await bruno.fetch(url))
    assert (await bruno.fetch(url, known)).status_code == 304
    house.clock.forward(seconds=2 * HOUR)
    assert (await bruno.fetch(url, known)).status_code == 404
    assert await bruno.rings() == []
    await bruno.open(house.ana, 404)
    assert (await bruno.fetch(url)).status_code == 404
    assert (await ana.get("/api/stories/archive"))["total"] == 0
    await house.house.worker.run_due()
    kept = await ana.get("/api/stories/archive")
    assert (kept["total"], kept["stories"][0]["state"]) == (1, "archived")
    own = kept["stories"][0]["frames"][0]["media"]["url"]
    assert (await ana.fetch(own)).status_code == 200
    assert (await bruno.fetch(own)).status_code == 404
    assert (await bruno.get("/api/stories/archive"))["total"] == 0
    assert (await ana.row())["own"] is None


async def test_nothing_stays_without_an_archive(house: World) -> None:
    ana = Teller(house, house.ana)
    await ana.ask("PATCH", "/api/stories/settings", archive=False)
    await ana.tell({"kind": "photo", "media_id": await ana.bring()})
    assert await stored(house)
    house.clock.forward(days=1)
    await house.house.worker.run_due()
    assert (await ana.get("/api/stories/archive"))["total"] == 0
    assert await stored(house) == {}


async def test_deleting_leaves_no_bytes(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    one, two = await ana.bring(40), await ana.bring(60)
    frames = [{"kind": "photo", "media_id": media} for media in (one, two)]
    story = await ana.tell(*frames)
    before = len(await stored(house))
    await bruno.see(story, 2)
    url = (await bruno.open(house.ana))["stories"][0]["frames"][0]["media"]["url"]
    known = kept_by_a_browser(await bruno.fetch(url))
    left = await ana.ask("DELETE", path_of(story, "/frames/1"))
    assert [frame["id"] for frame in left["story"]["frames"]] == ["2"]
    assert (await bruno.fetch(url, known)).status_code == 404
    await ana.ask("DELETE", path_of(story, "/frames/1"))
    await house.house.worker.run_due()
    assert 0 < len(await stored(house)) < before
    (ring,) = (await bruno.row())["tellers"]
    assert (ring["frames"], ring["seen"]) == (1, 1)
    mine = house.cursor(house.ana)
    await ana.ask("DELETE", path_of(story, "/frames/2"))
    await ana.ask("DELETE", path_of(story))
    await house.house.worker.run_due()
    assert await stored(house) == {}
    assert [one["id"] for one in house.log(house.ana, mine) if one["type"] == "story.removed"] == [
        story["id"]
    ]


async def test_a_story_is_told_when_all_of_it_is_ready(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    story = await ana.tell(card(), {"kind": "photo", "media_id": await ana.bring()}, settle=False)
    assert story["state"] == "processing"
    await bruno.open(house.ana, 404)
    assert (await ana.open(house.ana))["stories"][0]["state"] == "processing"
    house.clock.forward(seconds=60)
    await house.house.worker.run_due()
    (told,) = (await bruno.open(house.ana))["stories"]
    assert told["published_at"] == house.clock.now()
    assert told["frames"][1]["media"]["state"] == "ready"
    (ring,) = (await bruno.row())["tellers"]
    assert ring["placeholder"]


async def test_a_refused_file_stops_the_story_until_it_is_out(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    async with house.client(house.ana) as client:
        bad = await bring(client, b"no picture at all", "photo.png", filetype="image/png")
        text = await bring(client, b"only words\n", "words.txt", filetype="text/plain")
    story = await ana.tell(card(), *({"kind": "photo", "media_id": one} for one in (bad, text)))
    (found,) = (await ana.open(house.ana))["stories"]
    assert found["state"] == "refused"
    assert {one["frame_id"]: bool(one["message"]) for one in found["refusals"]} == {
        "2": True,
        "3": True,
    }
    await bruno.open(house.ana, 404)
    await ana.ask("DELETE", path_of(story, "/frames/2"))
    left = await ana.ask("DELETE", path_of(story, "/frames/3"))
    assert (left["story"]["state"], left["story"]["refusals"]) == ("live", [])
    await house.house.worker.run_due()
    assert await bruno.rings() == [str(house.ana)]
