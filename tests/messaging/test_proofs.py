"""Old state + events = fresh state, for each action of messaging; the browser agrees."""

from collections.abc import Callable
from functools import partial
from typing import Any

from entregent.accounts import close_account
from entregent.invitations.actions import accept, invite
from entregent.invitations.model import Rules
from entregent.messaging import Begin, begin_conversation, mark, read_up_to, save_draft
from entregent.messaging.actions import leave, rename
from entregent.messaging.model import Row
from entregent.messaging.state import State, apply
from entregent.network import block, connect, unblock
from entregent.ports.db import Transaction
from tests.messaging.talk import KINDS, MOST, a_send, everything, send_messages_of
from tests.proofs import prove
from tests.world import World


class Proofs:
    """A member who looks on, with some conversations opened, while things happen."""

    def __init__(self, world: World, member: int, *opened: int) -> None:
        self.world = world
        self.member = member
        self.opened = {str(key) for key in opened}

    def __call__(self, name: str, action: Callable[..., Any], *args: Any) -> State:
        self.world.clock.forward(seconds=60)
        act = partial(self.world.do, action, *args)
        return prove(self.world, f"messaging_{name}", self.member, self.fresh, apply, KINDS, act)

    def fresh(self, tx: Transaction, member: int) -> State:
        state = everything(tx, member)
        state.messages = {key: said for key, said in state.messages.items() if key in self.opened}
        return state


def only(state: State) -> Row:
    [row] = state.rows.values()
    return row


def test_a_conversation_from_its_beginning(world: World) -> None:
    ana, bruno = world.ana, world.bruno
    begun = Begin(ana, [bruno], None, 50)
    proof = Proofs(world, ana)
    state = proof("begun", begin_conversation, begun)
    key = int(only(state).id)
    proof.opened.add(str(key))
    state = proof("sent", send_messages_of, [a_send(ana, key, "Olá Bruno 👋🏽", "sent-by-ana-1")])
    assert (only(state).read_seq, state.counts.unread) == (1, 0)
    state = proof("received", send_messages_of, [a_send(bruno, key, "Salut !", "by-bruno-1")])
    assert state.counts.unread == 1
    assert [one.text for one in state.messages[str(key)]] == ["Olá Bruno 👋🏽", "Salut !"]
    assert proof("read", read_up_to, ana, key, 2).counts.unread == 0
    assert proof("marked_unread", mark, ana, [key], "unread").counts.unread == 1
    state = proof("archived", mark, ana, [key], "archived")
    assert (state.counts.archived, state.counts.unread, state.counts.inbox) == (1, 0, 0)
    two = [a_send(bruno, key, text, f"by-bruno-{text}") for text in ("Ana ?", "Es-tu là ?")]
    state = proof("came_back", send_messages_of, two)
    assert (state.counts.archived, state.counts.unread, state.counts.inbox) == (0, 1, 1)
    assert proof("marked_read", mark, ana, [key], "read").counts.unread == 0
    assert proof("draft_kept", save_draft, ana, key, "I am ", MOST).counts.drafts == 1
    state = proof("draft_sent", send_messages_of, [a_send(ana, key, "I am here", "sent-by-ana-2")])
    assert (only(state).draft, state.counts.drafts) == (None, 0)
    proof("draft_kept_again", save_draft, ana, key, "\n", MOST)
    assert proof("draft_removed", save_draft, ana, key, "", MOST).counts.drafts == 0
    assert proof("spam", mark, ana, [key], "spam").counts.spam == 1
    assert proof("received_as_spam", send_messages_of, two[:1]).counts.spam == 1
    said = [a_send(bruno, key, "Buy!", "by-bruno-buy")]
    assert proof("more_spam", send_messages_of, said).counts.unread == 0
    assert proof("no_spam", mark, ana, [key], "inbox").counts.unread == 1
    assert not only(proof("blocked", block, bruno, ana)).writable
    assert only(proof("unblocked", unblock, bruno, ana)).writable
    assert not only(proof("other_gone", close_account, bruno)).writable


def test_requests(world: World) -> None:
    emi, chloe = world.emi, world.chloe
    proof = Proofs(world, chloe)

    def ask(tx: Transaction, one: int, other: int) -> None:
        row = begin_conversation(tx, Begin(one, [other], None, 50))
        send_messages_of(tx, [a_send(one, int(row.id), "May I ask you something?", "question-1")])

    state = proof("requested", ask, emi, chloe)
    assert (state.counts.requests, state.counts.inbox, state.counts.unread) == (1, 0, 0)
    key = int(only(state).id)
    state = proof("request_answered", send_messages_of, [a_send(chloe, key, "Oui", "by-chloe-1")])
    assert (state.counts.requests, state.counts.inbox) == (0, 1)

    world.do(ask, world.ana, emi)
    proof = Proofs(world, emi)
    state = proof("request_by_connecting", connect, world.ana, emi)
    assert (state.counts.requests, state.counts.inbox) == (0, 2)


def test_the_note_of_an_invitation(world: World) -> None:
    ana, emi = world.ana, world.emi
    asked = world.do(invite, emi, ana, "met_at_event", "We met in Lyon, at the fair.", Rules())
    assert asked.invitation
    state = Proofs(world, ana)("note", accept, ana, int(asked.invitation.id), Rules())
    mine = only(state)
    assert (mine.snippet, mine.unread, mine.last_at) == (
        "We met in Lyon, at the fair.",
        False,
        asked.invitation.at,
    )
    key = int(mine.id)
    world.do(send_messages_of, [a_send(emi, key, "Thank you", "by-emi-2")])
    again = world.do(invite, world.bruno, emi, "worked_together", "Bonjour Emi", Rules())
    assert again.invitation
    proof = Proofs(world, emi, key)
    state = proof("note_of_another", accept, emi, int(again.invitation.id), Rules())
    assert (state.counts.inbox, state.counts.unread) == (2, 0)


def test_a_group(world: World) -> None:
    ana, bruno, chloe = world.ana, world.bruno, world.chloe
    world.do(connect, ana, chloe)
    proof = Proofs(world, ana)
    state = proof("group_begun", begin_conversation, Begin(bruno, [ana, chloe], "Choir", 50))
    key = int(only(state).id)
    proof.opened.add(str(key))
    assert only(proof("renamed", rename, bruno, key, "Chœur  d’été")).title == "Chœur d’été"
    state = proof("somebody_left", leave, bruno, key)
    assert (only(state).size, only(state).people) == (2, [str(chloe)])
    assert only(proof("renamed_by_heir", rename, ana, key, None)).title is None
    proof("said_in_group", send_messages_of, [a_send(chloe, key, "À demain", "by-chloe-2")])
    state = proof("left", leave, ana, key)
    assert state == State()
