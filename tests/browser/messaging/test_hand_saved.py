"""Saved texts: written once, inserted with a ; and the same on all devices (M11)."""

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Member, Sit

TEXTS = [
    {"kind": "reply", "title": "Thanks", "text": "Thank you, {first_name}. — {me}"},
    {"kind": "reply", "title": "Offer", "text": "Dear {name}, it costs {price} euros."},
]


def keep(member: Member) -> None:
    member.ask("PUT", "/api/invitations/replies", replies=TEXTS)


def test_a_text_is_written_put_in_order_and_removed(friends: Friends, sit: Sit) -> None:
    ana, _ = friends("Ana Ruiz", "Ben Dubois")
    keep(ana)
    page = sit(ana).page
    page.goto("/settings")
    page.get_by_role("link", name="Saved texts").click()
    expect(page.get_by_role("heading", name="Saved texts", level=1)).to_be_visible()
    expect(page.get_by_text("The same texts serve for answers to invitations.")).to_be_visible()
    expect(page.get_by_text("Words to begin an answer with")).to_have_count(0)
    page.get_by_role("button", name="Add a reply").click()
    page.get_by_label("Title, for you").fill("Later")
    page.get_by_label("Words").fill("Next week, {first_name}?")
    expect(page.get_by_text("Next week, Ana?")).to_be_visible()
    page.get_by_role("button", name="Move up").click()
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("button", name="Save changes")).to_have_count(0)
    found = ana.ask("GET", "/api/invitations/replies")["replies"]
    assert [one["title"] for one in found] == ["Thanks", "Later", "Offer"]
    # What was saved is taken back by a key.
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.keyboard.press("z")
    expect(page.get_by_role("button", name="Later")).to_have_count(0)
    before = ana.ask("GET", "/api/invitations/replies")["replies"]
    assert [one["title"] for one in before] == ["Thanks", "Offer"]
    ana.ask("PUT", "/api/invitations/replies", replies=found)
    expect(page.get_by_role("button", name="Later")).to_be_visible()
    found = ana.ask("GET", "/api/invitations/replies")["replies"]
    # Removed, and taken back before it is saved.
    page.get_by_role("button", name="Later").click()
    page.get_by_role("button", name="Remove", exact=True).click()
    expect(page.get_by_role("button", name="Later")).to_have_count(0)
    page.keyboard.press("z")
    expect(page.get_by_role("button", name="Save changes")).to_have_count(0)
    # Another device removes one: it is gone here, too.
    ana.ask("PUT", "/api/invitations/replies", replies=found[:1])
    expect(page.get_by_role("button", name="Offer")).to_have_count(0)


def test_a_semicolon_inserts_one(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    talk = ben.begin(ana, text="Here is the draft")
    keep(ana)
    one = sit(ana)
    one.go(f"/messages/inbox/{talk}")
    page, keys = one.page, one.page.keyboard
    one.composer.click()
    keys.type("Hello; ;")
    texts = page.get_by_role("listbox", name="Saved texts")
    expect(texts.get_by_role("option")).to_have_count(2)
    expect(texts.get_by_role("option", selected=True)).to_contain_text("Thank you, Ben.")
    keys.type("of")
    expect(texts.get_by_role("option")).to_have_count(1)
    keys.press("Backspace")
    keys.press("Backspace")
    expect(texts.get_by_role("option")).to_have_count(2)
    keys.press("ArrowDown")
    expect(texts.get_by_role("option", selected=True)).to_contain_text("Offer")
    keys.press("Enter")
    # What is not known stays, chosen, to be typed over.
    expect(one.composer).to_have_value("Hello; Dear Ben Dubois, it costs {price} euros.")
    expect(texts).to_have_count(0)
    keys.type("90")
    expect(one.composer).to_have_value("Hello; Dear Ben Dubois, it costs 90 euros.")
    one.composer.fill("")
    # Escape leaves what was typed, and Enter sends it as it is.
    keys.type(";th")
    expect(texts.get_by_role("option")).to_have_count(1)
    keys.press("Escape")
    expect(texts).to_have_count(0)
    expect(one.composer).to_have_value(";th")
    keys.press("Enter")
    expect(one.messages.last).to_have_text(";th")
    # The palette has it, too; Tab takes the first.
    keys.press("Control+k")
    page.get_by_role("combobox").fill("Insert a saved")
    expect(page.get_by_role("option", name="Insert a saved text")).to_be_visible()
    keys.press("Enter")
    expect(one.composer).to_be_focused()
    expect(texts.get_by_role("option")).to_have_count(2)
    keys.press("Tab")
    expect(one.composer).to_have_value("Thank you, Ben. — Ana Ruiz")


def test_who_has_none_is_shown_where_to_write_one(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    talk = ben.begin(ana, text="Hello")
    one = sit(ana)
    one.go(f"/messages/inbox/{talk}")
    one.composer.click()
    one.page.keyboard.type(";")
    first = one.page.get_by_role("link", name="Write the first one")
    expect(first).to_be_visible()
    # One level up: what is shown goes, the field stays.
    one.page.keyboard.press("Escape")
    expect(first).to_be_hidden()
    expect(one.composer).to_be_focused()
    one.page.keyboard.type("-) ;")
    first.click()
    expect(one.page.get_by_role("button", name="Add a reply")).to_be_visible()


def test_what_is_written_and_not_saved_outlives_a_reload(friends: Friends, sit: Sit) -> None:
    (ana,) = friends("Ana Ruiz")
    page = sit(ana).page
    page.goto("/settings/messages")
    page.get_by_role("button", name="Add a reply").click()
    page.get_by_label("Title, for you").fill("Later")
    page.reload()
    page.get_by_role("button", name="Later").click()
    page.get_by_label("Words").fill("Next week?")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_role("button", name="Save changes")).to_have_count(0)
    for place, label in (
        ("/settings/messages/rules", "Name, for you"),
        ("/network/invitations/rules", "Name"),
    ):
        page.goto(place)
        page.get_by_role("button", name="Add a rule").click()
        page.get_by_label(label).fill("Those who wrote")
        page.reload()
        page.get_by_role("button", name="Edit rule 1").click()
        expect(page.get_by_label(label)).to_have_value("Those who wrote")
        # Thrown away, it does not come back.
        page.get_by_role("button", name="Discard").click()
        expect(page.get_by_role("button", name="Edit rule 1")).to_have_count(0)
        page.reload()
        expect(page.get_by_role("button", name="Add a rule")).to_be_visible()
        expect(page.get_by_role("button", name="Edit rule 1")).to_have_count(0)
    page.goto("/network/invitations/settings")
    line = page.get_by_role("textbox", name="Before you write")
    line.fill("Say why.")
    page.reload()
    expect(line).to_have_value("Say why.")
    page.get_by_role("button", name="Save line").click()
    expect(page.get_by_role("button", name="Save line")).to_have_count(0)
    # What is saved is no longer kept beside it.
    page.goto("/settings/messages")
    expect(page.get_by_role("button", name="Later")).to_be_visible()
    expect(page.get_by_role("button", name="Save changes")).to_have_count(0)
