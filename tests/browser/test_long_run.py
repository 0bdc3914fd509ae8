"""Something done to hundreds of people at once: seen, stopped in the middle, taken back."""

import re
from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

from playwright.sync_api import BrowserContext, Route, expect

from entregent.accounts import create_member
from entregent.invitations import Filled, fill_invitations
from entregent.ports.db import Transaction
from tests.browser.conftest import Member as Account
from tests.browser.pages import catalogue, settle
from tests.browser.past import past
from tests.browser.site import Site
from tests.browser.test_invitations import me, pile, press, waiting

EN = catalogue("en")
MANY = 960
Joined = Callable[..., tuple[BrowserContext, Account]]


def crowd_at_the_door(tx: Transaction, receiver: int) -> None:
    """So many have asked one member to connect."""
    people = [
        create_member(tx, f"{receiver}-{number}@example.org", "", f"Perrin {number}", "en", True)
        for number in range(MANY)
    ]
    fill_invitations(tx, receiver, [Filled(one, "other", "", tx.now) for one in people])


def newest_run(context: BrowserContext) -> dict[str, Any]:
    run: dict[str, Any] = context.request.get("/api/invitations/runs").json()["runs"][0]
    return run


def test_it_is_stopped_in_the_middle_and_taken_back(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Flora Ouvert")
    with past(bare, days=3) as do:
        do(crowd_at_the_door, int(me(context)["id"]))
    page = context.new_page()
    page.goto("/network/invitations")
    settle(page)
    pile(page, MANY)

    # The server gets no further than what is under way, until Stop has been pressed.
    with ExitStack() as meanwhile:

        def begun(route: Route) -> None:
            answer = route.fetch()
            while not newest_run(context)["done"]:
                pass
            meanwhile.enter_context(bare.held())
            route.fulfill(response=answer)

        page.route(re.compile("/api/invitations/actions$"), begun, times=1)
        press(page, "* a")
        press(page, "a")
        progress = page.get_by_role("progressbar", name=EN["invitations.run"])
        expect(progress).to_have_attribute("aria-valuemax", str(MANY))
        with page.expect_request(re.compile("/stop$")):
            page.get_by_role("button", name=EN["invitations.stop"], exact=True).click()
    bar = page.get_by_role("region", name=EN["invitations.run"])
    expect(bar).to_contain_text(re.compile(f"^Stopped after [0-9]+ of {MANY}"))
    run = newest_run(context)
    assert (run["state"], run["skipped"]) == ("stopped", 0)
    assert 0 < run["done"] < MANY
    expect(bar).to_contain_text(f"Stopped after {run['done']} of")
    left = MANY - run["done"]
    pile(page, left)
    places = page.get_by_role("navigation", name=EN["invitations.places"])
    expect(places.get_by_role("link", name=f"Everyone waiting {left}")).to_be_visible()
    assert waiting(context) == left

    press(page, "Shift+Z")
    expect(bar).to_contain_text("All undone: everything waits as before.")
    pile(page, MANY)
    assert waiting(context) == MANY
    assert context.request.get("/api/connections").json()["total"] == 0
