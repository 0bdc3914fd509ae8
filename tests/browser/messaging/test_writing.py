"""What two members do to each other's messages, each in a browser of their own."""

import re

from playwright.sync_api import Locator, Route, expect

from tests.browser.messaging.people import Desk, Friends, Member, Sit


def bubble(desk: Desk, text: str) -> Locator:
    """The line of a message."""
    return desk.page.locator("[data-line]").filter(has_text=text).last


def pick(desk: Desk, text: str) -> Locator:
    """Points at a message and waits for what can be done with it."""
    line = bubble(desk, text)
    line.hover()
    expect(line.get_by_role("toolbar")).to_be_visible()
    return line


def do(desk: Desk, text: str, what: str) -> None:
    """Chooses from a message's menu."""
    pick(desk, text).get_by_role("button", name="More for this message").click()
    desk.page.get_by_role("menuitem", name=what).click()


def both(friends: Friends, sit: Sit, text: str) -> tuple[Member, Member, str, Desk, Desk]:
    """Two who are in the same conversation, and what it is called by."""
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text=text)
    one, other = sit(ana), sit(ben)
    one.go(f"/messages/{key}")
    other.go(f"/messages/{key}")
    expect(bubble(one, "Thursday")).to_be_visible()
    expect(bubble(other, "Thursday")).to_be_visible()
    return ana, ben, key, one, other


def test_formatting_is_drawn_as_elements(friends: Friends, sit: Sit) -> None:
    _, _, _, one, other = both(friends, sit, "Thursday")
    box = one.composer
    box.click()
    keys = one.page.keyboard
    keys.type("A bold word")
    keys.press("Control+Shift+ArrowLeft")
    keys.press("Control+b")
    expect(box).to_have_value("A bold *word*")
    # As one types, so one takes back.
    keys.press("Control+z")
    expect(box).to_have_value("A bold word")
    box.fill("A *bold* word, `code`\n- one\n- two\n> so he said")
    keys.press("Enter")
    for desk in (one, other):
        line = bubble(desk, "bold")
        expect(line.locator("strong")).to_have_text("bold")
        expect(line.locator("code")).to_have_text("code")
        expect(line.locator("li")).to_have_text(["one", "two"])
        expect(line.locator("blockquote")).to_have_text("so he said")


def test_a_new_line_in_a_list_goes_on_with_it(friends: Friends, sit: Sit) -> None:
    _, _, _, one, _ = both(friends, sit, "Thursday")
    one.composer.click()
    keys = one.page.keyboard
    keys.press("Control+Shift+f")
    bar = one.page.get_by_role("toolbar", name="Formatting")
    bar.get_by_role("button", name="List", exact=True).click()
    keys.type("one")
    keys.press("Shift+Enter")
    keys.type("two")
    expect(one.composer).to_have_value("- one\n- two")


def test_reacts_with_the_pointer_and_with_keys(friends: Friends, sit: Sit) -> None:
    _, _, _, one, other = both(friends, sit, "Thursday at two?")
    pick(one, "Thursday").get_by_role("button", name="React with 🎉").click()
    mine = bubble(one, "Thursday").get_by_role("button", name="🎉, by You")
    expect(mine).to_have_attribute("aria-pressed", "true")
    theirs = bubble(other, "Thursday").get_by_role("button", name="🎉, by Ana Ruiz")
    theirs.click()
    expect(bubble(one, "Thursday").get_by_role("button", name="🎉 2, by")).to_be_visible()
    # By keys alone: the last message, the second of the quick ones.
    one.page.get_by_role("region", name="Messages with Ben Dubois").focus()
    one.page.keyboard.press("t")
    expect(one.page.get_by_role("button", name="React with 👍")).to_be_focused()
    one.page.keyboard.press("2")
    expect(bubble(other, "Thursday").get_by_role("button", name="❤️, by Ana")).to_be_visible()
    mine = bubble(one, "Thursday").get_by_role("button", name="❤️, by You")
    mine.click()
    expect(mine).to_have_count(0)
    expect(bubble(other, "Thursday").get_by_role("button", name="❤️, by")).to_have_count(0)


