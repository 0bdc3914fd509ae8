"""The dock at the foot of every page: the same inbox, the same thread, one state."""

import pytest
from playwright.sync_api import expect

from tests.browser.messaging.desks import agreed
from tests.browser.messaging.people import Friends, Sit
from tests.browser.pages import axe


def test_reads_and_answers_from_any_page(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    talk = ben.begin(ana, text="Are you free on Thursday?")
    cleo.begin(ana, text="Hello")
    one = sit(ana)
    page, keys = one.page, one.page.keyboard
    page.goto("/network")
    dock = page.get_by_role("complementary", name="Messages")
    expect(dock.get_by_role("button", name="Messages")).to_contain_text("2")
    keys.press("d")
    rows = dock.get_by_role("option")
    expect(rows).to_have_count(2)
    expect(dock.get_by_role("listbox")).to_be_focused()
    keys.press("ArrowDown")
    keys.press("Enter")
    field = dock.get_by_label("Message to Ben Dubois")
    expect(field).to_be_focused()
    expect(dock.get_by_text("Are you free on Thursday?").last).to_be_visible()
    keys.type("At two o’clock.")
    keys.press("Enter")
    expect(dock.locator("[data-line] .text").last).to_have_text("At two o’clock.")
    agreed(page, unread=1)
    # The other tab shows the same, and so does the page itself.
    ben.say(talk, "Splendid")
    expect(dock.locator("[data-line] .text").last).to_have_text("Splendid")
    # It is there on the next page, and after a reload.
    page.goto("/")
    expect(dock.get_by_label("Message to Ben Dubois")).to_be_visible()
    dock.get_by_role("button", name="Close the conversation with Ben Dubois").click()
    expect(dock.get_by_label("Message to Ben Dubois")).to_have_count(0)
    keys.press("d")
    expect(rows).to_have_count(0)
    # Where messaging is, it is not.
    one.go()
    expect(dock).to_have_count(0)


def test_can_be_switched_off(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    ben.begin(ana, text="Hello")
    one = sit(ana)
    page = one.page
    page.goto("/settings")
    dock = page.get_by_role("complementary", name="Messages")
    expect(dock).to_be_visible()
    page.get_by_role("switch", name="Messages at the foot of every page").click()
    expect(dock).to_have_count(0)
    page.reload()
    expect(
        page.get_by_role("switch", name="Messages at the foot of every page")
    ).not_to_be_checked()
    expect(dock).to_have_count(0)


def test_a_phone_has_none(friends: Friends, sit: Sit) -> None:
    ana, _ = friends("Ana Ruiz", "Ben Dubois")
    one = sit(ana, width=390)
    one.page.goto("/network")
    expect(one.page.get_by_role("navigation", name="Main")).to_be_visible()
    expect(one.page.get_by_role("complementary", name="Messages")).to_have_count(0)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_to_complain_about(friends: Friends, sit: Sit, scheme: str) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    ben.begin(ana, text="Hello")
    one = sit(ana, scheme=scheme)
    one.page.goto("/")
    dock = one.page.get_by_role("complementary", name="Messages")
    expect(dock).to_be_visible()
    one.page.keyboard.press("d")
    one.page.keyboard.press("Enter")
    expect(dock.get_by_label("Message to Ben Dubois")).to_be_visible()
    assert axe(one.page) == []
