"""Groups: who is in them, what they may do, and what the others see of that."""

import re

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Member, Sit
from tests.browser.messaging.test_writing import bubble
from tests.browser.site import Site
from tests.browser.watching import Watcher


def test_brings_people_in_and_asks_strangers(friends: Friends, sit: Sit, bare: Site) -> None:
    ana, ben, cleo, dan = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand", "Dan Oyelowo")
    eve = Member.join(bare.url, "Evelyn Marchbanks")
    key = ana.begin(ben, cleo, text="Who brings the projector?", title="Reading room")
    one, stranger = sit(ana), sit(eve)
    one.go(f"/messages/{key}")
    stranger.go()
    expect(bubble(one, "projector")).to_be_visible()
    one.page.get_by_role("region", name="Messages with Reading room").focus()
    one.page.keyboard.press("Shift+A")
    dialog = one.page.get_by_role("dialog", name="Add people")
    to = dialog.get_by_role("combobox", name="To")
    for name in (dan.name, eve.name):
        to.fill(name)
        expect(one.page.get_by_role("option", name=name).last).to_be_visible()
        to.press("Enter")
        expect(dialog.get_by_label(f"Remove {name}")).to_be_visible()
    expect(dialog).to_contain_text("1 person is not among your connections")
    dialog.get_by_role("button", name="Add people").click()
    one.page.keyboard.press("i")
    details = one.page.get_by_role("complementary", name="Details")
    expect(details).to_contain_text("Dan Oyelowo")
    expect(details.get_by_role("button", name="Actions for Dan Oyelowo")).to_be_visible()
    asked = details.get_by_role("listitem").filter(has_text="Evelyn")
    expect(asked).to_contain_text("Asked to join")
    # Who is asked sees who asks, but nothing that was said, and decides.
    stranger.page.goto("/messages/requests")
    stranger.row("Reading room").first.click(position={"x": 90, "y": 22})
    expect(stranger.page.get_by_text("Ana Ruiz asks you to join this group")).to_be_visible()
    expect(stranger.page.get_by_text("projector")).to_have_count(0)
    stranger.page.get_by_role("button", name="Join the group").click()
    expect(stranger.composer).to_be_visible()
    expect(asked).not_to_contain_text("Asked to join")
    one.write("Welcome, Evelyn")
    expect(bubble(stranger, "Welcome, Evelyn")).to_be_visible()


def test_gives_parts_and_takes_people_out(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    key = ana.begin(ben, cleo, text="Who brings the projector?", title="Reading room")
    one, other, third = sit(ana), sit(ben), sit(cleo)
    for desk in (one, other, third):
        desk.go(f"/messages/{key}")
        expect(bubble(desk, "projector")).to_be_visible()
    one.page.keyboard.press("i")
    other.page.keyboard.press("i")
    mine = one.page.get_by_role("complementary", name="Details")
    theirs = other.page.get_by_role("complementary", name="Details")
    expect(theirs.get_by_role("listitem").filter(has_text="Ana Ruiz")).to_contain_text("Owner")
    # Who is only a member is offered nothing that would be refused.
    theirs.get_by_role("button", name="Actions for Cleo Sand").click()
    expect(other.page.get_by_role("menuitem")).to_have_text([re.compile("Your own words")])
    other.page.keyboard.press("Escape")
    expect(theirs.get_by_role("button", name="Add people")).to_have_count(0)
    mine.get_by_role("button", name="Actions for Ben Dubois").click()
    one.page.get_by_role("menuitem", name="Make administrator").click()
    ben_here = theirs.get_by_role("listitem").filter(has_text="Ben Dubois")
    expect(ben_here).to_contain_text("Administrator")
    # Another name, seen by all.
    one.page.get_by_role("button", name="Rename the group").click()
    one.page.get_by_role("textbox", name="Title").fill("The <b>projector</b> room")
    one.page.get_by_role("button", name="Save").click()
    expect(third.page.get_by_role("heading", name="The <b>projector</b> room")).to_be_visible()
    theirs.get_by_role("button", name="Actions for Cleo Sand").click()
    other.page.get_by_role("menuitem", name="Remove from the group").click()
    expect(theirs.get_by_role("listitem").filter(has_text="Cleo Sand")).to_have_count(0)
    other.page.goto("/messages")  # what can be taken back is done when the page is left
    expect(third.row("projector")).to_have_count(0)
    expect(mine.get_by_role("listitem").filter(has_text="Cleo Sand")).to_have_count(0)


def test_leaves_a_group(friends: Friends, sit: Sit, watcher: Watcher) -> None:
    # The page that comes next may ask for the group while it is being left.
    watcher.allow("status of 404")
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    key = ana.begin(ben, cleo, text="Who brings the projector?", title="Reading room")
    one = sit(ben)
    one.go(f"/messages/{key}")
    expect(bubble(one, "projector")).to_be_visible()
    one.page.get_by_role("button", name="More actions").click()
    one.page.get_by_role("menuitem", name="Leave the group").click()
    one.page.get_by_role("dialog").get_by_role("button", name="Leave the group").click()
    expect(one.row("Reading room")).to_have_count(0)
    one.page.keyboard.press("z")
    expect(one.row("Reading room")).to_have_count(1)
    one.open("Reading room")
    one.page.get_by_role("button", name="More actions").click()
    one.page.get_by_role("menuitem", name="Leave the group").click()
    one.page.get_by_role("dialog").get_by_role("button", name="Leave the group").click()
    expect(one.row("Reading room")).to_have_count(0)
    one.page.goto("/messages")
    expect(one.page.get_by_text("Your conversations will be here")).to_be_visible()
    people = ana.ask("GET", f"/api/conversations/{key}")["participants"]
    assert ben.id not in {one["id"] for one in people}
