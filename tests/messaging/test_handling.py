"""Marks, drafts, pages of every view, threads: what a full mailbox asks for."""

import struct
from collections.abc import Callable
from functools import partial
from typing import Any, get_args

import pytest

from entregent.kit.errors import Refusal
from entregent.messaging import counts, mark, page, read_up_to, save_draft
from entregent.messaging.lists import AnyView, ids, total
from entregent.messaging.model import UNHANDLED, Mark, Row
from entregent.messaging.queries.rows import INSERT_MAILBOX
from entregent.messaging.reading import search, some_rows, thread
from entregent.messaging.search_index import catch_up
from entregent.ports.db import Transaction
from entregent.server.boot import boot
from tests.messaging.talk import MOST, begin, recount, row, say
from tests.world import World

VIEWS: tuple[AnyView, ...] = get_args(AnyView)


def fill(tx: Transaction, member: int, number: int) -> None:
    """A mailbox with conversations in every view, many of one moment; others hold the like."""
    rows: list[dict[str, Any]] = [
        {
            "member_id": member,
            "conversation_id": 1_000 + place,
            "kind": "direct",
            "source": "linkedin",
            "title": None,
            "people": "[7]",
            "size": 2,
            "last_seq": 3,
            "read_seq": 3 - place // 6 % 2,
            "last_at": 1_000 + place // 7,
            "last_author_id": 7,
            "snippet": f"number {place}",
            "view": place % 6,
            "unread": place // 6 % 2,
            "writable": int(place % 7 > 0),
            "draft": "?" if place % 3 == 0 else None,
            "drafted": int(place % 3 == 0),
            **UNHANDLED,
            "sort_at": 1_000 + place // 7,
            "starred": int(place % 11 == 0),
            "word": place // 3 % 3,
            "import_id": None,
        }
        for place in range(number)
    ]
    tx.run_many(INSERT_MAILBOX, rows)


def walk(world: World, member: int, view: AnyView, limit: int) -> list[Row]:
    """A view, page after page."""
    found: list[Row] = []
    after: str | None = None
    while True:
        rows, after = world.see(page, member, view, after, limit)
        assert len(rows) <= limit
        found += rows
        if after is None:
            return found


def test_every_view_is_paged_by_key(world: World) -> None:
    world.do(fill, world.ana, 60)
    world.do(fill, world.bruno, 7)
    numbers = world.see(counts, world.ana)
    everything = walk(world, world.ana, "all", 200)
    assert recount(everything) == numbers
    for view in VIEWS:
        rows = walk(world, world.ana, view, 9)
        keys = [(one.last_at, int(one.id)) for one in rows]
        assert keys == sorted(set(keys), reverse=True)
        assert len(rows) == world.see(total, world.ana, view)
        assert [int(one.id) for one in rows] == world.see(ids, world.ana, view)
    assert {one.view for one in walk(world, world.ana, "unread", 200)} == {"inbox"}
    some = world.see(some_rows, world.ana, [1_003, 1_001, 1_001, 5, 2**63 - 1])
    assert sorted(one.id for one in some) == ["1001", "1003"]
    assert world.see(some_rows, world.emi, [1_003]) == []


def test_a_page_holds_when_rows_move(world: World) -> None:
    world.do(fill, world.ana, 60)
    first, after = world.see(page, world.ana, "inbox", None, 5)
    world.do(mark, world.ana, [int(one.id) for one in first], "archived")
    second, _ = world.see(page, world.ana, "inbox", after, 5)
    assert not {one.id for one in first} & {one.id for one in second}
    assert second[0] == walk(world, world.ana, "inbox", 5)[0]


@pytest.mark.parametrize("how", get_args(Mark)[:5])
def test_a_mark_changes_the_counts_by_what_it_changed(world: World, how: Mark) -> None:
    world.do(fill, world.ana, 60)
    before = {one.id: one for one in walk(world, world.ana, "all", 200)}
    cursor = world.cursor(world.ana)
    chosen = [1_000 + place for place in range(0, 60, 3)]
    changed = world.do(mark, world.ana, [*chosen, *chosen, 99], how)
    after = {one.id: one for one in walk(world, world.ana, "all", 200)}
    assert changed == sum(before[key] != after[key] for key in before) > 0
    assert len(world.log(world.ana, cursor)) == changed
    for key, one in after.items():
        if int(key) not in chosen:
            assert one == before[key]
        elif how == "read":
            assert (one.unread, one.read_seq) == (False, one.last_seq)
        elif how == "unread":
            assert one.unread
        else:
            assert one.view == how
    assert world.see(counts, world.ana) == recount(after.values())
    assert world.do(mark, world.ana, chosen, how) == 0
    assert world.do(mark, world.emi, chosen, how) == 0


