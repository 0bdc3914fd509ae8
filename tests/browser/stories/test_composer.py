"""Making a story: by keys alone, with a picture and a poll, without a network, after a reload."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.media.conftest import draw
from tests.browser.media.pairs import LONG_MS, shown
from tests.browser.messaging.people import Friends, Member, Sit
from tests.browser.pages import axe, cut
from tests.browser.stories.telling import ring, shows, still, viewer
from tests.browser.watching import Watcher

__all__ = ["draw"]

Draw = Callable[..., Path]
AWAY = r"Failed to load resource|ERR_"


def composer(page: Page) -> Locator:
    """The story in the making."""
    return page.get_by_role("dialog", name="New story")


def compose(page: Page, *, again: bool = False) -> Locator:
    """Opens it from the row: by the own ring until there is a story, then by the plus."""
    page.goto("/")
    if again:
        expect(ring(page, re.compile("^Your story, "))).to_be_visible()
    ring(page, "New story" if again else "Your story: make one").press("Enter")
    made = composer(page)
    expect(made).to_be_visible()
    return made


def card(made: Locator, text: str) -> None:
    """Writes a text card, the first of a story."""
    made.get_by_role("button", name="Text card").press("Enter")
    field = made.get_by_label("Text", exact=True)
    expect(field).to_be_focused()
    field.press_sequentially(text)


def choose(made: Locator, *paths: Path) -> None:
    """Brings pictures, and sees them among the frames."""
    frames = made.get_by_role("list", name="Frames").get_by_role("listitem")
    before = frames.count()
    made.locator("input[type=file]").set_input_files(paths)
    expect(frames).to_have_count(before + len(paths), timeout=LONG_MS)


def told(member: Member) -> list[dict[str, Any]]:
    """The frames of this member's only story, as the server has them."""
    (story,) = member.ask("GET", f"/api/stories/{member.id}")["stories"]
    frames: list[dict[str, Any]] = story["frames"]
    return frames


def test_a_text_card_by_keys_alone(friends: Friends, sit: Sit) -> None:
    ana, ben, chloe = friends("Ana Ruiz", "Ben Dubois", "Chloé Stein")
    still(ben)
    page = sit(ana).page
    made = compose(page)
    card(made, "Ask sooner")
    # A sticker is put on it, and moved as a hand would.
    made.get_by_role("button", name="Text", exact=True).press("Enter")
    words = made.get_by_label("Words")
    expect(words).to_be_focused()
    words.press_sequentially("Really")
    sticker = made.get_by_role("button", name="Text Really")
    sticker.focus()
    for key in ("ArrowRight", "Shift+ArrowLeft", "ArrowDown", "+", "]"):
        sticker.press(key)
    assert axe(page) == []
    # For whom it is, is said in words.
    made.get_by_role("radio", name="Whole story").press("Space")
    field = made.get_by_label("Hide it from")
    field.press_sequentially("Chloé Ste")
    expect(made.get_by_role("option", name="Chloé Stein")).to_be_visible()
    field.press("Enter")
    expect(made).to_contain_text("to your connections and followers, hidden from 1")
    assert axe(page) == []
    made.press("Control+Enter")
    expect(made).to_have_count(0)

    other = sit(ben).page
    other.goto("/")
    ring(other, "Ana Ruiz, 1 new frame").press("Enter")
    shows(other, "Ask sooner")
    expect(viewer(other)).to_contain_text("Really")
    (frame,) = told(ana)
    (put,) = frame["stickers"]
    assert (put["x"], put["y"], put["scale"], put["turn"]) == (516, 250, 110, 5)
    assert chloe.ask("GET", "/api/stories")["tellers"] == []


def test_a_picture_with_a_poll_from_a_phone(friends: Friends, sit: Sit, draw: Draw) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    still(ben)
    page = sit(ana, width=360, scheme="dark").page
    made = compose(page)
    choose(made, draw("tall.png", 360, 640))
    made.get_by_label("Caption").fill("The new workshop")
    made.get_by_label("Description").fill("A teal wall")
    made.get_by_role("button", name="Poll").click()
    made.get_by_label("What is it about?").fill("Tea or coffee?")
    made.get_by_label("Option 1").fill("Tea")
    # What is missing is pointed at.
    made.get_by_role("button", name="Share").click()
    expect(made.get_by_label("Option 2")).to_be_focused()
    made.get_by_label("Option 2").fill("Coffee")
    assert axe(page) == []
    assert cut(page) == []
    made.get_by_role("button", name="Share").click()
    expect(made).to_have_count(0)

    other = sit(ben).page
    other.goto("/")
    expect(ring(other, "Ana Ruiz, 1 new frame")).to_be_visible(timeout=LONG_MS)
    ring(other, "Ana Ruiz, 1 new frame").press("Enter")
    shows(other, "The new workshop")
    shown(viewer(other).get_by_role("img", name="A teal wall"), 1)
    (frame,) = told(ana)
    assert frame["crop"] == {"x": 0, "y": 0, "width": 1_000, "height": 1_000}
    assert frame["stickers"][0]["options"] == ["Tea", "Coffee"]


