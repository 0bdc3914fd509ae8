"""Triage over HTTP: marks and their undoing, views, labels, mailboxes, saved filters."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio

from entregent.messaging import counts
from entregent.messaging.lists import ids
from entregent.network import connect, put_down
from tests.messaging.talk import begin, recount, row, say
from tests.messaging.test_handling import fill, walk
from tests.world import World

HOUR = 3_600_000


class Triage:
    """A member at work."""

    def __init__(self, world: World, member: int, http: httpx.AsyncClient) -> None:
        self.world, self.member, self.http = world, member, http
        self.numbers = 0

    async def post(self, path: str, status: int = 200, **body: Any) -> Any:
        self.numbers += 1
        command = {"client_id": f"triage-{self.member}-{self.numbers}", **body}
        answer = await self.http.post(path, json=command)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def mark(self, how: str, *keys: int, status: int = 200, **more: Any) -> Any:
        path = "/api/conversations/marks"
        chosen = {"ids": [str(key) for key in keys]} if keys else {}
        return await self.post(path, status, mark=how, **chosen, **more)

    async def undo(self, done: Any) -> Any:
        return await self.post("/api/conversations/undo", undo=done["undo"])

    async def get(self, path: str, status: int = 200) -> Any:
        answer = await self.http.get(path)
        assert answer.status_code == status, answer.text
        return answer.json()

    async def seen(self, view: str) -> list[int]:
        """A view's ids, after its page, its ids and its total were found to agree."""
        page = await self.get(f"/api/inbox?view={view}&limit=200")
        found = [int(one["id"]) for one in page["rows"]]
        assert found == self.world.see(ids, self.member, view)
        assert page["total"] == len(found)
        return found


@pytest_asyncio.fixture
async def ana(world: World) -> AsyncIterator[Triage]:
    async with world.client(world.ana) as http:
        yield Triage(world, world.ana, http)


def told(world: World, member: int, after: int) -> list[str]:
    return [event["type"] for event in world.log(member, after)]


UNTIL = {"snooze", "remind"}
SINGLE = [
    "read", "unread", "archived", "spam", "star", "snooze", "mute", "mentions", "delete", "remind",
]  # fmt: skip


@pytest.mark.parametrize("how", SINGLE)
async def test_a_mark_is_undone_exactly_and_done_once(world: World, ana: Triage, how: str) -> None:
    key, other = (
        begin(world, world.ana, world.bruno),
        begin(world, world.bruno, world.ana, world.chloe),
    )
    say(world, world.bruno, key, "Une question ?")
    if how == "unread":
        await ana.mark("read", key)
    was, numbers = row(world, world.ana, key), world.see(counts, world.ana)
    beside = row(world, world.ana, other)
    until = {"until": world.clock.now() + HOUR} if how in UNTIL else {}
    cursor = world.cursor(world.ana)
    command = {"client_id": f"the-{how}-command", "ids": [str(key)], "mark": how, **until}
    answers = [await ana.http.post("/api/conversations/marks", json=command) for _ in range(2)]
    assert answers[0].json() == answers[1].json()
    done = answers[0].json()
    assert (done["changed"], done["bulk"]) == (1, None)
    assert len(world.log(world.ana, cursor)) == 1
    assert row(world, world.ana, key) != was
    assert (await ana.mark(how, key, **until))["changed"] == 0
    assert (await ana.undo(done))["changed"] == 1
    assert row(world, world.ana, key) == was
    assert world.see(counts, world.ana) == numbers
    assert row(world, world.ana, other) == beside
    assert (await ana.undo(done))["changed"] == 0
    everything = walk(world, world.ana, "all", 200)
    assert recount(everything) == world.see(counts, world.ana)


async def test_undoing_loses_nothing_that_came_between(world: World, ana: Triage) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "One")
    archived = await ana.mark("archived", key)
    read = await ana.mark("read", key)
    deleted = await ana.mark("delete", key)
    assert await ana.seen("all") == []
    say(world, world.bruno, key, "Two")
    mine = row(world, world.ana, key)
    assert (mine.view, mine.unread, mine.snippet) == ("inbox", True, "Two")
    thread = await ana.get(f"/api/conversations/{key}/messages")
    assert [one["text"] for one in thread["messages"]] == ["Two"]
    await ana.undo(deleted)
    thread = await ana.get(f"/api/conversations/{key}/messages")
    assert [one["text"] for one in thread["messages"]] == ["One", "Two"]
    await ana.undo(read)
    await ana.undo(archived)
    mine = row(world, world.ana, key)
    assert (mine.view, mine.unread, mine.read_seq) == ("inbox", True, 0)


