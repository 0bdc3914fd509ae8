"""What viewers do, how they are seen, and what they want."""

from typing import Any

import pytest

from entregent.kit.events import Event
from entregent.messaging import block_domain
from entregent.moderation.hosts import grant
from entregent.network import block, connect
from entregent.ports.db import Transaction
from entregent.stories import actions, reading
from entregent.stories.events import (
    StoriesMuted,
    StoriesSeen,
    StoryGone,
    StoryPublished,
    StorySettingsChanged,
)
from entregent.stories.state import State, apply, state_of
from tests.media.bringing import bring
from tests.proofs import hold
from tests.stories.telling import Teller, card, key, path_of, sticker
from tests.videos.telling import sound
from tests.world import World

KINDS: list[type[Event]] = [
    StoriesMuted,
    StoriesSeen,
    StoryGone,
    StoryPublished,
    StorySettingsChanged,
]


async def due(house: World) -> None:
    """Has the jobs done that wait a moment."""
    house.clock.forward(seconds=3)
    await house.house.worker.run_due()


async def stickers_seen(viewer: Teller, author: int) -> dict[str, Any]:
    """The stickers of a first frame, by name."""
    (frame,) = (await viewer.open(author))["stories"][0]["frames"]
    return {one["id"]: one for one in frame["stickers"]}


async def test_viewers_as_each_wants_to_be_seen(house: World) -> None:
    people = [house.bruno, house.chloe, house.emi, house.member("Gina Rossi")]
    for one in people:
        if one != house.bruno:
            house.do(connect, house.ana, one)
    ana = Teller(house, house.ana)
    story = await ana.tell(card("One"), card("Two"))
    for one, viewing in zip(people, ("name", "headline", "private", "name"), strict=True):
        house.clock.forward(seconds=1)
        viewer = Teller(house, one)
        await viewer.ask("PATCH", "/api/stories/settings", viewing=viewing)
        await viewer.see(story, 2 if one == house.bruno else 1)
        await viewer.see(story, 1)
    await Teller(house, house.bruno).ask("POST", path_of(story, "/frames/2/like"))
    found = await ana.get(path_of(story, "/viewers"))
    assert (found["total"], found["hidden"], found["completed"]) == (4, 1, 1)
    names = [one["card"] and one["card"]["name"] for one in found["viewers"]]
    assert names == ["Gina Rossi", None, "Bruno Çelik"]
    assert found["viewers"][1]["headline"] is not None
    assert str(house.chloe) not in str(found)
    assert str(house.emi) not in str(found)
    assert (found["viewers"][2]["frames"], found["viewers"][2]["likes"]) == (2, ["2"])

    first = await ana.get(path_of(story, "/viewers?limit=2"))
    rest = await ana.get(path_of(story, f"/viewers?limit=2&after={first['next']}"))
    assert first["viewers"] + rest["viewers"] == found["viewers"]
    assert rest["next"] is None
    house.do(block, house.bruno, house.ana)
    found = await ana.get(path_of(story, "/viewers"))
    assert found["total"] == 4
    assert (found["viewers"][2]["card"], found["viewers"][2]["headline"]) == (None, None)
    for other in (house.bruno, house.emi, house.diego):
        await Teller(house, other).get(path_of(story, "/viewers"), 404)


