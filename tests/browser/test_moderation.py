"""The hosts' desk, what those concerned read and say, doubtful links, and the digest's way out."""

import hmac
import re
import sqlite3
from collections.abc import Callable
from contextlib import closing
from hashlib import sha256
from uuid import uuid4

from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import Member
from tests.browser.pages import axe, catalogue, settle, until
from tests.browser.site import Site
from tests.browser.test_notifications import id_of, post
from tests.browser.watching import Watcher

EN = catalogue("en")
FR = catalogue("fr")
Joined = Callable[..., tuple[BrowserContext, Member]]


def report(by: BrowserContext, about: BrowserContext, note: str) -> None:
    post(by, f"/api/people/{id_of(about)}/report", reason="spam", note=note)


def test_a_host_decides_by_keys_and_the_other_side_objects(sign_up: Joined, bare: Site) -> None:
    theirs, swindler = sign_up(f"Sven {uuid4().hex[:8]}")
    reporter, _ = sign_up("Rita Quill")
    report(reporter, theirs, "He sells gold to everybody")
    hosting, chief = sign_up("Hana Host")
    bare.run("admin", "grant", chief.email)
    page = hosting.new_page()
    page.goto("/host/reports")
    settle(page)
    case = page.locator("[data-case]").filter(has_text=swindler.name)
    expect(case).to_contain_text("1 report by 1 person")
    # The last to come is the first in the list.
    page.keyboard.press("j")
    expect(case).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("He sells gold to everybody")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("radio", name=EN["moderation.verdict_warn"]).check()
    page.get_by_label(EN["moderation.statement"]).fill("Gold is not for sale here.")
    page.get_by_role("button", name=EN["moderation.do_warn"], exact=True).click()
    expect(page.get_by_text(EN["moderation.did_warn"], exact=True)).to_be_visible()
    expect(page.locator("[data-report]")).to_contain_text(EN["moderation.report_decided"])

    mine = theirs.new_page()
    mine.goto("/notifications")
    mine.get_by_text(EN["notifications.line_house_warn"]).click()
    expect(mine).to_have_url(re.compile("/decisions"))
    expect(mine.get_by_text("Gold is not for sale here.")).to_be_visible()
    assert axe(mine) == []
    mine.get_by_label(EN["moderation.object"]).fill("I only gave it away")
    mine.get_by_role("button", name=EN["moderation.object_do"]).click()
    expect(mine.get_by_text(EN["moderation.will_be_answered"])).to_be_visible()

    # The desk hears of it by itself.
    expect(page.get_by_text("I only gave it away")).to_be_visible()
    page.get_by_label(EN["moderation.answer"]).fill("Then it was a mistake.")
    page.get_by_role("button", name=EN["moderation.do_reverse"]).click()
    expect(page.get_by_text(EN["moderation.taken_back"]).first).to_be_visible()
    page.goto("/host/reports/log")
    expect(page.get_by_text(f"A decision about {swindler.name} was taken back")).to_be_visible()


