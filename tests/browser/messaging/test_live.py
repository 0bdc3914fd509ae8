"""Two members talk, each in a browser of their own."""

from playwright.sync_api import expect

from tests.browser.messaging.desks import agreed
from tests.browser.messaging.people import Friends, Sit


def test_two_members_talk_live(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    ben.begin(ana, text="Are you free on Thursday?")
    one, other = sit(ana), sit(ben)
    one.go()
    other.go()
    expect(one.tab("Unread")).to_contain_text("1")
    one.open("Ben Dubois")
    expect(one.messages).to_have_text(["Are you free on Thursday?"])
    expect(one.tab("Unread")).not_to_contain_text("1")

    other.open("Ana Ruiz")
    one.write("At two o’clock, gladly.")
    expect(one.messages.last).to_have_text("At two o’clock, gladly.")
    expect(other.messages.last).to_have_text("At two o’clock, gladly.")
    other.write("See you there!")
    expect(one.messages.last).to_have_text("See you there!")
    expect(one.page.get_by_label("Sending")).to_have_count(0)
    # What comes into the conversation that is being read counts as read.
    expect(one.row("Ben Dubois")).not_to_contain_text("Unread")


def test_what_comes_in_waits_while_the_list_is_worked_in(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    ben.begin(ana, text="First")
    cleo.begin(ana, text="Second")
    one = sit(ana)
    one.go()
    one.page.get_by_role("listbox", name="Inbox").focus()
    expect(one.page.get_by_role("option").first).to_contain_text("Cleo Sand")
    ben.begin(ana, text="News from Ben")
    new = one.page.get_by_role("button", name="1 new")
    expect(new).to_be_visible()
    # The row says it at once, but does not move under the hands.
    expect(one.row("Ben Dubois")).to_contain_text("News from Ben")
    expect(one.page.get_by_role("option").first).to_contain_text("Cleo Sand")
    one.page.keyboard.press(".")
    expect(one.page.get_by_role("option").first).to_contain_text("Ben Dubois")
    expect(new).to_have_count(0)


def test_a_draft_from_another_device_comes_into_the_field(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    conversation = ben.begin(ana, text="Hello")
    one = sit(ana)
    one.go(f"/messages/{conversation}")
    box = one.page.get_by_role("textbox", name="Message to Ben Dubois")
    box.focus()
    ana.ask("PUT", f"/api/conversations/{conversation}/draft", text="Written on the train")
    expect(box).to_have_value("Written on the train")
    ana.ask("PUT", f"/api/conversations/{conversation}/draft", text="Written on the night train")
    expect(box).to_have_value("Written on the night train")


def test_a_new_message_brings_an_archived_conversation_back(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    conversation = ben.begin(ana, text="Hello")
    one = sit(ana)
    one.go()
    one.open("Ben Dubois")
    one.page.get_by_role("button", name="Archive").last.click()
    expect(one.page.get_by_role("option")).to_have_count(0)
    expect(one.page.get_by_text("All clear")).to_be_visible()
    agreed(one.page, archived=1)
    ben.say(conversation, "One more thing")
    expect(one.row("Ben Dubois")).to_contain_text("One more thing")


def test_an_address_shows_its_conversation_though_no_list_has_it(
    friends: Friends, sit: Sit
) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Ben Dubois", "Cleo Sand")
    cleo.begin(ana, text="In the inbox")
    conversation = ben.begin(ana, text="Put away")
    ana.ask("POST", "/api/conversations/marks", ids=[conversation], mark="archived")
    one = sit(ana)
    one.go(f"/messages/{conversation}")
    expect(one.messages).to_have_text(["Put away"])
    expect(one.row("Cleo Sand")).to_be_visible()
    expect(one.messages).to_have_text(["Put away"])


def test_tabs_share_one_stream(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    conversation = ben.begin(ana, text="Hello")
    one = sit(ana)
    streams: list[str] = []
    one.context.on(
        "request", lambda request: streams.append(request.url) if "/stream" in request.url else None
    )
    one.go()
    second = one.context.new_page()
    second.goto("/messages")
    expect(second.get_by_role("option")).to_have_count(1)
    ben.say(conversation, "To both tabs")
    for page in (one.page, second):
        expect(page.get_by_role("option").first).to_contain_text("To both tabs")
    assert len(streams) == 1
    # The tab that held the stream closes: the other takes it over and misses nothing.
    one.page.close()
    ben.say(conversation, "To the one that is left")
    expect(second.get_by_role("option").first).to_contain_text("To the one that is left")
    ben.say(conversation, "And on")
    expect(second.get_by_role("option").first).to_contain_text("And on")


def test_begins_a_group_with_the_keyboard(friends: Friends, sit: Sit) -> None:
    ana, ben, cleo = friends("Ana Ruiz", "Bertrand Quill", "Clothilde Vane")
    one, other = sit(ana), sit(cleo)
    one.go()
    other.go()
    expect(one.page.get_by_text("Your conversations will be here")).to_be_visible()
    keys = one.page.keyboard
    keys.press("Shift+C")
    picker = one.page.get_by_role("combobox", name="To")
    expect(picker).to_be_focused()
    for name in (ben.name, cleo.name):
        keys.type(name[:4])
        expect(one.page.get_by_role("option", name=name)).to_be_visible()
        expect(one.page.get_by_role("option")).to_have_count(1)
        keys.press("Enter")
        expect(one.page.get_by_label(f"Remove {name}")).to_be_visible()
    one.page.get_by_label("Title", exact=True).fill("Reading room")
    one.page.get_by_label("Message", exact=True).fill("Shall we meet?")
    keys.press("Control+Enter")
    expect(one.messages).to_have_text(["Shall we meet?"])
    expect(one.page.get_by_role("heading", name="Reading room")).to_be_visible()
    expect(other.row("Reading room")).to_contain_text("Ana: Shall we meet?")
    other.open("Reading room")
    other.write("Yes, tomorrow.")
    expect(one.messages.last).to_have_text("Yes, tomorrow.")
    expect(one.page).to_have_url(other.page.url)
