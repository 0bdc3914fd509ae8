"""An export comes back as what it was: into the same account as nothing, into another as all."""

import json
import zipfile
from pathlib import Path
from typing import Any

from entregent.messaging import (
    Begin,
    Send,
    begin_conversation,
    counts,
    mark,
    save_draft,
    send_messages,
)
from entregent.messaging.lists import page
from entregent.messaging.reading import thread
from entregent.profiles import ProfileChange, change_profile, profile_of
from entregent.transfer import export_to
from entregent.transfer.linkedin import MEDIA, STORIES, VIDEOS, open_source, read
from tests.stories.telling import Teller, card, house
from tests.transfer.bringing import TRACES, import_file, import_files, said, tables
from tests.transfer.test_importing import M13, archive, late, newer
from tests.videos.telling import Speaker
from tests.world import World

__all__ = ["house"]

FULL = "linkedin/Complete_LinkedInDataExport_03-09-2026.zip"


def export(world: World, me: int, folder: Path) -> Path:
    place = folder / f"{me}.zip"
    world.see(export_to, me, "Test", place)
    return place


def live(world: World) -> None:
    """Something was said here, too, and a draft is waiting."""
    row = world.do(begin_conversation, Begin(world.bruno, [world.chloe], None, 10))
    for number, author in enumerate((world.bruno, world.chloe)):
        sent = Send(author, int(row.id), f"client-{number}", f"message {number}", 100)
        world.do(send_messages, sent)  # type: ignore[arg-type]
        world.clock.forward(ms=1500)
    world.do(save_draft, world.bruno, int(row.id), "not sent yet", 100)


def test_the_same_account_stays_as_it_is(world: World, shared_data: Path, tmp_path: Path) -> None:
    me = world.bruno
    live(world)
    import_file(world, me, shared_data / FULL)
    drafts = (
        late("hi", conversation="2-d"),
        late("a draft", conversation="2-d", more=("", "Yes", "No")),
    )
    import_files(world, me, tmp_path, archive(*drafts, header=M13))
    before = tables(world)
    brought = import_file(world, me, export(world, me, tmp_path))
    assert brought.refusal is None
    added = brought.added
    assert (added.messages, added.conversations, added.contacts, added.drafts) == (0, 0, 0, 0)
    assert (added.enriched, added.profile) == (0, 0)
    assert tables(world) == before


def test_a_fresh_account_becomes_the_same(world: World, tmp_path: Path) -> None:
    me, other = world.bruno, world.emi
    live(world)
    change = ProfileChange(headline="Baker", about="Bread\nand cakes", skills=["Kneading"])
    world.do(change_profile, me, change)
    import_files(world, me, tmp_path, newer())
    import_file(world, other, export(world, me, tmp_path))
    mine, theirs = said(world, me), said(world, other)
    (own,) = [key for key in theirs if key.startswith("entregent-")]
    assert [(m[2], m[5]) for m in theirs.pop(own)] == [("message 0", True), ("message 1", False)]
    assert mine == theirs
    assert shape(world, me) == shape(world, other)
    assert world.see(counts, other).drafts == 1
    copy, original = world.see(profile_of, other, other), world.see(profile_of, me, me)
    assert (copy.headline, copy.about, copy.skills) == ("Baker", "Bread\nand cakes", ["Kneading"])
    assert copy.headline == original.headline


def shape(world: World, me: int) -> set[Any]:
    """What the mailbox shows of each conversation."""
    return {
        (row.title, row.kind, row.size, row.last_at, row.snippet, row.view, row.draft)
        for row in world.see(page, me, "all", None, 200)[0]
    }


async def test_what_was_told_and_shown_goes_along(house: World, tmp_path: Path) -> None:
    """With its words, its subtitles and its files; brought again, it changes nothing."""
    ana, bruno = Teller(house, house.ana), Speaker(house, house.bruno)
    picture = await ana.bring()
    await ana.tell({"kind": "photo", "media_id": picture, "caption": "Lyon"}, card("Two"))
    (story,) = (await ana.open(house.ana))["stories"]
    kept = [{"story_id": story["id"], "frame_id": "1"}]
    await ana.ask("POST", "/api/highlights", title="Trips", frames=kept)
    shown = Speaker(house, house.ana)
    video = await shown.publish(text="Every day", worked=True)
    cues = [{"from": 0, "to": 900, "text": "Hello"}]
    place = f"/api/videos/{video['author_id']}/{video['id']}"
    await shown.ask("PUT", f"{place}/subtitles/en", cues=cues)
    await bruno.ask("POST", f"{place}/replies", text="So do I")
    before = tables(house)
    place_ = tmp_path / "ana.zip"
    house.see(export_to, house.ana, "Test", place_, lambda _key: [b"bytes"])
    with zipfile.ZipFile(place_) as archive_:
        told = json.loads(archive_.read(STORIES))
        films = json.loads(archive_.read(VIDEOS))
        files = [name for name in archive_.namelist() if name.startswith(MEDIA)]
    (one,) = told["stories"]
    assert [frame.get("caption", frame.get("text")) for frame in one["frames"]] == ["Lyon", "Two"]
    assert told["highlights"] == [{"title": "Trips", "frames": kept}]
    (film,) = films["videos"]
    assert (film["title"], film["text"]) == ("How we test", "Every day")
    assert film["subtitles"] == [{"language": "en", "cues": cues}]
    assert films["replies"] == []
    for media in (one["frames"][0]["media_id"], film["media_id"]):
        assert [name for name in files if name.startswith(f"{MEDIA}{media} ")]
    assert import_file(house, house.ana, place_).refusal is None
    assert tables(house) == before
    house.see(export_to, house.bruno, "Test", place_)
    with zipfile.ZipFile(place_) as archive_:
        assert STORIES not in archive_.namelist()
        (said_,) = json.loads(archive_.read(VIDEOS))["replies"]
    assert (said_["video_id"], said_["text"]) == (video["id"], "So do I")


def test_an_archived_conversation_stays_archived(world: World, tmp_path: Path) -> None:
    import_files(world, world.bruno, tmp_path, newer())
    rows = world.see(page, world.bruno, "inbox", None, 10)[0]
    from_here = [int(rows[0].id)]
    world.do(mark, world.bruno, from_here, "archived")
    import_file(world, world.emi, export(world, world.bruno, tmp_path))
    assert world.see(counts, world.emi).archived == 1


def test_an_export_reads_as_one_of_linkedin_s(
    world: World, shared_data: Path, tmp_path: Path
) -> None:
    import_file(world, world.emi, shared_data / FULL)
    with open_source(export(world, world.emi, tmp_path)) as source:
        found = read(source)
    with open_source(shared_data / FULL) as source:
        original = read(source)
    assert found.owner.slug == original.owner.slug
    assert {c.id for c in found.conversations.values()} == {*original.conversations}
    assert sum(c.messages for c in found.conversations.values()) == 749
    assert {c.slug for c in found.connections} == {c.slug for c in original.connections}


def test_attachments_and_groups_are_listed(world: World, tmp_path: Path) -> None:
    import_files(world, world.emi, tmp_path, newer())
    import_file(world, world.ana, export(world, world.emi, tmp_path))
    files = [
        file.name
        for row in world.see(page, world.ana, "all", None, 10)[0]
        for message in world.see(thread, world.ana, int(row.id)).messages
        for file in message.attachments
    ]
    assert files == ["image"]
    assert tables(world, TRACES)["import_traces"]
