"""A pile of invitations: seen, sorted, answered, undone; by keyboard, and from the other side."""

import io
import re
import zipfile
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Member as Account
from tests.browser.messaging.people import Member
from tests.browser.pages import axe, catalogue, cut, settle
from tests.browser.site import Site

EN = catalogue("en")
Joined = Callable[..., tuple[BrowserContext, Account]]

OWN = [
    "We shared a table at the bridge conference, and you promised me the second drawing.",
    "Your talk on ferries made me change my mind about timetables. May I send our figures?",
    "Nous avons suivi le même cours de topographie, au dernier rang tous les deux.",
    "I found an error in the third table of your report and would rather tell you first.",
]


def me(context: BrowserContext) -> dict[str, Any]:
    found: dict[str, Any] = context.request.get("/api/boot").json()["me"]
    return found


def waiting(context: BrowserContext, box: str = "received") -> int:
    """How many the server says there are."""
    total: int = context.request.get(f"/api/invitations?box={box}").json()["total"]
    return total


def invite(site: Site, receiver: str, notes: list[str]) -> list[Member]:
    """New members, each of whom invites the receiver with one of these notes."""

    def ask(note: str) -> Member:
        member = Member.join(site.url, f"Perrin {uuid4().hex[:8]}")
        member.ask(
            "POST", "/api/invitations", member_id=receiver, reason="same_profession", note=note
        )
        return member

    with ThreadPoolExecutor(4) as hands:
        return list(hands.map(ask, notes))


def press(page: Page, keys: str) -> None:
    """Keys one after the other, with a space between them."""
    for key in keys.split():
        page.keyboard.press(key)


def command(page: Page, words: str) -> None:
    """Runs a command of the palette, by typing its name."""
    page.keyboard.press("Control+k")
    field = page.get_by_role("dialog").get_by_role("combobox")
    expect(field).to_be_focused()
    page.keyboard.type(words)
    chosen = page.get_by_role("dialog").get_by_role("option", selected=True)
    expect(chosen).to_contain_text(words)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)


def tab_to(page: Page, name: str) -> None:
    """Goes from one to the next until this button has the focus."""
    for _ in range(30):
        if page.evaluate("document.activeElement?.textContent?.trim()") == name:
            return
        page.keyboard.press("Tab")
    pytest.fail(f"no way to “{name}”")


def rows(page: Page) -> Any:
    return page.get_by_role("listbox").get_by_role("option")


def pile(page: Page, count: int) -> None:
    """The list is here, with so many in it."""
    expect(page.get_by_role("listbox", name=re.compile(f": {count}$"))).to_be_visible()
    expect(rows(page).first).not_to_be_empty()


