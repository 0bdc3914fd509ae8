"""What somebody new does first: joins, brings an archive, reads and searches it, takes it back."""

import base64
import csv
import io
import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Member
from tests.browser.pages import axe, catalogue, english, settle
from tests.browser.site import Site
from tests.browser.watching import Watcher

ARCHIVE = "linkedin/Complete_LinkedInDataExport_03-09-2026.zip"
XSS = "linkedin/hostile/csv_xss_everywhere.zip"
MESSAGES, CONVERSATIONS = 749, 180  # as expected.json has them
IMPORT_MS = 60_000

# A bar that is there for a moment only has been seen all the same.
WATCH_BARS = """
window.__bars = new Set();
addEventListener("DOMContentLoaded", () =>
  new MutationObserver(() => {
    for (const bar of document.querySelectorAll("[role=progressbar]"))
      window.__bars.add(document.getElementById(bar.getAttribute("aria-labelledby")).textContent);
  }).observe(document.body, { childList: true, subtree: true }));
"""
DROP = """
async ([place, name, content]) => {
  const bytes = Uint8Array.from(atob(content), (sign) => sign.charCodeAt(0));
  const dataTransfer = new DataTransfer();
  dataTransfer.items.add(new File([bytes], name, { type: "application/zip" }));
  const target = document.querySelector(place);
  for (const type of ["dragenter", "dragover", "drop"])
    target.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer }));
}
"""


def drop(page: Page, file: Path) -> None:
    """Lets a file go above the field, as from a folder beside the browser."""
    content = base64.b64encode(file.read_bytes()).decode()
    page.evaluate(DROP, [".drop", file.name, content])


def a_sentence(archive: Path) -> tuple[str, str]:
    """What somebody wrote in an ordinary conversation, found nowhere else; and who it was."""
    with zipfile.ZipFile(archive) as opened, opened.open("messages.csv") as raw:
        rows = list(csv.DictReader(io.TextIOWrapper(raw, "utf-8")))
    texts = [row["CONTENT"] for row in rows]
    for row in rows:
        text = row["CONTENT"]
        plain = re.fullmatch(r"[\w ,.’'?!éèêàçôîûëïù-]{30,90}", text)
        if row["FOLDER"] == "INBOX" and plain and texts.count(text) == 1 and "Élodie" in row["TO"]:
            return text, row["FROM"]
    raise AssertionError("the archive holds no such sentence")


def join_by_form(page: Page, says: dict[str, str], email: str) -> None:
    page.goto("/sign-up")
    name = page.get_by_label(says["accounts.name"], exact=True)
    password = page.get_by_label(says["accounts.password"], exact=True)
    button = page.get_by_role("button", name=says["accounts.sign_up_do"], exact=True)
    name.fill("Élodie Marchand-Vidal")
    address = page.get_by_label(says["accounts.email"], exact=True)
    password.fill("copper lantern april moss")
    address.fill("elodie")
    button.click()
    # Our sentence, in the page's language, and not a bubble in the browser's.
    expect(address).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"#{address.get_attribute('aria-describedby')}")).to_contain_text("@")
    address.fill(email)
    password.fill("short")
    button.click()
    # The sentence stands at its field, which has the focus; nothing that was typed is lost.
    expect(password).to_be_focused()
    expect(password).to_have_attribute("aria-invalid", "true")
    told = page.locator(f"#{password.get_attribute('aria-describedby')}")
    expect(told).to_contain_text("10")
    expect(name).to_have_value("Élodie Marchand-Vidal")
    # From a password manager: pasted.
    page.evaluate("navigator.clipboard.writeText('copper lantern april moss')")
    password.press("Control+a")
    password.press("Control+v")
    expect(password).to_have_value("copper lantern april moss")
    page.get_by_role("button", name=says["accounts.show_password"]).click()
    expect(password).to_have_attribute("type", "text")
    assert axe(page) == []
    button.click()
    expect(page).to_have_url("/")


