"""What a member has sent and is not answered: old ones taken back at once, and that undone."""

from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import BrowserContext, expect

from entregent.invitations import Rules, invite
from tests.browser.conftest import Member as Account
from tests.browser.messaging.people import Member
from tests.browser.pages import axe, settle, until
from tests.browser.past import past
from tests.browser.site import Site

Joined = Callable[..., tuple[BrowserContext, Account]]
SENT = "() => fetch('/api/invitations?box=sent').then((it) => it.json()).then((it) => it.total)"


def test_old_ones_are_withdrawn_together_and_that_is_undone(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Nils Avant")
    me = int(context.request.get("/api/boot").json()["me"]["id"])
    old, older, new = (Member.join(bare.url, f"Perrin {uuid4().hex[:8]}") for _ in range(3))
    for days, others in ((100, (old, older)), (2, (new,))):
        with past(bare, days) as do:
            for other in others:
                do(invite, me, int(other.id), "other", "", Rules())
    page = context.new_page()
    page.goto("/network/invitations/sent")
    settle(page)
    rows = page.get_by_role("main").get_by_role("listitem").filter(has_text="Perrin")
    expect(rows).to_have_count(3)

    def withdraw() -> None:
        page.get_by_role("button", name="Withdraw old ones").click()
        asked = page.get_by_role("dialog", name="Withdraw old ones")
        expect(asked).to_contain_text("can be invited again in 21 days")
        assert axe(page) == []
        asked.get_by_role("button", name="Withdraw older than 90 days").click()
        expect(rows).to_have_count(1)
        expect(rows).to_contain_text(new.name)

    withdraw()
    page.get_by_role("button", name="Undo").click()
    expect(rows).to_have_count(3)
    assert page.evaluate(SENT) == 3
    withdraw()
    page.goto("/")  # whoever leaves does not mean to undo
    until(page, f"() => ({SENT})().then((total) => total === 1)")
