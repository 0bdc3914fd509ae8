"""The conversation beneath a video, and what is counted of it."""

from typing import Any

import msgspec
import pytest

from entregent.accounts.actions import close_account
from entregent.kit.events import Event
from entregent.kit.ids import as_int
from entregent.moderation.hosts import grant
from entregent.network import block, connect
from entregent.notifications import Detail, Thing
from entregent.notifications.pushing import place_of, said_of
from entregent.ports.db import Transaction
from entregent.videos import reading
from entregent.videos.events import (
    VideoChanged,
    VideoRemoved,
    VideoReplied,
    VideoReplyChanged,
    VideoReplyRemoved,
)
from entregent.videos.state import State, apply, state_of
from tests.media.bringing import stored
from tests.proofs import hold
from tests.videos.telling import Speaker, key, path_of, sound
from tests.world import World

KINDS: list[type[Event]] = [
    VideoChanged,
    VideoRemoved,
    VideoReplied,
    VideoReplyChanged,
    VideoReplyRemoved,
]


def texts(thread: dict[str, Any]) -> list[str]:
    return [one["text"] for one in thread["replies"]]


async def test_a_conversation(house: World) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    video = await ana.publish()
    first = await bruno.say(video, " One ")
    assert (first["text"], first["state"], first["may_remove"]) == ("One", "live", True)
    nested = await emi.say(video, "Beneath", parent_id=first["id"])
    deeper = await ana.say(video, "And beneath that", parent_id=nested["id"])
    assert [one["parent_id"] for one in (nested, deeper)] == [first["id"], first["id"]]
    await emi.say(video, "Two")
    thread = await emi.thread(video)
    assert (texts(thread), thread["total"], thread["next"]) == (["One", "Two"], 2, None)
    assert [one["answers"] for one in thread["replies"]] == [2, 0]
    assert [one["may_remove"] for one in thread["replies"]] == [False, True]
    assert {one["name"] for one in thread["cards"]} == {"Bruno Çelik", "Emi Sato"}
    beneath = await emi.thread(video, f"?parent={first['id']}")
    assert (texts(beneath), beneath["total"]) == (["Beneath", "And beneath that"], 2)
    assert (await emi.open(video))["replies_total"] == 4