@pytest.mark.timeout(240)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_first_evening(
    new_context: Callable[..., BrowserContext],
    bare: Site,
    watcher: Watcher,
    shared_data: Path,
    language: str,
) -> None:
    watcher.allow("status of 4..")  # the password that is too short
    says, archive = catalogue(language), shared_data / ARCHIVE
    context = new_context(bare, language=language)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    context.add_init_script(WATCH_BARS)
    page = context.new_page()
    join_by_form(page, says, f"elodie.{language}@example.org")

    expect(page.get_by_role("heading", level=1)).to_contain_text("Élodie")
    expect(page.get_by_role("heading", name=says["shell.first_steps"])).to_be_visible()
    page.get_by_role("main").get_by_role("link", name=says["shell.step_import"]).click()
    expect(page).to_have_url("/import")

    # The archive, and what became of each of its files.
    settle(page)
    drop(page, archive)
    one = page.get_by_role("article", name=archive.name)
    expect(one.get_by_role("button", name=says["transfer.undo"])).to_be_visible(timeout=IMPORT_MS)
    bars = page.evaluate("[...window.__bars]")
    assert [bar for bar in bars if archive.name in bar or bar == says["transfer.reading"]], bars
    expect(one.locator("dl")).to_contain_text(str(MESSAGES))
    expect(one.locator("dl")).to_contain_text(str(CONVERSATIONS))
    for way, where in (("go_messages", "/messages"), ("network_contacts", "/network/contacts")):
        link = one.get_by_role("link", name=says[f"shell.{way}"])
        expect(link).to_have_attribute("href", where)
    show = one.get_by_role("button", name=says["transfer.report_show"])
    if show.is_visible():
        show.click()
    report = one.get_by_role("table")
    expect(report.get_by_role("row", name=re.compile("^messages.csv"))).to_contain_text("749")
    expect(report.get_by_role("row", name=re.compile("^Connections.csv"))).to_be_visible()
    why = says["transfer.ignored_sensitive"]
    passed = one.locator("details").filter(has_text=why)
    passed.locator("summary").click()
    expect(passed.get_by_text(why).first).to_be_visible()
    settle(page)
    assert axe(page) == []
    if language == "fr":
        assert english(page) == []

    # The inbox: there, without a reload; searched, read, and written in as far as that goes.
    page.get_by_role("navigation", name=says["shell.navigation"]).get_by_role(
        "link", name=says["shell.messages"]
    ).click()
    expect(page.get_by_role("option").first).to_be_visible()
    text, author = a_sentence(archive)
    page.keyboard.press("/")
    page.get_by_role("combobox", name=says["messaging.search"]).fill(text[:60])
    hit = page.get_by_role("option").filter(has_text=author)
    expect(hit.first.locator("mark").first).to_be_visible()
    hit.first.click()
    thread = page.get_by_role("region", name=re.compile(re.escape(author)))
    expect(thread).to_contain_text(text)
    why = says["messaging.not_a_member"].replace("{name}", author)
    expect(page.get_by_text(why)).to_be_visible()
    box = page.locator("form.composer textarea")
    # A draft goes to the server when the fingers rest.
    with page.expect_response(lambda answer: answer.ok and answer.url.endswith("/draft")):
        box.fill("For when we meet again")
        box.press("Enter")
        send = page.get_by_role("button", name=says["messaging.send"], exact=True)
        expect(send).to_be_disabled()
    settle(page)
    page.reload()
    hit.first.click()
    expect(thread).to_contain_text(text)
    expect(box).to_have_value("For when we meet again")
    assert axe(page) == []

    # Contacts are people elsewhere; then all of it is taken back.
    page.goto("/network/contacts")
    expect(page.get_by_role("option").first).to_be_visible()
    page.goto("/import")
    one.get_by_role("button", name=says["transfer.undo"]).click()
    expect(one.get_by_text(says["transfer.undone"], exact=True)).to_be_visible(timeout=IMPORT_MS)
    page.goto("/network/contacts")
    expect(page.get_by_text(says["shell.no_contacts"])).to_be_visible()
    page.goto("/messages")
    expect(page.get_by_text(says["messaging.empty_inbox"])).to_be_visible()


def test_the_same_archive_again_brings_nothing(
    sign_up: Callable[..., tuple[BrowserContext, Member]], shared_data: Path
) -> None:
    says, archive = catalogue("en"), shared_data / ARCHIVE
    page = sign_up("Élodie Marchand-Vidal")[0].new_page()
    page.goto("/import")
    for number in (1, 2):
        page.locator("input[type=file]").set_input_files(archive)
        undo = page.get_by_role("button", name=says["transfer.undo"])
        expect(undo).to_have_count(number, timeout=IMPORT_MS)
    newest = page.get_by_role("article").first
    expect(newest.get_by_text(says["transfer.nothing_new"])).to_be_visible()


def test_what_is_no_archive_is_refused_with_a_sentence(
    sign_up: Callable[..., tuple[BrowserContext, Member]], watcher: Watcher, tmp_path: Path
) -> None:
    watcher.allow("status of 4..")
    page = sign_up()[0].new_page()
    page.goto("/import")
    for name, content in (("empty.zip", b""), ("photo.png", b"\x89PNG"), ("torn.zip", b"PK\x03")):
        file = tmp_path / name
        file.write_bytes(content)
        page.locator("input[type=file]").set_input_files(file)
        told = page.get_by_role("alert").or_(page.locator("article .note, article [role=alert]"))
        expect(told.first).to_be_visible(timeout=IMPORT_MS)
        assert len(told.first.inner_text().split()) > 4


@pytest.mark.timeout(180)
def test_an_archive_full_of_scripts_stays_text(
    sign_up: Callable[..., tuple[BrowserContext, Member]], shared_data: Path
) -> None:
    """The watcher sees the rest: no dialog, no request elsewhere, nothing against the policy."""
    says = catalogue("en")
    page = sign_up("Ana Ruiz")[0].new_page()
    page.goto("/import")
    settle(page)
    drop(page, shared_data / XSS)
    undo = page.get_by_role("button", name=says["transfer.undo"])
    expect(undo).to_be_visible(timeout=IMPORT_MS)
    show = page.get_by_role("button", name=says["transfer.report_show"])
    if show.is_visible():
        show.click()
    expect(page.get_by_role("table")).to_be_visible()
    boot = page.request.get("/api/boot").json()
    view = next(v for v in ("all", "inbox") if boot["counts"][v])
    page.goto(f"/messages/{view}")
    page.get_by_role("option").first.click()
    expect(page.locator("[data-line] .text").first).to_contain_text("hi")
    page.keyboard.press("i")
    settle(page)
    for path in ("/network/contacts", "/messages/search?q=hi", "/messages/search?q=script", "/"):
        page.goto(path)
        settle(page)
    page.goto("/network/contacts")
    strange = page.get_by_role("option").filter(has_text="<script>alert(7)</script>")
    expect(strange.or_(page.get_by_role("option").filter(has_text="alert")).first).to_be_visible()
    page.keyboard.press("Control+k")
    page.get_by_role("dialog").get_by_role("combobox").fill("<script>")
    settle(page)
    # Nothing of it became a part of any page.
    assert page.locator("iframe, img[src=x], svg[onload], [onmouseover], [onerror]").count() == 0
    assert page.locator("a[href^='javascript:']").count() == 0
