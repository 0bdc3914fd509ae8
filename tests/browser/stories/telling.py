"""Stories told over HTTP, and what a browser shows of them."""

import re
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.browser.messaging.people import Member


def words(text: str, **more: Any) -> dict[str, Any]:
    """A text card."""
    return {"kind": "text", "text": text, "look": "ink", **more}


def tell(author: Member, *frames: dict[str, Any], **how: Any) -> dict[str, Any]:
    """Publishes a story for connections; what is said of `how` is said of its audience."""
    audience = {"who": "connections", "hidden_from": [], **how}
    told = author.ask("POST", "/api/stories", frames=list(frames), audience=audience)
    story: dict[str, Any] = told["story"]
    return story


def row(page: Page) -> Locator:
    """The row of stories."""
    return page.get_by_role("region", name="Stories")


def ring(page: Page, name: str | re.Pattern[str]) -> Locator:
    """One person in the row; the name says what is new."""
    return row(page).get_by_role("button", name=name)


def viewer(page: Page) -> Locator:
    """The stories over the page."""
    return page.get_by_role("dialog", name="Stories")


def shows(page: Page, text: str) -> None:
    """Waits until this card is on the screen."""
    expect(viewer(page).locator(".layer.now")).to_contain_text(text)


def still(*members: Member) -> None:
    """Nothing goes on by itself for them: a busy machine looks for longer than a frame lasts."""
    for member in members:
        member.ask("PATCH", "/api/stories/settings", motion=False)
