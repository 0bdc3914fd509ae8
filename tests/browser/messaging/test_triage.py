"""Each action on conversations: by its key, seen at once, kept by the server, taken back."""

from playwright.sync_api import expect

from tests.browser.messaging.desks import agreed, at, begin, inbox, sent
from tests.browser.messaging.people import Desk, Friends, Sit
from tests.browser.messaging.test_offline import AWAY
from tests.browser.pages import until
from tests.browser.watching import Watcher


def said(one: Desk, text: str) -> None:
    """What the toast tells."""
    expect(one.page.get_by_role("status").filter(has_text=text)).to_be_visible()


def pick(one: Desk, key: str, title: str) -> None:
    """Opens a question by its key."""
    one.page.keyboard.press(key)
    expect(one.page.get_by_role("combobox", name=title)).to_be_focused()


def test_snoozes_until_what_is_typed(friends: Friends, sit: Sit) -> None:
    ana, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    keys.press("j")
    pick(one, "h", "Snooze until")
    expect(page.get_by_role("option", name="Tomorrow")).to_be_visible()
    keys.type("in 3 days")
    expect(page.get_by_role("dialog").get_by_role("option")).to_have_count(1)
    keys.press("Enter")
    expect(page.get_by_role("option")).to_have_count(4)
    at(page, "Friend 3")
    said(one, "Snoozed until")
    agreed(page, snoozed=1, inbox=4)
    keys.press("5")
    expect(page.get_by_role("listbox", name="Snoozed")).to_be_visible()
    expect(one.row("Friend 2").get_by_label("Snoozed until")).to_be_visible()
    pick(one, "h", "Snooze until")
    keys.type("back")
    keys.press("Enter")
    expect(page.get_by_text("Nothing is snoozed")).to_be_visible()
    agreed(page, snoozed=0, inbox=5)
    keys.press("z")
    expect(one.row("Friend 2")).to_be_visible()
    agreed(page, snoozed=1, inbox=4)
    keys.press("z")
    keys.press("1")
    expect(page.get_by_role("option").nth(1)).to_contain_text("Friend 2")
    agreed(page, snoozed=0, inbox=5)
    assert ana.ask("GET", "/api/inbox")["rows"][1]["snoozed_until"] is None


def test_snoozes_by_the_calendar(friends: Friends, sit: Sit) -> None:
    ana, one = inbox(friends, sit, 2)
    page, keys = one.page, one.page.keyboard
    pick(one, "h", "Snooze until")
    day = page.evaluate("new Date(Date.now() + 40 * 864e5).toISOString().slice(0, 10)")
    page.get_by_label("Or in the calendar").fill(f"{day}T08:30")
    keys.press("Enter")
    expect(page.get_by_role("option")).to_have_count(1)
    agreed(page, snoozed=1)
    (row,) = ana.ask("GET", "/api/inbox?view=snoozed")["rows"]
    assert row["snoozed_until"] == page.evaluate(f"new Date('{day}T08:30').getTime()")


def test_understands_french(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit, 2, "fr")
    pick(one, "h", "Mettre en veille jusqu’à")
    one.page.keyboard.type("demain 14h30")
    one.page.keyboard.press("Enter")
    said(one, "En veille jusqu’à Demain, 14:30")
    expect(one.page.get_by_role("option")).to_have_count(1)


def test_reminds_unless_somebody_answers(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit, 2)
    page, keys = one.page, one.page.keyboard
    pick(one, "Shift+h", "Remind me if nobody answers")
    keys.type("3 days")
    keys.press("Enter")
    said(one, "Reminder set")
    mark = one.row("Friend 1").get_by_label("Reminder:")
    expect(mark).to_be_visible()
    until(
        page,
        "() => fetch('/api/inbox').then(r => r.json()).then(i => i.rows[0].remind_at > Date.now())",
    )
    pick(one, "Shift+h", "Remind me if nobody answers")
    keys.type("no reminder")
    keys.press("Enter")
    expect(mark).to_have_count(0)
    until(
        page,
        "() => fetch('/api/inbox').then(r => r.json()).then(i => i.rows[0].remind_at === null)",
    )
    keys.press("z")
    expect(mark).to_be_visible()


