"""Files in messages: sent with them, seen by who sees them, gone with them."""

from pathlib import Path

import pytest

from entregent.messaging.actions import Later, schedule
from entregent.messaging.model import More
from entregent.network import connect
from tests.media.bringing import TEXT, bring, brought, here, png, stored
from tests.messaging.talk import a_send, begin, row, say, send_messages_of
from tests.messaging.test_changing import Pen, code
from tests.messaging.test_proofs import Proofs
from tests.world import World

__all__ = ["here"]


@pytest.fixture
def ana(here: World) -> Pen:
    return Pen(here, here.ana)


@pytest.fixture
def bruno(here: World) -> Pen:
    return Pen(here, here.bruno)


@pytest.fixture
def key(here: World) -> int:
    return begin(here, here.ana, here.bruno)


async def work(world: World) -> None:
    await world.house.worker.run_due()


async def link(pen: Pen, key: int, seq: int = 1) -> str:
    """Where a member finds the first file of a message."""
    thread = await pen.thread(key)
    message = next(one for one in thread if one["seq"] == seq)
    found: str = message["attachments"][0]["url"]
    return found


async def seen(pen: Pen, url: str) -> int:
    return (await pen.http.get(url)).status_code


async def test_files_are_sent_and_open_to_both(here: World, ana: Pen, bruno: Pen, key: int) -> None:
    first, second = await bring(ana.http, TEXT, "plan.txt"), await bring(ana.http, b"b", "b.txt")
    message = await ana.said(key, media=[first, second])
    assert message["text"] == ""
    assert [one["name"] for one in message["attachments"]] == ["plan.txt", "b.txt"]
    assert {one["media"]["state"] for one in message["attachments"]} == {"processing"}
    assert [one["url"] for one in message["attachments"]] == [None, None]
    [shown] = [one for one in here.log(here.bruno) if one["type"] == "message.sent"]
    assert shown["message"] == message
    assert shown["row"]["last_media"] == {"kind": "file", "count": 2, "duration": None}
    assert shown["row"]["snippet"] == "plan.txt, b.txt"
    await work(here)
    changed = [one["message"] for one in here.log(here.bruno) if one["type"] == "message.changed"]
    assert [one["media"]["state"] for one in changed[-1]["attachments"]] == ["ready", "ready"]
    assert changed[-1] == (await bruno.thread(key))[0] == (await ana.thread(key))[0]
    answer = await bruno.http.get(await link(bruno, key))
    assert (answer.status_code, answer.content) == (200, TEXT)
    assert "attachment" in answer.headers["content-disposition"]


async def test_the_same_request_sends_files_once(ana: Pen, bruno: Pen, key: int) -> None:
    media = [await bring(ana.http, TEXT)]
    body = ana.command(text="Here", media=media)
    path = f"/api/conversations/{key}/messages"
    first = await ana.http.post(path, json=body)
    again = await ana.http.post(path, json=body)
    assert first.json() == again.json()
    assert len(await bruno.thread(key)) == 1


async def test_what_cannot_be_sent_leaves_nothing(
    here: World, ana: Pen, bruno: Pen, key: int
) -> None:
    theirs = await bring(bruno.http, TEXT)
    mine = await bring(ana.http, TEXT)
    assert code(await ana.send(key, media=[mine, theirs])) == ("media.not_yours", 404)
    assert code(await ana.send(key, media=["7"])) == ("media.not_yours", 404)
    assert code(await ana.send(key)) == ("empty", 422)
    many = [await bring(ana.http, b"%d" % number) for number in range(11)]
    assert code(await ana.send(key, media=many)) == ("too_many_files", 422)
    assert await ana.thread(key) == []
    # Nothing was attached by what was refused: it can still be sent, and then no more be removed.
    assert (await ana.said(key, media=[mine]))["attachments"][0]["media"]["id"] == mine


