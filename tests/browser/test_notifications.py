"""The bell: rings in every tab, stops in every tab, leads to the thing; and how one is told."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import APIResponse, BrowserContext, Locator, Page, expect

from tests.browser.conftest import Member
from tests.browser.pages import axe, catalogue, settle

EN = catalogue("en")
FR = catalogue("fr")
Joined = Callable[..., tuple[BrowserContext, Member]]


def post(context: BrowserContext, path: str, **body: object) -> APIResponse:
    origin = context.request.get("/healthz").url.removesuffix("/healthz")
    answer = context.request.post(
        path,
        data={"client_id": str(uuid4()), **body},
        headers={"X-Entregent": "1", "Origin": origin},
    )
    assert answer.ok, answer.text()
    return answer


def id_of(context: BrowserContext) -> str:
    found: str = context.request.get("/api/boot").json()["me"]["id"]
    return found


def accepted(sign_up: Joined, mine: BrowserContext, name: str) -> None:
    """Somebody new whom I have invited accepts."""
    theirs, _ = sign_up(name)
    asked = post(mine, "/api/invitations", member_id=id_of(theirs), reason="other").json()
    post(theirs, f"/api/invitations/{asked['invitation']['id']}/accept")


def bell(page: Page) -> Locator:
    return page.get_by_role("navigation").get_by_role("link", name="Notifications")


def test_the_bell_is_the_same_in_every_tab(sign_up: Joined) -> None:
    mine, _ = sign_up("Nora Quill")
    one, other = mine.new_page(), mine.new_page()
    one.goto("/")
    other.goto("/network")
    settle(one)
    settle(other)
    accepted(sign_up, mine, "Bruno Adler")
    accepted(sign_up, mine, "Chloe Marsh")
    for page in (one, other):
        expect(bell(page)).to_have_text(re.compile(r"2\s*$"))
    bell(one).click()
    line = one.locator("[data-notice]")
    expect(line).to_contain_text("Chloe Marsh and Bruno Adler accepted your invitations")
    for page in (one, other):
        expect(bell(page)).not_to_have_text(re.compile(r"\d"))
    # Seen is not read: the line stays bold, here and there, until somebody opens it.
    bell(other).click()
    expect(other.locator("[data-notice]")).to_contain_text(EN["notifications.unread"])
    line.click()
    expect(one).to_have_url(re.compile("/in/chloe-marsh"))
    expect(other.locator("[data-notice]")).not_to_contain_text(EN["notifications.unread"])


def test_the_keyboard_reads_and_unreads(sign_up: Joined) -> None:
    mine, _ = sign_up("Nora Quill")
    accepted(sign_up, mine, "Bruno Adler")
    page = mine.new_page()
    page.goto("/")
    settle(page)
    expect(bell(page)).to_have_text(re.compile(r"1\s*$"))
    page.keyboard.press("g")
    page.keyboard.press("b")
    line = page.locator("[data-notice]")
    expect(line).to_contain_text(EN["notifications.unread"])
    page.keyboard.press("j")
    expect(line).to_have_class(re.compile("current"))
    page.keyboard.press("Shift+U")
    expect(line).not_to_contain_text(EN["notifications.unread"])
    page.keyboard.press("Shift+U")
    expect(line).to_contain_text(EN["notifications.unread"])
    page.get_by_role("button", name=EN["notifications.read_all"]).click()
    expect(line).not_to_contain_text(EN["notifications.unread"])
    assert axe(page) == []


def test_ways_are_kept_and_the_same_in_every_tab(sign_up: Joined) -> None:
    mine, _ = sign_up("Nora Quill", language="fr")
    one, other = mine.new_page(), mine.new_page()
    for page in (one, other):
        page.goto("/notifications/settings")
        settle(page)
    group, push = FR["notifications.kind_group"], FR["notifications.way_push"]
    for page in (one, other):
        name = re.compile(f"{group}.*{push}")
        box = page.get_by_role("checkbox", name=name)
        if page is one:
            expect(box).not_to_be_checked()
            box.check()
        expect(box).to_be_checked()
    one.get_by_role("switch", name=FR["notifications.quiet_on"]).check()
    for page in (one, other):
        expect(page.get_by_label(FR["notifications.zone"])).to_have_value("Europe/Paris")
    assert axe(one) == []
    one.reload()
    expect(one.get_by_role("switch", name=FR["notifications.quiet_on"])).to_be_checked()
    expect(one.get_by_role("button", name="lun.")).to_have_attribute("aria-pressed", "true")


def test_the_tab_counts_conversations(sign_up: Joined) -> None:
    mine, _ = sign_up("Nora Quill")
    accepted(sign_up, mine, "Bruno Adler")
    theirs, _ = sign_up("Chloe Marsh")
    asked = post(mine, "/api/invitations", member_id=id_of(theirs), reason="other").json()
    post(theirs, f"/api/invitations/{asked['invitation']['id']}/accept")
    page = mine.new_page()
    page.goto("/network")
    settle(page)
    expect(page).to_have_title(re.compile(r"^Network|^Connections|^\D"))
    for text in ("Hello", "Are you there?"):
        post(theirs, "/api/conversations", member_ids=[id_of(mine)], text=text)
    expect(page).to_have_title(re.compile(r"^\(1\) "))
    expect(page.locator('link[rel="icon"]')).to_have_attribute(
        "href", re.compile("^data:image/png")
    )
