"""The messaging page in both themes and languages, on a phone and on a desk."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.messaging.people import Desk, Friends, Member, Sit
from tests.browser.pages import axe
from tests.browser.site import Site


@pytest.fixture(scope="module")
def flooded(bare: Site) -> Member:
    """A member with every kind of conversation."""
    ana = Member.join(bare.url, "Ana Ruiz")
    people = [Member.join(bare.url, name) for name in ("Ben Dubois", "Cleo Sand", "Noé Ha")]
    ana.befriend(*people)
    for person in people:
        row = person.begin(ana, text=f"From {person.name}: see https://example.org/report")
        ana.say(row, "A longer answer, to fill more than a line of the bubble. " * 4)
        person.say(row, "Thanks!")
    group = ana.begin(*people, text="Who brings the projector?", title="A reading room for all")
    people[0].say(group, "I do.")
    ana.ask("PUT", f"/api/conversations/{group}/draft", text="And the")
    ana.ask("POST", "/api/conversations/marks", ids=[row], mark="archived")
    return ana


@pytest.fixture(params=[320, 390, 900, 1360])
def width(request: pytest.FixtureRequest) -> int:
    """From a desk enlarged four times to a wide one."""
    return int(request.param)


def fits(page: Page) -> bool:
    """Nothing is wider than the window."""
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_to_complain_about(flooded: Member, sit: Sit, width: int, scheme: str) -> None:
    one = sit(flooded, width=width, scheme=scheme)
    page = one.page
    one.go()
    expect(page.get_by_role("option")).to_have_count(3)
    one.open("A reading room for all")
    expect(one.messages.last).to_be_in_viewport()
    expect(one.composer).to_have_value("And the")
    assert axe(page) == []
    assert fits(page)
    page.keyboard.press("i")
    expect(page.get_by_role("complementary", name="Details")).to_contain_text("Noé Ha")
    assert axe(page) == []
    assert fits(page)
    page.keyboard.press("i")
    one.go("/messages")
    expect(page.get_by_role("option")).to_have_count(3)  # keys are for what is there
    page.keyboard.press("x")
    page.keyboard.press("Shift+J")
    expect(page.get_by_role("toolbar")).to_be_visible()
    assert axe(page) == []
    assert fits(page)
    one.go("/messages/new")
    page.get_by_role("combobox", name="To").fill("Ben")
    expect(page.get_by_role("option", name="Ben Dubois").last).to_be_visible()
    assert axe(page) == []
    assert fits(page)
    one.go("/messages/search")
    page.get_by_role("combobox", name="Search messages").fill("projector")
    expect(page.get_by_role("option")).to_have_count(1)
    assert axe(page) == []
    assert fits(page)


def test_comes_back_from_a_thread_on_a_phone(flooded: Member, sit: Sit) -> None:
    one = sit(flooded, width=390)
    one.go()
    one.row("A reading room for all").tap()
    expect(one.messages.last).to_be_in_viewport()
    expect(one.page.get_by_role("navigation", name="Main")).to_be_hidden()
    one.page.get_by_role("button", name="Back").tap()
    expect(one.page.get_by_role("option")).to_have_count(3)
    one.row("Ben Dubois").tap()
    expect(one.messages.first).to_be_attached()
    one.page.go_back()
    expect(one.page.get_by_role("option")).to_have_count(3)


def test_speaks_french(friends: Friends, sit: Sit) -> None:
    zoe, ben = friends("Zoé Haddad", "Benoît Dubois", language="fr")
    ben.begin(zoe, text="Bonjour !")
    one: Desk = sit(zoe, language="fr")
    one.page.goto("/messages")
    expect(one.page.get_by_role("listbox", name="Réception")).to_be_visible()
    expect(one.page.get_by_role("link", name="Non lus")).to_contain_text("1")
    one.page.get_by_role("option").first.click()
    expect(one.page.get_by_label("Message à Benoît Dubois")).to_be_visible()
    one.page.keyboard.press("e")
    expect(one.page.get_by_role("status").filter(has_text="Conversation archivée")).to_be_visible()
