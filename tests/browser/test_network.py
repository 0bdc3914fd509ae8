"""Finding people, inviting them, being answered at once, blocking, and one's own page."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Member
from tests.browser.pages import catalogue, settle
from tests.browser.watching import Watcher

EN = catalogue("en")
Joined = Callable[..., tuple[BrowserContext, Member]]


def named() -> str:
    """A name that nobody else bears."""
    return f"Wilma {uuid4().hex[:10]}"


def handle_of(context: BrowserContext) -> str:
    handle: str = context.request.get("/api/boot").json()["me"]["handle"]
    return handle


def dialog_of(page: Page, name: str) -> None:
    """Opens the dialog that invites somebody, on their page."""
    page.get_by_role("button", name=EN["invitations.connect"], exact=True).click()
    expect(page.get_by_role("dialog", name=f"Invite {name}")).to_be_visible()


def test_people_are_found_as_one_types(visit: Callable[..., Page]) -> None:
    page = visit("newcomer")
    page.goto("/network/people")
    field = page.get_by_role("searchbox")
    people = page.get_by_role("option")
    field.press_sequentially("helene vass", delay=20)  # without its accents
    expect(people.filter(has_text="Hélène Vasseur")).to_have_count(1)
    field.fill("zzzzzz")
    expect(page.get_by_text("Nobody matches “zzzzzz”")).to_be_visible()
    field.fill("delcourt")
    expect(people.filter(has_text="Bertrand Delcourt")).to_have_count(1)
    field.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/in/"))
    expect(page.get_by_role("heading", level=1, name="Bertrand Delcourt")).to_be_visible()


def test_an_invitation_with_its_note_is_answered_at_once(sign_up: Joined) -> None:
    one, ada = sign_up(named())
    other, bea = sign_up(named())
    page, beside = one.new_page(), other.new_page()
    beside.goto("/network/invitations")
    expect(beside.get_by_text(EN["invitations.none_received"])).to_be_visible()

    page.goto(f"/in/{handle_of(other)}")
    dialog_of(page, bea.name)
    note = page.get_by_role("dialog").get_by_label("A few words")
    note.fill("x" * 301)
    expect(page.get_by_text("301 of 300")).to_be_visible()
    note.fill("We met at the ferry, and you were right about the weather.")
    page.get_by_role("button", name=EN["invitations.send"]).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    button = page.get_by_role("main").get_by_role("button", name=EN["invitations.withdraw"])
    expect(button).to_be_visible()

    invitation = beside.get_by_role("article", name=ada.name)
    expect(invitation).to_contain_text("you were right about the weather")
    expect(invitation).to_contain_text(EN["invitations.reason_worked_together"])
    expect(beside.get_by_role("link", name="Network 1 person invites you")).to_be_visible()
    invitation.get_by_role("button", name=EN["invitations.accept_do"], exact=True).click()
    expect(invitation).to_have_count(0)

    # On the other side, without a reload: a connection, and the note is the first message.
    page.goto("/network")
    expect(page.get_by_role("option").filter(has_text=bea.name)).to_be_visible()
    for member, other_name in ((page, bea.name), (beside, ada.name)):
        member.goto("/messages")
        # At its face's side: what can be done to a row appears over its other end.
        row = member.get_by_role("option").filter(has_text=other_name)
        row.click(position={"x": 80, "y": 20})
        thread = member.get_by_role("region", name=f"Messages with {other_name}")
        expect(thread).to_contain_text(EN["messaging.invitation_note"])
        expect(thread).to_contain_text("you were right about the weather")


def test_acceptance_is_seen_on_the_page_of_the_person(sign_up: Joined) -> None:
    one, _ = sign_up(named())
    other, bea = sign_up(named())
    page = one.new_page()
    page.goto(f"/in/{handle_of(other)}")
    dialog_of(page, bea.name)
    page.get_by_role("button", name=EN["invitations.send"]).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    beside = other.new_page()
    beside.goto("/")
    beside.get_by_role("main").get_by_role("button", name=re.compile("^Accept")).click()
    page.goto("/network")
    expect(page.get_by_role("option").filter(has_text=bea.name)).to_be_visible()


def test_someone_blocked_and_the_blocker_see_nothing_of_each_other(
    sign_up: Joined, watcher: Watcher
) -> None:
    watcher.allow("status of 404")
    one, ada = sign_up(named())
    other, bea = sign_up(named())
    page, beside = one.new_page(), other.new_page()
    path, back = f"/in/{handle_of(other)}", f"/in/{handle_of(one)}"

    page.goto(path)
    page.get_by_role("main").get_by_role("button", name=EN["shell.more"]).click()
    page.get_by_role("menuitem", name=re.compile("^Block")).click()
    expect(page.get_by_text(f"{bea.name} is blocked.")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(page.get_by_role("heading", level=1, name=bea.name)).to_be_visible()

    page.get_by_role("main").get_by_role("button", name=EN["shell.more"]).click()
    page.get_by_role("menuitem", name=re.compile("^Block")).click()
    expect(page.get_by_text(f"{bea.name} is blocked.")).to_be_visible()
    page.goto("/network/blocked")  # whoever leaves does not mean to undo
    expect(page.get_by_role("option").filter(has_text=bea.name)).to_be_visible()
    for member, hidden, name in ((page, path, bea.name), (beside, back, ada.name)):
        member.goto(hidden)
        expect(member.get_by_text(EN["profiles.no_such_member"]).last).to_be_visible()
        member.goto("/network/people")
        member.get_by_role("searchbox").fill(name)
        expect(member.get_by_text(f"Nobody matches “{name}”")).to_be_visible()


def test_ones_own_page_is_edited_in_place(sign_up: Joined, watcher: Watcher) -> None:
    context, _ = sign_up(named())
    page = context.new_page()
    page.goto(f"/in/{handle_of(context)}")
    page.get_by_role("button", name="Edit: About").or_(
        page.get_by_role("button", name=EN["profiles.about_missing"])
    ).first.click()
    about = page.get_by_label("About", exact=True)
    expect(about).to_be_focused()
    about.fill("Bridges, mostly.")
    # What is typed survives a reload.
    page.reload()
    expect(about).to_have_value("Bridges, mostly.")
    page.get_by_role("button", name=EN["profiles.save"]).click()
    expect(page.get_by_text("Bridges, mostly.")).to_be_visible()
    expect(about).to_have_count(0)
    settle(page)
    page.reload()
    expect(page.get_by_text("Bridges, mostly.")).to_be_visible()


def test_a_refused_value_keeps_what_was_typed(sign_up: Joined, watcher: Watcher) -> None:
    watcher.allow("status of 4..")
    taken = handle_of(sign_up(named())[0])
    context, member = sign_up(named())
    page = context.new_page()
    page.goto(f"/in/{handle_of(context)}")
    page.get_by_role("button", name=f"Edit: {EN['profiles.head']}").click()
    headline = page.get_by_role("textbox", name="Headline", exact=True)
    address = page.get_by_label(EN["profiles.handle"], exact=True)
    headline.fill("h" * 221)
    expect(page.get_by_text("221 of 220")).to_be_visible()
    headline.fill("Keeper of bridges")
    address.fill(taken)
    page.get_by_role("button", name=EN["profiles.save"]).click()
    expect(address).to_have_value(taken)
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(headline).to_have_value("Keeper of bridges")
    address.fill(f"{taken}-2")
    page.get_by_role("button", name=EN["profiles.save"]).click()
    expect(page).to_have_url(f"/in/{taken}-2")
    expect(page.get_by_text("Keeper of bridges")).to_be_visible()
    expect(page.get_by_role("heading", level=1, name=member.name)).to_have_count(1)
