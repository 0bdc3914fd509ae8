"""(k) The member's work: from 3,200 invitations to none in the browser, beside one by one.

An action is a key, a chord or a click; the words of an answer are counted as one. Seconds are what
the member waits for the page and the server: whoever measures types at once and never thinks.
"""

import argparse
import random
import re
import shutil
import time
from typing import Self

from playwright.sync_api import Browser, BrowserContext, Page, expect

from entregent.accounts import open_session
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure
from tests.browser.pages import catalogue
from tests.servers.browser import running

from .crowd import crowd
from .invitations import ask, since_when
from .server import Server, folder
from .table import show

WAITING, OWN = 3_200, 286
SAMPLE = 100  # so many are answered one by one; the rest would be the same again
EN = catalogue("en")
PATIENCE_MS = 60_000


def main(chosen: argparse.Namespace) -> None:
    """Fills, sits down twice, and prints."""
    waiting = max(2 * SAMPLE, round(WAITING * chosen.scale))
    own = max(5, round(OWN * chosen.scale))
    rows = []
    for database in chosen.databases:
        data = folder()
        try:
            cookies = fill(data, database, waiting, own)
            with Server(data, ENTREGENT_DATABASE=database) as server, running() as browser:
                address = f"http://{server.host}"
                with Sitting(browser, address, cookies[0]) as first:
                    by_rule(first, waiting, own)
                with Sitting(browser, address, cookies[1]) as second:
                    one_by_one(second, own * SAMPLE // waiting)
        finally:
            shutil.rmtree(data)
        some = waiting / SAMPLE
        rows += [
            [
                "PostgreSQL" if database else "SQLite",
                f"{first.actions:,}",
                f"{first.seconds:.0f}",
                f"{second.actions * some:,.0f}",
                f"{second.seconds * some:,.0f}",
                f"{second.actions * some / first.actions:.1f}",
            ]
        ]
    show(
        f"From {waiting:,} invitations to none; {own} wrote and are answered each",
        ["", "actions", "s", "one by one: actions", "s", "actions ÷"],
        rows,
    )


def fill(data: str, database: str, waiting: int, own: int) -> list[str]:
    """Two members for whom as many wait; gives their cookies."""
    read = settings(data=data, database=database or None)
    ensure(read.database)
    house = House(read)
    chance = random.Random(7)
    try:
        both, everybody = crowd(house, waiting + 200, 10 * waiting, [20, 20], chance)
        some = everybody[20 : 20 + waiting]
        chance.shuffle(some)
        for me in both:
            house.db.write_now(ask, me, since_when(some, chance), own, chance)
        return [house.db.write_now(open_session, me, "127.0.0.1", "bench") for me in both]
    finally:
        house.db.close()


class Sitting:
    """A member before the list of those who wait: what is done is counted, and timed."""

    def __init__(self, browser: Browser, address: str, cookie: str) -> None:
        self.context: BrowserContext = browser.new_context(
            viewport={"width": 1360, "height": 860}, base_url=address
        )
        expect.set_options(timeout=PATIENCE_MS)
        self.context.set_default_timeout(PATIENCE_MS)
        self.context.add_cookies([{"name": "entregent", "value": cookie, "url": address}])
        self.page: Page = self.context.new_page()
        self.actions = 0
        self._began = 0.0
        self.seconds = 0.0

    def __enter__(self) -> Self:
        self.page.goto("/network/invitations")
        expect(self.page.get_by_role("listbox").get_by_role("option").first).to_be_visible()
        self._began = time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._began
        self.context.close()

    def press(self, keys: str) -> None:
        """Keys one after the other, with a space between them."""
        for key in keys.split():
            self.page.keyboard.press(key)
            self.actions += 1

    def click(self, name: str) -> None:
        """Presses the button of this name."""
        self.page.get_by_role("button", name=name).click()
        self.actions += 1

    def say(self, text: str) -> None:
        """Writes, all at once."""
        self.page.keyboard.insert_text(text)
        self.actions += 1

    def sees(self, text: str | re.Pattern[str]) -> None:
        """Waits until the page says so."""
        expect(self.page.get_by_text(text).first).to_be_visible()

    def has_left(self, number: int) -> None:
        """Waits until so many wait, as the page says."""
        places = self.page.get_by_role("navigation", name=EN["invitations.places"])
        expect(places.get_by_role("link", name=f"Everyone waiting {number:,}")).to_be_visible()


def by_rule(sitting: Sitting, waiting: int, own: int) -> None:
    """One rule for those who wrote nothing of their own, undone and run again; then the queue."""
    page = sitting.page
    sitting.press("g r")
    sitting.click(EN["invitations.preset"])
    foreseen = f"They would accept {waiting - own:,} and keep {own:,} for you."
    for again in (True, False):
        sitting.sees(foreseen)
        sitting.press("Shift+R")
        sitting.sees(f"{waiting - own:,} accepted and {own:,} kept for you")
        sitting.has_left(own)
        if again:
            sitting.press("z")
            sitting.has_left(waiting)
    sitting.press("g i")
    listed = page.get_by_role("listbox", name=re.compile(f": {own:,}$"))
    expect(listed).to_be_visible()
    sitting.press("* a r")
    sitting.click(EN["invitations.queue_do"])
    for number in range(1, own + 1):
        sitting.sees(f"{number:,} of {own:,}")
        expect(page.get_by_role("textbox", name=re.compile("^Your answer to"))).to_be_focused()
        sitting.say("Thank you for writing: let us talk.")
        sitting.press("Control+Enter")
    sitting.sees(f"{own:,} people answered")
    page.goto("/")  # what can still be undone goes out when one leaves
    while page.request.get("/api/invitations").json()["total"]:
        page.wait_for_timeout(50)


def one_by_one(sitting: Sitting, own: int) -> None:
    """A sample: each is looked at and accepted, and some are answered in words besides."""
    page = sitting.page
    current = page.get_by_role("article")
    for number in range(SAMPLE):
        name = current.get_attribute("aria-label") or ""
        if number < own:
            sitting.press("r")
            expect(page.get_by_role("textbox", name=f"Your answer to {name}")).to_be_focused()
            sitting.say("Thank you for writing: let us talk.")
            sitting.press("Control+Shift+Enter")
        else:
            sitting.press("a")
        expect(current).not_to_have_accessible_name(name)
