"""People worth knowing, and how well one knows them: with the reasons, for one's own eyes."""

import re
from collections.abc import Callable
from urllib.parse import quote
from uuid import uuid4

from playwright.sync_api import BrowserContext, expect

from entregent.messaging import Begin, Send, begin_conversation, send_messages
from entregent.network import connect, put_down
from tests.browser.conftest import Member as Account
from tests.browser.messaging.people import Member
from tests.browser.pages import axe, catalogue, cut, resize, settle
from tests.browser.past import Do, past
from tests.browser.site import Site

EN = catalogue("en")
Joined = Callable[..., tuple[BrowserContext, Account]]


def named(word: str) -> str:
    """A name that nobody else bears."""
    return f"{word} {uuid4().hex[:8]}"


def befriended(context: BrowserContext, site: Site, friend: Member) -> str:
    """The member of this browser and a friend are connected; gives the member's id."""
    me: str = context.request.get("/api/boot").json()["me"]["id"]
    asked = friend.ask("POST", "/api/invitations", member_id=me, reason="worked_together")
    key = asked["invitation"]["id"]
    headers = {"X-Entregent": "1", "Origin": site.url}
    body = {"client_id": str(uuid4())}
    assert context.request.post(f"/api/invitations/{key}/accept", data=body, headers=headers).ok
    return me


def test_whom_one_may_know_with_the_reason_and_whoever_wants_no_part_in_it(
    sign_up: Joined, bare: Site
) -> None:
    context, _ = sign_up("Flora Ouvert")
    friend, other, hidden = (Member.join(bare.url, named(word)) for word in ("Ida", "Bo", "Cy"))
    befriended(context, bare, friend)
    friend.befriend(other, hidden)
    hidden.ask("PATCH", "/api/invitations/settings", suggested=False)
    page = context.new_page()
    page.goto("/network/suggestions")
    settle(page)
    main = page.get_by_role("main")
    suggested = main.get_by_role("listitem").filter(has_text=f"Connected with {friend.name}")
    expect(suggested).to_have_count(1)
    expect(suggested).to_contain_text(other.name)
    expect(main).not_to_contain_text(hidden.name)

    dismiss = main.get_by_role("button", name=f"Do not suggest {other.name}")
    dismiss.click()
    expect(page.get_by_text(f"{other.name} is not suggested again.")).to_be_visible()
    expect(suggested).to_have_count(0)
    page.get_by_role("button", name=re.compile("^Undo")).first.click()
    expect(suggested).to_have_count(1)
    dismiss.click()
    expect(suggested).to_have_count(0)
    page.goto("/")  # whoever leaves means it
    settle(page)
    page.goto("/network/suggestions")
    settle(page)
    expect(main.get_by_text(EN["invitations.suggest_empty"])).to_be_visible()


def write(do: Do, author: int, reader: int) -> None:
    """A message that was written then."""
    row = do(begin_conversation, Begin(author, [reader], None, 50))
    send = Send(author, int(row.id), str(uuid4()), "How is the harbour?", 8_000)
    do(lambda tx: send_messages(tx, [send]))