def test_the_desk_fits_a_phone_and_is_no_page_for_others(sign_up: Joined, bare: Site) -> None:
    theirs, swindler = sign_up(f"Sara {uuid4().hex[:8]}")
    hosting, chief = sign_up("Hugo Host", language="fr", width=360)
    report(hosting, theirs, "De l’or pour tous")
    bare.run("admin", "grant", chief.email)
    page = hosting.new_page()
    page.goto("/host/reports")
    page.locator("[data-case]").filter(has_text=swindler.name).click()
    expect(page.get_by_text("De l’or pour tous")).to_be_visible()
    assert axe(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.get_by_role("link", name=FR["moderation.back"]).click()
    expect(page.locator("[data-case]").first).to_be_visible()
    other = theirs.new_page()
    other.goto("/host/reports")
    expect(other.get_by_role("heading", name=EN["shell.missing"])).to_be_visible()
    other.get_by_role("link", name=EN["shell.go_home"]).click()
    expect(other).to_have_url(f"{bare.url}/")


def test_who_is_suspended_reads_why_and_objects(
    sign_up: Joined, bare: Site, new_context: Callable[..., BrowserContext], watcher: Watcher
) -> None:
    watcher.allow("status of 403")
    _, member = sign_up("Sita Quill")
    bare.run("reports", "decide", member.email, "suspend", "--statement", "Too much gold.")
    page = new_context(bare).new_page()
    page.goto("/sign-in")
    page.get_by_label(EN["accounts.email"]).fill(member.email)
    page.get_by_label(EN["accounts.password"], exact=True).fill(member.password)
    page.get_by_role("button", name=EN["accounts.sign_in_do"], exact=True).click()
    page.get_by_role("button", name=EN["accounts.suspended_why"]).click()
    expect(page.get_by_text("Too much gold.")).to_be_visible()
    page.get_by_label(EN["moderation.object"]).fill("It was little")
    page.get_by_role("button", name=EN["moderation.object_do"]).click()
    expect(page.get_by_text(EN["moderation.will_be_answered"])).to_be_visible()


def connected(one: BrowserContext, other: BrowserContext) -> None:
    asked = post(one, "/api/invitations", member_id=id_of(other), reason="other").json()
    post(other, f"/api/invitations/{asked['invitation']['id']}/accept")


def opened(page: Page, key: str) -> None:
    page.goto(f"/messages/all/{key}")
    settle(page)


def test_a_doubtful_link_is_asked_about_first(sign_up: Joined) -> None:
    one, _ = sign_up("Nora Quill")
    other, _ = sign_up("Otto Marsh")
    connected(one, other)
    text = "See https://bank.example@evil.test/pay and https://fine.example/"
    made = post(one, "/api/conversations", member_ids=[id_of(other)], text=text).json()
    page = other.new_page()
    opened(page, made["row"]["id"])
    expect(page.get_by_role("link", name="https://fine.example/")).to_be_visible()
    link = page.get_by_role("button", name=re.compile("bank.example@evil.test"))
    link.click()
    dialog = page.get_by_role("dialog", name=EN["messaging.link_title"])
    expect(dialog.get_by_text("evil.test", exact=True)).to_be_visible()
    expect(dialog.get_by_text(EN["messaging.link_credentials"])).to_be_visible()
    go = dialog.get_by_role("link", name=EN["messaging.link_open"])
    expect(go).to_have_attribute("href", "https://bank.example@evil.test/pay")
    dialog.get_by_role("button", name=EN["messaging.link_back"]).click()
    expect(dialog).to_be_hidden()
    assert page.url.endswith(made["row"]["id"])


def test_the_digest_is_chosen_and_ended_by_a_link(sign_up: Joined, bare: Site) -> None:
    mine, _ = sign_up("Nora Quill")
    page = mine.new_page()
    page.goto("/notifications/settings")
    page.get_by_role("radio", name=EN["notifications.digest_weekly"]).check()
    hour = page.get_by_label(EN["notifications.digest_hour"], exact=True)
    expect(hour).to_be_visible()
    hour.select_option("18")
    until(
        page,
        """() => fetch("/api/notices/settings").then((answer) => answer.json())
             .then((settings) => settings.digest.hour === 18)""",
    )
    chosen = page.request.get("/api/notices/settings").json()
    assert (chosen["digest"]["rhythm"], chosen["digest"]["hour"]) == ("weekly", 18)
    assert chosen["zone"] == "Europe/Paris"
    with closing(sqlite3.connect(bare.folder / "entregent.db")) as database:
        (secret,) = database.execute(
            "SELECT secret FROM digests WHERE member_id = ?", (int(id_of(mine)),)
        ).fetchone()
    token = key_in_letter(id_of(mine), secret)
    page.goto(f"/unsubscribe?token={token}")
    expect(page.get_by_text(EN["notifications.digest_is_weekly"])).to_be_visible()
    page.get_by_role("button", name=EN["notifications.digest_stop"]).click()
    expect(page.get_by_text(EN["notifications.digest_stopped_text"])).to_be_visible()
    page.get_by_role("button", name=EN["kit.undo"]).click()
    expect(page.get_by_text(EN["notifications.digest_is_weekly"])).to_be_visible()


def key_in_letter(member: str, secret: str) -> str:
    """What a letter would carry."""
    signed = hmac.new(secret.encode(), f"digest:{member}".encode(), sha256)
    return f"{member}.{signed.hexdigest()}"


# As another of the member's devices would choose it.
SPEAK = """
  (language) => fetch("/api/settings", {
    method: "PATCH",
    headers: { "content-type": "application/json", "x-entregent": "1" },
    body: JSON.stringify({ client_id: crypto.randomUUID(), language }),
  }).then(({ status }) => status)
"""


def test_a_host_asks_everybody_a_question(sign_up: Joined, bare: Site) -> None:
    hosting, chief = sign_up("Hana Host")
    bare.run("admin", "grant", chief.email)
    page = hosting.new_page()
    page.goto("/host/reports/prompt")
    ask = page.get_by_role("button", name=EN["moderation.prompt_save"])
    expect(ask).to_be_disabled()
    page.get_by_label(EN["moderation.prompt_en"]).fill("What did you mend this week?")
    # What is written and not saved outlives a reload.
    page.reload()
    expect(page.get_by_label(EN["moderation.prompt_en"])).to_have_value(
        "What did you mend this week?"
    )
    page.get_by_label(EN["moderation.prompt_fr"]).fill("Qu’avez-vous réparé cette semaine ?")
    assert axe(page) == []
    page.keyboard.press("Enter")
    expect(page.get_by_text(EN["moderation.prompt_saved"])).to_be_visible()
    home = hosting.new_page()
    home.goto("/")
    question = home.get_by_role("button", name="What did you mend this week?")
    expect(question).to_be_visible()
    # An open page asks in another language as soon as that is chosen.
    asked = home.get_by_role("button", name="Qu’avez-vous réparé cette semaine ?")
    for language, there in (("fr", asked), ("en", question)):
        assert page.evaluate(SPEAK, language) == 200
        expect(there).to_be_visible()

    # Taken away, brought back by a key, and taken away for good.
    page.get_by_role("button", name=EN["moderation.prompt_remove"]).click()
    expect(page.get_by_text(EN["moderation.prompt_gone"])).to_be_visible()
    page.get_by_role("heading", level=1).click()
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.keyboard.press("z")
    expect(page.get_by_label(EN["moderation.prompt_en"])).to_have_value(
        "What did you mend this week?"
    )
    page.get_by_role("button", name=EN["moderation.prompt_remove"]).click()
    expect(page.get_by_label(EN["moderation.prompt_en"])).to_have_value("")
    home.reload()
    expect(home.get_by_role("heading", level=1)).to_contain_text("Hello")
    expect(question).to_have_count(0)
