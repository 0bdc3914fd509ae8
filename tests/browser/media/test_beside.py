"""What was shared, beside the thread: pictures, files, links; each leads to where it was said."""

import re
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.media.pairs import LONG_MS, Meet, attach, line, send, shown
from tests.browser.pages import axe

Draw = Callable[..., Path]


def test_what_was_shared_is_found_beside_the_thread(meet: Meet, draw: Draw, tmp_path: Path) -> None:
    pair = meet()
    page = pair.one.page
    plan = tmp_path / "plan.txt"
    plan.write_text("Tuesday, all of it")
    attach(pair.one, draw("garden.png"), plan)
    send(pair.one)
    shown(line(pair.other).locator("img"), 1)
    pair.ben.say(pair.key, "Look at https://example.org/roofs, and not at https://198.51.100.7/in")
    page.get_by_role("button", name="Details").click()
    shared = page.get_by_role("complementary", name="Details").get_by_role(
        "region", name="Shared here"
    )
    # Pictures, as wide as there is room, and one of them large.
    shown(shared.locator("img"), 1)
    fits = "one => one.scrollWidth <= one.clientWidth"
    assert page.get_by_role("complementary", name="Details").evaluate(fits)
    shared.get_by_role("button", name="Open Picture garden.png").click()
    expect(page.get_by_role("dialog", name="Pictures and videos")).to_be_visible()
    # From there to the message that brought it.
    page.get_by_role("button", name="Show in conversation").click()
    expect(page.get_by_role("dialog", name="Pictures and videos")).to_be_hidden()
    expect(page.locator(".bubble.marked").locator("img")).to_have_count(1)
    # Files; what comes meanwhile is there at once, and leads to where it was said.
    shared.get_by_role("radio", name="Files").check()
    expect(shared.get_by_role("link", name=re.compile("plan.txt"))).to_be_visible(timeout=LONG_MS)
    agenda = tmp_path / "agenda.txt"
    agenda.write_text("Roofs")
    attach(pair.other, agenda)
    send(pair.other)
    first = shared.get_by_role("listitem").first
    expect(first).to_contain_text("agenda.txt", timeout=LONG_MS)
    first.get_by_role("button", name="Ben Dubois").click()
    expect(page.locator(".bubble.marked")).to_contain_text("agenda.txt")
    # Links; a doubtful one is asked about where it was said.
    shared.get_by_role("radio", name="Links").check()
    expect(shared.get_by_role("link")).to_have_text(["https://example.org/roofs"])
    shared.get_by_role("button", name="https://198.51.100.7/in").click()
    expect(page.locator(".bubble.marked")).to_contain_text("Look at")
    assert axe(page) == []
