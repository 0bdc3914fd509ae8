"""What only the menus of conversations do: of what a group tells, and whom one does not want."""

from playwright.sync_api import expect

from tests.browser.messaging.people import Desk, Friends, Member, Sit
from tests.browser.messaging.test_triage import said
from tests.browser.pages import until


def choose(one: Desk, what: str) -> None:
    """From the menu of the open conversation."""
    pane = one.page.get_by_role("region", name="Conversation", exact=True)
    pane.get_by_role("button", name="More actions").click()
    one.page.get_by_role("menuitem", name=what).click()


def notifies(one: Desk, how: str) -> None:
    """Waits until the server has it that the newest conversation tells of so much."""
    first = "fetch('/api/inbox').then((it) => it.json()).then((it) => it.rows[0].notify)"
    until(one.page, f"(how) => {first}.then((is) => is === how)", how)


def test_a_group_tells_of_mentions_only(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    ben.befriend(cleo)
    ana.begin(ben, cleo, text="Who brings the projector?", title="Reading room")
    one = sit(ben)
    one.go()
    one.open("Reading room")
    choose(one, "Notify me of mentions only")
    said(one, "Only mentions notify you")
    notifies(one, "mentions")
    one.page.get_by_role("button", name="Undo").click()
    notifies(one, "all")
    choose(one, "Notify me of mentions only")
    notifies(one, "mentions")
    choose(one, "Notify me of every message")
    notifies(one, "all")


def test_what_is_selected_is_reported_together(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    for other in (ben, cleo):
        other.begin(ana, text="Buy gold")
    one = sit(ana)
    one.go()
    for name in ("Ben Dubois", "Cleo Sand"):
        one.row(name).locator("[data-select]").click()
    bar = one.page.get_by_role("toolbar", name="Selection")
    bar.get_by_role("button", name="More actions").click()
    one.page.get_by_role("menuitem", name="Report …").click()
    dialog = one.page.get_by_role("dialog", name="Report 2 conversations")
    dialog.get_by_label("In your words").fill("Both say the same")
    answers: list[tuple[str, int]] = []
    one.page.on("response", lambda it: answers.append((it.url.rsplit("/", 1)[-1], it.status)))
    dialog.get_by_role("button", name="Report").click()
    said(one, "Reported. You will be told")
    assert [it for it in answers if it[0] == "report"] == [("report", 200)] * 2
    expect(dialog).to_have_count(0)


def blocked(one: Member) -> list[str]:
    """Whom the member has blocked."""
    return sorted(card["name"] for card in one.ask("GET", "/api/blocks")["people"])


def test_people_are_blocked_from_where_they_write(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo, dan = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand", "Dan Oyelowo")
    for other in (ben, cleo, dan):
        other.begin(ana, text=f"It is {other.name}")
    one = sit(ana)
    one.go()
    one.open("Ben Dubois")
    choose(one, "Block")
    said(one, "Ben Dubois is blocked.")
    one.page.get_by_role("button", name="Undo").click()
    # The two others together; who goes to another page means it.
    for name in ("Cleo Sand", "Dan Oyelowo"):
        one.row(name).locator("[data-select]").click()
    bar = one.page.get_by_role("toolbar", name="Selection")
    bar.get_by_role("button", name="More actions").click()
    one.page.get_by_role("menuitem", name="Block").click()
    said(one, "2 people are blocked.")
    one.page.goto("/network")
    until(
        one.page, "() => fetch('/api/blocks').then((it) => it.json()).then((it) => it.total === 2)"
    )
    assert blocked(ana) == ["Cleo Sand", "Dan Oyelowo"]