async def test_who_does_not_see_a_message_does_not_see_its_files(
    here: World, ana: Pen, bruno: Pen
) -> None:
    here.do(connect, here.ana, here.chloe)
    group = begin(here, here.ana, here.bruno, here.chloe, title="Choir")
    media = await brought(here, ana.http, TEXT)
    await ana.said(group, media=[media["id"]])
    chloe, diego = Pen(here, here.chloe), Pen(here, here.diego)
    url = await link(bruno, group)
    assert [await seen(one, url) for one in (ana, bruno, chloe)] == [200, 200, 200]
    nobody = here.client()
    assert (await seen(diego, url), (await nobody.get(url)).status_code) == (404, 404)
    assert await seen(bruno, url.replace("by=", "by=x")) == 404
    # Removed from the group, deleted for oneself, and deleted for everyone.
    path = f"/api/conversations/{group}/people/{here.chloe}"
    assert (await ana.http.delete(path)).status_code == 200
    assert await seen(chloe, url) == 404
    assert (await bruno.delete(group, 1, "me")).status_code == 200
    assert (await seen(bruno, url), await seen(ana, url)) == (404, 200)
    assert (await ana.delete(group, 1, "everyone")).status_code == 200
    assert await seen(ana, url) == 404


async def test_with_its_message_a_file_goes_for_good(
    here: World, ana: Pen, bruno: Pen, key: int
) -> None:
    media = await brought(here, ana.http, TEXT)
    await ana.said(key, media=[media["id"]])
    assert len(await stored(here)) == 1
    await ana.delete(key, 1, "everyone")
    await work(here)
    assert await stored(here) == {}
    assert (await ana.http.get(f"/api/media/{media['id']}")).status_code == 404
    gone = (await bruno.thread(key))[0]
    assert (gone["deleted"], gone["attachments"]) == (True, [])
    assert row(here, here.bruno, key).last_media is None


async def test_what_is_passed_on_outlives_where_it_came_from(
    here: World, ana: Pen, bruno: Pen, key: int
) -> None:
    media = await brought(here, ana.http, TEXT, "plan.txt")
    await ana.said(key, media=[media["id"]])
    other = begin(here, here.bruno, here.chloe)
    origin = {"conversation_id": str(key), "seq": 1}
    passed = await bruno.said(other, forward=origin)
    assert [one["name"] for one in passed["attachments"]] == ["plan.txt"]
    await ana.delete(key, 1, "everyone")
    await work(here)
    chloe = Pen(here, here.chloe)
    assert (await chloe.http.get(await link(chloe, other))).content == TEXT
    # Who did not see it cannot pass it on.
    emi = Pen(here, here.emi)
    third = begin(here, here.emi, here.chloe)
    assert code(await emi.send(third, forward=origin)) == ("message_not_found", 404)


async def test_editing_keeps_the_files(ana: Pen, bruno: Pen, key: int) -> None:
    media = await bring(ana.http, TEXT)
    await ana.said(key, "The plann", media=[media])
    assert (await ana.edit(key, 1, "The plan")).status_code == 200
    assert (await ana.edit(key, 1, "")).json()["message"]["text"] == ""
    assert [one["media"]["id"] for one in (await bruno.thread(key))[0]["attachments"]] == [media]


async def test_undone_sending_gives_the_files_back(
    here: World, ana: Pen, bruno: Pen, key: int
) -> None:
    media = (await brought(here, ana.http, TEXT))["id"]
    held = (await ana.send(key, media=[media], hold_seconds=5)).json()["scheduled"]
    assert [one["id"] for one in held["media"]] == [media]
    url = held["media"][0]["url"]
    assert (await seen(ana, url), await seen(bruno, url)) == (200, 404)
    undone = await ana.http.post(f"/api/scheduled/{held['id']}/cancel", json=ana.command())
    assert undone.status_code == 200
    assert await bruno.thread(key) == []
    assert await seen(ana, url) == 404
    sent = await ana.said(key, "Now", media=[media])
    assert sent["attachments"][0]["media"]["id"] == media


async def test_files_wait_for_their_time(here: World, ana: Pen, bruno: Pen, key: int) -> None:
    media = await bring(ana.http, TEXT)
    at = here.clock.now() + 60_000
    await ana.send(key, media=[media], send_at=at)
    await work(here)
    [waiting] = (await ana.get("/api/scheduled"))["scheduled"]
    assert waiting["media"][0]["state"] == "ready"
    here.clock.forward(ms=60_000)
    await work(here)
    assert (await bruno.http.get(await link(bruno, key))).content == TEXT


async def with_files(pen: Pen) -> int:
    """How many conversations a filter for files leaves."""
    asked = {"filter": {"has_attachment": True}}
    found: int = (await pen.http.post("/api/filters/preview", json=asked)).json()["count"]
    return found