def test_the_sitting_from_many_to_none(sign_up: Joined, bare: Site) -> None:
    context, account = sign_up("Flora Ouvert")
    senders = invite(bare, me(context)["id"], [""] * 52 + OWN)
    page = context.new_page()
    page.goto("/")
    settle(page)

    # How many wrote something of their own is seen at once.
    press(page, "g i")
    pile(page, 56)
    places = page.get_by_role("navigation", name=EN["invitations.places"])
    expect(places.get_by_role("link", name="Wrote to you 4")).to_be_visible()

    # One rule accepts the rest, after it has said what it would do.
    press(page, "g r")
    expect(page.get_by_role("heading", level=1, name=EN["invitations.part_rules"])).to_be_visible()
    expect(page.get_by_text(EN["invitations.preset_title"])).to_be_visible()
    command(page, EN["invitations.preset"])
    expect(page.get_by_text("They would accept 52 and keep 4 for you.")).to_be_visible()
    press(page, "Shift+R")
    done = page.get_by_text("52 accepted and 4 kept for you")
    expect(done).to_be_visible()
    expect(places.get_by_role("link", name="Everyone waiting 4")).to_be_visible()
    assert waiting(context) == 4

    # Undone out of curiosity, and run again.
    press(page, "z")
    expect(page.get_by_text(re.compile("^All undone"))).to_be_visible()
    expect(places.get_by_role("link", name="Everyone waiting 56")).to_be_visible()
    assert waiting(context) == 56
    expect(page.get_by_text("They would accept 52 and keep 4 for you.")).to_be_visible()
    press(page, "Shift+R")
    expect(done).to_be_visible()
    expect(places.get_by_role("link", name="Everyone waiting 4")).to_be_visible()

    # Those who wrote are answered from the queue, each in words of their own.
    press(page, "g i")
    pile(page, 4)
    press(page, "* a")
    expect(page.get_by_role("toolbar", name=EN["invitations.selection"])).to_contain_text("4")
    press(page, "r")
    dialog = page.get_by_role("dialog", name="Answer 4 people, one by one")
    expect(dialog).to_be_visible()
    tab_to(page, EN["invitations.queue_do"])
    press(page, "Enter")
    expect(page.get_by_text("1 of 4")).to_be_visible()
    said = {}
    for number in range(1, 5):
        expect(page.get_by_text(f"{number} of 4")).to_be_visible()
        name = page.get_by_role("article").get_attribute("aria-label") or ""
        field = page.get_by_role("textbox", name=f"Your answer to {name}")
        expect(field).to_be_focused()
        said[name] = f"Thank you, {name}: yes."
        page.keyboard.type(said[name])
        expect(field).to_have_value(said[name])
        press(page, "Control+Enter")
    expect(page.get_by_text("4 people answered")).to_be_visible()
    page.goto("/")  # whoever leaves means it
    network = page.get_by_role("link", name=EN["shell.network"], exact=True)
    expect(network).to_be_visible()  # without a number beside it

    # Nobody was lost, and each has the words that were written for them.
    for sender in senders[-4:]:
        listed = sender.ask("GET", "/api/connections")["people"]
        assert [card["name"] for card in listed] == [account.name]
        (row,) = sender.ask("GET", "/api/inbox")["rows"]
        assert said[sender.name] in sender.texts(row["id"])
    assert len(said) == 4
    assert waiting(context) == 0


@pytest.fixture
def small(sign_up: Joined, bare: Site) -> tuple[Page, BrowserContext, list[Member]]:
    """Five who wait, the last of whom wrote; the page of the one for whom they wait."""
    context, _ = sign_up("Flora Ouvert")
    senders = [invite(bare, me(context)["id"], [note])[0] for note in ["", "", "", "", OWN[0]]]
    page = context.new_page()
    page.goto("/network/invitations")
    settle(page)
    pile(page, 5)
    return page, context, senders


def test_every_answer_has_its_key_and_its_undo(
    small: tuple[Page, BrowserContext, list[Member]],
) -> None:
    page, context, senders = small
    current = page.get_by_role("article")
    newest = senders[-1]
    expect(current).to_have_accessible_name(newest.name)
    expect(current).to_contain_text(OWN[0])
    press(page, "j")
    expect(current).to_have_accessible_name(senders[-2].name)
    press(page, "k")
    expect(current).to_have_accessible_name(newest.name)
    said = {
        "a": f"You and {newest.name} are connected.",
        "e": f"Invitation of {newest.name} ignored. They are not told.",
        "f": f"You follow {newest.name} instead. They are not told.",
        "n": f"Noted that you don’t know {newest.name}. They are not told.",
    }
    for key, text in said.items():
        # What has not left yet is taken back here, and no undo would be sent.
        with page.expect_response(re.compile("/actions$")):
            press(page, key)
        expect(page.get_by_text(text)).to_be_visible()
        pile(page, 4)
        expect(current).to_have_accessible_name(senders[-2].name)
        with page.expect_response(re.compile("/undo$")):
            press(page, "z")
        pile(page, 5)
        expect(current).to_have_accessible_name(newest.name)
        assert waiting(context) == 5
    # The sender has seen nothing of all that.
    (sent,) = newest.ask("GET", "/api/invitations?box=sent")["invitations"]
    assert sent["about"] is None