def test_labels_make_tabs(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    pick(one, "l", "Label the conversation")
    keys.type("Clients")
    keys.press("Enter")
    expect(one.row("Friend 1")).to_contain_text("Clients")
    expect(one.tab("Clients")).to_contain_text("1")
    # Two at once, on what is selected.
    keys.press("j")
    keys.press("x")
    keys.press("Shift+J")
    pick(one, "l", "Label 2 conversations")
    keys.press("Shift+Enter")
    expect(page.get_by_role("dialog").get_by_role("option", selected=True)).to_have_count(1)
    keys.type("Board")
    keys.press("Enter")
    expect(one.tab("Clients")).to_contain_text("3")
    expect(one.tab("Board")).to_contain_text("2")
    one.tab("Board").click()
    expect(page.get_by_role("listbox", name="Board")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(2)
    # What loses the label stays until the view is left.
    page.get_by_role("listbox", name="Board").focus()
    pick(one, "l", "Label the conversation")
    keys.type("Board")
    keys.press("Enter")
    expect(one.tab("Board")).to_contain_text("1")
    expect(page.get_by_role("option")).to_have_count(2)
    keys.press("1")
    expect(page.get_by_role("option")).to_have_count(5)
    one.tab("Board").click()
    expect(page.get_by_role("option")).to_have_count(1)
    page.reload()
    expect(page.get_by_role("option")).to_have_count(1)
    expect(one.tab("Clients")).to_contain_text("3")


def test_stars(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit)
    page, keys = one.page, one.page.keyboard
    keys.press("s")
    expect(one.row("Friend 1").get_by_label("Starred")).to_be_visible()
    agreed(page, starred=1)
    keys.press("6")
    expect(page.get_by_role("listbox", name="Starred")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(1)
    keys.press("s")
    expect(one.row("Friend 1").get_by_label("Starred")).to_have_count(0)
    expect(page.get_by_role("option")).to_have_count(1)
    agreed(page, starred=0)
    keys.press("1")
    keys.press("6")
    expect(page.get_by_text("Nothing is starred")).to_be_visible()


def test_what_is_muted_does_not_come_back(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    loud = ben.begin(ana, text="Offer")
    calm = cleo.begin(ana, text="Question")
    one = sit(ana)
    one.go()
    page, keys = one.page, one.page.keyboard
    begin(page, "Cleo Sand")
    keys.press("j")
    keys.press("m")
    expect(one.row("Ben Dubois").get_by_label("Muted")).to_be_visible()
    keys.press("e")
    expect(page.get_by_role("option")).to_have_count(1)
    keys.press("e")
    expect(page.get_by_text("All clear")).to_be_visible()
    agreed(page, archived=2)
    ben.say(loud, "Another offer")
    cleo.say(calm, "Another question")
    expect(one.row("Cleo Sand")).to_contain_text("Another question")
    expect(one.row("Ben Dubois")).to_have_count(0)


def test_what_is_deleted_comes_back_with_what_is_new(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    talk = ben.begin(ana, text="Long ago")
    cleo.begin(ana, text="Hello")
    one = sit(ana)
    one.go()
    page, keys = one.page, one.page.keyboard
    begin(page, "Cleo Sand")
    keys.press("j")
    keys.press("#")
    expect(page.get_by_role("option")).to_have_count(1)
    agreed(page, all=1)
    keys.press("z")
    expect(one.row("Ben Dubois")).to_contain_text("Long ago")
    agreed(page, all=2)
    at(page, "Ben Dubois")
    keys.press("#")
    keys.press("9")
    expect(page.get_by_role("listbox", name="All")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(1)
    agreed(page, all=1)
    ben.say(talk, "Are you there?")
    expect(one.row("Ben Dubois")).to_contain_text("Are you there?")
    one.open("Ben Dubois")
    expect(one.messages).to_have_text(["Are you there?"])


def test_moves_between_mailboxes(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit, 3)
    page, keys = one.page, one.page.keyboard
    pick(one, "v", "Move the conversation")
    keys.type("Hiring")
    keys.press("Enter")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(one.tab("Hiring")).to_contain_text("1")
    expect(one.tab("Unread")).to_contain_text("2")
    agreed(page, inbox=2, unread=2, all=3)
    keys.press("g")
    keys.press("v")
    expect(page.get_by_role("combobox", name="Go to a view…")).to_be_focused()
    keys.type("hir")
    keys.press("Enter")
    expect(page.get_by_role("listbox", name="Hiring")).to_be_visible()
    expect(one.row("Friend 1")).to_be_visible()
    pick(one, "v", "Move the conversation")
    keys.type("pers")
    keys.press("Enter")
    expect(page.get_by_text("Nothing is in Hiring")).to_be_visible()
    keys.press("z")
    expect(one.row("Friend 1")).to_be_visible()
    keys.press("1")
    expect(page.get_by_role("option")).to_have_count(2)
    sent(page)
    agreed(page, inbox=2, all=3)


def test_what_waits_for_whom(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit, 3)
    page, keys = one.page, one.page.keyboard
    expect(one.tab("Awaiting my reply")).to_contain_text("3")
    keys.press("3")
    expect(page.get_by_role("listbox", name="Awaiting my reply")).to_be_visible()
    one.open("Friend 2")
    one.write("Here you are.")
    expect(one.tab("Awaiting my reply")).to_contain_text("2")
    expect(page.get_by_role("option")).to_have_count(3)
    one.composer.press("Escape")
    keys.press("4")
    expect(page.get_by_role("listbox", name="Awaiting theirs")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(1)
    keys.press("3")
    expect(page.get_by_role("option")).to_have_count(2)
    agreed(page, awaiting_me=2, awaiting_them=1)


def test_undoes_in_turn_what_was_done_in_turn(friends: Friends, sit: Sit) -> None:
    ana, one = inbox(friends, sit, 4)
    page, keys = one.page, one.page.keyboard
    before = {row["id"]: row for row in ana.ask("GET", "/api/inbox")["rows"]}
    keys.press("s")
    keys.press("u")
    keys.press("m")
    keys.press("e")
    keys.press("#")
    keys.press("!")
    expect(page.get_by_role("option")).to_have_count(1)
    for _ in range(6):
        keys.press("z")
    expect(page.get_by_role("option")).to_have_count(4)
    first = one.row("Friend 1")
    expect(first.get_by_label("Muted")).to_have_count(0)
    expect(first).to_contain_text("Unread")
    expect(first.get_by_label("Starred")).to_have_count(0)
    sent(page)
    until(
        page,
        """before => fetch("/api/inbox").then((answer) => answer.json()).then((page) =>
             page.rows.length === before.length &&
             before.every((row, at) => JSON.stringify(page.rows[at]) === JSON.stringify(row)))""",
        list(before.values()),
    )
    assert {row["id"]: row for row in ana.ask("GET", "/api/inbox")["rows"]} == before


def test_offline_all_is_done_and_sent_later(friends: Friends, sit: Sit, watcher: Watcher) -> None:
    watcher.allow(AWAY)
    _, one = inbox(friends, sit, 4)
    page, keys = one.page, one.page.keyboard
    pick(one, "h", "Snooze until")
    keys.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    one.offline()
    keys.press("s")
    keys.press("e")
    pick(one, "h", "Snooze until")
    keys.type("tomorrow")
    keys.press("Enter")
    keys.press("#")
    said(one, "Deleted")
    keys.press("z")
    expect(page.get_by_role("option")).to_have_count(2)
    expect(one.tab("Starred")).to_contain_text("1")
    one.offline(False)
    agreed(page, inbox=2, starred=1, archived=1, snoozed=1, all=4)
    page.reload()
    expect(page.get_by_role("option")).to_have_count(2)
