"""Videos from publishing to deletion, and whose they are not."""

from typing import Any

import pytest

from entregent.accounts.actions import close_account
from entregent.moderation import Judgement, decide
from entregent.network import block, connect, disconnect
from tests.media.bringing import brought, png, stored
from tests.stories.telling import Teller
from tests.videos.telling import Speaker, key, path_of
from tests.world import World


async def test_from_publishing_to_deletion(house: World) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    mine = house.cursor(house.ana)
    said: dict[str, Any] = {
        "media_id": await ana.bring(lasting="1"),
        "title": " How  we test ",
        "text": "Slowly.",
    }
    video = (await ana.ask("POST", "/api/videos", **said))["video"]
    assert (video["state"], video["title"], video["text"]) == (
        "processing",
        "How we test",
        "Slowly.",
    )
    assert (video["audience"], video["replies"], video["mine"]) == ("everyone", "all", True)
    await bruno.open(video, 404)
    assert (await bruno.list("ana-lima"))["total"] == 0
    assert (await ana.list("ana-lima"))["total"] == 1
    house.clock.forward(seconds=60)
    await ana.due()
    video = await emi.open(video)
    assert (video["state"], video["mine"], video["may_reply"]) == ("live", False, True)
    assert video["published_at"] == house.clock.now() - 3_000
    assert (video["views"], video["likes"], video["replies_total"]) == (0, 0, 0)
    assert video["media"]["duration"] >= 900
    assert {one["rendition"] for one in video["media"]["files"]} >= {"video", "poster"}
    found = await bruno.list("ana-lima")
    assert [one["id"] for one in found["videos"]] == [video["id"]]
    told = [one["video"] for one in house.log(house.ana, mine) if one["type"] == "video.changed"]
    assert [one["state"] for one in told] == ["processing", "live"]
    url = (await bruno.open(video))["media"]["url"]
    assert (await bruno.fetch(url)).headers["content-type"] == "video/mp4"
    assert await stored(house)
    await bruno.ask("DELETE", path_of(video), 404)
    await ana.ask("DELETE", path_of(video))
    await ana.ask("DELETE", path_of(video))
    assert (await bruno.fetch(url)).status_code == 404
    await ana.due()
    assert await stored(house) == {}
    await ana.open(video, 404)
    gone = [one["id"] for one in house.log(house.ana, mine) if one["type"] == "video.removed"]
    assert gone == [video["id"]]


async def test_publishing_twice_is_publishing_once(house: World) -> None:
    ana = Speaker(house, house.ana)
    said: dict[str, Any] = {"media_id": await ana.bring(), "title": "Once", "client_id": key()}
    first = await ana.ask("POST", "/api/videos", **said)
    assert await ana.ask("POST", "/api/videos", **said) == first
    assert (await ana.list("ana-lima"))["total"] == 1


