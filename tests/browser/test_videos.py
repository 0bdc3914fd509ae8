"""Videos that last: published, watched, answered by keyboard, read in subtitles, on a phone."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.media.pairs import LONG_MS
from tests.browser.messaging.conftest import friends, sit
from tests.browser.messaging.people import Friends, Member, Sit
from tests.browser.pages import WATCH_SHIFTS, axe, cut, english, settle, shifts
from tests.ports.codec.samples import film

__all__ = ["friends", "sit"]

MOST_SHIFT = 0.01
TITLE = "How a press is mended"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Some seconds with a picture and a tone."""
    path = tmp_path_factory.mktemp("clips") / "press.webm"
    return film(path, "webm", picture="libvpx", sound="libopus", seconds=6.0)


def handle(member: Member) -> str:
    """What the member's page is called."""
    return str(member.ask("GET", "/api/boot")["me"]["handle"])


def publish(page: Page, clip: Path) -> None:
    """On the own profile, with all that was written kept over a reload."""
    page.get_by_role("button", name="Add a video").click()
    dialog = page.get_by_role("dialog", name="Add a video")
    dialog.get_by_label("Choose a file").set_input_files(clip)
    expect(dialog.get_by_text("press.webm")).to_be_visible()
    dialog.get_by_label("Title").fill(TITLE)
    expect(dialog.get_by_text("The file is there.")).to_be_visible(timeout=LONG_MS)
    assert axe(page) == []
    page.reload()
    page.get_by_role("button", name="Go on with your video").click()
    expect(dialog.get_by_text("press.webm")).to_be_visible()
    expect(dialog.get_by_label("Title")).to_have_value(TITLE)
    dialog.get_by_role("button", name="Publish the video").click()
    expect(dialog).to_have_count(0)


def thread(page: Page) -> Locator:
    """What is said beneath the video."""
    return page.get_by_role("list", name=re.compile("^Conversation$"))


def live(author: Member) -> dict[str, Any]:
    """The author's newest video, as the server has it."""
    videos = author.ask("GET", f"/api/profiles/{handle(author)}/videos")["videos"]
    video: dict[str, Any] = videos[0]
    return video


def test_a_video_is_answered_by_keyboard_and_heard_at_once(
    friends: Friends, sit: Sit, clip: Path
) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    name = handle(ana)
    one, other = sit(ana).page, sit(ben, reduced_motion="reduce").page
    one.goto(f"/in/{name}")
    publish(one, clip)
    tile = one.get_by_role("link", name=TITLE)
    expect(tile.locator("img")).to_be_visible(timeout=LONG_MS)
    tile.click()
    expect(one.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    expect(one.get_by_text("Nobody has said anything yet.")).to_be_visible()

    other.goto(f"/in/{name}")
    other.get_by_role("link", name=TITLE).click()
    expect(other.get_by_role("heading", name=TITLE, level=1)).to_be_visible()
    field = other.get_by_label("Say something about it")
    expect(field).to_be_visible()
    settle(other)
    assert axe(other) == []
    other.keyboard.press("r")
    expect(field).to_be_focused()
    other.keyboard.type("Which oil is it?")
    # What is typed outlives the page.
    other.reload()
    expect(field).to_have_value("Which oil is it?")
    other.keyboard.press("r")
    expect(field).to_be_focused()
    other.keyboard.press("Control+Enter")
    expect(thread(other).get_by_text("Which oil is it?")).to_be_visible()
    expect(field).to_have_value("")

    # Its author need not look again.
    question = thread(one).get_by_role("listitem").filter(has_text="Which oil is it?")
    expect(question).to_be_visible()
    # Liked in another tab of hers, it is liked here.
    heart = question.get_by_role("button", name="Like")
    expect(heart).to_have_attribute("aria-pressed", "false")
    video = live(ana)
    place = f"/api/videos/{ana.id}/{video['id']}/replies"
    (said,) = ana.ask("GET", place)["replies"]
    ana.ask("PUT", f"{place}/{said['id']}/like", on=True)
    expect(heart).to_have_attribute("aria-pressed", "true")
    question.get_by_role("button", name="Answer Ben Dubois").click()
    answer = one.get_by_role("textbox", name="Answer Ben Dubois")
    expect(answer).to_be_focused()
    one.keyboard.type("Linseed.")
    one.keyboard.press("Control+Enter")
    expect(question.get_by_text("Linseed.")).to_be_visible()
    show = other.get_by_role("button", name="Show one answer")
    show.click()
    expect(thread(other).get_by_text("Linseed.")).to_be_visible()
    assert axe(one) == []

    # Taken away, it is gone for both; it is asked before.
    question.get_by_role("button", name="More on what Ben Dubois said").click()
    one.get_by_role("menuitem", name="Remove the answer").click()
    asked = one.get_by_role("dialog", name="Remove this answer?")
    asked.get_by_role("button", name="Remove the answer").click()
    for page in (one, other):
        expect(page.get_by_text("Which oil is it?")).to_have_count(0)


def test_subtitles_and_chapters_on_a_phone_in_french(
    friends: Friends, sit: Sit, clip: Path
) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    ben.ask("PATCH", "/api/settings", language="fr")
    name = handle(ana)
    one = sit(ana, reduced_motion="reduce").page
    one.goto(f"/in/{name}")
    publish(one, clip)
    tile = one.get_by_role("link", name=TITLE)
    expect(tile.locator("img")).to_be_visible(timeout=LONG_MS)
    tile.click()

    # Written in the page: a line begins where the film is.
    one.get_by_role("button", name="More about this video").click()
    one.get_by_role("menuitem", name="Subtitles").click()
    one.get_by_role("button", name="Write them here").click()
    one.get_by_role("button", name="Add a line here").click()
    expect(one.get_by_label("Text of line 1")).to_be_focused()
    one.keyboard.type("Good morning.")
    player = one.get_by_role("group", name="Player")
    expect(player.get_by_text("Good morning.")).to_be_visible()
    assert axe(one) == []
    one.get_by_role("button", name="Save").click()
    expect(one.get_by_text("Subtitles saved: English")).to_be_visible()
    video = live(ana)
    assert video["subtitles"] == [{"language": "en", "cues": 1}]

    # An answer by film is the next chapter.
    one.locator("form input[type=file]").set_input_files(clip)
    one.get_by_label("Say something about it").fill("And once more.")
    one.keyboard.press("Control+Enter")
    expect(one.get_by_role("heading", name="Chapters")).to_be_visible(timeout=LONG_MS)

    page = sit(ben, width=390, scheme="dark", language="fr", reduced_motion="reduce").page
    page.add_init_script(WATCH_SHIFTS)
    page.goto(f"/in/{name}/videos/{video['id']}")
    expect(page.get_by_role("heading", name="Chapitres")).to_be_visible()
    settle(page)
    assert axe(page) == []
    assert cut(page) == []
    assert english(page) == []
    moved = shifts(page)
    assert sum(shift[0] for shift in moved) < MOST_SHIFT, moved
    player = page.get_by_role("group", name="Lecteur")
    expect(player.get_by_text("Good morning.")).to_have_count(0)
    page.keyboard.press("c")
    expect(player.get_by_text("Good morning.")).to_be_visible()
    chapters = page.locator("[aria-current]").filter(has_text=re.compile("0:0"))
    expect(chapters).to_contain_text(TITLE)
    page.keyboard.press("]")
    expect(chapters).to_contain_text("And once more.")
    page.keyboard.press("[")
    expect(chapters).to_contain_text(TITLE)
    expect(player.get_by_text("Good morning.")).to_be_visible()
