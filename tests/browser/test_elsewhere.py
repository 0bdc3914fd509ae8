"""What is changed on another device is seen here at once, whatever page shows it; what is being
written here stays."""

from collections.abc import Callable

from playwright.sync_api import BrowserContext, Page, Request, Route, expect

from tests.browser.messaging.people import Member, seated
from tests.browser.site import Site

NewContext = Callable[..., BrowserContext]


def here(new_context: NewContext, site: Site, member: Member, path: str) -> Page:
    """The member's browser on a page, following the log."""
    page = seated(new_context(site), member).page
    page.goto(path)
    return page


def test_rules_and_the_door(new_context: NewContext, bare: Site) -> None:
    ana = Member.join(bare.url, "Ana Ruiz")
    page = here(new_context, bare, ana, "/network/invitations/rules")
    rules = page.locator("main ol > li")
    expect(page.get_by_role("button", name="Add a rule")).to_be_visible()
    rule = {"name": "Colleagues", "on": True, "when": {"note": "personal"}, "then": "keep"}
    ana.ask("PUT", "/api/invitations/rules", rules=[rule])
    expect(page.get_by_text("Colleagues")).to_be_visible()
    # What is being written here is not thrown away.
    page.get_by_role("button", name="Add a rule").click()
    ana.ask("PUT", "/api/invitations/rules", rules=[rule | {"name": "Neighbours"}])
    expect(page.get_by_text("Colleagues")).to_be_visible()
    expect(rules).to_have_count(2)
    page.get_by_role("button", name="Save").click()
    page.get_by_role("status").get_by_role("button", name="Undo").click()
    expect(page.get_by_text("Colleagues")).to_be_visible()
    expect(rules).to_have_count(1)

    page.goto("/network/invitations/settings")
    door = page.get_by_role("radiogroup", name="Who may invite me")
    expect(door.get_by_role("radio", name="Everyone")).to_be_checked()
    page.get_by_label("Before you write").fill("In German, please.")
    ana.ask("PATCH", "/api/invitations/settings", door="nobody", line="Say why.")
    expect(door.get_by_role("radio", name="Nobody")).to_be_checked()
    expect(page.get_by_label("Before you write")).to_have_value("In German, please.")


def test_the_queue_of_answers(new_context: NewContext, bare: Site) -> None:
    ana, ben, cleo = (Member.join(bare.url, name) for name in ("Ana Ruiz", "Ben Roy", "Cleo Diaz"))
    keys = [
        one.ask("POST", "/api/invitations", member_id=ana.id, reason="same_profession")[
            "invitation"
        ]["id"]
        for one in (ben, cleo)
    ]
    ana.ask("POST", "/api/invitations/queue", ids=keys, verb="reply", text="Hello {first_name}")
    page = here(new_context, bare, ana, "/network/invitations/queue")
    heading = page.get_by_role("main").get_by_role("heading", level=2)
    expect(heading).to_contain_text("Ben Roy")
    field = page.get_by_role("main").get_by_role("textbox")
    field.fill("Ben, which of the two drawings?")
    # The next is answered elsewhere; whoever stands here stays, with the words.
    ana.ask("POST", f"/api/invitations/queue/{keys[1]}/send", text="Yes, Cleo.")
    expect(page.get_by_text("1 of 1")).to_be_visible()
    expect(heading).to_contain_text("Ben Roy")
    expect(field).to_have_value("Ben, which of the two drawings?")
    ana.ask("DELETE", f"/api/invitations/queue/{keys[0]}")
    expect(heading).to_have_count(0)


def test_words_on_people_and_their_lists(new_context: NewContext, bare: Site) -> None:
    ana, ben = (Member.join(bare.url, name) for name in ("Ana Ruiz", "Ben Roy"))
    ana.befriend(ben)
    handle = ben.ask("GET", "/api/boot")["me"]["handle"]
    page = here(new_context, bare, ana, f"/in/{handle}")
    lists = page.context.new_page()
    lists.goto("/network/lists")
    words = {"tags": ["printing"], "note": "Has the old plates.", "cadence_days": None}
    ana.ask("PUT", f"/api/people/{ben.id}/mine", **words)
    expect(page.get_by_text("Has the old plates.")).to_be_visible()
    expect(lists.get_by_role("link", name="printing")).to_be_visible()
    expect(lists.get_by_role("main")).to_contain_text("Ben Roy")


def test_tokens_and_webhooks(new_context: NewContext, bare: Site) -> None:
    ana = Member.join(bare.url, "Ana Ruiz")
    page = here(new_context, bare, ana, "/settings/developers")
    expect(page.get_by_role("button", name="New token")).to_be_visible()
    made = ana.ask("POST", "/api/tokens", name="Backup", scopes=["messages.read"], days=7)
    expect(page.get_by_text("Backup")).to_be_visible()
    ana.ask("DELETE", f"/api/tokens/{made['token']['id']}")
    expect(page.get_by_text("Backup")).to_have_count(0)
    url = "https://example.org/heard"
    hook = ana.ask("POST", "/api/webhooks", url=url, kinds=["message.sent"])["webhook"]
    expect(page.get_by_text(url)).to_be_visible()
    ana.ask("DELETE", f"/api/webhooks/{hook['id']}")
    expect(page.get_by_text(url)).to_have_count(0)


def test_news_from_before_what_is_on_its_way_changes_nothing(
    new_context: NewContext, bare: Site
) -> None:
    ana = Member.join(bare.url, "Ana Ruiz")
    place = "/network/invitations/settings"
    page = here(new_context, bare, ana, place)
    beside = page.context.new_page()
    beside.goto(place)
    expect(beside.get_by_label("Before you write")).to_have_value("")
    nobody = page.get_by_role("radio", name="Nobody")
    expect(page.get_by_role("radio", name="Everyone")).to_be_checked()
    held: list[Route] = []
    read: list[Request] = []
    page.route(
        "**/api/invitations/settings",
        lambda route: held.append(route) if route.request.method == "PATCH" else route.continue_(),
    )
    page.on("request", lambda one: read.append(one) if one.method == "GET" else None)
    with page.expect_request(lambda one: one.method == "PATCH"):
        nobody.check()
    # Both tabs hear of it; this one waits with reading until its own word has arrived.
    ana.ask("PATCH", "/api/invitations/settings", line="Say why.")
    expect(beside.get_by_label("Before you write")).to_have_value("Say why.")
    expect(nobody).to_be_checked()
    assert not [one for one in read if one.url.endswith("/api/invitations/settings")]
    held.pop().continue_()
    expect(page.get_by_label("Before you write")).to_have_value("Say why.")
    expect(nobody).to_be_checked()
    expect(beside.get_by_role("radio", name="Nobody")).to_be_checked()
