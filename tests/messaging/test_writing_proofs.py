"""Old state + events = fresh state, for what is done to messages and to who is in a group."""

from typing import Any

from entregent.messaging import Begin, begin_conversation
from entregent.messaging.actions import (
    Edit,
    Later,
    add_people,
    attach_preview,
    cancel_scheduled,
    delete_for_everyone,
    delete_for_me,
    edit_message,
    join,
    react,
    remove_person,
    schedule,
    scheduled_of,
    send_scheduled,
    set_role,
)
from entregent.messaging.model import LinkPreview, More
from entregent.messaging.state import State
from entregent.network import block, connect, unblock
from entregent.ports.db import Transaction
from tests.messaging.talk import MOST, a_send, begin, say, send_messages_of
from tests.messaging.test_proofs import Proofs
from tests.world import World

LINK = "https://choir.example/summer"


def thread(state: State, key: int) -> list[Any]:
    return state.messages[str(key)]


def test_what_is_done_to_messages(world: World) -> None:
    ana, bruno = world.ana, world.bruno
    key = begin(world, ana, bruno)
    say(world, bruno, key, "Shall we say nein?", "by-bruno-nine")
    proof = Proofs(world, ana, key)
    answer = a_send(ana, key, f"Yes, see {LINK}", "by-ana-nine")._replace(more=More(quote_seq=1))
    state = proof("quoted", send_messages_of, [answer])
    assert thread(state, key)[1].quote.text == "Shall we say nein?"
    edit = Edit(bruno, key, 1, "Shall we say nine?", MOST, False)
    state = proof("edited", edit_message, edit)
    assert thread(state, key)[1].quote.text == "Shall we say nine?"
    state = proof("reacted", react, bruno, key, 2, "🎉", True)
    assert thread(state, key)[1].reactions[0].people == [str(bruno)]
    assert thread(proof("reaction_gone", react, bruno, key, 2, "🎉", False), key)[1].reactions == []
    found = LinkPreview(url=LINK, title="The choir's summer", site="Choir of Lyon")
    state = proof("preview_came", _attach, key, 2, found)
    assert thread(state, key)[1].previews == [found]
    state = proof("deleted_for_everyone", delete_for_everyone, bruno, key, 1)
    assert thread(state, key)[0].deleted
    assert thread(state, key)[1].quote.text == ""
    state = proof("hidden", delete_for_me, ana, key, 2)
    assert [one.seq for one in thread(state, key)] == [1]
    [row] = state.rows.values()
    assert row.snippet == ""
    said = a_send(bruno, key, "Passed on", "by-bruno-on")._replace(more=More(forward=(key, 2)))
    assert (
        thread(proof("forwarded", send_messages_of, [said]), key)[-1].forwarded.name == "Ana Lima"
    )


def _attach(tx: Transaction, key: int, seq: int, preview: LinkPreview) -> None:
    attach_preview(tx, key, seq, LINK, preview, fresh=True)


def test_what_waits(world: World) -> None:
    ana = world.ana
    key = begin(world, ana, world.bruno)
    proof = Proofs(world, ana, key)
    soon = world.clock.now() + 86_400_000

    def waits(tx: Transaction, client_id: str) -> None:
        schedule(tx, Later(a_send(ana, key, "Later", client_id), soon, None))

    def ids(tx: Transaction) -> list[int]:
        return [int(one.id) for one in scheduled_of(tx, ana)]

    assert proof("scheduled", waits, "by-ana-later").counts.scheduled == 1
    state = proof("scheduled_sent", send_scheduled, ana, world.see(ids)[0], MOST, False)
    assert (state.counts.scheduled, thread(state, key)[0].text) == (0, "Later")
    world.do(waits, "by-ana-never")
    assert proof("scheduled_cancelled", cancel_scheduled, ana, world.see(ids)[0]).counts == (
        state.counts
    )


def test_who_is_in_a_group(world: World) -> None:
    ana, bruno, chloe, emi = world.ana, world.bruno, world.chloe, world.emi
    world.do(connect, ana, chloe)
    row = world.do(begin_conversation, Begin(bruno, [ana], "Choir", 50))
    key = int(row.id)
    say(world, ana, key, "Before", "by-ana-before")
    proof = Proofs(world, ana, key)
    state = proof("people_added", add_people, bruno, key, [chloe, emi], 50)
    assert state.rows[str(key)].size == 3
    proof("role_given", set_role, bruno, key, chloe, "admin")
    newcomer = Proofs(world, emi)
    asked = newcomer.world.see(newcomer.fresh, emi)
    assert asked.rows[str(key)].view == "requests"
    state = newcomer("joined_group", join, emi, key)
    assert state.rows[str(key)].view == "inbox"
    state = Proofs(world, chloe)("removed_from_group", remove_person, bruno, key, chloe)
    assert state.rows == {}
    state = Proofs(world, chloe)("brought_back", add_people, bruno, key, [chloe], 50)
    assert state.rows[str(key)].snippet == ""
    say(world, chloe, key, "Here again", "by-chloe-again")
    state = Proofs(world, ana)("blocked_in_group", block, ana, chloe)
    assert state.rows[str(key)].snippet == "Before"
    state = Proofs(world, ana)("unblocked_in_group", unblock, ana, chloe)
    assert state.rows[str(key)].snippet == "Here again"
