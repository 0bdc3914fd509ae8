"""Old state + events = fresh state, for each action of triage; the browser agrees."""

from typing import Any

import msgspec
import pytest

from entregent.messaging.actions import (
    add_to_desk,
    begin_bulk,
    bulks,
    change_on_desk,
    come_back,
    delete_from_desk,
    go_on_with_bulk,
    mark,
    restore_on_desk,
    undo_bulk,
)
from entregent.messaging.acts import Act, Seen
from entregent.messaging.desk import Filter
from entregent.messaging.state import State
from entregent.network import connect
from entregent.ports.db import Transaction
from tests.messaging.talk import a_send, begin, say, send_messages_of
from tests.messaging.test_proofs import Proofs, only
from tests.world import World

HOUR = 3_600_000


class CountProofs(Proofs):
    """The same of the numbers alone."""

    def fresh(self, tx: Transaction, member: int) -> State:
        return msgspec.structs.replace(super().fresh(tx, member), rows={})


def test_handling_one(world: World) -> None:
    ana, bruno = world.ana, world.bruno
    key = begin(world, ana, bruno)
    say(world, bruno, key, "Une question ?", "by-bruno-1")
    proof = Proofs(world, ana, key)

    def act(name: str, how: Any) -> Any:
        def do(tx: Transaction) -> None:
            until = tx.now + HOUR if how in ("snooze", "remind") else None
            begin_bulk(tx, ana, [key], Act(mark=how, until=until))

        return proof(f"triage_{name}", do)

    assert act("starred", "star").counts.starred == 1
    assert act("archived_starred", "archived").counts.awaiting_me == 0
    assert act("snoozed", "snooze").counts.snoozed == 1
    assert only(act("muted", "mute")).notify == "none"
    world.clock.forward(seconds=3_600)
    state = proof("triage_returned", come_back, ana)
    assert (only(state).returned, state.counts.snoozed, state.counts.inbox) == ("snooze", 0, 1)
    assert only(act("read_returned", "read")).returned is None
    assert only(act("unmuted", "unmute")).notify == "all"
    assert only(act("reminded", "remind")).remind_at is not None
    said = [a_send(bruno, key, "Alors ?", "by-bruno-2")]
    assert only(proof("triage_answered", send_messages_of, said)).remind_at is None
    state = act("deleted", "delete")
    assert (state.rows, state.counts.all) == ({}, 0)
    proof.opened.clear()
    said = [a_send(bruno, key, "Tu es là ?", "by-bruno-3")]
    state = proof("triage_deleted_came_back", send_messages_of, said)
    assert (only(state).view, state.counts.all, state.counts.starred) == ("inbox", 1, 0)


def test_marks_and_news_that_cross(world: World) -> None:
    ana = world.ana
    late, other = begin(world, ana, world.bruno), begin(world, ana, world.chloe)
    for author, key in ((world.bruno, late), (world.chloe, other)):
        say(world, author, key, "Une question ?", f"first-{author}")
    say(world, world.bruno, late, "Attends, lis ceci", "second-by-bruno")
    proof, seen = Proofs(world, ana, late, other), Seen({late: 1, other: 1})
    for act, numbers in ((Act(mark="read"), (2, 1)), (Act(mark="archived"), (1, 1))):
        state = proof(f"triage_news_{act.mark}", begin_bulk, ana, [late, other], act, seen)
        assert (state.counts.inbox, state.counts.unread) == numbers
    assert (state.rows[str(late)].view, state.rows[str(late)].unread) == ("inbox", True)


def test_labels_and_mailboxes(world: World) -> None:
    ana, bruno = world.ana, world.bruno
    key = begin(world, ana, bruno)
    say(world, bruno, key, "Une question ?", "by-bruno-1")
    proof = Proofs(world, ana, key)
    state = proof("desk_label_made", add_to_desk, ana, "labels", "Clients", 4)
    label = state.desk.labels[0].id
    state = proof("desk_box_made", add_to_desk, ana, "boxes", "Hiring")
    box = state.desk.boxes[0].id
    proof(
        "desk_filter_made", add_to_desk, ana, "filters", "New", Filter(unread=True, labels=[label])
    )
    proof("desk_label_changed", change_on_desk, ana, "labels", int(label), "Kunden", 11)
    state = proof("desk_labelled", begin_bulk, ana, [key], Act(mark="label", label=label))
    assert state.desk.labels[0].count == 1
    state = proof("desk_moved", begin_bulk, ana, [key], Act(mark="box", box=box))
    assert (state.desk.boxes[0].unread, state.counts.unread) == (1, 0)
    state = proof("desk_archived", mark, ana, [key], "archived")
    assert (state.desk.labels[0].count, state.desk.boxes[0].count) == (0, 0)
    said = [a_send(bruno, key, "Alors ?", "by-bruno-2")]
    state = proof("desk_came_back", send_messages_of, said)
    assert (state.desk.labels[0].count, state.desk.boxes[0].unread) == (1, 1)
    proof("desk_label_deleted", delete_from_desk, ana, "labels", int(label))
    proof("desk_label_restored", restore_on_desk, ana, "labels", int(label))
    state = proof("desk_box_deleted", delete_from_desk, ana, "boxes", int(box))
    assert (state.desk.boxes, state.counts.unread) == ([], 1)
    state = proof("desk_box_restored", restore_on_desk, ana, "boxes", int(box))
    assert (state.desk.boxes[0].count, state.counts.unread) == (1, 0)


def test_in_pieces(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """The counts are told with each piece; the rows are loaded anew at the end."""
    monkeypatch.setattr(bulks, "PIECE", 1)
    world.do(connect, world.ana, world.chloe)
    keys = [begin(world, world.ana, one) for one in (world.bruno, world.chloe)]
    proof = CountProofs(world, world.ana)
    proof("bulk_begun", begin_bulk, world.ana, keys, Act(mark="archived"))
    bulk = int(world.log(world.ana)[-1]["bulk"]["id"])
    assert proof("bulk_went_on", go_on_with_bulk, world.ana, bulk).counts.archived == 1
    proof("bulk_done", lambda tx: [go_on_with_bulk(tx, world.ana, bulk) for _ in range(2)])
    proof("bulk_undoing", undo_bulk, world.ana, bulk)
    state = proof(
        "bulk_undone", lambda tx: [go_on_with_bulk(tx, world.ana, bulk) for _ in range(3)]
    )
    assert (state.counts.inbox, state.counts.archived) == (2, 0)
