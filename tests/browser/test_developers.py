"""Letters that lead back in, tokens and webhooks, and keys that follow the member."""

import json
import re
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from email import message_from_bytes, policy
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Member
from tests.browser.pages import axe, catalogue, cut, settle
from tests.browser.site import Site
from tests.browser.watching import Watcher

EN, FR = catalogue("en"), catalogue("fr")
Joined = Callable[..., tuple[BrowserContext, Member]]


def letter_to(site: Site, email: str, part: str, patience: float = 20) -> str:
    """The link of a letter that is on its way to an address, as a path."""
    until = time.monotonic() + patience
    while time.monotonic() < until:
        for path in sorted((site.folder / "mail").glob("*.eml"), reverse=True):
            letter = message_from_bytes(path.read_bytes(), policy=policy.default)
            body = letter.get_body(("plain",))
            text = str(body.get_content()) if body else ""
            found = re.search(rf"http://\S+?(/{part}\S+)", text)
            if email in str(letter["to"]) and found:
                return found[1]
        time.sleep(0.1)
    raise AssertionError(f"no letter to {email}")


def test_a_forgotten_password_is_replaced_from_the_sign_in_page(
    sign_up: Joined, new_context: Callable[..., BrowserContext], bare: Site
) -> None:
    _, member = sign_up()
    page = new_context(bare).new_page()
    page.goto("/sign-in")
    page.get_by_role("link", name=EN["accounts.forgot"]).click()
    expect(page.get_by_role("button", name=EN["accounts.forgot_do"])).to_be_visible()
    page.get_by_label(EN["accounts.email"], exact=True).fill(member.email)
    page.get_by_role("button", name=EN["accounts.forgot_do"]).click()
    expect(page.get_by_text(EN["accounts.forgot_sent"])).to_be_visible()
    page.goto(letter_to(bare, member.email, "reset"))
    page.get_by_label(EN["accounts.password_new"], exact=True).fill("thistle marble sunday fog")
    page.get_by_role("button", name=EN["accounts.reset_do"]).click()
    expect(page.get_by_text(EN["accounts.reset_done"])).to_be_visible()
    page.get_by_role("link", name=EN["accounts.sign_in_do"]).click()
    page.get_by_label(EN["accounts.email"], exact=True).fill(member.email)
    page.get_by_label(EN["accounts.password"], exact=True).fill("thistle marble sunday fog")
    page.get_by_role("button", name=EN["accounts.sign_in_do"], exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Hello")


def test_a_link_that_is_no_good_leads_to_another_one(
    new_context: Callable[..., BrowserContext], bare: Site, watcher: Watcher
) -> None:
    watcher.allow("status of 404")
    page = new_context(bare).new_page()
    page.goto("/reset?token=nonsense")
    page.get_by_label(EN["accounts.password_new"], exact=True).fill("thistle marble sunday fog")
    page.get_by_role("button", name=EN["accounts.reset_do"]).click()
    expect(page.get_by_text("This link is not valid")).to_be_visible()
    page.get_by_role("link", name=EN["accounts.forgot_again"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EN["accounts.forgot"])


def test_another_address_is_confirmed_there(sign_up: Joined, bare: Site, watcher: Watcher) -> None:
    watcher.allow("status of 40[34]")
    context, member = sign_up()
    page = context.new_page()
    page.goto("/settings")
    account = page.locator("section", has_text=EN["accounts.account"])
    account.get_by_role("button", name=EN["accounts.email_change"]).click()
    wanted = f"{uuid4().hex}@new.example"
    account.get_by_label(EN["accounts.email_new"], exact=True).fill(wanted)
    account.get_by_label(EN["accounts.password"], exact=True).fill("not this one at all")
    account.get_by_role("button", name=EN["accounts.email_change_do"]).click()
    expect(account.get_by_text("This is not your present password.")).to_be_visible()
    account.get_by_label(EN["accounts.password"], exact=True).fill(member.password)
    account.get_by_role("button", name=EN["accounts.email_change_do"]).click()
    expect(account.get_by_text(f"A letter is on its way to {wanted}")).to_be_visible()
    expect(account.get_by_text(member.email)).to_be_visible()
    elsewhere = context.new_page()
    elsewhere.goto(letter_to(bare, wanted, "verify"))
    expect(elsewhere.get_by_text(EN["accounts.email_changed_text"])).to_be_visible()
    # The first page follows by itself.
    expect(account.locator(".value").get_by_text(wanted)).to_be_visible()
    # One that is not valid leads to where another is asked for.
    elsewhere.goto("/verify?token=of-another-day")
    expect(elsewhere.get_by_text(EN["accounts.not_verified"])).to_be_visible()
    expect(elsewhere.get_by_role("button", name=EN["kit.retry"])).to_have_count(0)
    elsewhere.get_by_role("link", name=EN["accounts.settings"]).click()
    expect(elsewhere.get_by_role("button", name=EN["accounts.email_change"])).to_be_visible()


def test_a_token_is_made_used_and_taken_back(sign_up: Joined, bare: Site, watcher: Watcher) -> None:
    watcher.allow("status of 422")
    page = sign_up()[0].new_page()
    page.goto("/settings")
    page.get_by_role("link", name=EN["accounts.developers_do"]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(EN["accounts.developers"])
    tokens = page.locator("section#tokens")
    tokens.get_by_role("button", name=EN["accounts.token_new"]).click()
    tokens.get_by_role("textbox", name=EN["accounts.token_name"]).fill("A nightly script")
    tokens.get_by_role("button", name=EN["accounts.token_make"]).click()
    expect(tokens.get_by_text("Choose at least one thing")).to_be_visible()
    tokens.get_by_role("checkbox", name=EN["accounts.scope_messages_read"]).check()
    tokens.get_by_role("button", name=EN["accounts.token_make"]).click()
    dialog = page.get_by_role("dialog")
    shown = dialog.get_by_role("textbox", name=EN["accounts.token_secret"])
    expect(shown).to_have_value(re.compile(r"^entregent_\d+\.\d+\.\S+$"))
    secret = shown.input_value()
    assert asked(bare, "/api/inbox", secret) == 200
    assert asked(bare, "/api/connections", secret) == 403
    dialog.get_by_role("button", name=EN["accounts.secret_kept"]).click()
    page.reload()
    token = tokens.get_by_role("listitem").filter(has_text="A nightly script")
    expect(token).to_contain_text(EN["accounts.scope_messages_read"])
    assert secret not in page.content()
    token.get_by_role("button").click()
    dialog.get_by_role("button", name=EN["accounts.token_revoke"]).click()
    expect(token).to_have_count(0)
    settle(page)
    assert asked(bare, "/api/inbox", secret) == 401


def asked(site: Site, path: str, secret: str) -> int:
    request = urllib.request.Request(site.url + path, headers={"Authorization": f"Bearer {secret}"})
    try:
        with urllib.request.urlopen(request) as answer:
            json.load(answer)
            return int(answer.status)
    except urllib.error.HTTPError as error:
        return error.code


def test_a_webhook_is_made_tested_and_removed(sign_up: Joined, watcher: Watcher) -> None:
    watcher.allow("status of 422")
    page = sign_up()[0].new_page()
    page.goto("/settings/developers")
    hooks = page.locator("section#webhooks")
    hooks.get_by_role("button", name=EN["accounts.webhook_new"]).click()
    url = hooks.get_by_role("textbox", name=EN["accounts.webhook_url"])
    url.fill("http://example.org/hook")
    hooks.get_by_role("button", name=EN["accounts.webhook_make"]).click()
    expect(hooks.get_by_text("Webhooks go to https addresses only")).to_be_visible()
    url.fill("https://localhost/hook")
    hooks.get_by_role("button", name=EN["accounts.webhook_make"]).click()
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_role("textbox")).to_have_value(re.compile("^whsec_"))
    dialog.get_by_role("button", name=EN["accounts.secret_kept"]).click()
    hook = hooks.get_by_role("listitem").filter(has_text="https://localhost/hook").first
    hook.get_by_role("button", name=EN["accounts.webhook_ping"]).click()
    # A server's own network is never asked; the page says so once the try is over.
    expect(hook.get_by_text(EN["accounts.delivery_private"])).to_be_visible()
    page.reload()
    hook.get_by_text(EN["accounts.deliveries"]).click()
    expect(hook.get_by_text(EN["accounts.delivery_private"])).to_be_visible()
    hook.get_by_role("switch").uncheck()
    expect(hook.get_by_role("button", name=EN["accounts.webhook_ping"])).to_have_count(0)
    hook.get_by_role("button", name=EN["accounts.webhook_remove_of"].split("{")[0]).click()
    dialog.get_by_role("button", name=EN["accounts.webhook_remove"]).click()
    expect(hook).to_have_count(0)


def test_a_key_of_ones_own_is_there_in_every_browser(
    sign_up: Joined, new_context: Callable[..., BrowserContext], bare: Site
) -> None:
    context, member = sign_up()
    page = context.new_page()
    page.goto("/settings")
    settle(page)
    page.get_by_text(EN["accounts.keys_change"], exact=True).click()
    label = EN["accounts.keys_change_of"].replace("{command}", EN["shell.go_home"])
    page.get_by_role("button", name=label).click()
    page.keyboard.press("y")
    page.get_by_role("dialog").get_by_role("button", name=EN["accounts.keys_keep"]).click()
    expect(page.get_by_role("button", name=label)).to_have_text("Y")
    settle(page)
    other: Page = new_context(bare).new_page()
    other.goto("/sign-in?next=/settings")
    other.get_by_label(EN["accounts.email"], exact=True).fill(member.email)
    other.get_by_label(EN["accounts.password"], exact=True).fill(member.password)
    other.get_by_role("button", name=EN["accounts.sign_in_do"], exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_have_text(EN["accounts.settings"])
    settle(other)
    other.get_by_role("heading", level=1).focus()
    other.keyboard.press("y")
    expect(other).to_have_url("/")


def test_the_pages_hold_what_every_page_must(sign_up: Joined) -> None:
    for language, width, words in (("en", 1360, EN), ("fr", 360, FR)):
        page = sign_up(language=language, width=width)[0].new_page()
        page.goto("/settings/developers")
        for section, button in (("tokens", "token_new"), ("webhooks", "webhook_new")):
            place = page.locator(f"section#{section}")
            place.get_by_role("button", name=words[f"accounts.{button}"]).click()
        settle(page)
        assert axe(page) == []
        assert cut(page) == []
