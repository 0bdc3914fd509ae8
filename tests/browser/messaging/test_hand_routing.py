"""Rules that sort what comes: written, tried out, run, undone (M17)."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Member, Sit


def inside(member: Member, box: str) -> list[dict[str, Any]]:
    """What stands in a mailbox."""
    found: list[dict[str, Any]] = member.ask("GET", f"/api/inbox?view=box:{box}")["rows"]
    return found


def test_a_rule_sorts_what_is_there_and_what_comes(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    ben.begin(ana, text="About your offer")
    box = ana.ask("POST", "/api/boxes", name="Sales")["id"]
    one = sit(ana)
    page = one.page
    page.goto("/settings/messages/rules")
    page.get_by_role("button", name="Add a rule").click()
    page.get_by_label("With these words").fill("offer")
    page.get_by_label("Put them into the mailbox").select_option("Sales")
    expect(page.get_by_text("Would sort 1 conversation that is there.")).to_be_visible()
    expect(page.get_by_text("with the words “offer”")).to_be_visible()
    page.get_by_role("button", name="Save and sort them now").click()
    nothing = page.get_by_text("Everything is where the rules want it.")
    expect(nothing).to_be_visible()
    assert [row["people"] for row in inside(ana, box)] == [[ben.id]]
    page.keyboard.press("z")
    expect(page.get_by_text("Would sort 1 conversation that is there.")).to_be_visible()
    assert inside(ana, box) == []
    one.go(f"/messages/box:{box}")
    # What comes now goes there by itself.
    cleo.begin(ana, text="An offer you cannot refuse")
    expect(one.row("Cleo Sand")).to_be_visible()
    # What is put elsewhere by hand stays there: only the other one would be sorted.
    (talk,) = (row["id"] for row in inside(ana, box))
    ana.ask("POST", "/api/conversations/marks", mark="box", ids=[talk])
    page.goto("/settings/messages/rules")
    expect(page.get_by_text("Would sort 1 conversation that is there.")).to_be_visible()
    expect(page.get_by_text("1 stays where you have put it.")).to_be_visible()
    page.get_by_role("button", name="Remove the rule").click()
    page.get_by_role("button", name="Save rules").click()
    expect(page.get_by_role("button", name="Save rules")).to_have_count(0)
    assert ana.ask("GET", "/api/routing")["rules"] == []
    # Saved, it can be taken back all the same.
    page.keyboard.press("z")
    expect(page.get_by_text("with the words “offer”")).to_be_visible()
    assert [rule["box"] for rule in ana.ask("GET", "/api/routing")["rules"]] == [box]