def test_many_changes_are_told_as_one(world: World) -> None:
    world.do(fill, world.ana, 500)
    cursor = world.cursor(world.ana)
    with world.counting() as counter:
        assert world.do(mark, world.ana, list(range(1_000, 1_500)), "archived") == 416
    assert len(counter) <= 6
    assert world.log(world.ana, cursor) == [{"type": "inbox.refreshed"}]
    assert world.see(counts, world.ana).archived == 500
    assert world.do(mark, world.ana, list(range(1_000, 1_200)), "inbox") == 200
    assert len(world.log(world.ana, cursor)) == 201


def test_reading_goes_no_further_than_what_was_said(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    for number in range(3):
        say(world, world.bruno, key, f"number {number}")
    assert world.do(read_up_to, world.ana, key, 2) == 1
    assert (row(world, world.ana, key).read_seq, row(world, world.ana, key).unread) == (2, True)
    assert world.do(read_up_to, world.ana, key, 1) == 0
    assert world.do(read_up_to, world.ana, key, 2_000_000_000) == 1
    assert (row(world, world.ana, key).read_seq, row(world, world.ana, key).unread) == (3, False)
    assert world.do(read_up_to, world.ana, key, 2_000_000_000) == 0
    assert world.do(read_up_to, world.emi, key, 3) == 0
    assert row(world, world.bruno, key).read_seq == 3
    say(world, world.bruno, key, "one more")
    assert (row(world, world.ana, key).read_seq, row(world, world.ana, key).unread) == (3, True)
    world.do(mark, world.ana, [key], "read")
    world.do(mark, world.ana, [key], "unread")
    assert world.do(read_up_to, world.ana, key, 4) == 1
    assert not row(world, world.ana, key).unread


def test_drafts_are_kept_as_typed(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    typed = "  Cher Bruno,\n\t👋🏽 \u202bשלום  "
    assert world.do(save_draft, world.ana, key, typed + "\x00", MOST).draft == typed
    assert world.see(counts, world.ana).drafts == 1
    assert row(world, world.bruno, key).draft is None
    say(world, world.bruno, key, "Are you there?")
    assert row(world, world.ana, key).draft == typed
    with pytest.raises(Refusal, match=r"messaging\.too_long"):
        world.do(save_draft, world.ana, key, "x" * 16_001, MOST)
    with pytest.raises(Refusal, match=r"messaging\.conversation_not_found"):
        world.do(save_draft, world.emi, key, "x", MOST)
    assert world.do(save_draft, world.ana, key, "", MOST).draft is None
    assert world.see(counts, world.ana).drafts == 0


def test_a_thread_is_read_from_any_place(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    for number in range(1, 12):
        say(world, (world.ana, world.bruno)[number % 2], key, f"number {number}")

    def seqs(**where: Any) -> list[int]:
        found = world.see(lambda tx: thread(tx, world.ana, key, **where))
        assert (found.first_seq, found.last_seq) == (1, 11)
        assert set(found.people()) <= {world.ana, world.bruno}
        return [one.seq for one in found.messages]

    assert seqs(limit=4) == [8, 9, 10, 11]
    assert seqs(before=8, limit=4) == [4, 5, 6, 7]
    assert seqs(before=1) == seqs(after=11) == []
    assert seqs(after=9) == [10, 11]
    assert seqs(after=0, limit=3) == [1, 2, 3]
    assert seqs(around=6, limit=4) == [5, 6, 7, 8]
    assert seqs(around=1, limit=4) == [1, 2, 3]
    assert seqs(around=11, limit=4) == [10, 11]
    assert seqs(around=2_000_000_000, limit=2) == [11]
    with world.counting() as counter:
        seqs(around=6)
    assert len(counter) == 5


def test_pages_take_the_same_statements_however_full(world: World) -> None:
    world.do(fill, world.ana, 300)
    key = begin(world, world.bruno, world.ana)
    for _ in range(5):
        say(world, world.bruno, key)
    for _ in range(2):
        world.db.write_now(catch_up)

    def statements(look: Callable[..., Any], *args: Any, **more: Any) -> int:
        with world.counting() as counter:
            world.see(partial(look, **more), world.ana, *args)
        return len(counter)

    for limit in (2, 200):
        assert statements(page, "inbox", None, limit) == 1
        assert statements(page, "all", None, limit) == 7
        assert statements(thread, key, limit=limit) == 4
        assert statements(search, "hello", None, limit) == 10 + (world.db.dialect == "sqlite")
    assert statements(counts) == 4
    assert statements(ids, "unread") == 1
    # One of them counts connections: it decides how those in common are looked for.
    assert statements(boot, world.house.settings) <= 22


async def test_a_view_as_numbers(world: World) -> None:
    world.do(fill, world.ana, 60)
    async with world.client(world.ana) as ana:
        answer = await ana.get("/api/inbox/ids?view=unread")
        assert answer.headers["content-type"] == "application/octet-stream"
        found = struct.unpack(f"<{len(answer.content) // 8}Q", answer.content)
        assert list(found) == world.see(ids, world.ana, "unread")
        some = await ana.post("/api/inbox/rows", json={"ids": [str(key) for key in found]})
        assert {one["id"] for one in some.json()["rows"]} == {str(key) for key in found}
