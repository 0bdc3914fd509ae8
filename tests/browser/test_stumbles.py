"""Where somebody stumbled who used it for an evening: words, places and ways, as they are met."""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import quote
from uuid import uuid4

import pytest
from playwright.sync_api import BrowserContext, Locator, Page, expect

from tests.browser.conftest import Language, Member
from tests.browser.pages import catalogue, settle
from tests.browser.site import Site
from tests.browser.watching import Watcher

WORDS = {"en": catalogue("en"), "fr": catalogue("fr")}
FR = WORDS["fr"]
NewContext = Callable[..., BrowserContext]
Joined = Callable[..., tuple[BrowserContext, Member]]
Visit = Callable[..., Page]


def said_of(field: Locator) -> str:
    """What stands beneath a field that is wrong, as it is read aloud with it."""
    expect(field).to_have_attribute("aria-invalid", "true")
    text: str = field.evaluate(
        "(field) => document.getElementById(field.getAttribute('aria-describedby')).textContent"
    )
    return text


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_wrong_in_a_form_is_said_in_our_words(
    new_context: NewContext, bare: Site, language: Language
) -> None:
    words = WORDS[language]
    page = new_context(bare, language=language).new_page()
    page.goto("/sign-in")
    email = page.get_by_label(words["accounts.email"], exact=True)
    password = page.get_by_label(words["accounts.password"], exact=True)
    page.get_by_role("button", name=words["accounts.sign_in_do"], exact=True).click()
    assert said_of(email) == words["kit.wrong_missing"]
    assert said_of(password) == words["kit.wrong_missing"]
    expect(email).to_be_focused()
    # What is typed next is no longer wrong.
    page.keyboard.type("ana")
    expect(email).not_to_have_attribute("aria-invalid", "true")

    page.goto("/forgot")
    email = page.get_by_label(words["accounts.email"], exact=True)
    email.fill("ana")
    page.keyboard.press("Enter")
    assert said_of(email) == words["kit.wrong_email"]


def test_a_new_address_and_a_webhook_that_are_none(sign_up: Joined) -> None:
    context, _ = sign_up("Nora Ferme", language="fr")
    page = context.new_page()
    page.goto("/settings")
    page.get_by_role("button", name=FR["accounts.email_change"]).click()
    page.get_by_label(FR["accounts.email_new"]).fill("nora")
    page.keyboard.press("Enter")
    assert said_of(page.get_by_label(FR["accounts.email_new"])) == FR["kit.wrong_email"]
    password = page.get_by_role("main").get_by_label(FR["accounts.password"], exact=True)
    assert said_of(password) == FR["kit.wrong_missing"]


def test_a_link_without_its_key_leads_to_another(new_context: NewContext, bare: Site) -> None:
    page = new_context(bare).new_page()
    page.goto("/reset")
    expect(page.get_by_text(WORDS["en"]["accounts.reset_no_link"])).to_be_visible()
    page.get_by_role("link", name=WORDS["en"]["accounts.forgot_again"]).click()
    expect(page).to_have_url(re.compile("/forgot$"))


def test_a_visitor_finds_nobody_and_is_not_sent_to_look(
    new_context: NewContext, bare: Site, watcher: Watcher
) -> None:
    watcher.allow("404")
    page = new_context(bare).new_page()
    page.goto("/in/nobody-of-this-name")
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="There is nobody here").last).to_be_visible()
    expect(main.get_by_role("link", name="Find people")).to_have_count(0)
    main.get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/sign-in\?next=%2Fin%2Fnobody-of-this-name$"))