def test_finds_an_emoji_by_its_name_in_both_languages(friends: Friends, sit: Sit) -> None:
    _, _, _, one, other = both(friends, sit, "Thursday")
    pick(one, "Thursday").get_by_role("button", name="React with an emoji").click()
    search = one.page.get_by_role("combobox", name="Search emoji")
    expect(search).to_be_focused()
    search.fill("rocket")
    expect(one.page.get_by_role("gridcell", name="rocket")).to_be_visible()
    search.fill("fusée")
    expect(one.page.get_by_role("gridcell", name="rocket")).to_be_visible()
    search.press("Enter")
    expect(bubble(other, "Thursday").get_by_role("button", name="🚀, by Ana")).to_be_visible()
    # Into a text, and first among those used last.
    one.composer.fill("We go ")
    one.page.get_by_role("button", name="Emoji", exact=True).click()
    expect(one.page.get_by_role("gridcell", name="rocket").first).to_be_visible()
    one.page.keyboard.press("Enter")
    expect(one.composer).to_have_value("We go 🚀")
    expect(one.composer).to_be_focused()


def test_what_is_typed_before_the_emoji_are_there_is_looked_for(friends: Friends, sit: Sit) -> None:
    _, _, key, one, other = both(friends, sit, "Thursday")
    held: list[Route] = []
    one.page.route("**/EmojiPicker-*.js", lambda route: held.append(route))
    with one.page.expect_request("**/EmojiPicker-*.js"):
        pick(one, "Thursday").get_by_role("button", name="React with an emoji").click()
    # Every letter of it is a command of the page.
    one.page.keyboard.type("rockex")
    one.page.keyboard.press("Backspace")
    one.page.keyboard.type("t")
    held[0].continue_()
    search = one.page.get_by_role("combobox", name="Search emoji")
    expect(search).to_have_value("rocket")
    expect(one.page.get_by_role("gridcell", name="rocket")).to_be_visible()
    search.press("Enter")
    expect(bubble(other, "Thursday").get_by_role("button", name="🚀, by Ana")).to_be_visible()
    expect(one.page).to_have_url(re.compile(f"/messages/{key}$"))
    # What closes leaves the keys to the page.
    one.page.get_by_role("region", name="Messages with Ben Dubois").focus()
    one.page.keyboard.press("t")
    expect(one.page.get_by_role("button", name="React with 👍")).to_be_focused()


def test_answers_with_a_quotation(friends: Friends, sit: Sit) -> None:
    ana, _, key, one, other = both(friends, sit, "Thursday at two?")
    one.page.get_by_role("region", name="Messages with Ben Dubois").focus()
    one.page.keyboard.press("Shift+ArrowUp")
    one.page.keyboard.press("r")
    expect(one.composer).to_be_focused()
    plainly = one.page.get_by_role("button", name="Reply without the quotation")
    expect(plainly).to_be_visible()
    # It stays chosen over a reload, as what is typed stays, until it is sent.
    one.page.reload()
    expect(plainly).to_be_visible()
    expect(one.page.locator("form .quote")).to_contain_text("Thursday at two?")
    one.write("Gladly.")
    for desk in (one, other):
        expect(bubble(desk, "Gladly.").locator(".quote")).to_contain_text("Thursday at two?")
    expect(plainly).to_have_count(0)
    one.page.reload()
    expect(bubble(one, "Gladly.")).to_be_visible()
    expect(plainly).to_have_count(0)
    found = ana.ask("GET", f"/api/conversations/{key}/messages")
    assert found["messages"][-1]["quote"]["seq"] == 1
    # A quotation leads to what it quotes.
    bubble(other, "Gladly.").locator("button.quote").click()
    expect(other.page.locator(".bubble.marked")).to_have_text(re.compile("Thursday at two"))
    # Of what is deleted nothing is quoted any more.
    other.page.locator("[data-line]").filter(has_text="Thursday").first.focus()
    other.page.keyboard.press("Delete")
    other.page.get_by_role("button", name="Delete for everyone").click()
    other.page.reload()
    expect(bubble(one, "Gladly.").locator(".quote")).to_contain_text("This message was deleted")