async def test_a_lead_is_one_in_every_language(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    house.do(connect, house.ana, house.emi)
    ana = Teller(house, house.ana)
    story = await ana.tell()
    for one, viewing in ((house.bruno, "name"), (house.chloe, "headline"), (house.emi, "name")):
        viewer = Teller(house, one)
        await viewer.ask("PATCH", "/api/stories/settings", viewing=viewing)
        await viewer.see(story)
    await ana.ask("PUT", f"/api/people/{house.bruno}/mine", tags=["Alumni"], note="Lathes")

    async def leads() -> list[str]:
        found = (await ana.get(path_of(story, "/viewers")))["viewers"]
        return [one["card"]["id"] for one in found if one["lead"]]

    async def tags(member: int) -> list[str]:
        words = await ana.get(f"/api/people/{member}/mine")
        assert words["note"] == ("Lathes" if member == house.bruno else "")
        kept: list[str] = words["tags"]
        return kept

    assert await leads() == []
    before = house.cursor(house.bruno)
    for _ in range(2):
        kept = await ana.ask("PUT", f"/api/stories/leads/{house.bruno}", on=True)
        assert kept == {"lead": True, "tag": "Leads"}
        assert await tags(house.bruno) == ["Alumni", "Leads"]
    assert await leads() == [str(house.bruno)]
    assert house.log(house.bruno, before) == []
    # Begun in English, the list stays the same in French; and a list in French is one of leads.
    await ana.ask("PATCH", "/api/settings", language="fr")
    assert (await ana.ask("PUT", f"/api/stories/leads/{house.emi}"))["tag"] == "Leads"
    await ana.ask("PUT", f"/api/people/{house.emi}/mine", tags=["prospects"])
    assert await leads() == [str(house.emi), str(house.bruno)]
    for one, left in ((house.bruno, ["Alumni"]), (house.emi, [])):
        for _ in range(2):
            assert not (await ana.ask("PUT", f"/api/stories/leads/{one}", on=False))["lead"]
            assert await tags(one) == left
    assert await leads() == []
    assert (await ana.ask("PUT", f"/api/stories/leads/{house.emi}"))["tag"] == "Prospects"

    # Who does not want to be named is not told apart by what is noted on them.
    await ana.ask("PUT", f"/api/stories/leads/{house.chloe}")
    assert await leads() == [str(house.emi)]
    for nobody in (house.ana, 77):
        await ana.ask("PUT", f"/api/stories/leads/{nobody}", 404)
    house.do(block, house.emi, house.ana)
    await ana.ask("PUT", f"/api/stories/leads/{house.emi}", 404)
    assert await leads() == []


async def test_a_like_is_given_once_and_taken_back(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    story = await ana.tell()
    place = path_of(story, "/frames/1/like")
    for on in (True, True, False, False, True):
        await bruno.ask("POST", place, on=on)
        (told,) = (await bruno.open(house.ana))["stories"]
        assert told["frames"][0]["liked"] is on
    (mine,) = (await ana.open(house.ana))["stories"]
    assert mine["frames"][0]["counts"]["likes"] == 1
    await bruno.ask("POST", path_of(story, "/frames/2/like"), 404)
    await ana.ask("POST", place, 403)


async def test_a_reply_is_a_message_that_quotes_the_frame(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    story = await ana.tell(card("We are hiring in Lyon"))
    place, again = path_of(story, "/frames/1/replies"), key()
    one = await bruno.ask("POST", place, client_id=again, text="Tell me more")
    two = await bruno.ask("POST", place, client_id=again, text="Tell me more")
    assert one == two
    said = one["message"]["text"]
    assert said == "> Story\u202f: We are hiring in Lyon\n\nTell me more"
    await ana.ask("DELETE", path_of(story))
    kept = await ana.get(f"/api/conversations/{one['message']['conversation_id']}/messages")
    assert [message["text"] for message in kept["messages"]] == [said]
    await bruno.ask("POST", place, 404, text="Still there?")


async def test_a_reply_by_voice(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    place = path_of(await ana.tell(card("We are hiring")), "/frames/1/replies")
    async with house.client(house.bruno) as client:
        voice = await bring(client, sound(), "voice.m4a", filetype="audio/mp4", voice="1")
    await ana.ask("POST", place, 403, media_id=voice)
    sent = (await bruno.ask("POST", place, media_id=voice))["message"]
    await house.house.worker.run_due()
    path = f"/api/conversations/{sent['conversation_id']}/messages"
    (heard,) = (await ana.get(path))["messages"]
    assert heard["text"] == "> Story\u202f: We are hiring"
    (file,) = [one["media"] for one in heard["attachments"]]
    assert (file["kind"], file["state"]) == ("audio", "ready")
    assert (await ana.fetch(file["url"])).status_code == 200
    assert (await Teller(house, house.chloe).fetch(file["url"])).status_code == 404
    await bruno.ask("POST", place, 404, media_id="77")
    refused = await bruno.ask("POST", place, 422)
    assert refused["error"]["code"] == "stories.empty"


async def test_replies_begin_in_the_mailbox_that_the_author_wants(house: World) -> None:
    ana, bruno, emi = (Teller(house, one) for one in (house.ana, house.bruno, house.emi))
    house.do(connect, house.ana, house.emi)
    box = (await ana.ask("POST", "/api/boxes", name="Hiring"))["id"]
    refused = await ana.ask("PATCH", "/api/stories/settings", 404, box="77")
    assert refused["error"]["code"] == "stories.no_box"
    await bruno.ask("PATCH", "/api/stories/settings", 404, box=box)
    place = path_of(await ana.tell(card("We are hiring")), "/frames/1/replies")
    # What the two have begun stays where it is.
    before = await bruno.ask("POST", place, text="Tell me more")
    changed = await ana.ask("PATCH", "/api/stories/settings", box=box)
    assert changed["box"] == box
    again = await bruno.ask("POST", place, text="Please")
    first = await emi.ask("POST", place, text="Me too")
    rows = {}
    for one in (before, again, first):
        key_ = one["message"]["conversation_id"]
        rows[key_] = (await ana.get(f"/api/conversations/{key_}"))["row"]["box"]
    assert list(rows.values()) == [None, box]
    changed = await ana.ask("PATCH", "/api/stories/settings", box=None)
    assert changed["box"] is None


async def test_the_author_says_who_may_reply(house: World) -> None:
    ana, bruno, emi = (Teller(house, one) for one in (house.ana, house.bruno, house.emi))
    story = await ana.tell(who="everyone", replies="connections")
    place = path_of(story, "/frames/1/replies")
    (seen,) = (await emi.open(house.ana))["stories"]
    assert not seen["may_reply"]
    refused = await emi.ask("POST", place, 403, text="Hello")
    assert refused["error"]["code"] == "stories.no_replies"
    assert (await bruno.open(house.ana))["stories"][0]["may_reply"]
    await bruno.ask("POST", place, text="Hello")
    await bruno.ask("POST", place, 422, text="  ")
    await ana.ask("PATCH", path_of(story), replies="none")
    assert not (await bruno.open(house.ana))["stories"][0]["may_reply"]
    await bruno.ask("POST", place, 403, text="Hello again")
    changed = await ana.ask("PATCH", path_of(story), replies="all")
    assert changed["story"]["replies"] == "all"
    # A stranger's first words go the way that messaging has for them.
    sent = await emi.ask("POST", place, text="Hello from afar")
    row = await ana.get(f"/api/conversations/{sent['message']['conversation_id']}")
    assert row["row"]["view"] == "requests"
    (mine,) = (await ana.open(house.ana))["stories"]
    assert mine["frames"][0]["counts"]["replies"] == 2


async def test_ones_other_devices_learn_what_one_did(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    poll = sticker("poll", "p", text="Tea?", options=["Yes", "No"])
    story = await ana.tell(card(stickers=[poll]))
    cursors = {one: house.cursor(one) for one in (house.ana, house.bruno)}
    for on in (True, False):
        await bruno.ask("POST", path_of(story, "/frames/1/like"), on=on)
    await bruno.ask("POST", path_of(story, "/frames/1/stickers/p"), option=1)
    for _ in range(2):
        await ana.ask("PUT", "/api/stories/close", member_ids=[str(house.bruno)])
    told = {
        member: [
            (one["part"], one["of"])
            for one in house.log(member, after)
            if one["type"] == "part.changed"
        ]
        for member, after in cursors.items()
    }
    assert told == {
        house.bruno: [("story", str(house.ana))] * 3,
        house.ana: [("close_circle", None)],
    }


async def test_polls_questions_links(house: World) -> None:
    house.do(connect, house.ana, house.chloe)
    ana, bruno, chloe = (Teller(house, one) for one in (house.ana, house.bruno, house.chloe))
    stickers = [
        sticker("poll", "p", text="Tea?", options=["Yes", "No", "Both"]),
        sticker("question", "q", text="What would you ask?"),
        sticker("link", "l", url="https://docs.example.com/page?x=1", text="Read"),
        sticker("mention", "m", member_id=str(house.chloe), text="Chloé"),
    ]
    story = await ana.tell(card("Four", stickers=stickers))
    place = path_of(story, "/frames/1/stickers")
    shown = {
        one["id"]: one
        for one in (await bruno.open(house.ana))["stories"][0]["frames"][0]["stickers"]
    }
    assert (shown["p"]["votes"], shown["p"]["mine"], shown["q"]["answers"]) == (None, None, None)
    assert shown["l"]["domain"] == "docs.example.com"
    assert shown["m"]["member_id"] == str(house.chloe)

    voted = await bruno.ask("POST", f"{place}/p", option=0)
    assert (voted["sticker"]["votes"], voted["sticker"]["mine"]) == ([1, 0, 0], 0)
    voted = await bruno.ask("POST", f"{place}/p", option=2)
    assert voted["sticker"]["votes"] == [0, 0, 1]
    await chloe.ask("POST", f"{place}/p", option=0)
    await bruno.ask("POST", f"{place}/p", 422, option=3)
    await bruno.ask("POST", f"{place}/nothing", 404, option=0)
    answered = await bruno.ask("POST", f"{place}/q", text="How did it begin?")
    assert answered["sticker"]["answered"]
    assert answered["sticker"]["answers"] is None
    await bruno.ask("POST", f"{place}/q", 422, text=" ")
    await bruno.ask("POST", f"{place}/l", tapped=True)
    await bruno.ask("POST", f"{place}/m", 422, tapped=True)

    (frame,) = (await ana.open(house.ana))["stories"][0]["frames"]
    assert frame["counts"] == {"viewers": 0, "likes": 0, "replies": 0, "taps": 1}
    mine = await stickers_seen(ana, house.ana)
    assert (mine["p"]["votes"], mine["q"]["answers"]) == ([1, 0, 1], 1)
    who = await ana.get(path_of(story, "/answers?frame=1&sticker=p"))
    assert {one["card"]["name"]: one["option"] for one in who["answers"]} == {
        "Bruno Çelik": 2,
        "Chloé Dupont": 0,
    }
    await chloe.ask("POST", f"{place}/q", text="What comes next?", named=True)
    said = await ana.get(path_of(story, "/answers?frame=1&sticker=q"))
    found = [(one["text"], one["named"], one["option"]) for one in said["answers"]]
    assert found == [("What comes next?", True, None), ("How did it begin?", False, None)]
    await ana.get(path_of(story, "/answers?frame=1&sticker=l"), 404)
    await bruno.get(path_of(story, "/answers?frame=1&sticker=q"), 404)

    # What a block hides, and where the host lets nobody go, leads nowhere.
    house.do(block, house.chloe, house.bruno)
    house.do(block_domain, "example.com")
    shown = {
        one["id"]: one
        for one in (await bruno.open(house.ana))["stories"][0]["frames"][0]["stickers"]
    }
    assert (shown["m"]["member_id"], shown["m"]["text"], shown["l"]["url"]) == (None, "", None)


async def test_a_job_leads_to_its_page(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    page = "https://jobs.example.com/turner"
    stickers = [
        sticker("job", "j", text="Turner", place="Lyon", url=page),
        sticker("job", "k", text="Welder"),
    ]
    story = await ana.tell(card("We hire", stickers=stickers), kind="hiring")
    seen = await stickers_seen(bruno, house.ana)
    found = [(one["text"], one["place"], one["url"], one["domain"]) for one in seen.values()]
    assert found == [
        ("Turner", "Lyon", page, "jobs.example.com"),
        ("Welder", "", None, None),
    ]
    place = path_of(story, "/frames/1/stickers")
    await bruno.ask("POST", f"{place}/j", tapped=True)
    await bruno.ask("POST", f"{place}/k", 422, tapped=True)
    (frame,) = (await ana.open(house.ana))["stories"][0]["frames"]
    assert frame["counts"]["taps"] == 1
    house.do(block_domain, "example.com")
    seen = await stickers_seen(bruno, house.ana)
    assert (seen["j"]["url"], seen["j"]["text"]) == (None, "Turner")


@pytest.mark.parametrize(
    ("stickers", "code"),
    [
        ([sticker("link", url="javascript:alert(1)")], "stories.bad_link"),
        ([sticker("link", url="https://nowhere")], "stories.bad_link"),
        ([sticker("link", url="https://bad.example.net/x")], "stories.unsafe_link"),
        ([sticker("link", url="https://user@example.org/")], "stories.unsafe_link"),
        (
            [sticker("link", f"l{n}", url="https://example.org/") for n in range(2)],
            "stories.one_link",
        ),
        ([sticker("job")], "stories.empty"),
        ([sticker("job", text="Turner", url="javascript:alert(1)")], "stories.bad_link"),
        ([sticker("job", text="Turner", place="x" * 81)], "stories.too_long"),
        (
            [
                sticker("job", text="Turner", url="https://example.org/"),
                sticker("link", "l", url="https://example.org/"),
            ],
            "stories.one_link",
        ),
        ([sticker("poll", options=["One"])], "stories.poll_options"),
        ([sticker("poll", options=["One", " "])], "stories.poll_options"),
        ([sticker("question")], "stories.empty"),
        ([sticker("countdown", at=1)], "stories.countdown_past"),
        ([sticker("mention", member_id="77")], "stories.cannot_mention"),
        ([sticker("text", text="x")] * 2, "stories.too_many_stickers"),
    ],
)
async def test_what_is_no_sticker(house: World, stickers: list[Any], code: str) -> None:
    house.do(block_domain, "bad.example.net")
    async with house.client(house.ana) as client:
        said = {"client_id": key(), "frames": [card(stickers=stickers)]}
        answer = await client.post(
            "/api/stories", json={**said, "audience": {"who": "connections"}}
        )
    assert answer.json()["error"]["code"] == code


async def test_muted_ones_stand_last_and_are_not_new(house: World) -> None:
    house.do(connect, house.bruno, house.emi)
    bruno = Teller(house, house.bruno)
    await Teller(house, house.ana).tell()
    house.clock.forward(seconds=1)
    await Teller(house, house.emi).tell()
    assert await bruno.rings() == [str(house.emi), str(house.ana)]
    await bruno.ask("PUT", f"/api/stories/mutes/{house.emi}")
    row = await bruno.row()
    assert [one["muted"] for one in row["tellers"]] == [False, True]
    assert (row["unseen"], row["tellers"][1]["card"]["name"]) == (1, "Emi Sato")
    await bruno.ask("DELETE", f"/api/stories/mutes/{house.emi}")
    assert (await bruno.row())["unseen"] == 2
    await bruno.ask("PUT", "/api/stories/mutes/77", 404)


async def test_what_stays_on_the_profile(house: World) -> None:
    ana, bruno, emi = (Teller(house, one) for one in (house.ana, house.bruno, house.emi))
    await ana.tell({"kind": "photo", "media_id": await ana.bring()}, card("Two"), hours=1)
    (story,) = (await ana.open(house.ana))["stories"]
    frames = [{"story_id": story["id"], "frame_id": one} for one in ("1", "2")]
    made = await ana.ask("POST", "/api/highlights", title="Lyon", frames=frames)
    (key_,) = [made["highlight"]["id"]]
    house.clock.forward(seconds=7_200)
    await house.house.worker.run_due()
    handle = (await ana.get("/api/boot"))["me"]["handle"]
    (found,) = (await bruno.get(f"/api/profiles/{handle}/highlights"))["highlights"]
    assert (found["title"], found["frames"]) == ("Lyon", 2)
    assert (await bruno.fetch(found["cover"]["url"])).status_code == 200
    played = await bruno.get(f"/api/highlights/{house.ana}/{key_}")
    assert [one["frame"]["id"] for one in played["frames"]] == ["1", "2"]
    # The audience of the story stands.
    assert (await emi.get(f"/api/profiles/{handle}/highlights"))["highlights"] == []
    await emi.get(f"/api/highlights/{house.ana}/{key_}", 404)
    assert (await emi.fetch(found["cover"]["url"])).status_code == 404
    stolen = [{"story_id": story["id"], "frame_id": "1"}]
    await bruno.ask("POST", "/api/highlights", 404, title="Mine", frames=stolen)
    await bruno.ask("PATCH", f"/api/highlights/{key_}", 404, title="Mine")
    await bruno.ask("DELETE", f"/api/highlights/{key_}", 404)
    changed = await ana.ask("PATCH", f"/api/highlights/{key_}", title="L.", frames=frames[1:])
    assert (changed["highlight"]["title"], changed["highlight"]["cover"]) == ("L.", None)
    assert (await bruno.fetch(found["cover"]["url"])).status_code == 404
    await ana.ask("DELETE", f"/api/highlights/{key_}")
    await ana.get(f"/api/highlights/{house.ana}/{key_}", 404)
    assert (await ana.get("/api/stories/archive"))["total"] == 1


async def test_the_prompt_of_the_day(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    texts: dict[str, Any] = {
        "text_en": "What did you learn?",
        "text_fr": "Qu’avez-vous appris\u202f?",
    }
    await ana.ask("PUT", "/api/stories/prompt", 404, **texts)
    await ana.get("/api/stories/prompt", 404)
    house.do(grant, house.ana)
    await ana.ask("PUT", "/api/stories/prompt", 422, text_en="Only English", text_fr="")
    prompt = (await ana.ask("PUT", "/api/stories/prompt", **texts))["prompt"]
    assert (await ana.row())["prompt"] == prompt
    assert await ana.get("/api/stories/prompt") == texts
    assert (await bruno.row())["prompt"]["text"] == texts["text_fr"]
    await ana.tell(prompt_id=prompt["id"])
    assert (await bruno.open(house.ana))["stories"][0]["prompt"] == texts["text_fr"]
    await ana.ask("PUT", "/api/stories/prompt", text_en="", text_fr="")
    assert (await bruno.row())["prompt"] is None


async def test_a_report_keeps_the_words(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    story = await ana.tell(card("Buy my coins"))
    await bruno.ask("POST", path_of(story, "/report"), reason="fraud", note="Look at this")
    await ana.ask("DELETE", path_of(story))
    house.do(grant, house.chloe)
    found = await Teller(house, house.chloe).get(f"/api/host/reports/{house.ana}")
    assert "Buy my coins" in str(found)
    assert "Look at this" in str(found)
    await ana.ask("POST", path_of(story, "/report"), 403, reason="fraud")


async def leave(house: World, member: int) -> None:
    """A member closes the account."""
    async with house.client(member) as client:
        body = {"client_id": key(), "password": "four words at random"}
        assert (await client.post("/api/accounts/close", json=body)).status_code == 200


async def test_only_whom_a_story_was_for_hears_that_its_author_has_left(house: World) -> None:
    """Whoever it was hidden from never learns that it was there."""
    house.do(connect, house.ana, house.chloe)
    ana = Teller(house, house.ana)
    audience = {"who": "connections", "hidden_from": [str(house.chloe)]}
    await ana.tell(card("Among us"), audience=audience)
    await house.house.worker.run_due()
    people = house.bruno, house.chloe, house.emi
    since = {one: house.cursor(one) for one in people}
    await leave(house, house.ana)
    await house.house.worker.run_due()
    told = {
        one: [event["type"] for event in house.log(one, since[one]) if "story" in event["type"]]
        for one in people
    }
    assert told == {house.bruno: ["story.gone"], house.chloe: [], house.emi: []}


async def test_a_closed_account_takes_all_along(house: World) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    story = await ana.tell({"kind": "photo", "media_id": await ana.bring()}, card())
    await ana.tell(card("Another"))
    await leave(house, house.ana)
    assert await bruno.rings() == []
    await bruno.open(house.ana, 404)
    await bruno.ask("POST", path_of(story, "/frames/1/like"), 404)
    await house.house.worker.run_due()


async def test_the_pages_of_the_row_are_the_row(house: World) -> None:
    """Whoever decides it: the member's own rows, or the stories where those do not."""
    bruno, others = Teller(house, house.bruno), house.members(5)
    for one in others:
        house.do(connect, one, house.bruno)
    for number, one in enumerate([house.ana, *others]):
        await Teller(house, one).tell(
            card("One"), card("Two"), hidden=(house.diego,) if number % 2 else ()
        )
    whole = await bruno.row()
    assert whole["unseen"] == len(whole["tellers"]) == 6
    order = [one["card"]["id"] for one in reversed(whole["tellers"])]
    assert order == [str(one) for one in (house.ana, *others)]
    for number, one in enumerate(others[:2]):
        (story,) = (await bruno.open(one))["stories"]
        await bruno.see(story, 2 - number)
    whole = await bruno.row()
    assert (whole["unseen"], whole["tellers"][-1]["card"]["id"]) == (5, str(others[0]))
    found: list[Any] = []
    after: str | None = ""
    while after is not None:
        page = await bruno.get(f"/api/stories?limit=2&after={after}")
        assert page["unseen"] == 5
        found += page["tellers"]
        after = page["next"]
    assert found == whole["tellers"]
    # What is seen to the end is nothing new when what was left of it is taken out.
    (mine,) = (await Teller(house, others[1]).open(others[1]))["stories"]
    await Teller(house, others[1]).ask("DELETE", path_of(mine, "/frames/2"))
    assert (await bruno.row())["unseen"] == 4
    await house.house.worker.run_due()
    assert (await bruno.row())["unseen"] == 4


async def test_the_row_takes_the_same_statements_for_many(house: World) -> None:
    asked = []
    for number in (1, 4):
        for one in house.members(3) if number == 4 else [house.ana]:
            if one != house.ana:
                house.do(connect, one, house.bruno)
            await Teller(house, one).tell(card())
        with house.counting() as counter:
            found = house.see(reading.row, house.bruno, "en")
        assert len(found.tellers) == number
        asked.append(len(counter))
    assert asked[0] == asked[1] <= 9


async def test_a_story_goes_into_many_rows_by_the_same_statements(house: World) -> None:
    ana = Teller(house, house.ana)
    asked = []
    for number in (1, 4):
        for one in house.members(3) if number == 4 else []:
            house.do(connect, one, house.ana)
        story = await ana.tell(card(), settle=False)
        place = house.ana, int(story["id"])
        people = house.see(actions.people_of, place)
        assert len(people) == number
        with house.counting() as counter:
            house.do(actions.spread, place, people, False)
        asked.append(len(counter))
        await ana.ask("DELETE", path_of(story))
        await house.house.worker.run_due()
    assert asked[0] == asked[1] <= 20


# -- old state + events = fresh state ------------------------------------------------------------


def fresh(tx: Transaction, me: int) -> State:
    """What a client makes of the row."""
    row = reading.row(tx, me, "en")
    return state_of(me, row.own, row.tellers, row.unseen, row.settings)


@pytest.mark.parametrize(
    "what",
    ["told", "told_more", "seen", "deleted", "closed", "hidden", "muted", "own", "settings"],
)
async def test_old_state_and_events_are_fresh_state(house: World, what: str) -> None:
    ana, bruno = Teller(house, house.ana), Teller(house, house.bruno)
    if what not in ("told", "own"):
        await ana.tell(card("One"), card("Two"))
    stories = (await ana.open(house.ana))["stories"] if what not in ("told", "own") else []
    before = house.see(fresh, house.bruno)
    cursor = house.cursor(house.bruno)
    match what:
        case "told" | "told_more":
            await ana.tell(card("Three"))
        case "seen":
            await bruno.see(stories[0], 2)
        case "deleted":
            await ana.ask("DELETE", path_of(stories[0]))
        case "closed":
            await leave(house, house.ana)
        case "hidden":
            audience = {"who": "connections", "hidden_from": [str(house.bruno)]}
            await ana.ask("PATCH", path_of(stories[0]), audience=audience)
        case "muted":
            await bruno.ask("PUT", f"/api/stories/mutes/{house.ana}")
        case "own":
            await bruno.tell(card("Mine"))
        case _:
            await bruno.ask("PATCH", "/api/stories/settings", row="collapsed", motion=False)
    await house.house.worker.run_due()
    events = house.events(house.bruno, KINDS, cursor)
    after = house.see(fresh, house.bruno)
    assert before != after
    hold(f"stories_{what}", before, events, after, apply)