async def test_files_are_found_by_their_names(here: World, ana: Pen, bruno: Pen, key: int) -> None:
    say(here, here.ana, key, "Nothing with this")
    media = await bring(ana.http, TEXT, "Résumé of Zoé.txt")
    await ana.said(key, "See here", media=[media])
    for words in ("resume", "resume%20zoe", "has:file", "here%20has:attachment"):
        assert await bruno.found(words) == ["See here"], words
    counted = await bruno.http.post(
        "/api/filters/preview", json={"filter": {"has_attachment": True}}
    )
    assert counted.json()["count"] == 1
    await ana.delete(key, 2, "everyone")
    assert await bruno.found("resume") == []
    counted = await bruno.http.post(
        "/api/filters/preview", json={"filter": {"has_attachment": True}}
    )
    assert counted.json()["count"] == 0


async def test_messages_are_found_by_what_their_files_are(
    here: World, ana: Pen, bruno: Pen, key: int, shared_data: Path
) -> None:
    say(here, here.ana, key, "Nothing with this")
    sound = next((shared_data / "media" / "audio").glob("*.webm")).read_bytes()
    spoken = await bring(ana.http, sound, "a.webm", filetype="audio/webm", voice="1")
    played = await bring(ana.http, sound, "b.webm", filetype="audio/webm")
    picture = await bring(ana.http, png(), '"kind":"video".png', filetype="image/png")
    page = await bring(ana.http, TEXT, "plan.txt")
    await ana.said(key, "spoken", media=[spoken])
    await ana.said(key, "played", media=[played])
    await ana.said(key, "seen", media=[picture, page])
    await ana.said(key, "read", media=[page])
    await work(here)
    for words, texts in (
        ("has:image", ["seen"]),
        ("avec:photos see", ["seen"]),
        ("has:voice", ["spoken"]),
        ("avec:vocal date:today", ["spoken"]),
        ("has:audio", ["spoken", "played"]),
        ("has:video", []),
        ("has:image has:voice", []),
        ("has:file", ["spoken", "played", "seen", "read"]),
    ):
        assert sorted(await bruno.found(words)) == sorted(texts), words
    await ana.delete(key, 4, "everyone")
    assert await bruno.found("has:image") == []


async def test_a_voice_message_says_how_long_it_is(
    here: World, ana: Pen, bruno: Pen, key: int, shared_data: Path
) -> None:
    sound = next((shared_data / "media" / "audio").glob("*.webm")).read_bytes()
    media = await bring(ana.http, sound, "voice.webm", filetype="audio/webm", voice="1")
    await ana.said(key, media=[media])
    last = row(here, here.bruno, key).last_media
    assert last is not None
    assert (last.kind, last.duration) == ("voice", None)
    await work(here)
    last = row(here, here.bruno, key).last_media
    shown = (await bruno.thread(key))[0]["attachments"][0]["media"]
    assert last is not None
    assert (last.kind, last.duration) == ("voice", shown["duration"])
    assert shown["duration"] > 0
    assert len(shown["waveform"]) == 64


def test_sending_without_files_takes_no_statement_more(here: World, key: int) -> None:
    say(here, here.bruno, key)
    with here.counting() as plain:
        say(here, here.bruno, key)
    asked = [one.compiled("sqlite").sql for one in plain.statements]
    assert not [sql for sql in asked if "_media " in sql or "media_uses" in sql]
    assert len(asked) <= 11


async def test_events_tell_of_files(here: World, ana: Pen, key: int) -> None:
    media = int(await bring(ana.http, TEXT, "plan.txt"))
    later = int(await bring(ana.http, TEXT, "later.txt"))
    proof = Proofs(here, here.bruno, key)
    sent = a_send(here.ana, key, "", "with-a-file")._replace(more=More(media=(media,)))
    state = proof("sent_files", send_messages_of, [sent])
    [message] = state.messages[str(key)]
    assert message.attachments[0].name == "plan.txt"
    waits = a_send(here.ana, key, "", "with-a-file-later")._replace(more=More(media=(later,)))
    soon = here.clock.now() + 86_400_000
    state = Proofs(here, here.ana, key)("scheduled_files", schedule, Later(waits, soon, None))
    assert state.counts.scheduled == 1
