"""Beginning conversations: one for each pair, requests from strangers, groups."""

import threading
from collections.abc import Callable
from typing import Any

import msgspec
import pytest

from entregent.invitations import InvitationAccepted
from entregent.kit.errors import Refusal
from entregent.live import LogJournal
from entregent.messaging import Begin, begin_conversation, counts, mark
from entregent.messaging.actions import keep_note, keep_notes, leave, rename
from entregent.messaging.reading import direct_with, thread
from entregent.messaging.whole import conversation
from entregent.network import block, connect
from entregent.ports.db import open_database
from entregent.ports.ids import NodeIds
from tests.messaging.talk import begin, row, say
from tests.world import World


def refused(act: Callable[[], Any]) -> tuple[str, int]:
    with pytest.raises(Refusal) as found:
        act()
    return found.value.code.removeprefix("messaging."), found.value.status


def test_two_members_have_one_conversation(world: World) -> None:
    key = begin(world, world.ana, world.bruno)
    assert begin(world, world.bruno, world.ana) == key
    assert begin(world, world.ana, world.bruno, world.ana, world.bruno) == key
    assert begin(world, world.ana, world.bruno, title=" \n") == key
    assert begin(world, world.ana, world.bruno, title="Project") != key
    seen = world.see(conversation, world.ana, key)
    assert (seen.row.kind, seen.row.people, seen.row.size) == ("direct", [str(world.bruno)], 2)
    assert sorted(int(one.id) for one in seen.participants) == [world.ana, world.bruno]


def test_the_conversation_with_somebody_is_known_to_the_two_alone(world: World) -> None:
    assert world.see(direct_with, world.ana, world.bruno) is None
    begin(world, world.ana, world.bruno, title="Project")
    assert world.see(direct_with, world.ana, world.bruno) is None
    key = begin(world, world.ana, world.bruno)
    assert world.see(direct_with, world.ana, world.bruno) == key
    assert world.see(direct_with, world.bruno, world.ana) == key
    for other in (world.ana, world.bruno):
        assert world.see(direct_with, world.emi, other) is None


def test_both_begin_at_once_from_two_processes(world: World, world_url: str) -> None:
    other = open_database(world_url, world.clock, NodeIds(world.clock, 7))
    other.journal = LogJournal()
    found: list[int] = []
    start = threading.Barrier(2)

    def begin_at_once(db: Any, me: int, them: int) -> None:
        start.wait()
        for _ in range(3):
            row = db.write_now(begin_conversation, Begin(me, [them], None, 50))
            found.append(int(row.id))

    threads = [
        threading.Thread(target=begin_at_once, args=(world.db, world.ana, world.bruno)),
        threading.Thread(target=begin_at_once, args=(other, world.bruno, world.ana)),
    ]
    for thread_ in threads:
        thread_.start()
    for thread_ in threads:
        thread_.join()
    other.close()
    assert len(found) == 6
    assert len(set(found)) == 1
    for member in (world.ana, world.bruno):
        assert world.see(counts, member).all == 1


def test_a_stranger_asks_and_is_accepted_by_an_answer(world: World) -> None:
    silent = Begin(world.emi, [world.ana], None, 50, True)
    assert refused(lambda: world.do(begin_conversation, silent)) == ("empty", 422)
    assert world.see(counts, world.ana).all == 0
    key = begin(world, world.emi, world.ana)
    say(world, world.emi, key, "May I ask you something?")
    assert row(world, world.ana, key).view == "requests"
    assert row(world, world.emi, key).view == "inbox"
    found = world.see(counts, world.ana)
    assert (found.requests, found.inbox, found.unread) == (1, 0, 0)
    say(world, world.emi, key, "Please")
    assert row(world, world.ana, key).view == "requests"
    say(world, world.ana, key, "Of course")
    assert row(world, world.ana, key).view == "inbox"
    world.do(mark, world.ana, [key], "archived")
    say(world, world.emi, key, "Thank you")
    assert row(world, world.ana, key).view == "inbox"


def test_who_cannot_be_written_to(world: World) -> None:
    def code(*others: int, title: str | None = None) -> tuple[str, int]:
        return refused(lambda: begin(world, world.ana, *others, title=title))

    assert code() == ("nobody", 422)
    assert code(world.ana) == ("nobody", 422)
    assert code(world.diego) == ("cannot_write_to", 403)
    assert refused(lambda: begin(world, world.diego, world.ana)) == ("cannot_write_to", 403)
    assert code(1) == code(0) == code(2**63 - 1) == ("cannot_write_to", 403)
    assert code(world.bruno, world.diego) == ("cannot_write_to", 403)
    assert code(world.bruno, title="x" * 301) == ("title_too_long", 422)
    assert code(*range(1, 51)) == ("too_many_people", 422)
    assert world.see(counts, world.ana).all == 0