async def test_what_is_no_video(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    theirs = await bruno.bring()
    media = await ana.bring()
    for body, status, code in (
        ({"title": "  "}, 422, "videos.empty"),
        ({"title": "x" * 151}, 422, "videos.too_long"),
        ({"text": "x" * 2_001}, 422, "videos.too_long"),
        ({"media_id": "77"}, 404, "media.not_yours"),
        ({"media_id": theirs}, 404, "media.not_yours"),
    ):
        said: dict[str, Any] = {"media_id": media, "title": "One", **body}
        answer = await ana.ask("POST", "/api/videos", status, **said)
        assert answer["error"]["code"] == code
    await ana.ask("POST", "/api/videos", 400, media_id=media, title="One", language="EN nonsense")
    async with house.client(house.ana) as client:
        picture = await brought(house, client, png(), "photo.png", filetype="image/png")
    answer = await ana.ask("POST", "/api/videos", 422, media_id=picture["id"], title="One")
    assert answer["error"]["code"] == "videos.no_film"
    assert (await ana.list("ana-lima"))["total"] == 0


async def test_a_refused_film_is_never_shown(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    said: dict[str, Any] = {
        "media_id": await ana.bring(b"\x00\x00\x00\x18ftypmp42 no film"),
        "title": "Broken",
    }
    video = (await ana.ask("POST", "/api/videos", **said))["video"]
    await ana.due()
    own = await ana.open(video)
    assert own["state"] == "refused"
    assert own["refusal"]["message"]
    await bruno.open(video, 404)
    await ana.ask("DELETE", path_of(video))
    assert (await ana.list("ana-lima"))["total"] == 0


async def test_a_lasting_film_goes_nowhere_else(house: World) -> None:
    ana = Speaker(house, house.ana)
    film = await ana.bring(lasting="1")
    answer = await ana.ask("POST", "/api/conversations", member_ids=[str(house.bruno)], text="Hi")
    path = f"/api/conversations/{answer['row']['id']}/messages"
    refused = await ana.ask("POST", path, 409, text="Look", media=[film])
    assert refused["error"]["code"] == "media.lasting"
    frames = [{"kind": "video", "media_id": film}]
    audience = {"who": "everyone"}
    await ana.ask("POST", "/api/stories", 409, frames=frames, audience=audience)
    video = await ana.publish(media_id=await ana.bring())
    refused = await ana.ask("POST", path_of(video, "/replies"), 409, media_id=film)
    assert refused["error"]["code"] == "media.lasting"


async def test_a_story_becomes_a_lasting_video(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    media = await ana.bring()
    story = await Teller(house, house.ana).tell({"kind": "video", "media_id": media})
    video = await ana.publish(media_id=media, worked=True)
    assert video["state"] == "live"
    await ana.ask("DELETE", f"/api/stories/{house.ana}/{story['id']}")
    await ana.due()
    found = await bruno.open(video)
    assert (await bruno.fetch(found["media"]["url"])).status_code == 200
    await ana.ask("DELETE", path_of(video))
    await ana.due()
    assert await stored(house) == {}


async def test_changing_what_it_says(house: World) -> None:
    ana, emi = Speaker(house, house.ana), Speaker(house, house.emi)
    video = await ana.publish()
    body: dict[str, Any] = {"title": "Otherwise", "language": "fr", "replies": "none"}
    changed = (await ana.ask("PATCH", path_of(video), **body))["video"]
    assert {name: changed[name] for name in body} == body
    assert (changed["text"], changed["audience"]) == ("", "everyone")
    assert not (await emi.open(video))["may_reply"]
    await emi.ask("PATCH", path_of(video), 404, title="Mine")
    await ana.ask("PATCH", path_of(video), 422, title=" ")


async def test_pages_by_key_and_exact_counts(house: World) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    media = await ana.bring()
    made = []
    for number in range(5):
        audience = "connections" if number % 2 else "everyone"
        house.clock.forward(seconds=1)
        made.append(await ana.publish(media_id=media, title=f"No. {number}", audience=audience))
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = await bruno.list("ana-lima", f"?limit=2&after={after}")
        assert page["total"] == 5
        seen += [one["id"] for one in page["videos"]]
        after = page["next"]
    assert seen == [one["id"] for one in reversed(made)]
    found = await emi.list("ana-lima")
    assert (found["total"], found["next"]) == (3, None)
    assert [one["title"] for one in found["videos"]] == ["No. 4", "No. 2", "No. 0"]
    await emi.list("ana-lima", "?after=nonsense", 400)


# -- whose they are not --------------------------------------------------------------------------


async def nothing_for(stranger: Speaker, video: dict[str, Any], reply: str) -> None:
    """By no route does a video exist for somebody outside its audience."""
    cue = {"from": 0, "to": 900, "text": "Hello"}
    refused = [
        await stranger.get(path_of(video), 404),
        await stranger.ask("PATCH", path_of(video), 404, title="Mine"),
        await stranger.ask("DELETE", path_of(video), 404),
        await stranger.ask("POST", path_of(video, "/seen"), 404),
        await stranger.ask("PUT", path_of(video, "/like"), 404),
        await stranger.ask("POST", path_of(video, "/replies"), 404, text="Let me in"),
        await stranger.ask("DELETE", path_of(video, f"/replies/{reply}"), 404),
        await stranger.ask("PUT", path_of(video, f"/replies/{reply}/like"), 404),
        await stranger.ask("POST", path_of(video, "/report"), 404, reason="spam"),
        await stranger.ask("POST", path_of(video, "/report"), 404, reason="spam", reply_id=reply),
        await stranger.thread(video, expect=404),
        await stranger.ask("PUT", path_of(video, "/subtitles/en"), 404, cues=[cue]),
        await stranger.ask("DELETE", path_of(video, "/subtitles/en"), 404),
        await stranger.get(path_of(video, "/subtitles/en"), 404),
        await stranger.get(path_of(video, "/subtitles/en.vtt"), 404),
        await stranger.get(path_of(video, f"/subtitles/en.vtt?reply={reply}"), 404),
    ]
    nobody = await stranger.get(f"/api/videos/{video['author_id']}/77", 404)
    assert all(one == nobody for one in refused)
    for file in video["media"]["files"]:
        assert (await stranger.fetch(file["url"])).status_code == 404


@pytest.mark.parametrize("how", ["block", "blocked", "disconnect", "narrow", "delete", "closed"])
async def test_what_is_taken_back_is_gone_at_once(house: World, how: str) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    narrow = how == "narrow"
    reader = emi if narrow else bruno
    video = await ana.publish(worked=True, audience="everyone" if narrow else "connections")
    cues = [{"from": 0, "to": 900, "text": "Hello"}]
    await ana.ask("PUT", path_of(video, "/subtitles/en"), cues=cues)
    reply = await ana.say(video)
    video = await reader.open(video)
    vtt = path_of(video, "/subtitles/en.vtt")
    for link in (video["media"]["url"], vtt):
        assert (await reader.fetch(link)).status_code == 200
    if how == "block":
        house.do(block, house.ana, house.bruno)
    elif how == "blocked":
        house.do(block, house.bruno, house.ana)
    elif how == "disconnect":
        house.do(disconnect, house.ana, house.bruno)
    elif how == "narrow":
        await ana.ask("PATCH", path_of(video), audience="connections")
    elif how == "delete":
        await ana.ask("DELETE", path_of(video))
    else:
        house.do(close_account, house.ana)
    # No job has run yet.
    await nothing_for(reader, video, reply["id"])
    if how in ("block", "blocked", "closed"):
        await reader.list("ana-lima", expect=404)
    else:
        assert (await reader.list("ana-lima"))["total"] == 0
    await ana.due()
    assert bool(await stored(house)) is (how not in ("delete", "closed"))


async def test_a_stranger_and_nobody_find_nothing(house: World) -> None:
    ana = Speaker(house, house.ana)
    video = await ana.publish(worked=True, audience="connections")
    reply = await ana.say(video)
    for other in (house.chloe, house.diego, house.emi):
        await nothing_for(Speaker(house, other), video, reply["id"])
    async with house.client() as client:
        assert (await client.get(video["media"]["url"])).status_code == 404
        for path in (
            path_of(video),
            path_of(video, "/replies"),
            path_of(video, "/subtitles/e.vtt"),
        ):
            assert (await client.get(path)).status_code == 401
        assert (await client.get("/api/profiles/ana-lima/videos")).status_code == 401


async def test_who_is_restricted_publishes_and_answers_nothing(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    video = await ana.publish()
    media = await bruno.bring()
    house.do(decide, None, house.bruno, Judgement("restrict", "spam", "Too much", days=2))
    await bruno.ask("POST", "/api/videos", 403, media_id=media, title="More")
    await bruno.ask("POST", path_of(video, "/replies"), 403, text="More")
    await bruno.ask("PUT", path_of(video, "/like"), 403)
    assert (await bruno.open(video))["likes"] == 0


# -- what it costs -------------------------------------------------------------------------------


async def test_so_many_statements_however_many_videos(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    house.do(connect, house.ana, house.emi)
    media = await ana.bring()
    video = await ana.publish(media_id=media)

    async def counted(path: str) -> int:
        async with house.client(house.bruno) as client:
            await client.get(path)
            with house.counting() as counter:
                assert (await client.get(path)).status_code == 200
        return len(counter)

    listed, opened = "/api/profiles/ana-lima/videos", path_of(video)
    thread = path_of(video, "/replies")
    await bruno.say(video)
    before = [await counted(path) for path in (listed, opened, thread)]
    for number in range(6):
        await ana.publish(media_id=media, title=f"No. {number}")
        said = await bruno.say(video, f"No. {number}")
        await Speaker(house, house.emi).say(video, "Yes", parent_id=said["id"])
    after = [await counted(path) for path in (listed, opened, thread)]
    assert after == before
    assert max(before) <= 16, before
