"""Voice and video messages: recorded in the page, heard before they are sent, kept in a crash."""

import re

from playwright.sync_api import Locator, expect

from tests.browser.media.pairs import LONG_MS, Meet, Pair, line
from tests.browser.messaging.people import Desk
from tests.browser.pages import axe


def recorder(desk: Desk) -> Locator:
    """Where the field was."""
    return desk.page.get_by_role("group", name="Voice message", exact=True)


def speak(pair: Pair, seconds: int) -> None:
    """Records by the key until the timer says so much."""
    page = pair.one.page
    page.locator("[data-line]").first.focus()
    page.keyboard.press("w")
    timer = recorder(pair.one).get_by_role("timer")
    expect(timer).to_have_text(re.compile(rf"0:0[{seconds}-9]"), timeout=LONG_MS)


def test_a_voice_message_is_heard(meet: Meet) -> None:
    pair = meet(width=390, scheme="dark", language="fr")
    speak(pair, 2)
    one = pair.one.page
    assert axe(one) == []
    recorder(pair.one).get_by_role("button", name="Pause the recording").click()
    expect(recorder(pair.one).get_by_role("button", name="Go on recording")).to_be_visible()
    recorder(pair.one).get_by_role("button", name="Stop and listen").click()
    expect(recorder(pair.one).get_by_role("button", name="Play")).to_be_visible(timeout=LONG_MS)
    recorder(pair.one).get_by_role("button", name="Send the voice message").click()
    expect(recorder(pair.one)).to_have_count(0)
    other = pair.other.page
    sound = line(pair.other).get_by_role("group", name="Message vocal de Ana Ruiz")
    expect(sound).to_be_visible(timeout=LONG_MS)
    play = sound.get_by_role("button", name="Lire")
    expect(play).to_be_enabled(timeout=LONG_MS)
    assert axe(other) == []
    place = sound.get_by_role("slider", name="Position")
    expect(place).to_have_attribute("aria-valuenow", "0")
    sound.get_by_role("button", name="Vitesse 1×").click()
    expect(sound.get_by_role("button", name="Vitesse 1,25×")).to_be_visible()
    play.click()
    expect(place).to_have_attribute("aria-valuenow", re.compile("[1-9]"), timeout=LONG_MS)
    other.goto("/messages")
    expect(pair.other.row("Ana Ruiz")).to_contain_text(re.compile(r"Message vocal 0:0\d"))


def test_a_closed_page_loses_a_second_at_most(meet: Meet) -> None:
    pair = meet()
    speak(pair, 3)
    pair.one.page.reload()
    play = recorder(pair.one).get_by_role("button", name="Play")
    expect(play).to_be_visible(timeout=LONG_MS)
    expect(recorder(pair.one)).to_contain_text(re.compile(r"0:0[2-9]"))
    # Dropped, and wanted after all.
    recorder(pair.one).get_by_role("button", name="Drop the recording").click()
    expect(recorder(pair.one)).to_have_count(0)
    pair.one.page.get_by_role("button", name="Undo").click()
    expect(play).to_be_visible(timeout=LONG_MS)
    recorder(pair.one).get_by_role("button", name="Send the voice message").click()
    sound = line(pair.other).get_by_role("group", name="Voice message from Ana Ruiz")
    expect(sound).to_be_visible(timeout=LONG_MS)
    pair.one.page.reload()
    expect(pair.one.composer).to_be_visible()
    expect(recorder(pair.one)).to_have_count(0)


def test_a_video_message_is_seen(meet: Meet) -> None:
    pair = meet()
    page = pair.one.page
    page.locator("[data-line]").first.focus()
    page.keyboard.press("Shift+W")
    dialog = page.get_by_role("dialog", name="Video message")
    start = dialog.get_by_role("button", name="Start recording")
    expect(start).to_be_enabled(timeout=LONG_MS)
    assert axe(page) == []
    start.click()
    expect(dialog.get_by_role("timer")).to_contain_text(re.compile("0:0[2-9] /"), timeout=LONG_MS)
    dialog.get_by_role("button", name="Stop and look").click()
    dialog.get_by_role("button", name="Take it again").click(timeout=LONG_MS)
    expect(start).to_be_enabled(timeout=LONG_MS)
    start.click()
    expect(dialog.get_by_role("timer")).to_contain_text(re.compile("0:0[1-9] /"), timeout=LONG_MS)
    dialog.get_by_role("button", name="Stop and look").click()
    dialog.get_by_role("button", name="Send the video").click(timeout=LONG_MS)
    expect(dialog).to_have_count(0)
    film = line(pair.other).locator("video")
    expect(film).to_have_attribute("poster", re.compile("/media/"), timeout=LONG_MS)
    expect(pair.other.row("Ana Ruiz")).to_contain_text(re.compile(r"Video 0:0\d"))
