"""The page without a mouse: palette, sheet, ways to go, focus; on any layout of keys."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.pages import axe, catalogue, settle

EN, FR = catalogue("en"), catalogue("fr")

# What a French keyboard sends: there `?` and `/` are typed with Shift, and lie on other keys.
AZERTY: dict[str, dict[str, Any]] = {
    "?": {"key": "?", "code": "KeyM", "shiftKey": True},
    "/": {"key": "/", "code": "Period", "shiftKey": True},
    "g": {"key": "g", "code": "KeyG"},
    "a": {"key": "a", "code": "KeyQ"},
    "m": {"key": "m", "code": "Semicolon"},
}
TYPE = """(press) => (document.activeElement ?? document.body).dispatchEvent(
  new KeyboardEvent("keydown", { bubbles: true, cancelable: true, ...press }))"""


def focused(page: Page) -> str:
    """What has the focus, as it is read aloud."""
    found: str = page.evaluate(
        "() => document.activeElement.getAttribute('aria-label')"
        " || document.activeElement.textContent.trim()"
    )
    return " ".join(found.split())


@pytest.fixture
def home(visit: Callable[..., Page]) -> Page:
    page = visit("flooded")
    page.goto("/")
    settle(page)
    return page


def test_the_palette_finds_shows_and_runs(home: Page) -> None:
    home.keyboard.press("Control+k")
    dialog = home.get_by_role("dialog")
    field = dialog.get_by_role("combobox")
    expect(field).to_be_focused()
    settle(home)
    assert axe(home) == []
    field.fill("go to net")
    chosen = dialog.get_by_role("option", selected=True)
    expect(chosen).to_contain_text(EN["shell.go_network"])
    expect(chosen.locator("kbd")).to_have_text(["G", "N"])
    home.keyboard.press("Enter")
    expect(home).to_have_url("/network")
    expect(dialog).to_have_count(0)


def test_what_is_typed_before_the_palette_is_there_is_for_the_palette(home: Page) -> None:
    held: list[Route] = []
    home.route(re.compile(r"/assets/Palette-.*\.js"), lambda route: held.append(route))
    home.keyboard.press("Control+k")
    # "g n" by itself would lead elsewhere, "?" would open the sheet.
    home.keyboard.type("g n?")
    for route in held:
        route.continue_()
    field = home.get_by_role("dialog").get_by_role("combobox")
    expect(field).to_have_value("g n?")
    expect(field).to_be_focused()
    expect(home).to_have_url("/")


def test_the_palette_finds_people_and_messages(home: Page) -> None:
    home.keyboard.press("Control+k")
    dialog = home.get_by_role("dialog")
    dialog.get_by_role("combobox").fill("delcourt")
    expect(dialog.get_by_role("option", name="Bertrand Delcourt")).to_be_visible()
    dialog.get_by_role("option", name="Search messages").click()
    expect(home).to_have_url("/messages/search?q=delcourt")


def test_the_palette_can_be_left(home: Page) -> None:
    button = home.get_by_role("button", name=EN["shell.search"], exact=True)
    button.focus()
    home.keyboard.press("Enter")
    dialog = home.get_by_role("dialog")
    expect(dialog).to_be_visible()
    first = dialog.get_by_role("option", selected=True).inner_text()
    home.keyboard.press("ArrowDown")
    assert dialog.get_by_role("option", selected=True).inner_text() != first
    home.keyboard.press("ArrowUp")
    assert dialog.get_by_role("option", selected=True).inner_text() == first
    home.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(button).to_be_focused()


def test_the_sheet_shows_every_key(home: Page) -> None:
    home.keyboard.press("?")
    dialog = home.get_by_role("dialog", name=EN["shell.help"])
    expect(dialog).to_be_visible()
    for name in ("shell.go_messages", "messaging.archive", "invitations.accept"):
        expect(dialog.get_by_text(EN[name], exact=True).first).to_be_visible()
    settle(home)
    assert axe(home) == []
    home.keyboard.press("Escape")
    expect(dialog).to_have_count(0)


@pytest.mark.parametrize(
    ("keys", "path"),
    [
        ("gm", "/messages"),
        ("gn", "/network"),
        ("gi", "/network/invitations"),
        ("ga", "/messages/archived"),
        ("g,", "/settings"),
    ],
)
def test_ways_to_go(home: Page, keys: str, path: str) -> None:
    for key in keys:
        home.keyboard.press(key)
    home.wait_for_url(f"**{path}*")
    settle(home)
    expect(home.get_by_role("heading", level=1)).to_have_count(1)
    home.keyboard.press("g")
    home.keyboard.press("h")
    expect(home).to_have_url("/")
    expect(home.get_by_role("heading", level=1)).to_be_focused()


def test_keys_do_nothing_where_one_types(home: Page) -> None:
    home.goto("/network/people")
    field = home.get_by_role("main").get_by_role("textbox").or_(home.get_by_role("searchbox")).first
    field.fill("")
    field.press_sequentially("gm?")
    expect(field).to_have_value("gm?")
    settle(home)
    expect(home).to_have_url("/network/people")
    expect(home.get_by_role("dialog")).to_have_count(0)


def test_a_sequence_is_forgotten_after_a_second(home: Page) -> None:
    home.keyboard.press("g")
    home.wait_for_timeout(1200)  # at least a second, whatever else takes its time
    home.keyboard.press("m")
    settle(home)
    expect(home).to_have_url("/")


def test_the_first_stop_leads_to_the_page(home: Page) -> None:
    home.keyboard.press("Tab")
    assert focused(home) == EN["shell.skip"]
    skip = home.get_by_role("link", name=EN["shell.skip"])
    expect(skip).to_be_in_viewport()
    home.keyboard.press("Enter")
    expect(home.locator("main")).to_be_focused()
    home.keyboard.press("Tab")
    assert home.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_focus_goes_through_the_page_in_its_order(home: Page) -> None:
    wanted = ["skip", "home", "messages", "network", "import", "search"]
    stops = []
    for _ in range(8):
        home.keyboard.press("Tab")
        stops.append(focused(home))
    places = [
        next((n for n, stop in enumerate(stops) if EN[f"shell.{word}"] in stop), None)
        for word in wanted
    ]
    assert places == sorted(place for place in places if place is not None), stops


def test_every_stop_can_be_seen(home: Page) -> None:
    for _ in range(25):
        home.keyboard.press("Tab")
        hidden = home.evaluate(
            """() => {
              const element = document.activeElement;
              if (element === document.body) return null;
              const { outlineStyle, boxShadow } = getComputedStyle(element);
              const { x, y, width, height } = element.getBoundingClientRect();
              const top = document.elementFromPoint(x + width / 2, y + height / 2);
              const seen = element.contains(top) || top?.contains(element);
              return seen && (outlineStyle !== "none" || boxShadow !== "none")
                ? null : element.outerHTML.slice(0, 120);
            }"""
        )
        assert hidden is None


def test_the_focus_returns_from_dialogs(home: Page) -> None:
    home.goto("/settings")
    settle(home)
    button = home.get_by_role("button", name=EN["accounts.keyboard_all"])
    button.focus()
    home.keyboard.press("Enter")
    expect(home.get_by_role("dialog")).to_be_visible()
    home.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_the_account_menu_by_keyboard(home: Page) -> None:
    button = home.get_by_role("navigation").get_by_role("button", name=EN["shell.account"])
    button.focus()
    home.keyboard.press("Enter")
    menu = home.get_by_role("menu")
    expect(menu).to_be_visible()
    settle(home)
    assert axe(home) == []
    home.keyboard.press("Escape")
    expect(menu).to_be_hidden()
    expect(button).to_be_focused()


def test_signs_are_what_they_say_on_a_french_keyboard(visit: Callable[..., Page]) -> None:
    page = visit("flooded", language="fr")
    page.goto("/messages")
    settle(page)

    def press(sign: str, **more: Any) -> None:
        page.evaluate(TYPE, {**AZERTY[sign], **more})

    press("?")
    dialog = page.get_by_role("dialog", name=FR["shell.help"])
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    press("/")
    expect(page).to_have_url("/messages/search")
    search = page.get_by_label(FR["messaging.search"], exact=True).and_(page.locator("input"))
    expect(search).to_be_focused()
    page.keyboard.press("Escape")
    page.locator("h1").first.focus()
    press("g")
    press("a")
    expect(page).to_have_url("/messages/archived")
    # While an accent or a Chinese word is being composed, keys belong to it.
    press("g", isComposing=True)
    press("m", isComposing=True)
    settle(page)
    expect(page).to_have_url("/messages/archived")
