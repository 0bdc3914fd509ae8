"""A full inbox is emptied with the keyboard alone."""

import re

import pytest
from playwright.sync_api import Route, expect

from tests.browser.messaging.desks import agreed, at, begin, inbox
from tests.browser.messaging.people import LOOKED, Friends, Sit
from tests.browser.pages import axe


def test_moves_opens_archives_and_undoes(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    at(page, "Friend 1")
    keys.press("j")
    at(page, "Friend 2")
    expect(one.messages).to_have_text(["From Friend 2"])
    # Passing by reads nothing; opening does.
    expect(one.tab("Unread")).to_contain_text("5")
    keys.press("Enter")
    expect(one.tab("Unread")).to_contain_text("4")
    keys.press("Escape")
    expect(page.get_by_role("listbox", name="Inbox")).to_be_focused()
    keys.press("e")
    expect(page.get_by_role("option")).to_have_count(4)
    at(page, "Friend 3")
    expect(one.messages).to_have_text(["From Friend 3"])
    keys.press("z")
    expect(page.get_by_role("option")).to_have_count(5)
    at(page, "Friend 2")
    expect(page.get_by_role("option").nth(1)).to_contain_text("Friend 2")
    keys.press("Shift+U")
    expect(one.tab("Unread")).to_contain_text("5")
    keys.press("k")
    at(page, "Friend 1")


def test_selects_and_acts_on_the_selection(friends: Friends, sit: Sit) -> None:
    ana, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    keys.press("x")
    keys.press("Shift+J")
    keys.press("Shift+J")
    bar = page.get_by_role("toolbar", name="Actions on the selection")
    expect(bar).to_contain_text("3 selected")
    expect(page.get_by_role("option", selected=True)).to_have_count(3)
    keys.press("e")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(page.get_by_role("status").filter(has_text="3 archived")).to_be_visible()
    expect(bar).to_have_count(0)
    keys.press("z")
    expect(page.get_by_role("option")).to_have_count(5)
    keys.press("*")
    keys.press("a")
    expect(bar).to_contain_text("5 selected")
    keys.press("*")
    keys.press("n")
    expect(bar).to_have_count(0)
    keys.press("Shift+E")
    expect(page.get_by_text("All clear")).to_be_visible()
    agreed(page, archived=5)
    assert ana.ask("GET", "/api/counts")["inbox"] == 0
    keys.press("7")
    expect(page.get_by_role("option")).to_have_count(5)


def test_stays_in_place_in_a_filtered_view(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    keys.press("2")
    expect(page.get_by_role("listbox", name="Unread")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(5)
    one.open("Friend 2")
    one.write("Answered while the filter is on")
    expect(one.tab("Unread")).to_contain_text("4")
    expect(page.get_by_role("option")).to_have_count(5)
    expect(page.get_by_role("option").nth(1)).to_contain_text("Friend 2")
    one.composer.press("Escape")
    keys.press("1")
    expect(page.get_by_role("listbox", name="Inbox")).to_be_visible()
    keys.press("2")
    expect(page.get_by_role("option")).to_have_count(4)
    expect(one.row("Friend 2")).to_have_count(0)


def test_letters_typed_into_a_field_do_nothing_else(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    keys.press("r")
    expect(one.composer).to_be_focused()
    keys.type("e x j z u !")
    expect(one.composer).to_have_value("e x j z u !")
    expect(page.get_by_role("option")).to_have_count(5)
    keys.press("Escape")
    expect(page.get_by_role("listbox", name="Inbox")).to_be_focused()
    expect(one.composer).to_have_value("e x j z u !")


def test_finds_words_and_opens_at_the_message(friends: Friends, sit: Sit) -> None:
    ana, one = inbox(friends, sit, 2)
    row = ana.ask("GET", "/api/inbox")["rows"][0]["id"]
    for number in range(60):
        ana.say(row, f"Line {number}" if number != 7 else "Le compte rendu de la réunion est prêt")
    page, keys = one.page, one.page.keyboard
    expect(one.messages.last).to_have_text("Line 59")
    keys.press("/")
    field = page.get_by_role("combobox", name="Search messages")
    expect(field).to_be_focused()
    keys.type("reunion")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(page.locator("mark")).to_have_text("réunion")
    keys.press("Enter")
    hit = one.messages.filter(has_text="réunion")
    expect(hit).to_be_in_viewport()
    expect(one.messages.filter(has_text="Line 59")).not_to_be_in_viewport()
    # What comes meanwhile moves nothing, and is there at the end.
    for number in range(60, 80):
        ana.say(row, f"Line {number}")
    expect(hit).to_be_in_viewport()
    page.get_by_role("button", name="Latest").click()
    expect(one.messages.last).to_have_text("Line 79")
    expect(one.messages.last).to_be_in_viewport()
    # The address holds the search and the hit: a reload shows both.
    page.reload()
    expect(field).to_have_value("reunion")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(hit).to_be_attached()
    field.focus()
    keys.press("Escape")
    keys.press("Escape")
    expect(page.get_by_role("listbox", name="Inbox")).to_be_visible()


def test_a_search_without_a_hit_leads_on_by_keys(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    keys.press("/")
    field = page.get_by_role("combobox", name="Search messages")
    expect(field).to_be_focused()
    keys.type("friend nowhere from:me ")
    status = page.get_by_role("search").get_by_role("status")
    expect(status).to_have_text("No message has these words")
    assert axe(page) == []
    way = page.get_by_role("button", name="Only friend")
    for _ in range(2):
        keys.press("Tab")
    expect(way).to_be_focused()
    keys.press("Enter")
    expect(field).to_be_focused()
    expect(field).to_have_value("friend from:me")
    expect(status).to_have_text("No message has these words")
    page.get_by_role("button", name="Without from:me").click()
    expect(page.get_by_role("option").first).to_contain_text("From Friend")
    expect(page.get_by_role("heading", name="Try instead")).to_have_count(0)
    field.fill("friend nowhere")
    page.get_by_role("link", name="Look for “friend nowhere” among members").click()
    found = page.get_by_placeholder("Name, organisation, place, skill")
    expect(found).to_have_value("friend nowhere")


def test_resting_on_a_row_does_not_end_a_search_begun_meanwhile(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    at(page, "Friend 1")
    for key, name in (("/", "Search messages"), ("Shift+C", "To")):
        keys.press("j")
        keys.press(key)
        field = page.get_by_role("combobox", name=name)
        expect(field).to_be_focused()
        page.evaluate(LOOKED)
        keys.type("zu")
        expect(field).to_have_value("zu")
        keys.press("Escape")
        keys.press("Escape")
        expect(field).to_have_count(0)
    # Back at the list, one rests on it after all.
    page.evaluate(LOOKED)
    expect(page).to_have_url(re.compile(r"/messages/\d+$"))


def test_an_answer_begun_before_the_thread_is_drawn_is_to_whom_the_cursor_is_on(
    friends: Friends, sit: Sit
) -> None:
    _, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    at(page, "Friend 1")
    expect(one.messages).to_have_text(["From Friend 1"])
    page.evaluate(
        """() => {
          const press = (key) => document.activeElement.dispatchEvent(
            new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
          press("j");
          press("r");
        }"""
    )
    expect(page.get_by_role("textbox", name="Message to Friend 2")).to_be_focused()
    keys.type("Thank you!")
    keys.press("Enter")
    expect(one.messages).to_have_text(["From Friend 2", "Thank you!"])


def test_goes_through_what_is_unread(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    for name in ("Friend 2", "Friend 3"):
        one.open(name)
        expect(one.row(name)).not_to_contain_text("Unread")
    one.page.get_by_role("listbox", name="Inbox").focus()
    keys.press("Home")
    keys.press("n")
    at(page, "Friend 4")
    keys.press("p")
    at(page, "Friend 1")
    keys.press("i")
    expect(page.get_by_role("complementary", name="Details")).to_contain_text("Friend 1")
    keys.press("]")
    at(page, "Friend 2")
    expect(page.get_by_role("complementary", name="Details")).to_contain_text("Friend 2")


def test_no_key_is_lost_that_comes_before_the_commands(friends: Friends, sit: Sit) -> None:
    people = friends("Ana Ruiz", "Friend 3", "Friend 2", "Friend 1")
    for person in people[1:]:
        person.begin(people[0], text=f"From {person.name}")
    one = sit(people[0])
    held: list[Route] = []
    one.page.route(re.compile(r"/assets/Late-.*\.js"), lambda route: held.append(route))
    one.go()
    begin(one.page, "Friend 1")
    for key in ("j", "e", "s"):
        one.page.keyboard.press(key)
    expect(one.page.get_by_role("option")).to_have_count(3)
    for route in held:
        route.continue_()
    expect(one.page.get_by_role("option")).to_have_count(2)
    at(one.page, "Friend 3")
    expect(one.row("Friend 3").get_by_label("Starred")).to_be_visible()


@pytest.mark.parametrize(
    ("key", "part", "name"),
    [("/", "SearchPanel", "Search messages"), ("Shift+C", "NewConversation", "To")],
)
def test_what_is_typed_before_a_field_is_there_is_for_it(
    friends: Friends, sit: Sit, key: str, part: str, name: str
) -> None:
    ana, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    held: list[Route] = []
    page.route(re.compile(rf"/assets/{part}-.*\.js"), lambda route: held.append(route))
    page.reload()
    begin(page, "Friend 1")
    keys.press(key)
    keys.type("ae")
    # As commands these would have archived somebody; Escape means what was asked for.
    keys.press("Escape")
    keys.press(key)
    keys.type("see")
    keys.press("Backspace")
    assert held
    for route in held:
        route.continue_()
    field = page.get_by_role("combobox", name=name)
    expect(field).to_be_focused()
    expect(field).to_have_value("se")
    assert len(ana.ask("GET", "/api/inbox")["rows"]) == 5
