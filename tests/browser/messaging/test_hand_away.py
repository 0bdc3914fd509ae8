"""Away: switched on, shown, answering once, ended and taken back (M11)."""

from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Sit


def test_away_answers_and_ends(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    talk = ana.begin(ben, text="Until soon")
    one, other = sit(ana), sit(ben)
    page = one.page
    page.goto("/settings/messages/away")
    answer = page.get_by_label("Answer", exact=True)
    expect(answer).to_have_value(
        "Thank you for your message. I am away and will answer when I am back."
    )
    answer.fill("I am at sea, {first_name}.")
    expect(page.get_by_text("I am at sea, Ana.")).to_be_visible()
    page.get_by_role("button", name="Answer while I am away").click()
    expect(page.get_by_text("Nobody was answered yet.")).to_be_visible()
    # A change that was saved is taken back by a key.
    answer.fill("I am in the mountains.")
    page.get_by_role("button", name="Save changes").click()
    expect(page.get_by_text("Away message changed.")).to_be_visible()
    answer.blur()
    page.keyboard.press("z")
    expect(answer).to_have_value("I am at sea, {first_name}.")
    # Whoever writes is answered, once, and sees that nobody typed it.
    other.go(f"/messages/inbox/{talk}")
    other.write("Are you there?")
    line = other.page.locator("[data-line]").filter(has_text="I am at sea, Ben.")
    expect(line).to_contain_text("Automatic answer")
    other.write("Hello?")
    expect(other.messages.last).to_have_text("Hello?")
    # The list says so, and the conversation still waits.
    one.go()
    bar = page.get_by_role("region", name="Away")
    expect(bar).to_contain_text("You are away until")
    expect(one.row("Ben Dubois")).to_contain_text("Hello?")
    expect(one.row("Ben Dubois")).to_contain_text("Unread")
    assert ben.texts(talk).count("I am at sea, Ben.") == 1
    bar.get_by_role("button", name="I am back").click()
    expect(bar).to_have_count(0)
    with page.expect_response(lambda answer: answer.request.method == "PUT"):
        page.keyboard.press("z")
        expect(bar).to_be_visible()
    # Ended on another device, it ends here.
    ana.ask("DELETE", "/api/absence")
    expect(bar).to_have_count(0)
