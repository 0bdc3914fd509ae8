"""Nothing typed is lost, nothing is sent twice: without a network, a server or a session."""

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Route, expect

from tests.browser.messaging.desks import kept
from tests.browser.messaging.people import PASSWORD, Desk, Friends, Member, Sit
from tests.browser.site import Site
from tests.browser.watching import Watcher

# What the browser itself says of a network that is away.
AWAY = r"Failed to (load resource|fetch dynamically imported)|ERR_|FetchEvent|ServiceWorker"


@pytest.fixture(autouse=True)
def nobody_minds(watcher: Watcher) -> None:
    """Every test here takes something away."""
    watcher.allow(AWAY)


def pair(friends: Friends, sit: Sit, **how: Any) -> tuple[Member, Member, str, Desk]:
    """Ana has a conversation with Ben open."""
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    conversation = ben.begin(ana, text="Hello Ana")
    one = sit(ana, **how)
    one.go()
    one.open("Ben Dubois")
    expect(one.messages).to_have_text(["Hello Ana"])
    return ana, ben, conversation, one


def test_what_is_written_offline_is_sent_once(friends: Friends, sit: Sit) -> None:
    _, ben, conversation, one = pair(friends, sit)
    one.offline()
    for text in ("One", "Two", "Three"):
        one.write(text)
    expect(one.page.get_by_label("Sending")).to_have_count(3)
    expect(one.page.get_by_text("Offline. 3 messages will be sent")).to_be_visible()
    for text in ("Meanwhile", "and again"):
        ben.say(conversation, text)
    one.offline(False)
    expect(one.page.get_by_label("Sending")).to_have_count(0)
    told = ["Hello Ana", "Meanwhile", "and again", "One", "Two", "Three"]
    expect(one.messages).to_have_text(told)
    assert ben.texts(conversation) == told


