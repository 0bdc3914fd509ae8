"""Saved filters, the editor of labels and mailboxes, the side list, and very many at once."""

import re

from playwright.sync_api import expect

from tests.browser.messaging.desks import agreed, at, begin, inbox
from tests.browser.messaging.people import Desk, Friends, Sit
from tests.browser.pages import until
from tests.browser.watching import Watcher


def command(one: Desk, name: str) -> None:
    """Runs what the palette lists."""
    one.page.keyboard.press("Control+k")
    expect(one.page.get_by_role("dialog").get_by_role("combobox")).to_be_focused()
    one.page.keyboard.type(name)
    expect(one.page.get_by_role("dialog").get_by_role("option").first).to_contain_text(name)
    one.page.keyboard.press("Enter")


def test_builds_a_filter_and_keeps_it_as_a_view(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo, dan = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand", "Dan Ash")
    ben.begin(ana, text="The invoice of May")
    cleo.begin(ana, text="An invoice, and a question")
    dan.begin(ana, text="Shall we meet?")
    one = sit(ana)
    one.go()
    page, keys = one.page, one.page.keyboard
    keys.press("f")
    dialog = page.get_by_role("dialog", name="Filter conversations")
    expect(dialog).to_contain_text("3 conversations")
    keys.type("invoice")
    expect(dialog).to_contain_text("2 conversations")
    dialog.get_by_label("Name of the view").fill("Invoices")
    keys.press("Enter")
    expect(page.get_by_role("listbox", name="Invoices")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(2)
    expect(one.tab("Invoices")).to_contain_text("2")
    # What is answered stays, what is archived goes; the count follows.
    one.open("Ben Dubois")
    one.write("Paid.")
    expect(page.get_by_role("option")).to_have_count(2)
    one.composer.press("Escape")
    keys.press("e")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(one.tab("Invoices")).to_contain_text("1")
    page.reload()
    expect(page.get_by_role("option")).to_have_count(1)
    # Changed, deleted and brought back in the editor.
    command(one, "Labels, mailboxes and saved views")
    editor = page.get_by_role("dialog", name="Labels, mailboxes and saved views")
    name = editor.get_by_label("Name of Invoices")
    name.fill("Bills")
    name.press("Enter")
    expect(one.tab("Bills")).to_be_attached()
    editor.get_by_role("button", name="Delete Bills").click()
    expect(one.tab("Bills")).to_have_count(0)
    editor.get_by_role("button", name="Close").click()
    keys.press("z")
    expect(one.tab("Bills")).to_be_visible()


def test_names_and_colours_labels(friends: Friends, sit: Sit) -> None:
    _, one = inbox(friends, sit, 2)
    page, keys = one.page, one.page.keyboard
    command(one, "Labels, mailboxes and saved views")
    editor = page.get_by_role("dialog", name="Labels, mailboxes and saved views")
    for label in ("Clients", "Press"):
        editor.get_by_label("New label").fill(label)
        keys.press("Enter")
        expect(editor.get_by_label(f"Name of {label}")).to_have_value(label)
    editor.get_by_role("button", name="Colour of Press").click()
    editor.get_by_role("radio", name="Colour 3", exact=True).check(force=True)
    editor.get_by_role("button", name="Move Press up").click()
    expect(editor.get_by_role("button", name="Move Clients up")).to_be_visible()
    until(
        page,
        """() => fetch("/api/boot").then(answer => answer.json()).then(({desk}) =>
             desk.labels.map(one => one.name).join() === "Press,Clients"
             && desk.labels[0].color === 2)""",
    )


def test_the_views_have_a_column_where_there_is_room(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    talk = ben.begin(ana, text="Hello")
    label = ana.ask("POST", "/api/labels", name="Clients", color=4)
    ana.ask("POST", "/api/conversations/marks", ids=[talk], mark="label", label=label["id"])
    one = sit(ana, width=1920)
    one.go()
    views = one.page.get_by_role("navigation", name="Views")
    expect(views.get_by_role("heading", name="Labels")).to_be_visible()
    expect(views.get_by_role("link", name="Clients")).to_contain_text("1")
    views.get_by_role("link", name="Clients").click()
    expect(one.page.get_by_role("listbox", name="Clients")).to_be_visible()


def test_everything_that_matches_at_once(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    for number in range(520):
        ben.begin(ana, text=f"Notice {number}", title=f"Notice {number}")
    cleo.begin(ana, text="A question")
    one = sit(ana)
    one.go()
    page, keys = one.page, one.page.keyboard
    expect(one.tab("Inbox")).to_contain_text("521")
    page.get_by_role("listbox").focus()
    at(page, "Cleo Sand")
    keys.press("*")
    keys.press("a")
    bar = page.get_by_role("toolbar", name="Actions on the selection")
    expect(bar).to_contain_text("521 selected")
    keys.press("x")
    expect(bar).to_contain_text("520 selected")
    keys.press("e")
    expect(page.get_by_role("option")).to_have_count(1)
    expect(one.tab("Inbox")).to_contain_text("1")
    progress = page.get_by_role("region", name="Progress")
    expect(progress).to_contain_text("520 conversations done")
    agreed(page, inbox=1, archived=520)
    expect(page.get_by_role("option")).to_have_count(1)
    progress.get_by_role("button", name="Undo").click()
    agreed(page, inbox=521, archived=0)
    expect(one.tab("Inbox")).to_contain_text("521")
    expect(progress).to_contain_text("Everything is as it was")


def test_another_view_begins_where_its_cursor_is_seen(friends: Friends, sit: Sit) -> None:
    """And it is drawn in the elements that are there: only what they say is new."""
    ana, *others = friends("Ana Ruiz", *(f"Friend {n}" for n in range(40, 0, -1)))
    for person in others:
        person.begin(ana, text=f"From {person.name}")
    one = sit(ana)
    one.go()
    page, keys = one.page, one.page.keyboard
    begin(page, "Friend 1")
    last = one.row("Friend 40")
    keys.press("End")
    at(page, "Friend 40")
    keys.press("s")
    agreed(page, starred=1)
    keys.press("6")
    expect(page.get_by_role("listbox", name="Starred")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(1)
    expect(one.messages.last).to_have_text("From Friend 40")
    keys.press("1")
    expect(page.get_by_role("listbox", name="Inbox")).to_be_visible()
    expect(last).to_be_in_viewport(ratio=1)
    # Under a search the list stays where it is.
    where = page.get_by_role("listbox").evaluate("(list) => list.scrollTop")
    assert where > 0
    keys.press("/")
    expect(page.get_by_role("combobox", name="Search messages")).to_be_focused()
    expect(page.get_by_role("listbox", name="Inbox")).to_be_hidden()
    keys.press("Escape")
    expect(last).to_be_in_viewport(ratio=1)
    assert page.get_by_role("listbox").evaluate("(list) => list.scrollTop") == where
    page.get_by_role("option").evaluate_all("(rows) => { for (const row of rows) row.old = 1; }")
    keys.press("6")
    expect(page.get_by_role("listbox", name="Starred")).to_be_visible()
    expect(page.get_by_role("option")).to_have_count(1)
    assert last.evaluate("(row) => row.old") == 1


def test_a_filter_keeps_what_the_form_does_not_ask(friends: Friends, sit: Sit) -> None:
    ana, one = inbox(friends, sit, 2)
    asked = {"view": "inbox", "stranger": True, "has_attachment": False}
    ana.ask("POST", "/api/filters", name="Strangers", filter=asked)
    page = one.page
    command(one, "Labels, mailboxes and saved views")
    page.get_by_role("button", name="Change the filter of Strangers").click()
    form = page.get_by_role("dialog", name="Change the filter")
    form.get_by_label("Organisation").fill("Aster")
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        form.get_by_role("button", name="Save").click()
    (saved,) = ana.ask("GET", "/api/boot")["desk"]["filters"]
    assert saved["filter"] == asked | {"organisation": "Aster"}


def test_a_conversation_that_is_not_there_leads_on(
    friends: Friends, sit: Sit, watcher: Watcher
) -> None:
    """Its address is of somebody else, or out of date: nobody writes into nothing."""
    watcher.allow("status of 404")
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    ben.begin(ana, text="Hello")
    one = sit(ana)
    one.go("/messages/inbox/123")
    expect(one.page.get_by_text("This conversation is not here")).to_be_visible()
    expect(one.composer).to_have_count(0)
    one.page.get_by_role("link", name="Go to the inbox").click()
    expect(one.page).to_have_url(re.compile("/messages"))
    one.open("Ben Dubois")
