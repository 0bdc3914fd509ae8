"""Whatever three members do, in any order: counts are exact, and old state + events = fresh."""

from collections.abc import Callable
from itertools import count, islice
from typing import Any

import msgspec
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    invariant,
    rule,
    run_state_machine_as_test,
)

from entregent.invitations import InvitationAccepted
from entregent.kit.errors import Refusal
from entregent.kit.events import Event
from entregent.live import cursor_of
from entregent.messaging import Begin, begin_conversation, mark, read_up_to, save_draft
from entregent.messaging.actions import (
    Edit,
    add_people,
    decline,
    delete_for_everyone,
    delete_for_me,
    edit_message,
    join,
    keep_note,
    leave,
    react,
    remove_person,
    rename,
    set_history,
)
from entregent.messaging.model import More
from entregent.messaging.state import State, apply
from entregent.network import block, connect, disconnect, unblock
from entregent.ports.db import Transaction
from tests.messaging.talk import MOST, a_send, events_after, everything, recount, say_all
from tests.world import World

NUMBERS = count()
PEOPLE = st.integers(0, 2)
MARKS = st.sampled_from(["read", "unread", "archived", "inbox", "spam"])
SEQS = st.integers(1, 6)
WORDS = st.sampled_from(["Hello", "Ça va ?", "👋🏽 שלום", " ", ""])


def look(tx: Transaction, member: int, after: int) -> tuple[State, int, list[Event]]:
    """A member's fresh state, where the log stands, and what it tells after a number."""
    return everything(tx, member), cursor_of(tx, member), events_after(tx, member, after)


def look_all(
    tx: Transaction, people: list[int], cursors: list[int]
) -> list[tuple[State, int, list[Event]]]:
    return [look(tx, one, after) for one, after in zip(people, cursors, strict=True)]