async def test_what_is_deleted_is_nowhere(world: World, ana: Triage) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.ana, key, "zanzibar")
    await ana.mark("star", key)
    answer = await ana.http.put(f"/api/conversations/{key}/draft", json={"text": "more"})
    assert answer.status_code == 200
    cursor = world.cursor(world.ana)
    done = await ana.mark("delete", key)
    assert told(world, world.ana, cursor) == ["conversation.removed"]
    for view in ("inbox", "all", "starred", "drafts", "awaiting_them"):
        assert await ana.seen(view) == []
    assert (await ana.get("/api/search?q=zanzibar"))["hits"] == []
    assert (await ana.get("/api/search?q=zanzibar"))["total"] == 0
    draft = await ana.http.put(f"/api/conversations/{key}/draft", json={"text": "x"})
    assert draft.json()["error"]["code"] == "messaging.conversation_not_found"
    assert row(world, world.bruno, key).view == "inbox"
    await ana.undo(done)
    mine = row(world, world.ana, key)
    assert (mine.starred, mine.draft, mine.awaiting) == (True, "more", "them")
    assert (await ana.get("/api/search?q=zanzibar"))["total"] == 1
    await ana.mark("delete", key)
    say(world, world.bruno, key, "madagascar")
    assert (await ana.get("/api/search?q=zanzibar"))["total"] == 0
    assert (await ana.get("/api/search?q=madagascar"))["total"] == 1


async def test_spam_that_was_deleted_comes_back_as_spam(world: World, ana: Triage) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "Buy!")
    await ana.mark("spam", key)
    await ana.mark("delete", key)
    say(world, world.bruno, key, "Buy now!")
    assert row(world, world.ana, key).view == "spam"
    assert world.see(counts, world.ana).unread == 0


async def test_a_snoozed_conversation_returns_to_the_top(world: World, ana: Triage) -> None:
    world.do(connect, world.ana, world.chloe)
    key, other = begin(world, world.ana, world.bruno), begin(world, world.ana, world.chloe)
    say(world, world.bruno, key, "Later is fine")
    await ana.mark("read", key)
    until = world.clock.now() + HOUR
    await ana.mark("snooze", key, until=until)
    mine = row(world, world.ana, key)
    assert (mine.view, mine.snoozed_until) == ("snoozed", until)
    assert (await ana.seen("snoozed"), await ana.seen("inbox")) == ([key], [other])
    world.clock.forward(ms=HOUR - 1)
    say(world, world.chloe, other, "Now")
    await world.house.worker.run_due()
    assert await ana.seen("snoozed") == [key]
    world.clock.forward(ms=1)
    await world.house.worker.run_due()
    mine = row(world, world.ana, key)
    assert (mine.view, mine.returned, mine.snoozed_until) == ("inbox", "snooze", None)
    assert await ana.seen("inbox") == [key, other]
    await ana.http.post(f"/api/conversations/{key}/read", json={"seq": 1})
    await ana.mark("unread", key)
    await ana.mark("read", key)
    assert row(world, world.ana, key).returned is None


async def test_an_answer_wakes_what_is_snoozed_unless_muted(world: World, ana: Triage) -> None:
    key = begin(world, world.ana, world.bruno)
    until = world.clock.now() + HOUR
    await ana.mark("snooze", key, until=until)
    say(world, world.bruno, key, "I could not wait")
    assert (row(world, world.ana, key).view, row(world, world.ana, key).snoozed_until) == (
        "inbox",
        None,
    )
    await ana.mark("mute", key)
    await ana.mark("archived", key)
    say(world, world.bruno, key, "Hello?")
    assert (row(world, world.ana, key).view, row(world, world.ana, key).notify) == (
        "archived",
        "none",
    )
    await ana.mark("unmute", key)
    say(world, world.bruno, key, "Hello!")
    assert row(world, world.ana, key).view == "inbox"


async def test_i_am_reminded_unless_there_is_an_answer(world: World, ana: Triage) -> None:
    world.do(connect, world.ana, world.chloe)
    key, other = begin(world, world.ana, world.bruno), begin(world, world.ana, world.chloe)
    for one in (key, other):
        say(world, world.ana, one, "Could you send it?")
    day = world.clock.now() + 24 * HOUR
    await ana.mark("remind", key, other, until=day)
    await ana.mark("archived", key, other)
    say(world, world.chloe, other, "Here it is")
    assert row(world, world.ana, other).remind_at is None
    say(world, world.ana, key, "It is not urgent")
    assert row(world, world.ana, key).remind_at == day
    world.clock.forward(days=1)
    await world.house.worker.run_due()
    mine = row(world, world.ana, key)
    assert (mine.view, mine.returned, mine.remind_at) == ("inbox", "reminder", None)
    assert row(world, world.ana, other).returned is None
    assert (await ana.seen("inbox"))[0] == key