def test_groups_begin_are_renamed_and_left(world: World) -> None:
    ana, bruno, chloe = world.ana, world.bruno, world.chloe
    key = begin(world, bruno, ana, chloe, title="  The\nchoir ")
    assert begin(world, bruno, ana, chloe, title="The choir") != key
    seen = world.see(conversation, chloe, key)
    assert (seen.row.title, seen.row.size, seen.row.people) == (
        "The choir",
        3,
        sorted([str(ana), str(bruno)]),
    )
    assert {int(one.id): one.role for one in seen.participants} == {
        ana: "member",
        bruno: "owner",
        chloe: "member",
    }
    say(world, bruno, key, "Welcome")
    assert refused(lambda: world.do(rename, ana, key, "Mine")) == ("only_administrators", 403)
    assert refused(lambda: world.do(rename, world.emi, key, "Mine")) == (
        "conversation_not_found",
        404,
    )
    assert world.do(rename, bruno, key, "Chorale").title == "Chorale"
    assert row(world, ana, key).title == "Chorale"
    world.clock.forward(seconds=9)
    world.do(leave, bruno, key)
    for act in (
        lambda: row(world, bruno, key),
        lambda: world.see(thread, bruno, key),
        lambda: world.do(leave, bruno, key),
        lambda: world.do(rename, bruno, key, "Mine"),
    ):
        assert refused(act) == ("conversation_not_found", 404)
    assert world.see(counts, bruno).all == 1
    assert world.do(rename, ana, key, "Ours").people == [str(chloe)]  # Ana was there first
    say(world, ana, key, "Without you")
    assert len(world.see(thread, chloe, key).messages) == 2
    world.do(leave, ana, key)
    world.do(leave, chloe, key)
    assert world.see(counts, chloe).all == 1
    pair = begin(world, ana, bruno)
    assert refused(lambda: world.do(leave, ana, pair)) == ("not_a_group", 409)
    assert refused(lambda: world.do(rename, ana, pair, "Us")) == ("not_a_group", 409)


def test_a_large_group_takes_as_many_statements_as_a_small_one(world: World) -> None:
    many = world.members(12)
    for other in (world.bruno, *many):
        world.do(connect, world.ana, other)
    counted = []
    for others in ([world.bruno, many[0]], many):
        with world.counting() as counter:
            key = begin(world, world.ana, *others, title="Choir")
        counted.append(len(counter))
        assert row(world, many[0], key).size == len(others) + 1
        assert len(row(world, many[0], key).people) == min(3, len(others))
    assert counted[0] == counted[1] <= 14


def test_the_note_of_an_invitation_comes_first_once_and_is_born_read(world: World) -> None:
    sent_at = world.clock.now() - 86_400_000
    note = InvitationAccepted(
        invitation_id=5,
        sender_id=world.emi,
        receiver_id=world.bruno,
        note="We met in Lyon.",
        sent_at=sent_at,
    )
    world.do(keep_note, note)
    world.do(keep_note, note)
    for member in (world.emi, world.bruno):
        [inbox] = world.see(thread, member, int(_only(world, member))).messages
        assert (inbox.kind, inbox.at, inbox.author_id) == ("note", sent_at, str(world.emi))
        mine = row(world, member, int(inbox.conversation_id))
        assert (mine.unread, mine.view, mine.read_seq, mine.snippet) == (
            False,
            "inbox",
            1,
            "We met in Lyon.",
        )
        assert world.see(counts, member).unread == 0


def test_many_notes_at_once_are_as_one_after_the_other(world: World) -> None:
    sent_at = world.clock.now() - 86_400_000
    world.do(connect, world.chloe, world.diego)
    before = begin(world, world.chloe, world.diego)

    def note(number: int, sender: int) -> InvitationAccepted:
        return InvitationAccepted(
            invitation_id=number,
            sender_id=sender,
            receiver_id=world.chloe,
            note=f"We met in  Lyon, {number}.",
            sent_at=sent_at,
        )

    world.do(keep_note, note(1, world.emi))
    heard = world.cursor(world.ana)
    many = [note(2, world.ana), note(3, world.diego)]
    for told in (False, True):  # said again it is as it was
        world.do(keep_notes, many, told=told)
    single, mine = (row(world, one, int(_only(world, one))) for one in (world.emi, world.ana))
    assert mine == msgspec.structs.replace(
        single, id=mine.id, snippet="We met in Lyon, 2.", last_author_id=str(world.ana)
    )
    for member, key in ((world.ana, int(mine.id)), (world.diego, before)):
        said = world.see(thread, member, key).messages
        assert [(one.kind, one.at) for one in said] == [("note", sent_at)]
        assert row(world, member, key).unread is False
    [event] = [one for one in world.log(world.ana, heard) if "delta" in one]
    assert (event["type"], event["delta"]) == ("message.sent", {"inbox": 1, "all": 1})


def test_a_note_leaves_unread_what_is_unread(world: World) -> None:
    key = begin(world, world.emi, world.ana)
    say(world, world.emi, key, "May I ask you something?")
    world.do(block, world.chloe, world.diego)  # somebody else's business changes nothing
    note = InvitationAccepted(
        invitation_id=6, sender_id=world.emi, receiver_id=world.ana, note="Ana!", sent_at=5
    )
    world.do(connect, world.ana, world.emi)
    world.do(keep_note, note)
    mine = row(world, world.ana, key)
    assert (mine.view, mine.unread, mine.read_seq, mine.last_seq) == ("inbox", True, 0, 2)
    assert mine.snippet == "May I ask you something?"
    assert world.see(counts, world.ana).unread == 1


def _only(world: World, member: int) -> str:
    [event] = [one for one in world.log(member) if one["type"] == "message.sent"]
    key: str = event["row"]["id"]
    return key