def test_one_can_answer_without_accepting_and_close_afterwards(
    small: tuple[Page, BrowserContext, list[Member]],
) -> None:
    page, context, senders = small
    newest = senders[-1]
    press(page, "r")
    field = page.get_by_role("textbox", name=f"Your answer to {newest.name}")
    expect(field).to_be_focused()
    page.keyboard.type("Which drawing was it?")
    # What is typed survives; leaving the field sends nothing.
    press(page, "Escape")
    expect(field).to_have_count(0)
    press(page, "r")
    expect(field).to_have_value("Which drawing was it?")
    press(page, "Control+Enter")
    expect(page.get_by_text(f"Reply to {newest.name} sent.")).to_be_visible()
    press(page, "z")
    pile(page, 5)
    press(page, "r")
    expect(field).to_have_value("Which drawing was it?")
    press(page, "Control+Enter")
    page.goto("/network/invitations/replied")
    settle(page)
    expect(rows(page)).to_have_count(1)
    (row,) = newest.ask("GET", "/api/inbox")["rows"]
    assert newest.texts(row["id"])[-1] == "Which drawing was it?"
    with page.expect_response(re.compile("/actions$")):
        press(page, "Shift+E")
    expect(page.get_by_text(EN["invitations.empty_replied"])).to_be_visible()
    (row,) = newest.ask("GET", "/api/inbox")["rows"]
    assert not row["writable"]
    assert waiting(context) == 4


def test_some_are_selected_and_done_at_once(
    small: tuple[Page, BrowserContext, list[Member]],
) -> None:
    page, context, _ = small
    press(page, "x j j x")
    bar = page.get_by_role("toolbar", name=EN["invitations.selection"])
    expect(bar).to_contain_text("2 selected")
    press(page, "Escape")
    expect(bar).to_have_count(0)
    press(page, "* a")
    expect(bar).to_contain_text("5 selected")
    press(page, "x")  # all but this one
    expect(bar).to_contain_text("4 selected")
    with page.expect_response(re.compile("/actions$")):
        press(page, "e")
    expect(page.get_by_text("4 invitations ignored. Nobody is told.")).to_be_visible()
    pile(page, 1)
    assert waiting(context) == 1
    with page.expect_response(re.compile("/undo$")):
        press(page, "z")
    pile(page, 5)
    assert waiting(context) == 5


def test_what_comes_meanwhile_waits_to_be_let_in(
    small: tuple[Page, BrowserContext, list[Member]], bare: Site
) -> None:
    page, context, senders = small
    current = page.get_by_role("article")
    expect(current).to_have_accessible_name(senders[-1].name)
    (late,) = invite(bare, me(context)["id"], [OWN[1]])
    expect(page.get_by_role("button", name="1 new")).to_be_visible()
    expect(page.get_by_role("link", name="Everyone waiting 6")).to_be_visible()
    expect(current).to_have_accessible_name(senders[-1].name)
    press(page, ".")
    pile(page, 6)
    expect(rows(page).first).to_contain_text(late.name)


def test_what_one_reads_before_one_writes_and_a_closed_door(sign_up: Joined) -> None:
    mine, _ = sign_up("Flora Ouvert")
    page = mine.new_page()
    page.goto("/network/invitations/settings")
    settle(page)
    page.get_by_label(EN["invitations.line_title"]).fill("Tell me where we met.")
    with page.expect_response(re.compile("/invitations/settings$")):
        page.get_by_role("button", name=EN["invitations.save_line"]).click()
    with page.expect_response(re.compile("/invitations/settings$")):
        page.get_by_role("radio", name=re.compile("^Nobody")).check()

    other, account = sign_up("Nils Avant")
    beside = other.new_page()
    beside.goto(f"/in/{me(mine)['handle']}")
    settle(beside)
    beside.get_by_role("button", name=EN["invitations.connect"], exact=True).click()
    dialog = beside.get_by_role("dialog")
    expect(dialog).to_contain_text("Tell me where we met.")
    expect(dialog).to_contain_text(re.compile(r"\d+ of \d+ invitations left this week"))
    dialog.get_by_role("button", name=EN["invitations.send"]).click()
    # The sender cannot tell that the door is closed.
    expect(beside.get_by_role("button", name=EN["invitations.withdraw"])).to_be_visible()

    page.goto("/network/invitations")
    settle(page)
    expect(page.get_by_text(EN["invitations.none_received"])).to_be_visible()
    page.goto("/network/invitations/held")
    settle(page)
    held = page.get_by_role("article", name=account.name)
    expect(held).to_contain_text(EN["invitations.held_nobody"])
    with page.expect_response(re.compile("/actions$")):
        press(page, "v")
    expect(page.get_by_text(EN["invitations.empty_held"])).to_be_visible()
    press(page, "g i")
    pile(page, 1)