async def test_whose_answer_is_awaited(world: World, ana: Triage) -> None:
    key = begin(world, world.ana, world.bruno)
    assert row(world, world.ana, key).awaiting is None
    say(world, world.ana, key, "Could you?")
    assert row(world, world.ana, key).awaiting == "them"
    assert row(world, world.bruno, key).awaiting == "me"
    await ana.mark("archived", key)
    assert await ana.seen("awaiting_them") == [key]
    say(world, world.bruno, key, "I could")
    assert (await ana.seen("awaiting_me"), await ana.seen("awaiting_them")) == ([key], [])
    await ana.mark("archived", key)
    assert await ana.seen("awaiting_me") == []
    group = begin(world, world.bruno, world.ana, world.chloe, title="Choir")
    say(world, world.ana, group, "Who comes?")
    assert await ana.seen("awaiting_them") == [group]
    say(world, world.bruno, group, "I")
    assert await ana.seen("awaiting_them") == []


async def test_a_label_is_a_tab(world: World, ana: Triage) -> None:
    world.do(connect, world.ana, world.chloe)
    keys = [begin(world, world.ana, one) for one in (world.bruno, world.chloe)]
    made = await ana.post("/api/labels", name="  Clients ", color=4)
    label = made["id"]
    [shown] = made["desk"]["labels"]
    assert (shown["name"], shown["color"], shown["count"]) == ("Clients", 4, 0)
    taken = await ana.post("/api/labels", 409, name="clients", color=1)
    assert taken["error"]["code"] == "messaging.name_taken"
    done = await ana.mark("label", *keys, label=label)
    assert done["changed"] == 2
    assert row(world, world.ana, keys[0]).labels == [label]
    world.clock.forward(seconds=5)
    say(world, world.bruno, keys[0], "Up")
    assert await ana.seen(f"label:{label}") == keys
    await ana.mark("archived", keys[0])
    assert await ana.seen(f"label:{label}") == keys[1:]
    say(world, world.bruno, keys[0], "And back")
    assert await ana.seen(f"label:{label}") == keys
    boot = await ana.get("/api/boot")
    assert boot["desk"]["labels"][0]["count"] == 2
    deleted = (await ana.http.delete(f"/api/labels/{label}")).json()
    assert deleted == {"restore": label} == (await ana.http.delete(f"/api/labels/{label}")).json()
    assert (await ana.get("/api/boot"))["desk"]["labels"] == []
    assert (await ana.mark("label", keys[0], label=label, status=404))["error"]["field"] == "label"
    back = await ana.post("/api/labels", restore=label)
    assert back["desk"]["labels"][0]["count"] == 2
    assert (await ana.undo(done))["changed"] == 2
    assert await ana.seen(f"label:{label}") == []
    patched = await ana.http.patch(
        f"/api/labels/{label}", json={"client_id": "a-new-name", "name": "Kunden", "color": 11}
    )
    assert patched.json()["desk"]["labels"][0]["name"] == "Kunden"


async def test_labels_stand_in_the_order_that_i_give(world: World, ana: Triage) -> None:
    made = [await ana.post("/api/labels", name=name, color=0) for name in "ABCD"]
    body = {"client_id": "to-the-front", "position": 0}
    answer = await ana.http.patch(f"/api/labels/{made[3]['id']}", json=body)
    assert [one["name"] for one in answer.json()["desk"]["labels"]] == list("DABC")
    body = {"client_id": "to-the-end", "position": 900}
    answer = await ana.http.patch(f"/api/labels/{made[0]['id']}", json=body)
    assert [one["name"] for one in answer.json()["desk"]["labels"]] == list("DBCA")


