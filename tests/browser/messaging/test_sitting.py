"""One sitting: from a full inbox to nothing waiting, by keyboard alone, and nobody is missed."""

from playwright.sync_api import expect

from tests.browser.messaging.desks import agreed, at
from tests.browser.messaging.people import Friends, Member, Sit

OFFERS = 12


def test_from_a_full_inbox_to_nothing_waiting(friends: Friends, sit: Sit) -> None:
    ana, vera, ben, cleo, dan, eve, fay = friends(
        "Ana Ruiz", "Vera Volume", "Ben Dubois", "Cleo Sand", "Dan Ash", "Eve Lund", "Fay Moor"
    )
    stranger = Member.join(ana.url, "Gus Stranger")
    for number in range(OFFERS):
        vera.begin(ana, text=f"Webinar {number}: last seats", title=f"Webinar {number}")
    talks = {
        person.name: person.begin(ana, text=text)
        for person, text in (
            (fay, "Congratulations!"),
            (eve, "Can you talk in spring?"),
            (dan, "Our board meets on the 4th."),
            (cleo, "Are you coming to the dinner?"),
            (ben, "Could you send me the report?"),
        )
    }
    stranger.begin(ana, text="May I write to you?")
    one = sit(ana)
    one.go()
    page, keys = one.page, one.page.keyboard
    rows = page.get_by_role("option")
    page.mouse.move(0, 0)
    agreed(page, inbox=OFFERS + 5, unread=OFFERS + 5, requests=1)

    # What comes in great numbers goes in one: a view of it, all of it, archived.
    keys.press("f")
    expect(page.get_by_role("dialog", name="Filter conversations")).to_be_visible()
    keys.type("webinar")
    expect(page.get_by_role("dialog")).to_contain_text(f"{OFFERS} conversations")
    keys.press("Enter")
    expect(page.get_by_role("listbox", name="webinar")).to_be_visible()
    expect(rows).to_have_count(OFFERS)
    keys.press("Shift+E")
    expect(page.get_by_text("Nothing matches")).to_be_visible()

    # The rest one by one, each as it asks for.
    keys.press("1")
    expect(rows).to_have_count(5)
    page.get_by_role("listbox", name="Inbox").press("Home")
    at(page, "Ben Dubois")
    keys.press("r")
    expect(one.composer).to_be_focused()
    keys.type("Here it is.")
    keys.press("Enter")
    expect(one.messages.last).to_have_text("Here it is.")
    keys.press("Escape")
    keys.press("e")
    expect(rows).to_have_count(4)
    at(page, "Cleo Sand")
    keys.press("r")
    expect(one.composer).to_be_focused()
    keys.type("With pleasure!")
    keys.press("Enter")
    expect(one.messages.last).to_have_text("With pleasure!")
    keys.press("Escape")
    keys.press("e")
    expect(rows).to_have_count(3)
    at(page, "Dan Ash")
    keys.press("v")
    expect(page.get_by_role("combobox", name="Move the conversation")).to_be_focused()
    keys.type("Association")
    keys.press("Enter")
    expect(rows).to_have_count(2)
    at(page, "Eve Lund")
    keys.press("l")
    expect(page.get_by_role("combobox", name="Label the conversation")).to_be_focused()
    keys.type("Talks")
    keys.press("Enter")
    expect(one.row("Eve Lund")).to_contain_text("Talks")

    # Somebody writes while I work: it waits above, and is not archived unseen.
    ben.say(talks["Ben Dubois"], "Thank you so much!")
    expect(page.get_by_role("button", name="1 new")).to_be_visible()
    keys.press("h")
    expect(page.get_by_role("combobox", name="Snooze until")).to_be_focused()
    keys.type("in 2 months")
    keys.press("Enter")
    expect(rows).to_have_count(1)
    at(page, "Fay Moor")
    keys.press("e")
    expect(one.row("Fay Moor")).to_have_count(0)
    keys.press(".")
    expect(one.row("Ben Dubois")).to_contain_text("Thank you so much!")
    keys.press("Home")
    keys.press("#")
    expect(page.get_by_text("All clear")).to_be_visible()

    # A stranger's request, and the other mailbox.
    keys.press("8")
    expect(page.get_by_role("listbox", name="Requests")).to_be_visible()
    page.get_by_role("listbox", name="Requests").press("Home")
    keys.press("r")
    expect(one.composer).to_be_focused()
    keys.type("Gladly.")
    keys.press("Enter")
    expect(one.messages.last).to_have_text("Gladly.")
    keys.press("Escape")
    keys.press("e")
    keys.press("g")
    keys.press("v")
    expect(page.get_by_role("combobox", name="Go to a view…")).to_be_focused()
    keys.type("assoc")
    keys.press("Enter")
    expect(page.get_by_role("listbox", name="Association")).to_be_visible()
    page.get_by_role("listbox", name="Association").press("Home")
    keys.press("e")
    expect(page.get_by_text("Nothing is in Association")).to_be_visible()
    keys.press("1")
    expect(page.get_by_text("All clear")).to_be_visible()

    # Nothing waits, and nobody is missed.
    agreed(page, inbox=0, unread=0, awaiting_me=0, requests=0, snoozed=1)
    expect(page.get_by_role("link", name="Messages").first).not_to_contain_text("unread")
    assert cleo.texts(talks["Cleo Sand"])[-1] == "With pleasure!"
    assert ben.texts(talks["Ben Dubois"])[1] == "Here it is."
    (away,) = ana.ask("GET", "/api/inbox?view=snoozed")["rows"]
    assert away["id"] == talks["Eve Lund"]
