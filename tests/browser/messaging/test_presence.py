"""Delivered, read, typing, here: seen by both sides, or by neither."""

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Sit
from tests.browser.messaging.test_writing import bubble


def test_shows_who_has_read_and_who_writes(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday?")
    ana.say(key, "At two, gladly")
    one, other = sit(ana), sit(ben)
    one.go(f"/messages/{key}")
    expect(bubble(one, "At two")).to_be_visible()
    expect(bubble(one, "At two").get_by_text("Seen by")).to_have_count(0)
    other.go(f"/messages/{key}")
    expect(bubble(one, "At two").get_by_text("Seen by Ben Dubois")).to_be_attached()
    # A new one is read where it is looked at, and the mark moves on to it.
    one.write("Or at three")
    expect(bubble(one, "Or at three").get_by_text("Seen by Ben Dubois")).to_be_attached()
    expect(bubble(one, "At two").get_by_text("Seen by")).to_have_count(0)
    other.composer.press_sequentially("Three is")
    expect(one.page.get_by_text("Ben is writing…")).to_be_visible()
    other.write("Three is fine")
    expect(bubble(one, "Three is fine")).to_be_visible()
    expect(one.page.get_by_text("Ben is writing…")).to_have_count(0)


def test_neither_side_sees_marks_when_one_has_them_off(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday?")
    ana.say(key, "At two, gladly")
    one, other = sit(ana), sit(ben)
    other.page.goto("/settings")
    other.page.get_by_role("switch", name="Delivered, read and typing").uncheck()
    other.page.wait_for_load_state("networkidle")
    one.go(f"/messages/{key}")
    other.go(f"/messages/{key}")
    expect(bubble(other, "At two")).to_be_visible()
    other.write("Two it is")
    expect(bubble(one, "Two it is")).to_be_visible()
    one.write("See you")
    expect(bubble(other, "See you")).to_be_visible()
    for desk in (one, other):
        expect(desk.page.get_by_text("Seen by")).to_have_count(0)
        expect(desk.page.get_by_text("Delivered")).to_have_count(0)


def test_shows_who_is_here(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday?")
    one, other = sit(ana), sit(ben)
    one.go(f"/messages/{key}")
    expect(bubble(one, "Thursday?")).to_be_visible()
    expect(one.page.get_by_text("Here now")).to_have_count(0)
    other.go(f"/messages/{key}")
    expect(one.page.get_by_text("Here now")).to_be_visible()
    other.page.goto("/settings")
    other.page.get_by_role("switch", name="Show when I am here").uncheck()
    expect(one.page.get_by_text("Here now")).to_have_count(0)