def test_sent_ones_are_taken_back(sign_up: Joined, bare: Site) -> None:
    context, account = sign_up("Nils Avant")
    page = context.new_page()
    others = [Member.join(bare.url, f"Perrin {uuid4().hex[:8]}") for _ in range(3)]
    for other in others:
        body = {"client_id": str(uuid4()), "member_id": other.id, "reason": "other", "note": ""}
        headers = {"X-Entregent": "1", "Origin": bare.url}
        assert context.request.post("/api/invitations", data=body, headers=headers).ok
    page.goto("/network/invitations/sent")
    settle(page)
    expect(page.get_by_text("3 of at most")).to_be_visible()
    for other in others[:2]:
        page.get_by_label(f"Select the invitation to {other.name}").check()
    page.get_by_role("button", name="Withdraw 2 invitations").click()
    expect(page.get_by_text("2 invitations withdrawn.")).to_be_visible()
    press(page, "z")
    expect(page.get_by_label(f"Select the invitation to {others[0].name}")).to_be_visible()
    page.get_by_role("button", name=f"Withdraw the invitation to {others[2].name}").click()
    page.goto("/")  # whoever leaves does not mean to undo
    settle(page)
    page.goto("/network/invitations/sent")
    settle(page)
    expect(page.get_by_text("2 of at most")).to_be_visible()
    assert [one["name"] for one in others[2].ask("GET", "/api/invitations")["cards"]] == []
    assert account.name in [
        one["name"] for one in others[0].ask("GET", "/api/invitations")["cards"]
    ]


ARCHIVE = """From,To,Sent At,Message,Direction
Ida Lund,Flora Ouvert,"5/11/26, 3:32 AM","We met at the pier in Brest.",INCOMING
Jo Marsh,Flora Ouvert,"5/10/26, 3:32 AM",,INCOMING
"""


def test_a_pile_of_an_archive_is_a_rehearsal(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Flora Ouvert")
    page = context.new_page()
    page.goto("/network/invitations/archive")
    expect(page.get_by_text(EN["invitations.empty_archive"])).to_be_visible()
    settle(page)
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Profile.csv", "First Name,Last Name,Headline\nFlora,Ouvert,\n")
        archive.writestr("Invitations.csv", ARCHIVE)
    answer = context.request.post(
        f"/api/imports?client_id={uuid4()}",
        data=packed.getvalue(),
        headers={
            "X-Entregent": "1",
            "Origin": bare.url,
            "Content-Type": "application/zip",
            "X-File-Name": "Basic_LinkedInDataExport_06-01-2026.zip",
        },
    )
    assert answer.ok, answer.text()
    # It fills while one looks; reading an archive is a process of its own and takes its time.
    expect(rows(page).first).to_be_visible(timeout=60_000)
    pile(page, 2)
    expect(page.get_by_text(EN["invitations.rehearsal"])).to_be_visible()
    current = page.get_by_role("article", name="Ida Lund")
    expect(current).to_contain_text(EN["invitations.rehearsal_short"])
    with page.expect_response(re.compile("/actions$")):
        press(page, "a")
    expect(page.get_by_text("Noted for Ida Lund: accept. Nobody is told.")).to_be_visible()
    pile(page, 1)
    with page.expect_download() as download:
        page.get_by_role("link", name=EN["invitations.csv"]).click()
    decisions = download.value.path().read_text(encoding="utf-8-sig")
    assert re.search("Ida Lund.*accept", decisions)
    assert waiting(context) == 0


PARTS = ["", "/personal", "/replied", "/held", "/archive", "/sent", "/queue", "/rules"]
PARTS += ["/replies", "/log", "/settings"]


@pytest.mark.parametrize("part", PARTS)
def test_every_part_holds_on_a_phone_and_on_a_desk(visit: Callable[..., Page], part: str) -> None:
    page = visit("flooded", language="fr")
    page.goto(f"/network/invitations{part}")
    settle(page)
    expect(page.locator("h1")).to_have_count(1)
    assert axe(page) == []
    for width in (320, 900, 2560):
        page.set_viewport_size({"width": width, "height": 844})
        settle(page)
        assert cut(page) == [], width