class Three(RuleBasedStateMachine):
    """Three members, of whom two know each other."""

    world: World
    keys = Bundle("keys")

    def __init__(self) -> None:
        super().__init__()
        self.people = [
            self.world.member(f"Member {number}", f"member{number}@example.org")
            for number in islice(NUMBERS, 3)
        ]
        self.world.do(connect, *self.people[:2])
        self.cursors = [0, 0, 0]
        self.states = [State(), State(), State()]
        self.notes = 0

    def do(self, action: Callable[..., Any], *args: Any) -> Any:
        """A refusal is as good an answer as any, as long as it changes nothing."""
        self.world.clock.forward(ms=1)
        try:
            return self.world.do(action, *args)
        except Refusal:
            return None

    @rule(target=keys, me=PEOPLE, others=st.sets(PEOPLE, min_size=1), title=st.booleans())
    def begins(self, me: int, others: set[int], title: bool) -> int:
        ids = [self.people[one] for one in sorted(others)]
        begun = Begin(self.people[me], ids, "Choir" if title else None, 50)
        row = self.do(begin_conversation, begun)
        return int(row.id) if row else 0

    @rule(said=st.lists(st.tuples(PEOPLE, keys, WORDS), min_size=1, max_size=4))
    def say_at_once(self, said: list[tuple[int, int, str]]) -> None:
        self.world.clock.forward(ms=1)
        sends = [a_send(self.people[who], key, text) for who, key, text in said]
        say_all(self.world, *sends)

    @rule(me=PEOPLE, ids=st.lists(keys, max_size=3), how=MARKS)
    def marks(self, me: int, ids: list[int], how: str) -> None:
        self.do(mark, self.people[me], ids, how)

    @rule(me=PEOPLE, key=keys, seq=st.integers(0, 6))
    def reads(self, me: int, key: int, seq: int) -> None:
        self.do(read_up_to, self.people[me], key, seq)

    @rule(me=PEOPLE, key=keys, text=WORDS)
    def drafts(self, me: int, key: int, text: str) -> None:
        self.do(save_draft, self.people[me], key, text, MOST)

    @rule(me=PEOPLE, key=keys, title=st.sampled_from(["Quartet", None]))
    def renames(self, me: int, key: int, title: str | None) -> None:
        self.do(rename, self.people[me], key, title)

    @rule(me=PEOPLE, key=keys)
    def leaves(self, me: int, key: int) -> None:
        self.do(leave, self.people[me], key)

    @rule(me=PEOPLE, key=keys, seq=SEQS, text=WORDS)
    def edits(self, me: int, key: int, seq: int, text: str) -> None:
        self.do(edit_message, Edit(self.people[me], key, seq, text, MOST, False))

    @rule(me=PEOPLE, key=keys, seq=SEQS, how=st.sampled_from([delete_for_everyone, delete_for_me]))
    def deletes(self, me: int, key: int, seq: int, how: Callable[..., None]) -> None:
        self.do(how, self.people[me], key, seq)

    @rule(me=PEOPLE, key=keys, seq=SEQS, emoji=st.sampled_from(["👍", "🎉"]), there=st.booleans())
    def reacts(self, me: int, key: int, seq: int, emoji: str, there: bool) -> None:
        self.do(react, self.people[me], key, seq, emoji, there)

    @rule(me=PEOPLE, key=keys, seq=SEQS, text=WORDS)
    def quotes(self, me: int, key: int, seq: int, text: str) -> None:
        self.world.clock.forward(ms=1)
        send = a_send(self.people[me], key, text)._replace(more=More(quote_seq=seq))
        say_all(self.world, send)

    @rule(me=PEOPLE, key=keys, other=PEOPLE, how=st.sampled_from([add_people, remove_person]))
    def brings_and_takes(self, me: int, key: int, other: int, how: Callable[..., None]) -> None:
        whom = self.people[other]
        self.do(how, self.people[me], key, *([[whom], 50] if how is add_people else [whom]))

    @rule(me=PEOPLE, key=keys, how=st.sampled_from([join, decline]))
    def answers_a_group(self, me: int, key: int, how: Callable[..., None]) -> None:
        self.do(how, self.people[me], key)

    @rule(me=PEOPLE, key=keys, how=st.sampled_from(["all", "joining"]))
    def says_what_newcomers_see(self, me: int, key: int, how: Any) -> None:
        self.do(set_history, self.people[me], key, how)

    @rule(one=PEOPLE, other=PEOPLE, how=st.sampled_from([connect, disconnect, block, unblock]))
    def meet_and_part(self, one: int, other: int, how: Callable[..., bool]) -> None:
        if one != other:
            self.do(how, self.people[one], self.people[other])

    @rule(one=PEOPLE, other=PEOPLE)
    def accepts(self, one: int, other: int) -> None:
        if one != other:
            self.notes += 1
            ids = self.people[one], self.people[other]
            self.do(
                keep_note,
                InvitationAccepted(
                    invitation_id=self.notes,
                    sender_id=ids[0],
                    receiver_id=ids[1],
                    note="We met in Lyon.",
                    sent_at=self.world.clock.now() - 5_000,
                ),
            )

    @invariant()
    def old_state_and_events_are_the_fresh_state(self) -> None:
        seen = self.world.see(look_all, self.people, self.cursors)
        for number, (fresh, cursor, events) in enumerate(seen):
            state = self.states[number]
            for event in events:
                state = apply(state, event)
            # What is new to me I open now: until then I hold its row and not its messages.
            opened = {key: state.messages.get(key, said) for key, said in fresh.messages.items()}
            state = msgspec.structs.replace(state, messages=opened)
            assert state == fresh
            assert fresh.counts == recount(fresh.rows.values())
            self.states[number], self.cursors[number] = fresh, cursor


def test_any_order(world: World) -> None:
    machine = type("OfThisWorld", (Three,), {"world": world})
    many = world.db.dialect == "sqlite"
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=10 if many else 2,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