def test_a_list_that_did_not_come_comes_with_the_network(friends: Friends, sit: Sit) -> None:
    """Nobody has to press "Try again" for what only the network had kept back."""
    _, _, _, one = pair(friends, sit)
    page = one.page
    network = page.get_by_role("navigation").get_by_role("link", name="Network").first
    network.click()
    person = page.get_by_role("listbox", name="Connections").get_by_role(
        "option", name="Ben Dubois"
    )
    expect(person).to_be_visible()
    page.get_by_role("link", name="Following").click()
    expect(page.get_by_text("You follow nobody")).to_be_visible()
    one.offline()
    page.get_by_role("link", name="Connections", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()
    one.offline(False)
    expect(person).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_a_thread_that_is_looked_at_misses_nothing(friends: Friends, sit: Sit) -> None:
    _, ben, conversation, one = pair(friends, sit)
    ben.say(conversation, "Seen")
    mark = one.page.get_by_text("Seen by Ben Dubois")
    one.write("Not yet read")
    expect(one.page.get_by_label("Sending")).to_have_count(0)
    one.offline()
    ben.say(conversation, "Meanwhile")
    ben.ask("POST", f"/api/conversations/{conversation}/read", seq=4)

    def late(route: Route) -> None:
        """The log no longer reaches back to where this browser left it."""
        route.fulfill(content_type="text/event-stream", body="event: reset\ndata:\n\n")

    one.page.route("**/api/stream*", late, times=1)
    one.offline(False)
    expect(one.messages).to_have_text(["Hello Ana", "Seen", "Not yet read", "Meanwhile"])
    expect(mark).to_be_visible()


def test_a_lost_answer_sends_nothing_twice(friends: Friends, sit: Sit) -> None:
    _, ben, conversation, one = pair(friends, sit)
    lost: list[str] = []

    def lose(route: Route) -> None:
        """The server does it, but its answer never arrives."""
        sent: dict[str, str] = json.loads(route.request.post_data or "{}")
        lost.append(sent["client_id"])
        if len(lost) > 2:
            route.continue_()
        else:
            route.fetch()
            route.abort("connectionreset")

    one.page.route(f"**/api/conversations/{conversation}/messages", lose)
    one.write("Only once, please")
    expect(one.page.get_by_label("Sending")).to_have_count(0)
    expect(one.messages).to_have_text(["Hello Ana", "Only once, please"])
    assert len(set(lost)) == 1
    assert ben.texts(conversation) == ["Hello Ana", "Only once, please"]


def test_a_message_survives_the_page(friends: Friends, sit: Sit) -> None:
    _, ben, conversation, one = pair(friends, sit)
    one.page.route("**/api/conversations/*/messages", _refuse_writes(503))
    with one.page.expect_request("**/api/conversations/*/messages"):  # it is saved before that
        one.write("Written before the crash")
    expect(one.page.get_by_label("Sending")).to_be_visible()
    one.page.close()
    again = one._replace(page=one.context.new_page())
    again.go(f"/messages/{conversation}")
    expect(again.messages.last).to_have_text("Written before the crash")
    expect(again.page.get_by_label("Sending")).to_have_count(0)
    assert ben.texts(conversation) == ["Hello Ana", "Written before the crash"]


def test_a_refused_message_stays_and_says_why(friends: Friends, sit: Sit) -> None:
    _, ben, conversation, one = pair(friends, sit)
    one.page.route("**/api/conversations/*/messages", _refuse_writes(403))
    one.write("Are you there?")
    failed = one.page.get_by_role("alert").filter(has_text="Not sent.")
    expect(failed).to_contain_text("No, says the test.")
    one.page.reload()
    expect(failed).to_be_visible()
    failed.get_by_role("button", name="Put back in the composer").click()
    expect(one.composer).to_have_value("Are you there?")
    expect(failed).to_have_count(0)
    one.composer.press("Enter")
    expect(failed).to_be_visible()
    one.page.unroute("**/api/conversations/*/messages")
    failed.get_by_role("button", name="Retry").click()
    expect(failed).to_have_count(0)
    expect(one.messages).to_have_text(["Hello Ana", "Are you there?"])
    assert ben.texts(conversation) == ["Hello Ana", "Are you there?"]


def test_a_closed_conversation_says_so_and_keeps_the_text(friends: Friends, sit: Sit) -> None:
    ana, ben, _, one = pair(friends, sit)
    one.composer.fill("Half a sen")
    ben.ask("POST", f"/api/blocks/{ana.id}")
    expect(one.page.get_by_text("Nobody can write in this conversation any more")).to_be_visible()
    expect(one.composer).to_have_value("Half a sen")
    expect(one.page.get_by_role("button", name="Send", exact=True)).to_be_disabled()


def test_the_draft_survives_reload_and_reaches_the_other_device(friends: Friends, sit: Sit) -> None:
    ana, _, conversation, one = pair(friends, sit)
    one.composer.press_sequentially("An unfinished tho")
    one.page.reload()
    expect(one.composer).to_have_value("An unfinished tho")
    expect(one.row("Ben Dubois")).to_contain_text("Draft: An unfinished tho")
    other = sit(ana)
    other.go(f"/messages/{conversation}")
    expect(other.composer).to_have_value("An unfinished tho")
    other.composer.fill("")
    expect(one.row("Ben Dubois")).not_to_contain_text("Draft:")


def test_the_draft_survives_the_end_of_the_session(friends: Friends, sit: Sit) -> None:
    ana, ben, conversation, one = pair(friends, sit)

    def end(route: Route) -> None:
        one.context.clear_cookies()
        route.continue_()

    one.page.route("**/api/conversations/*/messages", end, times=1)
    one.write("Sent after the session ended")
    expect(one.page.get_by_text("Your session has ended")).to_be_visible()
    one.page.get_by_label("E-mail address").fill(ana.email)
    one.page.get_by_label("Password", exact=True).fill(PASSWORD)
    one.page.get_by_role("button", name="Sign in").click()
    expect(one.messages).to_have_text(["Hello Ana", "Sent after the session ended"])
    expect(one.page.get_by_label("Sending")).to_have_count(0)
    assert ben.texts(conversation) == ["Hello Ana", "Sent after the session ended"]


def test_what_was_missed_is_filled_in(friends: Friends, sit: Sit) -> None:
    ana, ben, conversation, one = pair(friends, sit)
    cleo = Member.join(ana.url, "Cleo Sand")
    ana.befriend(cleo)
    one.offline()
    expect(one.page.get_by_text("Offline.")).to_be_visible()
    for number in range(60):
        ben.say(conversation, f"Missed {number}")
    cleo.begin(ana, text="And somebody new")
    one.offline(False)
    expect(one.messages.last).to_have_text("Missed 59")
    expect(one.row("Cleo Sand").or_(one.page.get_by_role("button", name="1 new"))).to_be_visible()
    counts: dict[str, Any] = ana.ask("GET", "/api/counts")
    expect(one.tab("Inbox")).to_contain_text(str(counts["inbox"]))


def test_a_server_that_dies_loses_nothing(sit: Sit, tmp_path: Path) -> None:
    own_site = Site(tmp_path / "site")
    own_site.start()
    ana, ben = (Member.join(own_site.url, name) for name in ("Ana Ruiz", "Ben Dubois"))
    ana.befriend(ben)
    conversation = ben.begin(ana, text="Hello Ana")
    one, other = sit(ana, own_site), sit(ben, own_site)
    for each, name in ((one, "Ben Dubois"), (other, "Ana Ruiz")):
        each.go()
        each.open(name)
    own_site.stop()
    one.write("While you were gone")
    expect(one.page.get_by_label("Sending")).to_be_visible()
    own_site.start()
    expect(one.page.get_by_label("Sending")).to_have_count(0)
    expect(other.messages).to_have_text(["Hello Ana", "While you were gone"])
    assert ben.texts(conversation) == ["Hello Ana", "While you were gone"]
    own_site.stop()


def test_reads_and_writes_from_a_page_opened_offline(friends: Friends, sit: Sit) -> None:
    _, ben, conversation, one = pair(friends, sit, installs=True)
    one.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    one.page.reload()
    expect(one.messages).to_have_text(["Hello Ana"])
    kept(one.page)
    one.offline()
    one.page.reload()
    expect(one.row("Ben Dubois")).to_contain_text("Hello Ana")
    expect(one.messages).to_have_text(["Hello Ana"])
    one.write("From a train")
    expect(one.page.get_by_label("Sending")).to_be_visible()
    one.page.reload()
    expect(one.messages).to_have_text(["Hello Ana", "From a train"])
    one.offline(False)
    expect(one.page.get_by_label("Sending")).to_have_count(0)
    assert ben.texts(conversation) == ["Hello Ana", "From a train"]


def _refuse_writes(status: int) -> Any:
    def answer(route: Route) -> None:
        if route.request.method != "POST":
            route.continue_()
            return
        error = {"code": "test.no", "message": "No, says the test.", "field": None}
        route.fulfill(status=status, json={"error": error | {"retry_after": None}})

    return answer
