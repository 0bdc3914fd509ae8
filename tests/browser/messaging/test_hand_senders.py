"""Who may write first: chosen, the same on every device, undone by a key (M15)."""

import json
from urllib.error import HTTPError

import pytest
from playwright.sync_api import expect

from tests.browser.messaging.people import Friends, Member, Sit


def test_first_messages_go_where_the_member_says(friends: Friends, sit: Sit) -> None:
    (ana,) = friends("Ana Ruiz")
    stranger = Member.join(ana.url, "Ben Dubois")
    one = sit(ana)
    page = one.page
    page.goto("/messages/requests")
    page.get_by_role("link", name="Who may write to you first").click()
    far = page.get_by_role("group", name="Everyone else")
    expect(far.get_by_role("radio", name="Requests")).to_be_checked()
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        far.get_by_role("radio", name="Refuse").check()
    expect(far.get_by_role("radio", name="Refuse")).to_be_checked()
    with pytest.raises(HTTPError) as refused:
        stranger.begin(ana)
    assert json.load(refused.value)["error"]["code"] == "messaging.wants_no_requests"

    # Taken back by a key, and the stranger's words wait among the requests.
    with page.expect_response(lambda answer: answer.request.method == "PATCH"):
        page.keyboard.press("z")
    expect(far.get_by_role("radio", name="Requests")).to_be_checked()
    stranger.begin(ana, text="Hello?")
    # Changed on another device, it changes here.
    ana.ask("PATCH", "/api/senders", near="inbox")
    near = page.get_by_role("group", name="People who share a connection with you")
    expect(near.get_by_role("radio", name="Inbox")).to_be_checked()
    expect(far.get_by_role("radio", name="Requests")).to_be_checked()
    one.go("/messages/requests")
    expect(one.row("Ben Dubois")).to_contain_text("Hello?")


def test_a_new_contact_who_advertises_is_not_called_a_stranger(friends: Friends, sit: Sit) -> None:
    ana, ben = friends("Ana Ruiz", "Ben Dubois")
    ben.begin(ana, text="Buy gold at https://gold.example/ today")
    one = sit(ana)
    one.go("/messages/requests")
    expect(one.row("Ben Dubois")).to_contain_text("Looks like advertising")
    one.open("Ben Dubois")
    told = one.page.get_by_text("Ben Dubois is a new contact and begins with what looks like")
    expect(told).to_be_visible()
    expect(one.page.get_by_text("is not among your connections")).to_have_count(0)
    one.write("No, thank you.")
    expect(told).to_have_count(0)
    one.go()
    expect(one.row("Ben Dubois")).to_contain_text("No, thank you.")
