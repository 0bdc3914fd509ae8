"""Two who send each other files."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, NamedTuple

from playwright.sync_api import Locator, expect

from tests.browser.messaging.people import Desk, Friends, Member, Sit

# To upload, to look at and to make anew takes a busy machine its time.
LONG_MS = 60_000


class Pair(NamedTuple):
    """Ana's browser and Ben's, and their conversation."""

    ana: Member
    ben: Member
    key: str
    one: Desk
    other: Desk


Meet = Callable[..., Pair]


def met(friends: Friends, sit: Sit) -> Meet:
    """Has them meet; what is said of `how` is said of Ben's browser, and of his language."""

    def meet(**how: Any) -> Pair:
        ana, ben = friends("Ana Ruiz", "Ben Dubois")
        if "language" in how:
            ben.ask("PATCH", "/api/settings", language=how["language"])
        ana.ask("PATCH", "/api/settings", undo_seconds=0)
        key = ben.begin(ana, text="Hello Ana")
        one, other = sit(ana), sit(ben, **how)
        for desk in (one, other):
            desk.page.goto(f"/messages/{key}")
            expect(desk.page.locator("[data-line]").filter(has_text="Hello Ana")).to_be_visible()
        return Pair(ana, ben, key, one, other)

    return meet


def attach(desk: Desk, *paths: Path) -> None:
    """Chooses files and sees them in the composer."""
    there = tray(desk).get_by_role("listitem")
    before = there.count()
    desk.page.locator("form.composer input[type=file]").set_input_files(paths)
    expect(there).to_have_count(before + len(paths), timeout=LONG_MS)


def tray(desk: Desk) -> Locator:
    """The files in the composer."""
    return desk.page.locator("form.composer .tray")


def send(desk: Desk) -> None:
    """Presses the button."""
    desk.page.get_by_role("button", name="Send", exact=True).click()


def line(desk: Desk) -> Locator:
    """The last message."""
    return desk.page.locator("[data-line]").last


def shown(pictures: Locator, number: int) -> None:
    """So many pictures are there, and drawn."""
    expect(pictures).to_have_count(number, timeout=LONG_MS)
    for index in range(number):
        # It may be drawn anew when the server has looked at it: each look takes the one of then.
        pictures.nth(index).evaluate("one => one.scrollIntoView({ block: 'nearest' })")
        expect(pictures.nth(index)).to_have_js_property("complete", True, timeout=LONG_MS)
        expect(pictures.nth(index)).not_to_have_js_property("naturalWidth", 0, timeout=LONG_MS)


def names(found: Iterable[Any]) -> list[str]:
    """What the files of messages are called."""
    return [file["name"] for message in found for file in message["attachments"]]