def test_a_job_by_keys_alone(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    still(ben)
    page = sit(ana).page
    made = compose(page)
    made.get_by_role("button", name="Text card").press("Enter")
    made.get_by_label("Text", exact=True).fill("The workshop grows")
    made.get_by_role("button", name="Job", exact=True).press("Enter")
    made.get_by_label("Role").press_sequentially("Turner")
    made.get_by_label("Where").fill("Lyon")
    # An address that is none is not left out without a word.
    where = made.get_by_label("Page of the job")
    where.fill("our page")
    made.press("Control+Enter")
    expect(where).to_be_focused()
    where.fill("jobs.example.com/turner")
    assert axe(page) == []
    assert cut(page) == []
    made.press("Control+Enter")
    expect(made).to_have_count(0)

    other = sit(ben, width=360).page
    other.goto("/")
    ring(other, "Ana Ruiz, 1 new frame").press("Enter")
    shows(other, "The workshop grows")
    job = viewer(other).get_by_role("link", name="Turner")
    expect(job).to_have_attribute("href", "https://jobs.example.com/turner")
    expect(job).to_have_attribute("rel", re.compile("nofollow ugc"))
    expect(job).to_contain_text("Lyon")
    expect(job).to_contain_text("jobs.example.com")
    assert axe(other) == []


def test_a_draft_outlives_the_page_and_the_network(
    friends: Friends, sit: Sit, draw: Draw, watcher: Watcher
) -> None:
    # What the page before has sent may arrive when this one asks how much there is.
    watcher.allow(AWAY)
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    still(ben)
    desk = sit(ana)
    made = compose(desk.page)
    card(made, "Kept without a word")
    choose(made, draw("kept.png"))
    made.get_by_label("Caption").fill("Kept, too")
    desk.page.reload()

    made = compose(desk.page)
    frames = made.get_by_role("list", name="Frames").get_by_role("listitem")
    expect(frames).to_have_count(2, timeout=LONG_MS)
    expect(made.get_by_label("Caption")).to_have_value("Kept, too")
    # Put before the card, taken out, put back.
    second = made.get_by_role("button", name="Frame 2 of 2, photo")
    second.press("Shift+ArrowUp")
    first = made.get_by_role("button", name="Frame 1 of 2, photo")
    expect(first).to_be_focused()
    first.press("Delete")
    expect(frames).to_have_count(1)
    made.get_by_role("button", name="Undo").click()
    expect(frames).to_have_count(2)
    expect(made.get_by_role("button", name="Frame 1 of 2, photo")).to_be_visible()

    desk.offline()
    made.get_by_role("button", name="Share").click()
    expect(made).to_have_count(0)
    desk.offline(False)
    other = sit(ben).page
    other.goto("/")
    expect(ring(other, "Ana Ruiz, 2 new frames")).to_be_visible(timeout=LONG_MS)
    assert [frame["kind"] for frame in told(ana)] == ["photo", "text"]

    # Nothing of it is left in the composer; what is begun again is discarded when that is sure.
    made = compose(desk.page, again=True)
    card(made, "A second thought")
    made.get_by_role("button", name="More").click()
    desk.page.get_by_role("menuitem", name="Discard this story").click()
    desk.page.get_by_role("dialog", name="Discard").get_by_role("button", name="Discard").click()
    expect(made).to_have_count(0)
    made = compose(desk.page, again=True)
    expect(made.get_by_role("button", name="Photos and videos").first).to_be_visible()
    expect(made.get_by_role("list", name="Frames")).to_have_count(0)


def test_a_film_is_a_minute_at_most_and_used_not_sent(friends: Friends, sit: Sit) -> None:
    """Three minutes could be filmed, which no story takes; and to use it was to “send” it."""
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    still(ben)
    page = sit(ana).page
    made = compose(page)
    made.get_by_role("button", name="Record a video", exact=True).press("Enter")
    camera = page.get_by_role("dialog", name="Film", exact=True)
    start = camera.get_by_role("button", name="Start recording")
    expect(start).to_be_enabled(timeout=LONG_MS)
    start.click()
    expect(camera.get_by_role("timer")).to_contain_text(re.compile(r"0:0[1-9] / 1:00$"))
    camera.get_by_role("button", name="Stop and look").click()
    camera.get_by_role("button", name="Use this video").click()
    expect(camera).to_have_count(0)
    frames = made.get_by_role("list", name="Frames").get_by_role("listitem")
    expect(frames).to_have_count(1, timeout=LONG_MS)