def test_swipes_to_answer_on_a_phone(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    key = ben.begin(ana, text="Thursday at two?")
    one = sit(ana, width=390)
    one.go(f"/messages/{key}")
    line = bubble(one, "Thursday")
    expect(line).to_be_visible()
    box = line.locator(".bubble").bounding_box()
    assert box
    x, y = box["x"] + 20, box["y"] + box["height"] / 2
    touch = one.context.new_cdp_session(one.page)
    one.page.wait_for_load_state("networkidle")

    def finger(kind: str, at: float) -> None:
        points = [] if kind == "touchEnd" else [{"x": at, "y": y}]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

    finger("touchStart", x)
    for step in range(1, 10):
        finger("touchMove", x + 10 * step)
    finger("touchEnd", x + 90)
    expect(one.page.get_by_role("button", name="Reply without the quotation")).to_be_visible()


def test_edits_the_last_message_by_the_arrow(friends: Friends, sit: Sit) -> None:
    ana, _, key, one, other = both(friends, sit, "Thursday?")
    one.write("At tow, gladly")
    expect(bubble(other, "At tow")).to_be_visible()
    one.page.keyboard.press("ArrowUp")
    expect(one.composer).to_have_value("At tow, gladly")
    one.composer.fill("At two, gladly")
    one.page.keyboard.press("Enter")
    expect(one.composer).to_have_value("")
    for desk in (one, other):
        expect(bubble(desk, "At two, gladly")).to_contain_text("edited")
    assert ana.texts(key)[-1] == "At two, gladly"
    bubble(other, "At two").get_by_role("button", name="edited").click()
    dialog = other.page.get_by_role("dialog", name="Earlier versions")
    expect(dialog.locator(".text")).to_have_text(["At two, gladly", "At tow, gladly"])
    other.page.keyboard.press("Escape")
    # What was being written before comes back when the edit is given up.
    one.composer.fill("A draft")
    do(one, "At two, gladly", "Edit")
    expect(one.composer).to_have_value("At two, gladly")
    one.page.keyboard.press("Escape")
    expect(one.composer).to_have_value("A draft")


def test_deletes_for_everyone_and_for_oneself(friends: Friends, sit: Sit) -> None:
    ana, _, key, one, other = both(friends, sit, "Thursday?")
    one.write("Sent to the wrong person")
    expect(bubble(other, "wrong person")).to_be_visible()
    do(one, "wrong person", "Delete the message")
    one.page.get_by_role("button", name="Delete for everyone").click()
    expect(bubble(one, "You deleted this message")).to_be_visible()
    # Taken back in time, nothing has happened.
    one.page.keyboard.press("z")
    expect(bubble(one, "wrong person")).to_be_visible()
    assert ana.texts(key)[-1] == "Sent to the wrong person"
    do(one, "wrong person", "Delete the message")
    one.page.get_by_role("button", name="Delete for everyone").click()
    expect(bubble(one, "You deleted this message")).to_be_visible()
    # Leaving the page does at once what could still be taken back.
    one.page.goto("/")
    expect(bubble(other, "This message was deleted")).to_be_visible()
    do(other, "Thursday?", "Delete the message")
    other.page.get_by_role("button", name="Delete for me").click()
    expect(other.page.locator("[data-line]").filter(has_text="Thursday?")).to_have_count(0)
    other.page.goto("/")
    one.go(f"/messages/{key}")
    expect(bubble(one, "Thursday?")).to_be_visible()
    other.go(f"/messages/{key}")
    expect(bubble(other, "This message was deleted")).to_be_visible()
    expect(other.page.locator("[data-line]").filter(has_text="Thursday?")).to_have_count(0)


def test_forwards_with_the_origin(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    key = ben.begin(ana, text="The report is *done*")
    cleo.begin(ana, text="Any news?")
    one, other = sit(ana), sit(cleo)
    one.go(f"/messages/{key}")
    other.go()
    expect(bubble(one, "The report is")).to_be_visible()
    do(one, "The report is", "Forward")
    to = one.page.get_by_role("combobox", name="Forward")
    to.fill("Cleo")
    expect(one.page.get_by_role("option", name="Cleo Sand").last).to_be_visible()
    to.press("Enter")
    expect(one.page.get_by_role("status").filter(has_text="Forwarded to Cleo")).to_be_visible()
    other.open("Ana Ruiz")
    expect(bubble(other, "The report is")).to_contain_text("first said by Ben Dubois")
    expect(bubble(other, "The report is").locator("strong")).to_have_text("done")