def test_a_level_that_was_brought_is_read_in_the_readers_language(
    sign_up: Joined, bare: Site
) -> None:
    context, _ = sign_up("Ana Niveau", language="fr")
    spoken = [
        {"name": "français", "proficiency": "Native or bilingual proficiency"},
        {"name": "gallois", "proficiency": "assez pour commander du pain"},
    ]
    handle = context.request.get("/api/boot").json()["me"]["handle"]
    answer = context.request.patch(
        "/api/profile",
        data={"client_id": str(uuid4()), "languages": spoken},
        headers={"X-Entregent": "1", "Origin": bare.url},
    )
    assert answer.ok, answer.text()
    page = context.new_page()
    page.goto(f"/in/{handle}")
    section = page.get_by_role("main")
    expect(section).to_contain_text(f"français · {FR['profiles.level_5']}")
    expect(section).to_contain_text("gallois · assez pour commander du pain")

    # It is edited in that language as well, and kept for readers of any.
    section.get_by_role(
        "button", name=re.compile(f"^Modifier.*{FR['profiles.languages']}$")
    ).click()
    levels = page.get_by_label(FR["profiles.proficiency"])
    expect(levels.first).to_have_value(FR["profiles.level_5"])
    levels.last.fill(FR["profiles.level_1"])
    page.get_by_role("button", name=FR["profiles.save"]).click()
    expect(section).to_contain_text(f"gallois · {FR['profiles.level_1']}")
    kept = context.request.get(f"/api/profiles/{handle}").json()["languages"]
    assert [one["proficiency"] for one in kept] == [
        "Native or bilingual proficiency",
        "Elementary proficiency",
    ]


TIP = "[popover].tip:popover-open"


def box(one: Locator) -> Any:
    found = one.bounding_box()
    assert found
    return found


@pytest.mark.parametrize(("width", "named"), [(900, True), (1360, False)])
def test_the_sidebar_is_explained_beside_it(visit: Visit, width: int, named: bool) -> None:
    """Over the next item it hid that one; and a rail of icons was never named."""
    page = visit("newcomer", width=width)
    page.goto("/")
    settle(page)
    items = page.get_by_role("navigation").locator("li > .item")
    messages = items.nth(1)
    messages.hover()
    tip = page.locator(TIP)
    expect(tip).to_have_text(re.compile("^Messages *G *M$" if named else "^ *G *M$"))
    assert box(tip)["x"] >= box(messages)["x"] + box(messages)["width"]
    if not named:
        # Its keys are printed on it already.
        page.get_by_role("button", name="Commands").hover()
        items.nth(2).hover()
        expect(tip).to_have_text(re.compile("^ *G *N$"))


def test_the_hosts_tabs_are_one_line_in_french(visit: Visit) -> None:
    page = visit("president", language="fr")
    page.goto("/host/reports")
    settle(page)
    tabs = page.get_by_role("navigation", name=FR["moderation.parts"]).get_by_role("link")
    assert {round(box(tab)["y"]) for tab in tabs.all()} == {round(box(tabs.first)["y"])}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_empty_queue_speaks_of_no_keys(visit: Visit, language: Language) -> None:
    """A phone has none, and a member may have chosen others."""
    page = visit("newcomer", width=390, language=language)
    page.goto("/network/invitations/queue")
    words = WORDS[language]
    expect(page.get_by_text(words["invitations.queue_empty"])).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text(words["invitations.queue_these"])


def test_a_link_of_ones_own_brings_somebody_to_ones_page(
    sign_up: Joined, new_context: NewContext, bare: Site
) -> None:
    """A host of an empty network had nobody to find and nothing to send."""
    words = WORDS["en"]
    context, _ = sign_up("Alma Hostess")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto("/network/people?q=nobodyofthatname")
    page.get_by_role("button", name=words["shell.bring_copy"]).click()
    expect(page.get_by_role("status").filter(has_text=words["shell.bring_copied"])).to_be_visible()
    link = page.evaluate("navigator.clipboard.readText()")
    letter = page.get_by_role("link", name=words["shell.bring_mail"]).get_attribute("href")
    assert letter is not None
    assert quote(link, safe="") in letter.replace("!", "%21")

    other = new_context(bare).new_page()
    other.goto(link)
    other.get_by_label(words["accounts.name"], exact=True).fill("Zoe Newcome")
    other.get_by_label(words["accounts.email"], exact=True).fill(f"{uuid4().hex}@example.org")
    other.get_by_label(words["accounts.password"], exact=True).fill("four words at random")
    other.keyboard.press("Enter")
    expect(other.get_by_role("heading", level=1, name="Alma Hostess")).to_be_visible()
    expect(
        other.get_by_role("button", name=words["invitations.connect"], exact=True)
    ).to_be_visible()


