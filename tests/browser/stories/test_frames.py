"""A photo and a film: composed by keys, shared, watched by somebody else; the film then lasts."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.media.conftest import draw
from tests.browser.media.pairs import LONG_MS, shown
from tests.browser.messaging.people import Friends, Sit
from tests.browser.pages import axe, cut
from tests.browser.stories.telling import ring, shows, still, tell, viewer, words
from tests.ports.codec.samples import film

__all__ = ["draw"]

PLAYS = """
() => {
  const film = document.querySelector(".layer.now video");
  return !film.paused && film.currentTime > 0 && film.videoWidth > 0;
}
"""
RESTS = "() => document.querySelector('.layer.now video').paused"


@pytest.fixture(scope="module")
def clip(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Longer than any machine takes to look at it."""
    path = tmp_path_factory.mktemp("clips") / "bench.webm"
    return film(path, "webm", picture="libvpx", sound="libopus", seconds=20.0)


def plays(page: Page) -> None:
    """Waits until the film of the frame on the screen runs."""
    expect(viewer(page).locator(".layer.now video")).to_have_count(1)
    page.wait_for_function(PLAYS, timeout=LONG_MS)


def test_a_photo_and_a_film_by_keys_alone(
    friends: Friends, sit: Sit, draw: Callable[..., Path], clip: Path, tmp_path: Path
) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    said = tmp_path / "said.srt"
    still(ben)
    page = sit(ana).page
    page.goto("/")
    ring(page, "Your story: make one").press("Enter")
    made = page.get_by_role("dialog", name="New story")
    with page.expect_file_chooser() as chooser:
        made.get_by_role("button", name="Photos and videos").first.press("Enter")
    chooser.value.set_files([draw("wall.png", 360, 640), clip])
    frames = made.get_by_role("list", name="Frames")
    photo = frames.get_by_role("button", name="Frame 1 of 2, photo")
    moving = frames.get_by_role("button", name="Frame 2 of 2, video")
    expect(moving).to_be_visible(timeout=LONG_MS)
    photo.press("Enter")
    made.get_by_label("Description").press_sequentially("A teal wall")
    moving.press("Enter")
    made.get_by_label("Caption").press_sequentially("It runs again")
    spoken = made.get_by_label("Subtitles")
    spoken.fill("It is quiet now")
    made.press("Control+Enter")
    expect(spoken).to_have_accessible_description(
        "Line 1 does not say when it begins, or what is said."
    )
    expect(spoken).to_be_focused()
    said.write_text("1\n00:00:00,000 --> 00:00:20,000\n<i>Listen</i>: it is quiet.\n")
    with page.expect_file_chooser() as chooser:
        made.get_by_role("button", name="Subtitles from a file").press("Enter")
    chooser.value.set_files(said)
    expect(spoken).to_have_value("0:00–0:20 Listen: it is quiet.")
    # The same in another language; the first one stays.
    spoken_in = made.get_by_label("Language of these lines")
    spoken_in.select_option("fr")
    expect(spoken).to_have_value("")
    spoken.fill("0:00–0:20 Écoutez : quel calme.")
    spoken_in.select_option("en")
    expect(spoken).to_have_value("0:00–0:20 Listen: it is quiet.")
    expect(spoken_in.locator("option:checked")).to_have_text("English, written")
    assert axe(page) == []
    made.press("Control+Enter")
    expect(made).to_have_count(0)

    other = sit(ben, width=360, scheme="dark").page
    other.goto("/")
    expect(ring(other, "Ana Ruiz, 2 new frames")).to_be_visible(timeout=LONG_MS)
    ring(other, "Ana Ruiz, 2 new frames").press("Enter")
    expect(viewer(other).get_by_role("status").first).to_contain_text("A teal wall")
    shown(viewer(other).get_by_role("img", name="A teal wall"), 1)
    other.keyboard.press("ArrowRight")
    shows(other, "It runs again")
    plays(other)
    reading = viewer(other).get_by_role("button", name="Subtitles")
    line = viewer(other).get_by_text("Listen: it is quiet.")
    # Who hears it need not read it; who does not reads it, unless they chose otherwise.
    expect(reading).to_have_attribute("aria-pressed", "false")
    expect(line).to_have_count(0)
    other.keyboard.press("m")
    expect(line).to_be_visible()
    reading.press("Enter")
    expect(line).to_have_count(0)
    reading.press("Enter")
    expect(reading).to_have_attribute("aria-pressed", "true")
    expect(line).to_be_visible()
    assert axe(other) == []
    assert cut(other) == []
    viewer(other).get_by_role("button", name="Pause").press("Enter")
    other.wait_for_function(RESTS)
    other.keyboard.press("ArrowLeft")
    expect(viewer(other).get_by_role("status").first).to_contain_text("A teal wall")

    # Who tells it says otherwise what is said, while it is told; who reads French reads French.
    page.reload()
    ring(page, re.compile("Your story, ")).press("Enter")
    expect(viewer(page).get_by_role("status").first).to_contain_text("A teal wall")
    page.keyboard.press("ArrowRight")
    shows(page, "It runs again")
    viewer(page).get_by_role("button", name="More").press("Enter")
    page.get_by_role("menuitem", name="Subtitles").press("Enter")
    asked = page.get_by_role("dialog", name="Subtitles")
    expect(asked.get_by_label("Subtitles")).to_have_value("0:00–0:20 Listen: it is quiet.")
    asked.get_by_label("Language of these lines").select_option("fr")
    asked.get_by_label("Subtitles").fill("Rien")
    asked.get_by_role("button", name="Save subtitles").press("Enter")
    expect(asked.get_by_label("Subtitles")).to_have_accessible_description(
        "Line 1 does not say when it begins, or what is said."
    )
    # Closed unsaved, nothing of it is lost.
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    viewer(page).get_by_role("button", name="More").press("Enter")
    page.get_by_role("menuitem", name="Subtitles").press("Enter")
    asked.get_by_label("Language of these lines").select_option("fr")
    expect(asked.get_by_label("Subtitles")).to_have_value("Rien")
    asked.get_by_label("Subtitles").fill("0:00–0:20 Chut ! Quel calme.")
    assert axe(page) == []
    asked.get_by_role("button", name="Save subtitles").press("Enter")
    expect(viewer(page).get_by_text("Subtitles saved")).to_be_visible()
    ben.ask("PATCH", "/api/settings", language="fr")
    french = sit(ben, width=390, language="fr").page
    french.goto("/")
    ring(french, re.compile("Ana Ruiz")).press("Enter")
    expect(viewer(french).get_by_role("status").first).to_contain_text("A teal wall")
    french.keyboard.press("ArrowRight")
    shows(french, "It runs again")
    french.keyboard.press("m")
    expect(viewer(french).get_by_text("Chut ! Quel calme.")).to_be_visible()
    expect(viewer(french).get_by_text("Listen: it is quiet.")).to_have_count(0)


def test_a_reply_by_voice(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    still(ben)
    tell(ana, words("How do you say it?"))
    page = sit(ben).page
    page.goto(f"/stories/{ana.id}")
    shows(page, "How do you say it?")
    viewer(page).get_by_role("button", name="Reply by voice").press("Enter")
    stop = viewer(page).get_by_role("button", name="Stop and listen")
    expect(stop).to_be_enabled(timeout=LONG_MS)
    expect(viewer(page).get_by_role("timer")).not_to_have_text("0:00", timeout=LONG_MS)
    assert axe(page) == []
    stop.press("Enter")
    viewer(page).get_by_role("button", name="Send the voice message").press("Enter")
    expect(viewer(page)).to_contain_text("Open the conversation", timeout=LONG_MS)
    (row,) = ana.ask("GET", "/api/inbox")["rows"]
    (said,) = ana.ask("GET", f"/api/conversations/{row['id']}/messages")["messages"]
    assert [one["media"]["voice"] for one in said["attachments"]] == [True]