def test_whom_to_write_to_this_week_with_the_reason(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Flora Ouvert")
    me = int(context.request.get("/api/boot").json()["me"]["id"])
    people = [Member.join(bare.url, named(word)) for word in ("Ida", "Bo", "Cy", "Dee")]
    met, waits, silent, planned = (int(one.id) for one in people)
    with past(bare, days=80) as do:
        do(connect, me, silent)
        write(do, me, silent)
    with past(bare, days=12) as do:
        do(connect, me, met)
        do(connect, me, waits)
        write(do, waits, me)
        do(put_down, me, planned, [], "", 7)
    page = context.new_page()
    page.goto("/network/suggestions")
    settle(page)
    heading = page.get_by_role("heading", name=EN["invitations.weekly_title"])
    week = page.locator("section").filter(has=heading)
    reasons = ("Connected", "Wrote to you", "Silent for", "You meant to write:")
    for one, reason in zip(people, reasons, strict=True):
        row = week.get_by_role("listitem").filter(has_text=one.name)
        expect(row).to_contain_text(re.compile(rf"{reason} \d+ days?"))
    # To keep a rhythm comes before all else.
    expect(week.get_by_role("listitem").first).to_contain_text(people[3].name)
    assert axe(page) == []

    # It leads to the conversation; whom one has written to is worth writing to no more.
    week.get_by_role("link", name=f"Write to {people[1].name}").click()
    expect(page.get_by_text("How is the harbour?").last).to_be_visible()
    field = page.get_by_label(f"Message to {people[1].name}")
    field.fill("Still there, and windy.")
    with page.expect_response(re.compile("/api/conversations/[0-9]+/messages$")):
        field.press("Enter")
    # Where nothing was said yet, it leads to a new one.
    page.goto("/network/suggestions")
    settle(page)
    week.get_by_role("link", name=f"Write to {people[0].name}").click()
    expect(page.get_by_role("button", name=f"Remove {people[0].name}")).to_be_visible()
    page.goto("/network/suggestions")
    settle(page)
    expect(week.get_by_role("listitem")).to_have_count(3)
    expect(week).not_to_contain_text(people[1].name)


def test_how_strong_a_tie_is_and_why(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Flora Ouvert")
    friend = Member.join(bare.url, named("Ida"))
    me = befriended(context, bare, friend)
    talk = friend.ask("POST", "/api/conversations", member_ids=[me], text="Hello Flora")
    friend.say(talk["row"]["id"], "Are you there?")
    page = context.new_page()
    handle = friend.ask("GET", "/api/boot")["me"]["handle"]
    page.goto(f"/in/{handle}")
    settle(page)
    page.get_by_role("button", name=EN["network.tie_ask"]).click()
    main = page.get_by_role("main")
    expect(main).to_contain_text("They wrote you 2 messages")
    expect(main).to_contain_text("The last message was today")
    expect(main).to_contain_text(EN["network.tie_private"])
    # The other end learns nothing of it.
    assert "strength" not in str(friend.ask("GET", f"/api/profiles/{_handle(context)}"))


def test_my_own_words_on_a_person_are_kept_while_i_write_them(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Flora Ouvert")
    friend = Member.join(bare.url, named("Ida"))
    handle = friend.ask("GET", "/api/boot")["me"]["handle"]
    page = context.new_page()
    page.goto(f"/in/{handle}")
    page.get_by_role("button", name=EN["network.mine_add"]).click()
    note = page.get_by_role("textbox", name=re.compile(f"^{EN['network.note']}"))
    note.fill("Keeps bees")
    page.reload()
    expect(note).to_have_value("Keeps bees")
    page.get_by_role("textbox", name=re.compile(f"^{EN['network.tags']}")).fill("honey, jazz")
    with page.expect_response(re.compile("/mine$")):
        page.get_by_role("button", name=EN["network.mine_save"]).click()
    kept = context.request.get(f"/api/people/{friend.id}/mine").json()
    assert kept == {"tags": ["honey", "jazz"], "note": "Keeps bees", "cadence_days": None}
    page.reload()
    expect(page.get_by_text("Keeps bees")).to_be_visible()
    expect(note).to_have_count(0)
    # Nobody else hears of it.
    assert "bees" not in str(friend.ask("GET", f"/api/profiles/{_handle(context)}"))


def test_people_with_the_same_tag_are_a_list(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Flora Ouvert")
    people = [Member.join(bare.url, named(word)) for word in ("Ida", "Bo", "Cy")]
    page = context.new_page()
    page.goto("/network/lists")
    expect(page.get_by_text(EN["profiles.lists_empty"])).to_be_visible()
    headers = {"X-Entregent": "1", "Origin": bare.url}
    for one, tags in zip(people, (["choir", "client"], ["choir"], ["client"]), strict=True):
        body = {"client_id": str(uuid4()), "tags": tags}
        path = f"/api/people/{one.id}/mine"
        assert context.request.put(path, data=body, headers=headers).ok
    page.reload()
    settle(page)
    rows = page.get_by_role("listbox").get_by_role("option")
    expect(rows).to_have_count(3)
    lists = page.get_by_role("navigation", name=EN["profiles.lists_yours"])
    lists.get_by_role("link", name="choir 2").click()
    expect(rows).to_have_count(2)
    expect(rows.first).to_contain_text(people[0].name)
    expect(lists.get_by_role("link", name="choir 2")).to_have_attribute("aria-current", "page")
    expect(page.get_by_role("searchbox")).to_have_value("choir")
    assert axe(page) == []
    for width in (320, 2560):
        resize(page, width)
        assert cut(page) == []


def test_whoever_is_parted_from_is_the_only_one(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Flora Ouvert")
    people = [Member.join(bare.url, named(word)) for word in ("Ida", "Bo")]
    for one in people:
        befriended(context, bare, one)
    first, second = (f"/in/{one.ask('GET', '/api/boot')['me']['handle']}" for one in people)
    page = context.new_page()
    main = page.get_by_role("main")
    connect_again = main.get_by_role("button", name=EN["invitations.connect"], exact=True)
    page.goto(first)
    main.get_by_role("button", name=EN["shell.more"]).click()
    page.get_by_role("menuitem", name=EN["network.part"]).click()
    expect(connect_again).to_be_visible()
    # From one page to the next without loading anew.
    page.evaluate(
        """(path) => {
          const link = Object.assign(document.createElement("a"), { href: path });
          document.body.append(link);
          link.click();
        }""",
        second,
    )
    expect(page.get_by_role("heading", level=1, name=people[1].name)).to_be_visible()
    expect(main.get_by_role("link", name=EN["profiles.message"])).to_be_visible()
    expect(connect_again).to_have_count(0)


def _handle(context: BrowserContext) -> str:
    handle: str = context.request.get("/api/boot").json()["me"]["handle"]
    return handle


def test_whom_two_both_know_are_listed(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Flora Ouvert")
    friends = [Member.join(bare.url, named(word)) for word in ("Ida", "Bo", "Cy")]
    far = Member.join(bare.url, named("Dan"))
    for friend in friends:
        befriended(context, bare, friend)
        friend.befriend(far)
    page = context.new_page()
    page.goto(f"/in/{far.ask('GET', '/api/boot')['me']['handle']}")
    count = page.get_by_role("button", name="3 mutual connections")
    count.focus()
    page.keyboard.press("Enter")
    shown = page.get_by_role("dialog", name="3 mutual connections")
    expect(shown.get_by_role("link")).to_have_count(3)
    for friend in friends:
        expect(shown).to_contain_text(friend.name)
    assert axe(page) == []
    assert cut(page) == []
    page.keyboard.press("Escape")
    expect(shown).to_have_count(0)
    expect(count).to_be_focused()
    count.click()
    shown.get_by_role("link", name=friends[0].name).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(friends[0].name)


def test_from_how_many_mutuals_on_is_chosen(sign_up: Joined, bare: Site) -> None:
    context, _ = sign_up("Flora Ouvert")
    friends = [Member.join(bare.url, named(word)) for word in ("Ida", "Bo")]
    one, two = (Member.join(bare.url, named(word)) for word in ("Cy", "Dan"))
    for friend in friends:
        me = befriended(context, bare, friend)
        two.befriend(friend)
    one.befriend(friends[0])
    for sender in (one, two):
        sender.ask("POST", "/api/invitations", member_id=me, reason="other")
    page = context.new_page()
    page.goto("/network/invitations/mutuals")
    settle(page)
    expect(page.get_by_text("Nobody here: 5 mutuals or more")).to_be_visible()

    def choose(name: str) -> None:
        page.get_by_role("button", name="Order").click()
        page.get_by_role("menuitemradio", name=name).click()

    places = page.get_by_role("navigation", name=EN["invitations.places"])
    rows = page.get_by_role("listbox").get_by_role("option")
    choose("2 mutuals or more")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text(two.name)
    expect(places.get_by_role("link", name="2 mutuals or more 1")).to_be_visible()
    page.reload()
    expect(rows).to_have_count(1)
    choose("1 mutual or more")
    expect(rows).to_have_count(2)
    # All that match are those that are shown.
    page.keyboard.press("*")
    page.keyboard.press("a")
    with page.expect_response(re.compile("/actions$")):
        page.keyboard.press("e")
    expect(page.get_by_text("2 invitations ignored. Nobody is told.")).to_be_visible()


def test_a_visitor_is_shown_the_way_in(
    new_context: Callable[..., BrowserContext], bare: Site
) -> None:
    """A public page says that there is more, and the sign-in leads back to it."""
    one = Member.join(bare.url, named("Flora"))
    one.ask("PATCH", "/api/profile", headline="Baker", audiences={"headline": "public"})
    path = f"/in/{one.ask('GET', '/api/boot')['me']['handle']}"
    page = new_context(bare).new_page()
    page.goto(path)
    main = page.get_by_role("main")
    expect(main.get_by_text(f"Members see more, and can write to {one.name}.")).to_be_visible()
    main.get_by_role("link", name=EN["shell.sign_in"]).click()
    expect(page).to_have_url(re.compile(re.escape(f"/sign-in?next={quote(path, safe='')}") + "$"))
