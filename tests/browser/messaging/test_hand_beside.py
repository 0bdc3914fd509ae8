"""Beside the thread: who this is to me; and what stands behind a filter and a count (M8, M13)."""

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Sit
from tests.browser.pages import until


def test_what_lies_behind_two_people(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    cleo.befriend(ben)
    talk = ben.begin(ana, text="Hello")
    one = sit(ana)
    one.go(f"/messages/inbox/{talk}")
    expect(one.composer).to_be_visible()
    one.page.get_by_role("listbox").first.focus()
    one.page.keyboard.press("i")
    beside = one.page.get_by_role("complementary", name="Details")
    expect(beside.get_by_role("link", name="Cleo Sand")).to_be_visible()
    asked = beside.get_by_role("region", name="Invitations")
    expect(asked).to_contain_text("You asked Ben Dubois to connect on")
    expect(asked).to_contain_text("accepted")
    # Tags and a note, in place.
    mine = beside.get_by_role("region", name="Your own words")
    mine.get_by_role("button").click()
    mine.get_by_label("Tags").fill("client, Lyon")
    mine.get_by_label("Note").fill("Prefers the morning")
    mine.get_by_role("button", name="Save").click()
    expect(mine.get_by_text("Prefers the morning")).to_be_visible()
    until(
        one.page,
        """id => fetch(`/api/people/${id}/mine`).then(answer => answer.json())
             .then(found => found.tags.join() === "client,Lyon")""",
        ben.id,
    )


def test_a_filter_by_tags_and_the_messages_behind_a_count(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    talk = ben.begin(ana, text="One")
    ben.say(talk, "Two")
    ben.say(talk, "Three")
    cleo.begin(ana, text="Hello")
    ana.ask("PUT", f"/api/people/{ben.id}/mine", tags=["client"], note="", cadence_days=None)
    one = sit(ana)
    one.go()
    expect(one.page.get_by_role("option")).to_have_count(2)
    tab = one.tab("Inbox")
    tab.hover()
    expect(tab).to_have_attribute("data-tip", "2 conversations · 4 unread messages")
    one.page.get_by_role("listbox").focus()
    one.page.keyboard.press("f")
    dialog = one.page.get_by_role("dialog")
    dialog.get_by_label("Tags on the person").fill("Client")
    expect(dialog.get_by_role("status")).to_have_text("1 conversation")
    dialog.get_by_role("button", name="Save as a view").click()
    expect(one.page.get_by_role("option")).to_have_count(1)
    expect(one.row("Ben Dubois")).to_be_visible()


def test_ones_own_words_on_somebody_of_a_group(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    talk = ben.begin(ana, text="Hello", title="Choir")
    ben.befriend(cleo)
    ben.ask("POST", f"/api/conversations/{talk}/people", member_ids=[cleo.id])
    one = sit(ana)
    one.go(f"/messages/inbox/{talk}")
    one.page.get_by_role("button", name="Details").click()
    beside = one.page.get_by_role("complementary", name="Details")
    beside.get_by_role("button", name="Actions for Cleo Sand").click()
    one.page.get_by_role("menuitem", name="Your own words").click()
    mine = beside.get_by_role("region", name="Your own words")
    mine.get_by_role("button").click()
    mine.get_by_label("Tags").fill("alto")
    mine.get_by_role("button", name="Save").click()
    until(
        one.page,
        """id => fetch(`/api/people/${id}/mine`).then(answer => answer.json())
             .then(found => found.tags.join() === "alto")""",
        cleo.id,
    )
