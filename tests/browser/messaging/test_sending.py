"""Sending that can be taken back, waits for its time, or for the network."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Route, expect

from tests.browser.messaging.people import Friends, Sit
from tests.browser.messaging.test_offline import AWAY
from tests.browser.messaging.test_writing import bubble, do, pick
from tests.browser.watching import Watcher


def test_takes_back_what_was_just_sent(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday?")
    ana.ask("PATCH", "/api/settings", undo_seconds=30)
    one = sit(ana)
    one.go(f"/messages/{key}")
    one.write("Sent too soon")
    line = bubble(one, "Sent too soon")
    expect(line).to_contain_text(re.compile(r"Leaves in \d+ s"))
    line.get_by_role("button", name="Undo sending").click()
    expect(one.composer).to_have_value("Sent too soon")
    expect(one.page.locator("[data-line]").filter(has_text="Sent too soon")).to_have_count(0)
    # By the key, from the empty field.
    one.page.keyboard.press("Enter")
    expect(line).to_be_visible()
    expect(one.composer).to_have_value("")
    one.page.keyboard.press("Control+z")
    expect(one.composer).to_have_value("Sent too soon")
    expect(one.page.locator("[data-line]").filter(has_text="Sent too soon")).to_have_count(0)
    one.page.reload()
    expect(one.composer).to_have_value("Sent too soon")
    assert ben.texts(key) == ["Thursday?"]


def test_what_is_not_taken_back_is_sent(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday?")
    ana.ask("PATCH", "/api/settings", undo_seconds=5)
    one, other = sit(ana), sit(ben)
    one.go(f"/messages/{key}")
    other.go(f"/messages/{key}")
    one.write("Meant so")
    expect(bubble(one, "Meant so")).to_contain_text("Leaves in")
    expect(bubble(other, "Meant so")).to_be_visible(timeout=20_000)
    expect(bubble(one, "Meant so")).not_to_contain_text("Leaves in")
    expect(one.page.locator("[data-line]").filter(has_text="Meant so")).to_have_count(1)


def test_a_quotation_comes_back_with_what_is_taken_back(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday?")
    ana.ask("PATCH", "/api/settings", undo_seconds=30)
    one = sit(ana)
    one.go(f"/messages/{key}")
    pick(one, "Thursday?").get_by_role("button", name="Reply with a quotation").click()
    answers = one.page.locator("form.composer").get_by_text("Thursday?")
    expect(answers).to_be_visible()
    one.write("Friday")
    expect(answers).to_have_count(0)
    bubble(one, "Friday").get_by_role("button", name="Undo sending").click()
    expect(one.composer).to_have_value("Friday")
    expect(answers).to_be_visible()


def test_sends_later(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday?")
    one = sit(ana)
    one.go(f"/messages/{key}")
    one.composer.fill("A happy new month")
    one.page.keyboard.press("Control+Shift+Enter")
    when = one.page.get_by_role("combobox", name="Send later")
    when.fill("in 3 days")
    expect(one.page.get_by_role("option").first).to_be_visible()
    when.press("Enter")
    expect(one.composer).to_have_value("")
    expect(one.page.locator("[data-line]").filter(has_text="A happy new")).to_have_count(0)
    waiting = one.page.get_by_role("button", name="1 scheduled message")
    expect(waiting).to_be_visible()
    one.page.reload()
    waiting.click()
    dialog = one.page.get_by_role("dialog", name="Scheduled messages")
    expect(dialog).to_contain_text("Ben Dubois")
    expect(dialog).to_contain_text("A happy new month")
    (scheduled,) = ana.ask("GET", "/api/scheduled")["scheduled"]
    meant = datetime.now().astimezone() + timedelta(days=3)
    assert abs(scheduled["send_at"] / 1000 - meant.timestamp()) < 26 * 3600
    # Taken back, and that taken back, too.
    dialog.get_by_role("button", name="Cancel").click()
    expect(dialog).to_contain_text("Nothing is scheduled")
    one.page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    one.page.keyboard.press("Escape")
    one.page.get_by_role("button", name="Undo").click()
    expect(waiting).to_be_visible()
    waiting.click()
    dialog.get_by_role("button", name="Send now").click()
    expect(dialog).to_contain_text("Nothing is scheduled")
    one.page.keyboard.press("Escape")
    expect(bubble(one, "A happy new month")).to_be_visible()
    assert ben.texts(key)[-1] == "A happy new month"
    assert ana.ask("GET", "/api/scheduled")["scheduled"] == []


def test_what_is_done_offline_is_done_after_a_reload(
    friends: Friends, sit: Sit, watcher: Watcher
) -> None:
    watcher.allow(AWAY)
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday at two?")
    ana.say(key, "Teh place is yours")
    one = sit(ana)
    one.go(f"/messages/{key}")
    expect(bubble(one, "Teh place")).to_be_visible()
    pick(one, "Thursday")  # what is needed offline was there once
    do(one, "Teh place", "Edit")
    one.page.keyboard.press("Escape")
    one.offline()
    pick(one, "Thursday").get_by_role("button", name="React with 🎉").click()
    expect(bubble(one, "Thursday").get_by_role("button", name="🎉, by You")).to_be_visible()
    do(one, "Teh place", "Edit")
    one.composer.fill("The place is yours")
    one.page.keyboard.press("Enter")
    expect(bubble(one, "The place")).to_contain_text("edited")
    one.offline(False)
    one.page.reload()
    expect(bubble(one, "The place")).to_contain_text("edited")
    expect(bubble(one, "Thursday").get_by_role("button", name="🎉, by You")).to_be_visible()

    other = sit(ben)
    other.go(f"/messages/{key}")
    expect(bubble(other, "The place is yours")).to_contain_text("edited")
    expect(bubble(other, "Thursday").get_by_role("button", name="🎉, by Ana")).to_be_visible()


def test_mentions_somebody_of_the_group(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    key = ana.begin(ben, cleo, text="Who brings the projector?", title="Reading room")
    one, other = sit(ana), sit(cleo)
    one.go(f"/messages/{key}")
    other.go(f"/messages/{key}")
    expect(bubble(other, "projector")).to_be_visible()
    one.composer.click()
    keys = one.page.keyboard
    keys.type("Can @cl")
    expect(one.page.get_by_role("option", name="Cleo Sand")).to_be_visible()
    keys.press("Enter")
    expect(one.composer).to_have_value("Can @Cleo Sand ")
    keys.type("bring it?")
    keys.press("Enter")
    expect(bubble(one, "bring it?").locator(".mention")).to_have_text("@Cleo Sand")
    expect(bubble(other, "bring it?").locator(".mention.me")).to_have_text("@Cleo Sand")
    last = ana.ask("GET", f"/api/conversations/{key}/messages")["messages"][-1]
    assert last["mentions"] == [cleo.id]
    # As a draft, on another device, it is still a mention.
    one.composer.click()
    keys.type("Or @ben")
    expect(one.page.get_by_role("option", name="Ben Dubois")).to_be_visible()
    keys.press("Tab")
    expect(one.composer).to_have_value("Or @Ben Dubois ")
    one.page.reload()
    expect(one.composer).to_have_value(re.compile("^Or @Ben Dubois"))
    one.composer.press("Enter")
    expect(bubble(other, "Or @Ben").locator(".mention")).to_have_text("@Ben Dubois")


def test_who_was_written_to_before_is_written_to_in_the_same_conversation(
    friends: Friends, sit: Sit
) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    one = sit(ana)
    one.go(f"/messages/new?to={ben.id}")
    expect(one.page.get_by_role("heading", name="New message")).to_be_visible()
    expect(one.page.get_by_role("button", name="Remove Ben Dubois")).to_be_visible()
    key = ben.begin(ana, text="Thursday?")
    one.go()
    one.go(f"/messages/new?to={ben.id}")
    expect(one.page).to_have_url(re.compile(f"/messages/{key}$"))
    expect(one.messages).to_have_text(["Thursday?"])
    expect(one.composer).to_be_focused()
    # The sheet is not behind it.
    one.page.go_back()
    expect(one.page).to_have_url(re.compile("/messages$"))


def test_what_is_typed_before_the_conversation_is_found_goes_there(
    friends: Friends, sit: Sit
) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday?")
    one = sit(ana)
    held: list[Route] = []
    one.page.route("**/api/people/*/conversation", lambda route: held.append(route))
    with one.page.expect_request("**/api/people/*/conversation"):
        one.go(f"/messages/new?to={ben.id}")
    one.page.get_by_label("Message", exact=True).fill("Yes, at ten")
    held[0].continue_()
    expect(one.page).to_have_url(re.compile(f"/messages/{key}$"))
    expect(one.composer).to_have_value("Yes, at ten")
    expect(one.composer).to_be_focused()