async def test_mailboxes_part_the_inbox(world: World, ana: Triage) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "About the job")
    box = (await ana.post("/api/boxes", name="Hiring"))["id"]
    moved = await ana.mark("box", key, box=box)
    assert (await ana.seen("inbox"), await ana.seen("unread")) == ([], [])
    assert (await ana.seen(f"box:{box}"), await ana.seen("all")) == ([key], [key])
    [shown] = (await ana.get("/api/boot"))["desk"]["boxes"]
    assert (shown["count"], shown["unread"]) == (1, 1)
    assert world.see(counts, world.ana).inbox == 0
    assert row(world, world.bruno, key).box is None
    await ana.mark("archived", key)
    assert await ana.seen("archived") == [key]
    say(world, world.bruno, key, "Well?")
    assert await ana.seen(f"box:{box}") == [key]
    await ana.http.delete(f"/api/boxes/{box}")
    assert await ana.seen("inbox") == [key]
    back = await ana.post("/api/boxes", restore=box)
    assert back["desk"]["boxes"][0]["count"] == 1
    assert await ana.seen(f"box:{box}") == [key]
    await ana.undo(moved)
    assert (await ana.seen("inbox"), world.see(counts, world.ana).unread) == ([key], 1)


async def test_filters_narrow_and_combine(world: World, ana: Triage) -> None:
    world.do(fill, world.ana, 60)
    world.do(connect, world.ana, world.chloe)
    bruno, chloe = begin(world, world.ana, world.bruno), begin(world, world.ana, world.chloe)
    say(world, world.bruno, bruno, "The zanzibar plan")
    world.do(put_down, world.ana, world.chloe, ["choir"], "", None)
    label = (await ana.post("/api/labels", name="Clients", color=2))["id"]
    await ana.mark("label", bruno, chloe, 1_006, label=label)
    everything = {int(one.id): one for one in walk(world, world.ana, "all", 200)}
    cases: list[tuple[dict[str, Any], Any]] = [
        ({}, lambda _: True),
        ({"unread": True, "view": "inbox"}, lambda one: one.unread and one.view == "inbox"),
        ({"starred": True, "unread": False}, lambda one: one.starred and not one.unread),
        ({"awaiting": "me"}, lambda one: one.awaiting == "me"),
        ({"awaiting": "them", "view": "archived"},
         lambda one: one.awaiting == "them" and one.view == "archived"),
        ({"since": 1_005, "until": 1_007}, lambda one: 1_005 <= one.last_at < 1_007),
        ({"labels": [label]}, lambda one: label in one.labels),
        ({"labels": [label], "unread": True}, lambda one: label in one.labels and one.unread),
        ({"labels": [label, "7"]}, lambda _: False),
        ({"text": "zanzi"}, lambda one: int(one.id) == bruno),
        ({"tags": ["Choir"]}, lambda one: int(one.id) == chloe),
        ({"degree": 1}, lambda one: int(one.id) in (bruno, chloe)),
        ({"degree": 1, "tags": ["choir"], "unread": True}, lambda _: False),
        ({"has_attachment": True}, lambda _: False),
        ({"box": "0", "view": "inbox"}, lambda one: one.view == "inbox"),
        ({"box": "5"}, lambda _: False),
    ]  # fmt: skip
    for number, (wanted, fits) in enumerate(cases):
        expected = [key for key in world.see(ids, world.ana, "all") if fits(everything[key])]
        preview = await ana.post("/api/filters/preview", filter=wanted)
        assert (preview["count"], wanted) == (len(expected), wanted)
        saved = (await ana.post("/api/filters", name=f"Filter {number}", filter=wanted))["id"]
        assert await ana.seen(f"filter:{saved}") == expected
        paged = [int(one.id) for one in walk(world, world.ana, f"filter:{saved}", 7)]  # type: ignore[arg-type]
        assert paged == expected
        numbers = await ana.get("/api/filters/counts")
        assert numbers["counts"][saved] == len(expected)
    [first, *_] = (await ana.get("/api/boot"))["desk"]["filters"]
    assert (first["name"], first["filter"], first["count"]) == ("Filter 0", {}, None)
    await ana.post("/api/filters/preview", 400, filter={"nonsense": 1})


async def test_all_that_match_in_pieces_stopped_and_undone(world: World, ana: Triage) -> None:
    world.do(fill, world.ana, 7_000)
    before, numbers = walk(world, world.ana, "all", 200), world.see(counts, world.ana)
    label = (await ana.post("/api/labels", name="Old", color=2))["id"]
    kept = before[-1].id
    cursor = world.cursor(world.ana)
    chosen = {"view": "inbox", "filter": {"unread": False}, "except": [kept]}
    done = await ana.mark("archived", all=chosen)
    expected = sum(one.view == "inbox" and not one.unread and one.id != kept for one in before)
    assert done["bulk"] == {
        "id": done["undo"], "mark": "archived", "done": 0, "total": expected, "state": "running",
    }  # fmt: skip
    await world.house.worker.run_due()
    assert world.see(counts, world.ana).inbox == numbers.inbox - expected
    events = world.log(world.ana, cursor)
    assert {event["type"] for event in events} == {"bulk.progressed", "inbox.refreshed"}
    assert events[-1]["type"] == "inbox.refreshed"
    assert sum(event.get("delta", {}).get("inbox", 0) for event in events) == -expected
    assert events[-2]["bulk"]["state"] == "done"
    await ana.undo(done)
    await world.house.worker.run_due()
    assert walk(world, world.ana, "all", 200) == before

    done = await ana.mark("label", all={"view": "all"}, label=label)
    stopped = await ana.post(f"/api/bulks/{done['undo']}/stop")
    assert (stopped["bulk"]["state"], stopped["bulk"]["done"]) == ("stopped", 0)
    await world.house.worker.run_due()
    assert walk(world, world.ana, "all", 200) == before


