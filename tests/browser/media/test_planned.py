"""A message that waits, with all that goes with it: taken back, and put back whole."""

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import expect

from tests.browser.media.pairs import LONG_MS, Meet, attach, tray
from tests.browser.messaging.test_writing import pick

Draw = Callable[..., Path]


def test_what_is_cancelled_comes_back_with_its_files_and_quotation(meet: Meet, draw: Draw) -> None:
    pair = meet()
    page = pair.one.page
    pick(pair.one, "Hello Ana").get_by_role("button", name="Reply with a quotation").click()
    attach(pair.one, draw("plan.png"))
    pair.one.composer.press("Control+Shift+Enter")
    when = page.get_by_role("combobox", name="Send later")
    when.fill("in 3 days")
    expect(page.get_by_role("option").first).to_be_visible()
    with page.expect_response("**/messages"):
        when.press("Enter")
    expect(tray(pair.one)).to_have_count(0)
    waiting = page.get_by_role("button", name="1 scheduled message")
    expect(waiting).to_be_visible(timeout=LONG_MS)
    (before,) = pair.ana.ask("GET", "/api/scheduled")["scheduled"]
    assert before["quote_seq"] == 1
    page.reload()  # nothing of it is in this page
    waiting.click()
    dialog = page.get_by_role("dialog", name="Scheduled messages")
    expect(dialog).to_contain_text("plan.png")
    with page.expect_response("**/cancel"):
        dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_contain_text("Nothing is scheduled")
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    with page.expect_response("**/messages"):
        page.get_by_role("button", name="Undo").click()
    (after,) = pair.ana.ask("GET", "/api/scheduled")["scheduled"]
    for name in ("text", "quote_seq", "send_at", "conversation_id"):
        assert after[name] == before[name]
    assert [one["id"] for one in after["media"]] == [one["id"] for one in before["media"]]
