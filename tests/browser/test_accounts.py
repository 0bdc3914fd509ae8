"""Sessions, password, choices, keys of one's own, and what a browser keeps after signing out."""

import re
from collections.abc import Callable
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Member
from tests.browser.pages import axe, catalogue, cut, settle, until
from tests.browser.site import Site
from tests.browser.watching import Watcher

EN, FR = catalogue("en"), catalogue("fr")
Joined = Callable[..., tuple[BrowserContext, Member]]

# Everything that pages of this origin kept in the browser, as one text.
KEPT = """
async () => {
  const found = { ...localStorage, ...sessionStorage };
  for (const { name } of await indexedDB.databases()) {
    const db = await new Promise((done, failed) => {
      const asked = indexedDB.open(name);
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error);
    });
    for (const store of db.objectStoreNames)
      found[`${name} ${store}`] = await new Promise((done, failed) => {
        const asked = db.transaction(store).objectStore(store).getAll();
        asked.onsuccess = () => done(asked.result);
        asked.onerror = () => failed(asked.error);
      });
    db.close();
  }
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found[request.url] = name;
  return JSON.stringify(found, (_, value) => (typeof value === "bigint" ? `${value}` : value));
}
"""


def sign_in(page: Page, member: Member) -> None:
    page.get_by_label(EN["accounts.email"], exact=True).fill(member.email)
    page.get_by_label(EN["accounts.password"], exact=True).fill(member.password)
    page.get_by_role("button", name=EN["accounts.sign_in_do"], exact=True).click()


def another_browser(new_context: Callable[..., BrowserContext], site: Site, member: Member) -> Page:
    page = new_context(site).new_page()
    page.goto("/sign-in")
    sign_in(page, member)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")
    return page


def test_a_session_that_is_ended_is_signed_out_at_once(
    sign_up: Joined,
    new_context: Callable[..., BrowserContext],
    bare: Site,
    watcher: Watcher,
) -> None:
    watcher.allow("status of 401")
    context, member = sign_up()
    other = another_browser(new_context, bare, member)
    page = context.new_page()
    page.goto("/settings")
    sessions = page.locator("section", has_text=EN["accounts.sessions"]).get_by_role("listitem")
    expect(sessions).to_have_count(2)
    expect(sessions.filter(has_text=EN["accounts.session_current"])).to_have_count(1)
    sessions.get_by_role("button").click()
    expect(sessions).to_have_count(1)
    expect(other).to_have_url(re.compile("/sign-in"))
    expect(other.get_by_text(EN["accounts.expired"])).to_be_visible()
    settle(page)
    assert "/settings" in page.url


def test_a_new_password_ends_the_other_sessions(
    sign_up: Joined,
    new_context: Callable[..., BrowserContext],
    bare: Site,
    watcher: Watcher,
) -> None:
    watcher.allow("status of 4..")
    context, member = sign_up()
    other = another_browser(new_context, bare, member)
    page = context.new_page()
    page.goto("/settings")
    page.get_by_role("button", name=EN["accounts.password_change"]).click()
    current = page.get_by_label(EN["accounts.password_current"], exact=True)
    chosen = page.get_by_label(EN["accounts.password_new"], exact=True)
    change = page.get_by_role("button", name=EN["accounts.password_change_do"])

    current.fill("not this one at all")
    chosen.fill("thistle marble sunday fog")
    change.click()
    expect(page.get_by_text("This is not your present password.")).to_be_visible()
    expect(chosen).to_have_value("thistle marble sunday fog")
    current.fill(member.password)
    chosen.fill("short")
    change.click()
    expect(page.get_by_text("A password has at least 10 characters.")).to_be_visible()
    chosen.fill("thistle marble sunday fog")
    change.click()
    expect(page.get_by_text(EN["accounts.password_changed"])).to_be_visible()
    expect(other).to_have_url(re.compile("/sign-in"))

    sign_in(other, member)
    expect(other.get_by_text("do not belong together")).to_be_visible()
    sign_in(other, member._replace(password="thistle marble sunday fog"))
    expect(other.get_by_role("heading", level=1)).to_contain_text("Hello")


def test_choices_are_seen_at_once_and_stay(sign_up: Joined) -> None:
    context, _ = sign_up()
    page, beside = context.new_page(), context.new_page()
    beside.goto("/")
    page.goto("/settings")
    page.evaluate("window.same = true")
    root = page.locator("html")
    page.get_by_role("radio", name="Français").check()
    expect(page.get_by_role("heading", level=1)).to_have_text(FR["accounts.settings"])
    expect(root).to_have_attribute("lang", "fr")
    page.get_by_role("radio", name=FR["accounts.theme_dark"]).check()
    expect(root).to_have_attribute("data-theme", "dark")
    page.get_by_role("radio", name=FR["accounts.density_compact"]).check()
    expect(root).to_have_attribute("data-density", "compact")
    assert page.evaluate("window.same")
    # The other tab of this browser follows.
    expect(beside.locator("html")).to_have_attribute("data-theme", "dark")
    expect(beside.locator("html")).to_have_attribute("lang", "fr")
    settle(page)
    page.reload()
    for name, value in {"lang": "fr", "data-theme": "dark", "data-density": "compact"}.items():
        expect(root).to_have_attribute(name, value)
    expect(page.get_by_role("radio", name=FR["accounts.theme_dark"])).to_be_checked()