def test_a_host_sees_from_anywhere_that_somebody_waits(visit: Visit) -> None:
    """Reports stood in one menu, which nobody opens without a reason."""
    words = WORDS["en"]
    page = visit("president")
    page.goto("/")
    settle(page)
    aside = page.get_by_role("complementary", name=words["shell.home_aside"])
    aside.get_by_role("link", name="waits for a host").click()
    expect(page).to_have_url(re.compile("/host/reports$"))
    dot = "(mark) => getComputedStyle(mark, '::after').content"
    mark = page.get_by_role("button", name=words["shell.account"]).locator(".avatar")
    assert mark.evaluate(dot) == '""'
    page.goto("/network")
    page.keyboard.press("Control+k")
    page.keyboard.type("reports")
    page.get_by_role("option", name=words["shell.go_reports"]).click()
    expect(page).to_have_url(re.compile("/host/reports$"))

    # Nobody else does, nor finds the way.
    other = visit("newcomer")
    other.goto("/")
    settle(other)
    mark = other.get_by_role("button", name=words["shell.account"]).locator(".avatar")
    assert mark.evaluate(dot) == "none"
    other.keyboard.press("Control+k")
    other.keyboard.type("reports")
    expect(other.get_by_role("option").first).to_be_visible()
    expect(other.get_by_role("option", name=words["shell.go_reports"])).to_have_count(0)


def test_an_empty_instance_says_how_one_becomes_its_host(bare: Site) -> None:
    assert f"Sign up at {bare.url}/sign-up, then `script/entregent admin grant" in bare.log()


def test_what_is_told_stands_above_the_tabs_and_is_as_wide_as_its_words(visit: Visit) -> None:
    """On a phone it was half as wide as the page, and lay on the tabs."""
    page = visit("newcomer", width=360, language="fr")
    page.goto("/network/people?q=personnedecenom")
    page.evaluate("navigator.clipboard.writeText = async () => undefined")
    page.get_by_role("button", name=FR["shell.bring_copy"]).tap()
    told = page.locator(".toast")
    expect(told).to_contain_text(FR["shell.bring_copied"])
    settle(page)
    toast, tabs = box(told), box(page.get_by_role("navigation", name=FR["shell.navigation"]))
    assert toast["y"] + toast["height"] < tabs["y"]
    assert toast["width"] > 300
    assert abs(toast["x"] * 2 + toast["width"] - 360) <= 2


def test_who_may_see_a_part_of_me_is_read_whole_on_a_phone(visit: Visit) -> None:
    page = visit("newcomer", width=360, language="fr")
    handle = page.request.get("/api/boot").json()["me"]["handle"]
    page.goto(f"/in/{handle}")
    page.get_by_role("button", name=re.compile("^Modifier.*Nom et titre$")).tap()
    choices = page.get_by_role("main").get_by_role("combobox")
    expect(choices).to_have_count(3)
    room = """(choice) => {
      const words = document.createElement("span");
      const { fontFamily, fontSize, fontWeight, paddingLeft, paddingRight } =
        getComputedStyle(choice);
      Object.assign(words.style, { fontFamily, fontSize, fontWeight, position: "absolute" });
      words.textContent = choice.selectedOptions[0].text;
      document.body.append(words);
      const free = choice.clientWidth - parseFloat(paddingLeft) - parseFloat(paddingRight);
      const left = free - words.offsetWidth;
      words.remove();
      return left;
    }"""
    assert min(choice.evaluate(room) for choice in choices.all()) >= 0
