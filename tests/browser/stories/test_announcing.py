"""A new connection is announced by who wants to, and by nobody else (N2)."""

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Sit
from tests.browser.pages import axe, cut
from tests.browser.stories.telling import ring, shows, still


def test_a_new_connection_told_in_a_story(friends: Friends, sit: Sit) -> None:
    ana, ben, chloe = friends("Ana Ruiz", "Ben Dubois", "Chloé Stone")
    still(ben)
    handle = chloe.ask("GET", "/api/boot")["me"]["handle"]
    # Connected, and nobody heard of it.
    assert ben.ask("GET", "/api/stories")["tellers"] == []

    page = sit(ana).page
    page.goto(f"/in/{handle}")
    page.get_by_role("main").get_by_role("button", name="More").click()
    page.get_by_role("menuitem", name="Announce it in a story").click()
    made = page.get_by_role("dialog", name="New story")
    expect(made.get_by_label("Text", exact=True)).to_have_value(
        "Chloé Stone and I are now connected."
    )
    expect(made.get_by_role("button", name="Mention Chloé Stone")).to_be_visible()
    assert axe(page) == []
    assert cut(page) == []
    # Asked for again, with the keyboard, it is the same card.
    made.get_by_role("button", name="Close").click()
    expect(made).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    page.keyboard.type("Announce this connection in a story")
    chosen = page.get_by_role("dialog").get_by_role("option", selected=True)
    expect(chosen).to_contain_text("Announce this connection in a story")
    page.keyboard.press("Enter")
    expect(made.get_by_role("list", name="Frames").get_by_role("listitem")).to_have_count(1)
    made.press("Control+Enter")
    expect(made).to_have_count(0)

    other = sit(ben).page
    other.goto("/")
    ring(other, "Ana Ruiz, 1 new frame").press("Enter")
    shows(other, "Chloé Stone and I are now connected.")
    (story,) = ben.ask("GET", f"/api/stories/{ana.id}")["stories"]
    assert story["kind"] == "milestone"
    assert [one["member_id"] for one in story["frames"][0]["stickers"]] == [chloe.id]