async def test_saying_it_twice_is_saying_it_once(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    video = await ana.publish()
    again = key()
    first = await bruno.say(video, client_id=again)
    assert await bruno.say(video, client_id=again) == first
    assert (await ana.thread(video))["total"] == 1


async def test_what_is_no_reply(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    video, other = await ana.publish(), await ana.publish()
    there = await bruno.say(other)
    path = path_of(video, "/replies")
    for body, status, code in (
        ({"text": "  "}, 422, "videos.empty"),
        ({"text": "x" * 1_251}, 422, "videos.too_long"),
        ({"text": "x", "parent_id": "77"}, 404, "videos.not_found"),
        ({"text": "x", "parent_id": there["id"]}, 404, "videos.not_found"),
        ({"media_id": "77"}, 404, "media.not_yours"),
    ):
        answer = await bruno.ask("POST", path, status, **body)
        assert answer["error"]["code"] == code
    assert (await ana.thread(video))["total"] == 0


@pytest.mark.parametrize("who", ["connections", "none"])
async def test_who_may_reply(house: World, who: str) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    video = await ana.publish(replies=who)
    path = path_of(video, "/replies")
    allowed = who == "connections"
    assert (await bruno.open(video))["may_reply"] is allowed
    await bruno.ask("POST", path, 200 if allowed else 403, text="Hello")
    answer = await emi.ask("POST", path, 403, text="Hello")
    assert answer["error"]["code"] == "videos.no_replies"
    await ana.say(video, "It is mine")


async def test_pages_of_replies(house: World) -> None:
    ana = Speaker(house, house.ana)
    video = await ana.publish()
    for number in range(7):
        await ana.say(video, f"No. {number}")
    seen: list[str] = []
    after: str | None = ""
    while after is not None:
        page = await ana.thread(video, f"?limit=3&after={after}")
        assert page["total"] == 7
        seen += texts(page)
        after = page["next"]
    assert seen == [f"No. {number}" for number in range(7)]
    await ana.thread(video, "?after=nonsense", 400)


async def test_films_are_chapters(house: World) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    video = await ana.publish()
    start = house.cursor(house.ana)
    film = await bruno.say(video, "Look", media_id=await bruno.bring())
    assert film["state"] == "processing"
    words = await emi.say(video, "Only words")
    assert texts(await emi.thread(video)) == ["Only words"]
    assert texts(await bruno.thread(video)) == ["Look", "Only words"]
    assert (await emi.thread(video))["chapters"] == []
    told = [one for one in house.log(house.ana, start) if one["type"] == "video.replied"]
    assert [one["reply"]["text"] for one in told] == ["Only words"]
    beneath = await emi.say(video, "", parent_id=words["id"], media_id=await emi.bring())
    await ana.due()
    thread = await emi.thread(video)
    assert texts(thread) == ["Look", "Only words"]
    assert [one["id"] for one in thread["chapters"]] == [film["id"], beneath["id"]]
    assert all(one["media"]["duration"] > 900 for one in thread["chapters"])
    assert thread["total"] == 2
    assert (await emi.open(video))["replies_total"] == 3
    told = [one["reply"] for one in house.log(house.ana, start) if one["type"] == "video.replied"]
    assert [one["id"] for one in told] == [words["id"], film["id"], beneath["id"]]
    page = await emi.thread(video, f"?parent={words['id']}")
    assert (page["chapters"], [one["id"] for one in page["replies"]]) == ([], [beneath["id"]])
    url = thread["chapters"][0]["media"]["url"]
    assert (await emi.fetch(url)).status_code == 200
    # Whom a block hides is in no list, no count and behind no link.
    house.do(block, house.bruno, house.emi)
    thread = await emi.thread(video)
    assert (texts(thread), thread["total"]) == (["Only words"], 1)
    assert [one["id"] for one in thread["chapters"]] == [beneath["id"]]
    assert (await emi.open(video))["replies_total"] == 2
    assert (await emi.fetch(url)).status_code == 404
    assert (await ana.fetch(url)).status_code == 200
    await emi.ask("PUT", path_of(video, f"/replies/{film['id']}/like"), 404)
    await emi.ask("POST", path_of(video, "/replies"), 404, text="x", parent_id=film["id"])
    assert texts(await bruno.thread(video)) == ["Look"]


async def test_a_voice_answers_too_and_is_no_chapter(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    video = await ana.publish()
    voice = await bruno.bring(sound(), voice="1", filetype="audio/mp4")
    await bruno.say(video, "", media_id=voice)
    await ana.due()
    thread = await ana.thread(video)
    assert thread["chapters"] == []
    (reply,) = thread["replies"]
    assert (reply["media"]["kind"], reply["state"]) == ("audio", "live")


async def test_a_refused_film_is_seen_by_nobody_else(house: World) -> None:
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    video = await ana.publish()
    bad = await bruno.bring(b"\x00\x00\x00\x18ftypmp42 no film")
    reply = await bruno.say(video, "", media_id=bad)
    await ana.due()
    assert (await ana.thread(video))["total"] == 0
    (own,) = (await bruno.thread(video))["replies"]
    assert (own["state"], bool(own["media"]["refusal"]["message"])) == ("refused", True)
    await ana.ask("DELETE", path_of(video, f"/replies/{reply['id']}"), 404)
    assert (await bruno.thread(video))["total"] == 1
    await bruno.ask("DELETE", path_of(video, f"/replies/{reply['id']}"))
    assert (await bruno.thread(video))["total"] == 0


async def test_removing_leaves_nothing_of_it(house: World) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    video = await ana.publish(worked=True)
    before = await stored(house)
    film = await bruno.say(video, "Look", media_id=await bruno.bring())
    await ana.due()
    beneath = await emi.say(video, "Nice", parent_id=film["id"])
    await ana.due()
    place = path_of(video, f"/replies/{film['id']}")
    answer = await emi.ask("DELETE", place, 403)
    assert answer["error"]["code"] == "videos.not_your_reply"
    url = (await emi.thread(video))["chapters"][0]["media"]["url"]
    await bruno.ask("DELETE", place)
    await bruno.ask("DELETE", place)
    assert (await emi.fetch(url)).status_code == 404
    thread = await emi.thread(video)
    (left,) = thread["replies"]
    assert (left["removed"], left["text"], left["media"], left["member_id"]) == (
        True,
        "",
        None,
        None,
    )
    assert (left["answers"], thread["chapters"], thread["cards"]) == (1, [], [])
    assert (await emi.open(video))["replies_total"] == 1
    await emi.ask("POST", path_of(video, "/replies"), 404, text="x", parent_id=film["id"])
    # The author removes what stands beneath it, too: then there is no place left.
    await ana.ask("DELETE", path_of(video, f"/replies/{beneath['id']}"))
    assert (await emi.thread(video))["total"] == 0
    await ana.due()
    assert await stored(house) == before


async def test_who_leaves_takes_all_along(house: World) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    video = await ana.publish()
    film = await bruno.say(video, "Look", media_id=await bruno.bring())
    await ana.due()
    await emi.say(video, "Nice", parent_id=film["id"])
    await bruno.ask("PUT", path_of(video, "/like"))
    await bruno.ask("POST", path_of(video, "/seen"))
    assert (await emi.open(video))["likes"] == 1
    house.do(close_account, house.bruno)
    found = await emi.open(video)
    assert (found["likes"], found["views"], found["replies_total"]) == (0, 0, 1)
    (left,) = (await emi.thread(video))["replies"]
    assert (left["removed"], left["member_id"]) == (True, None)
    await ana.ask("DELETE", path_of(video))
    await ana.due()
    assert await stored(house) == {}


# -- seen, liked, told ---------------------------------------------------------------------------


async def test_views_and_likes_count_each_member_once(house: World) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    video = await ana.publish()
    reply = await bruno.say(video)
    start, emis = house.cursor(house.ana), house.cursor(house.emi)
    for one in (bruno, bruno, emi, ana):
        await one.ask("POST", path_of(video, "/seen"))
    for one in (bruno, bruno, emi):
        answer = await one.ask("PUT", path_of(video, "/like"))
        assert answer["video"]["liked"]
    # Emi's other devices.
    (elsewhere,) = house.log(house.emi, emis)
    assert (elsewhere["part"], elsewhere["of"]) == ("video", video["id"])
    answer = await ana.ask("PUT", path_of(video, "/like"), 403)
    assert answer["error"]["code"] == "videos.own_video"
    found = await ana.open(video)
    assert (found["views"], found["likes"], found["liked"]) == (2, 2, False)
    await ana.due()
    told = [one["video"] for one in house.log(house.ana, start) if one["type"] == "video.changed"]
    assert {(one["views"], one["likes"]) for one in told} == {(2, 2)}
    answer = await emi.ask("PUT", path_of(video, "/like"), on=False)
    assert (answer["video"]["likes"], answer["video"]["liked"]) == (1, False)
    await emi.ask("PUT", path_of(video, "/like"), on=False)
    place = path_of(video, f"/replies/{reply['id']}/like")
    answer = await emi.ask("PUT", place)
    assert (answer["reply"]["likes"], answer["reply"]["liked"]) == (1, True)
    await bruno.ask("PUT", place, 403)
    await emi.ask("PUT", place, on=False)
    (reply,) = (await emi.thread(video))["replies"]
    assert (reply["likes"], reply["liked"]) == (0, False)


async def test_the_bell_says_who_answered(house: World) -> None:
    ana, bruno, emi = (Speaker(house, one) for one in (house.ana, house.bruno, house.emi))
    video = await ana.publish()
    first = await bruno.say(video, "A question")
    await emi.say(video, "An answer", parent_id=first["id"])
    await ana.say(video, "Thank you")
    await ana.due()
    for one, people in ((ana, {house.emi, house.bruno}), (bruno, {house.emi}), (emi, set())):
        notices = [
            notice
            for notice in (await one.get("/api/notices"))["notices"]
            if notice["kind"] == "video_reply"
        ]
        assert len(notices) == bool(people)
        for notice in notices:
            assert set(notice["people"]) == {str(person) for person in people}
            assert notice["thing"]["id"] == video["id"]
            assert notice["thing"]["of"] == str(house.ana)
    for reply in (await ana.thread(video))["replies"]:
        await ana.ask("DELETE", path_of(video, f"/replies/{reply['id']}"))
    await ana.due()
    left = (await ana.get("/api/notices"))["notices"]
    assert [one["people"] for one in left if one["kind"] == "video_reply"] == [[str(house.emi)]]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_device_says_it_too(language: str) -> None:
    said, text = said_of(language, "video_reply", Detail(text="Well said"), "Bruno")
    assert said.startswith("Bruno ")
    assert text == "Well said"
    thing = Thing(kind="video", id="5", of="7")
    assert place_of(thing, "video_reply") == "/videos/7/5"


async def test_who_may_no_longer_see_it_is_told_nothing(house: World) -> None:
    ana, emi = Speaker(house, house.ana), Speaker(house, house.emi)
    video = await ana.publish()
    first = await emi.say(video, "One")
    await ana.ask("PATCH", path_of(video), audience="connections")
    start = house.cursor(house.emi)
    await ana.say(video, "Among ourselves", parent_id=first["id"])
    await ana.due()
    assert house.log(house.emi, start) == []
    assert (await emi.get("/api/notices"))["notices"] == []


async def test_a_host_is_shown_what_was_reported(house: World) -> None:
    ana, bruno, chloe = (Speaker(house, one) for one in (house.ana, house.bruno, house.chloe))
    house.do(grant, house.chloe)
    video = await ana.publish(title="Buy now", text="Cheap")
    reply = await bruno.say(video, "Even cheaper")
    path, again = path_of(video, "/report"), key()
    for _ in range(2):
        await bruno.ask("POST", path, client_id=again, reason="spam", note="Look")
    await ana.ask("POST", path, reason="spam", reply_id=reply["id"])
    await ana.ask("POST", path, 403, reason="spam")
    seen = {}
    for person in (house.ana, house.bruno):
        case = await chloe.get(f"/api/host/reports/{person}")
        (report,) = case["reports"]
        seen[person] = (report["kind"], [one["text"] for one in report["seen"]["said"]])
    assert seen == {
        house.ana: ("video", ["Buy now\nCheap"]),
        house.bruno: ("video", ["Even cheaper"]),
    }


# -- old state and events ------------------------------------------------------------------------


def unlinked(event: Event) -> Event:
    """An event without links to files, which are other ones each time."""
    if isinstance(event, VideoChanged):
        return VideoChanged(video=msgspec.structs.replace(event.video, media=None))
    return event


async def test_events_lead_to_the_fresh_state(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    ana, bruno = Speaker(house, house.ana), Speaker(house, house.bruno)
    video = await ana.publish()
    number = int(video["id"])

    def fresh(tx: Transaction, me: int) -> State:
        videos = reading.videos(tx, me, "ana-lima", "en", "", 50).videos
        there = any(int(one.id) == number for one in videos)
        top = reading.thread(tx, me, (house.ana, number), 0, "", 50).replies if there else []
        beneath = [
            one
            for above in top
            for one in reading.thread(tx, me, (house.ana, number), as_int(above.id), "", 50).replies
        ]
        return state_of(videos, [*top, *beneath])

    async def shows(name: str, *acts: Any) -> None:
        before, cursor = house.see(fresh, house.ana), house.cursor(house.ana)
        for act in acts:
            await act
        await ana.due()
        events = [unlinked(one) for one in house.events(house.ana, KINDS, cursor)]
        hold(f"videos_{name}", before, events, house.see(fresh, house.ana), apply)

    await shows("replied", bruno.say(video, "One"))
    (first,) = (await ana.thread(video))["replies"]
    await shows("answered", bruno.say(video, "Two", parent_id=first["id"]))
    await shows("changed", ana.ask("PATCH", path_of(video), title="Otherwise"))
    await shows("liked", bruno.ask("PUT", path_of(video, "/like")))
    place = path_of(video, f"/replies/{first['id']}")
    await shows("reply_liked", ana.ask("PUT", f"{place}/like"))
    await shows("reply_removed", bruno.ask("DELETE", place))
    (beneath,) = (await ana.thread(video, f"?parent={first['id']}"))["replies"]
    place = path_of(video, f"/replies/{beneath['id']}")
    await shows("thread_removed", ana.ask("DELETE", place))
    await shows("removed", ana.ask("DELETE", path_of(video)))