def test_single_keys_can_be_switched_off(sign_up: Joined) -> None:
    page = sign_up()[0].new_page()
    page.goto("/settings")
    settle(page)
    page.get_by_role("switch", name=EN["accounts.shortcuts"]).uncheck()
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("g")
    page.keyboard.press("h")
    page.keyboard.press("?")
    settle(page)
    assert page.url.endswith("/settings")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_role("switch", name=EN["accounts.shortcuts"]).check()
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page).to_have_url("/")


def test_a_key_of_ones_own_takes_the_place_of_ours(sign_up: Joined) -> None:
    page = sign_up()[0].new_page()
    page.goto("/settings")
    settle(page)
    page.get_by_text(EN["accounts.keys_change"], exact=True).click()
    label = EN["accounts.keys_change_of"].replace("{command}", EN["shell.go_home"])
    key = page.get_by_role("button", name=label)
    key.click()
    dialog = page.get_by_role("dialog")
    use = dialog.get_by_role("button", name=EN["accounts.keys_keep"])
    expect(use).to_be_disabled()
    page.keyboard.press("F1")
    expect(dialog.get_by_text(EN["accounts.keys_system"])).to_be_visible()
    page.wait_for_timeout(1100)  # two presses within a second are one sequence
    page.keyboard.press("y")
    use.click()
    expect(dialog).to_have_count(0)
    expect(key).to_be_focused()
    expect(key).to_have_text("Y")
    page.reload()
    settle(page)
    page.get_by_role("heading", level=1).focus()
    page.keyboard.press("g")
    page.keyboard.press("h")
    settle(page)
    assert page.url.endswith("/settings")
    page.keyboard.press("y")
    expect(page).to_have_url("/")


def test_signing_out_leaves_nothing_to_read(
    sign_up: Joined, visit: Callable[..., Page], watcher: Watcher
) -> None:
    watcher.allow("status of 401")  # that the member is here may be said while they leave
    page = visit("flooded", installs=True)
    page.goto("/messages")
    settle(page)
    page.goto("/settings")
    settle(page)
    first = page.request.get("/api/boot").json()
    row = next(row for row in first["inbox"]["rows"] if row["snippet"] and not row["draft"])
    names = [card["name"] for card in first["inbox"]["cards"] if card["name"]]
    words = row["snippet"][:20]
    until(page, f"async (words) => (await ({KEPT})()).includes(words)", words)

    page.get_by_role("button", name=EN["accounts.sign_out"]).click()
    expect(page).to_have_url(re.compile("/sign-in|/demo"))
    kept = page.evaluate(KEPT)
    assert row["snippet"][:20] not in kept
    assert [name for name in names if name in kept] == []

    # The next member of this browser sees nothing of it either, and "back" leads nowhere.
    page.goto("/demo")
    page.get_by_role("button", name="Maeve Corrigan").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Maeve")
    page.goto("/messages")
    settle(page)
    assert row["snippet"][:20] not in page.locator("body").inner_text()
    assert row["snippet"][:20] not in page.evaluate(KEPT)


def test_an_ended_session_keeps_what_was_typed(
    visit: Callable[..., Page], demo: Site, watcher: Watcher
) -> None:
    watcher.allow("status of 401")
    page = visit("speaker")
    row = page.request.get("/api/boot").json()["inbox"]["rows"][0]
    page.goto(f"/messages/{row['id']}")
    box = page.locator("form.composer textarea")
    expect(box).to_be_visible()
    settle(page)
    text = f"Half a sentence {uuid4().hex}"
    box.fill(text)
    page.context.request.delete(
        "/api/sessions/current", headers={"X-Entregent": "1", "Origin": demo.url}
    )
    expect(page).to_have_url(re.compile("/sign-in"))
    expect(page.get_by_text(EN["accounts.expired"])).to_be_visible()
    page.get_by_role("link", name=EN["accounts.demo_choose"]).click()
    page.get_by_role("button", name="Saoirse Lindholm").click()
    page.wait_for_url("**/")
    page.goto(f"/messages/{row['id']}")
    expect(box).to_have_value(text)
    box.fill("")
    settle(page)


def test_an_account_is_closed_for_good(
    sign_up: Joined,
    new_context: Callable[..., BrowserContext],
    bare: Site,
    watcher: Watcher,
) -> None:
    watcher.allow("status of 4..")
    context, member = sign_up()
    page, other = context.new_page(), context.new_page()
    other.goto("/network")
    page.goto("/settings")
    page.get_by_role("button", name=EN["accounts.close"], exact=True).click()
    asked = page.get_by_role("dialog", name=EN["accounts.close_ask"])
    field = asked.get_by_label(EN["accounts.password_current"], exact=True)
    expect(field).to_be_focused()
    assert axe(page) == []
    assert cut(page) == []
    # A wrong password closes nothing, and the session goes on.
    page.keyboard.type("not the one")
    page.keyboard.press("Enter")
    expect(asked.get_by_text("This is not your present password.")).to_be_visible()
    page.keyboard.press("Escape")
    expect(asked).to_have_count(0)
    page.get_by_role("button", name=EN["accounts.close"], exact=True).click()
    expect(field).to_have_value("")
    field.fill(member.password)
    asked.get_by_role("button", name=EN["accounts.close_do"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EN["accounts.sign_in"])
    expect(page.get_by_text(EN["accounts.close_done"])).to_be_visible()
    expect(other.get_by_role("heading", level=1)).to_have_text(EN["accounts.sign_in"])
    assert member.email not in page.evaluate(KEPT)
    # Nobody comes in with it any more.
    sign_in(page, member)
    expect(page.get_by_text("do not belong together")).to_be_visible()