async def test_others_are_served_while_many_change(world: World, ana: Triage) -> None:
    world.do(fill, world.ana, 4_000)
    key = begin(world, world.bruno, world.chloe)
    done = await ana.mark("star", all={"view": "all"})
    running = asyncio.ensure_future(world.house.worker.run_due())
    async with world.client(world.bruno) as http:
        sent = 0
        while not running.done():
            body = {"client_id": f"meanwhile-{sent}", "text": "Meanwhile"}
            answer = await http.post(f"/api/conversations/{key}/messages", json=body)
            assert answer.status_code == 200
            sent += 1
    await running
    assert sent > 3
    assert world.see(counts, world.ana).starred == 4_000
    assert (await ana.undo(done))["bulk"]["done"] == 4_000


async def test_what_comes_meanwhile_is_left_alone(world: World, ana: Triage) -> None:
    world.do(fill, world.ana, 4_000)
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "One")
    await ana.mark("archived", all={"view": "inbox"})
    world.clock.forward(seconds=1)
    say(world, world.bruno, key, "Wait, read this")
    await world.house.worker.run_due()
    assert await ana.seen("inbox") == [key]


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        ({"mark": "snooze", "until": 5}, 422, "messaging.moment_must_come"),
        ({"mark": "remind"}, 422, "messaging.moment_must_come"),
        ({"mark": "label"}, 404, "messaging.no_such_label"),
        ({"mark": "label", "label": "77"}, 404, "messaging.no_such_label"),
        ({"mark": "box", "box": "77"}, 404, "messaging.no_such_box"),
        ({"mark": "read", "all": {"view": "nonsense"}}, 404, "messaging.no_such_view"),
        ({"mark": "read", "all": {"view": "filter:7"}}, 404, "messaging.no_such_filter"),
    ],
)
async def test_what_is_refused(ana: Triage, body: Any, status: int, code: str) -> None:
    answer = await ana.post("/api/conversations/marks", status, **body)
    assert answer["error"]["code"] == code


async def test_nobody_touches_what_is_anothers(world: World, ana: Triage) -> None:
    key = begin(world, world.ana, world.bruno)
    say(world, world.bruno, key, "A secret")
    label = (await ana.post("/api/labels", name="Mine", color=1))["id"]
    box = (await ana.post("/api/boxes", name="Mine"))["id"]
    saved = (await ana.post("/api/filters", name="Mine", filter={}))["id"]
    done = await ana.mark("star", key)
    was = row(world, world.ana, key)
    cursor = world.cursor(world.ana)
    async with world.client(world.diego) as http:
        diego = Triage(world, world.diego, http)
        assert (await diego.mark("delete", key))["changed"] == 0
        assert (await diego.mark("label", key, label=label, status=404))["error"]
        assert (await diego.mark("box", key, box=box, status=404))["error"]
        for view in (f"label:{label}", f"box:{box}"):
            assert await diego.seen(view) == []
        await diego.get(f"/api/inbox?view=filter:{saved}", 404)
        await diego.post("/api/conversations/undo", 404, undo=done["undo"])
        await diego.post(f"/api/bulks/{done['undo']}/stop", 404)
        for path, one in (("labels", label), ("boxes", box), ("filters", saved)):
            assert (await http.delete(f"/api/{path}/{one}")).status_code == 404
            body = {"client_id": f"mine-now-{path}", "name": "Mine now"}
            assert (await http.patch(f"/api/{path}/{one}", json=body)).status_code == 404
            await diego.post(f"/api/{path}", 404, restore=one)
        own = {"labels": [label]}
        assert (await diego.post("/api/filters/preview", filter=own))["count"] == 0
        assert (await diego.get("/api/boot"))["desk"] == {"labels": [], "boxes": [], "filters": []}
    assert (row(world, world.ana, key), world.cursor(world.ana)) == (was, cursor)
