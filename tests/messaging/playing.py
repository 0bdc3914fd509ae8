"""Four members who play with their messages, two of them in three tabs each.

What is done to messages and to groups; `test_sequences.py` adds what is done to a mailbox.
"""

from collections.abc import Callable, Iterable
from itertools import count
from typing import Any, NamedTuple

import msgspec
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from entregent.invitations import InvitationAccepted
from entregent.kit.errors import Refusal
from entregent.kit.events import Event
from entregent.live import cursor_of
from entregent.messaging import Begin, Send, begin_conversation, save_draft
from entregent.messaging.actions import (
    Edit,
    Later,
    add_people,
    cancel_scheduled,
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
    schedule,
    scheduled_of,
    send_due,
    send_scheduled,
    set_history,
    set_role,
)
from entregent.messaging.events import (
    BulkProgressed,
    InboxRefreshed,
    ScheduledChanged,
    ScheduledRemoved,
)
from entregent.messaging.model import Message, More, Scheduled
from entregent.messaging.state import State, apply
from entregent.network import block, connect, disconnect, unblock
from entregent.ports.db import Transaction
from tests.messaging.talk import MOST, a_send, events_after, everything, recount, say_all
from tests.world import World

NUMBERS = count()
WHO = st.integers(0, 1)
PEOPLE = st.integers(0, 3)
PLACES = st.integers(0, 6)
GROUPS = st.integers(0, 2)
# Who does it: who wrote it, or has that group; or anybody. Chance alone finds too few who may.
ANY = st.none() | PEOPLE
SAID = st.integers(0, 40)
WORDS = st.sampled_from(["Hello", "Ça va ?", "👋🏽 שלום", " "])
HOUR = 3_600_000


class Fresh(msgspec.Struct):
    """All there is for a member, and where the log stands."""

    state: State
    waiting: dict[str, Scheduled]
    cursor: int


def look(tx: Transaction, member: int, *after: int) -> tuple[Fresh, list[list[Event]]]:
    """The same with what came after each of these numbers."""
    waiting = {one.id: one for one in scheduled_of(tx, member)}
    fresh = Fresh(everything(tx, member), waiting, cursor_of(tx, member))
    return fresh, [events_after(tx, member, number) for number in after]


class Tab:
    """One page of one member: what it holds, and how far it has followed the log."""

    def __init__(self) -> None:
        self.cursor = 0
        self.state = State()
        self.waiting: dict[str, Scheduled] = {}

    def catch_up(self, fresh: Fresh, events: Iterable[Event]) -> None:
        state, waiting, unseen = self.state, dict(self.waiting), False
        for event in events:
            state = apply(state, event)
            match event:
                case ScheduledChanged():
                    waiting[event.scheduled.id] = event.scheduled
                case ScheduledRemoved():
                    waiting.pop(event.id, None)
                case BulkProgressed() | InboxRefreshed():
                    unseen = True
        if unseen:
            # Rows change unseen and are loaded anew at the end; the counts are told all along.
            state = msgspec.structs.replace(state, rows=fresh.state.rows)
        # What is new to me I open now: until then I hold its row and not its messages.
        opened = {key: state.messages.get(key, said) for key, said in fresh.state.messages.items()}
        assert msgspec.structs.replace(state, messages=opened) == fresh.state
        assert waiting == fresh.waiting
        self.cursor, self.state, self.waiting = fresh.cursor, fresh.state, fresh.waiting


class Said(NamedTuple):
    """A message that somebody sent."""

    key: int
    seq: int
    author: int


class Players(RuleBasedStateMachine):
    """The first knows all the others, and the second the third; they talk, and are in groups."""

    world: World

    def __init__(self) -> None:
        super().__init__()
        make = self.world.member
        number = next(NUMBERS)
        self.people = [make(f"Member {number}", f"m{number}-{at}@example.org") for at in range(4)]
        self.tabs = [[Tab() for _ in range(3)] for _ in range(2)]
        self.keys: list[int] = []
        self.groups: list[tuple[int, int]] = []
        self.said: list[Said] = []
        self.notes = 0
        for one, other in ((0, 1), (0, 2), (0, 3), (1, 2)):
            self.world.do(connect, self.people[one], self.people[other])
            self.begins(one, {other}, title=False)
        self.begins(2, {0, 1, 3}, title=True)  # who does not know the third is asked first
        self.begins(0, {1, 2}, title=True)
        self.sends(*(a_send(self.people[one], key) for one in (1, 2) for key in self.keys))

    def key(self, place: int) -> int:
        return self.keys[place % len(self.keys)]

    def owned(self, group: int) -> tuple[int, int]:
        """A group, and who began it."""
        return self.groups[group % len(self.groups)]

    def message(self, at: int) -> Said:
        """One of the last."""
        return self.said[-1 - at % len(self.said)]

    def sends(self, *sends: Send) -> None:
        self.world.clock.forward(ms=1)
        for answer in say_all(self.world, *sends):
            if isinstance(answer, Message) and answer.author_id:
                key, author = int(answer.conversation_id), int(answer.author_id)
                self.said.append(Said(key, answer.seq, author))

    def do(self, action: Callable[..., Any], *args: Any) -> Any:
        """A refusal is as good an answer as any, as long as it changes nothing."""
        self.world.clock.forward(ms=1)
        try:
            return self.world.do(action, *args)
        except Refusal:
            return None

    def catch_up(self, who: int, *tabs: Tab) -> None:
        """These tabs take in what was told since, and hold what a fresh one would."""
        after = [tab.cursor for tab in tabs]
        fresh, told = self.world.see(look, self.people[who], *after)
        waiting = sum(not one.held or one.refusal is not None for one in fresh.waiting.values())
        counted = recount(fresh.state.rows.values())
        assert fresh.state.counts == msgspec.structs.replace(counted, scheduled=waiting)
        for tab, events in zip(tabs, told, strict=True):
            tab.catch_up(fresh, events)

    @rule(who=WHO, tab=st.integers(0, 2))
    def tab_catches_up(self, who: int, tab: int) -> None:
        self.catch_up(who, self.tabs[who][tab])

    @rule(me=PEOPLE, others=st.sets(PEOPLE, min_size=1, max_size=3), title=st.booleans())
    def begins(self, me: int, others: set[int], title: bool) -> None:
        ids = [self.people[one] for one in sorted(others)]
        begun = Begin(self.people[me], ids, "Choir" if title else None, 50)
        row = self.do(begin_conversation, begun)
        if row is not None and int(row.id) not in self.keys:
            self.keys.append(int(row.id))
            if row.kind == "group":
                self.groups.append((int(row.id), self.people[me]))

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

    def passes(self, ms: int) -> None:
        """Time, and what is due then is sent."""
        self.world.clock.forward(ms=ms)
        for member in self.people:
            for one in self.world.see(scheduled_of, member):
                self.do(send_due, member, int(one.id), MOST, False)


class Writing(Players):
    """What is done to messages."""

    @rule(said=st.lists(st.tuples(PEOPLE, PLACES, WORDS), min_size=1, max_size=4))
    def say(self, said: list[tuple[int, int, str]]) -> None:
        self.sends(*(a_send(self.people[who], self.key(place), text) for who, place, text in said))

    def _send(self, me: int, how: str, place: int, at: int, text: str) -> Send:
        one, key = self.message(at), self.key(place)
        if how == "plain":
            return a_send(me, key, text)
        if how == "quote":
            return a_send(me, one.key, text)._replace(more=More(quote_seq=one.seq))
        if how == "forward":
            return a_send(me, key, text)._replace(more=More(forward=(one.key, one.seq)))
        return a_send(me, key, text)._replace(more=More(mentions=(self.people[at % 4],)))

    @rule(
        me=PEOPLE,
        how=st.sampled_from(["quote", "forward", "mention"]),
        place=PLACES,
        at=SAID,
        text=WORDS,
    )
    def says_more(self, me: int, how: str, place: int, at: int, text: str) -> None:
        self.sends(self._send(self.people[me], how, place, at, text))

    @rule(
        me=WHO,
        how=st.sampled_from(["plain", "quote", "forward"]),
        place=PLACES,
        at=SAID,
        ahead=st.sampled_from([HOUR, 3 * HOUR, None]),
    )
    def says_later(self, me: int, how: str, place: int, at: int, ahead: int | None) -> None:
        send = self._send(self.people[me], how, place, at, "Later")
        moment = None if ahead is None else self.world.clock.now() + ahead
        self.do(schedule, Later(send, moment, 10 if moment is None else None))

    @rule(how=st.sampled_from(["cancel", "send", "wait"]))
    def decides(self, how: str) -> None:
        if how == "wait":
            self.passes(10_000)
            return
        for me in self.people[:2]:
            for one in self.world.see(scheduled_of, me)[:1]:
                if how == "cancel":
                    self.do(cancel_scheduled, me, int(one.id))
                else:
                    self.do(send_scheduled, me, int(one.id), MOST, False)

    @rule(me=ANY, at=SAID, text=WORDS)
    def edits(self, me: int | None, at: int, text: str) -> None:
        one = self.message(at)
        who = one.author if me is None else self.people[me]
        self.do(edit_message, Edit(who, one.key, one.seq, text, MOST, False))

    @rule(me=ANY, at=SAID, how=st.sampled_from([delete_for_everyone, delete_for_me]))
    def deletes(self, me: int | None, at: int, how: Callable[..., None]) -> None:
        one = self.message(at)
        self.do(how, one.author if me is None else self.people[me], one.key, one.seq)

    @rule(me=PEOPLE, at=SAID, emoji=st.sampled_from(["👍", "🎉"]), there=st.booleans())
    def reacts(self, me: int, at: int, emoji: str, there: bool) -> None:
        one = self.message(at)
        self.do(react, self.people[me], one.key, one.seq, emoji, there)

    @rule(me=WHO, place=PLACES, text=WORDS)
    def drafts(self, me: int, place: int, text: str) -> None:
        self.do(save_draft, self.people[me], self.key(place), text, MOST)


class Grouping(Players):
    """What is done to groups."""

    @rule(me=ANY, group=GROUPS, other=PEOPLE, how=st.sampled_from(["add", "remove"]))
    def brings_and_takes(self, me: int | None, group: int, other: int, how: str) -> None:
        key, owner = self.owned(group)
        who = owner if me is None else self.people[me]
        if how == "add":
            self.do(add_people, who, key, [self.people[other]], 50)
        else:
            self.do(remove_person, who, key, self.people[other])

    @rule(group=GROUPS, how=st.sampled_from([join, decline]))
    def answers(self, group: int, how: Callable[..., None]) -> None:
        """Whoever is asked: all of them who may be."""
        for me in self.people:
            self.do(how, me, self.owned(group)[0])

    @rule(me=PEOPLE, group=GROUPS)
    def leaves(self, me: int, group: int) -> None:
        self.do(leave, self.people[me], self.owned(group)[0])

    @rule(
        me=ANY,
        group=GROUPS,
        other=PEOPLE,
        role=st.sampled_from(["owner", "admin", "member"]),
    )
    def says_who_may(self, me: int | None, group: int, other: int, role: Any) -> None:
        key, owner = self.owned(group)
        who = owner if me is None else self.people[me]
        self.do(set_role, who, key, self.people[other], role)

    @rule(me=ANY, group=GROUPS, title=st.sampled_from(["Quartet", None]))
    def renames(self, me: int | None, group: int, title: str | None) -> None:
        key, owner = self.owned(group)
        self.do(rename, owner if me is None else self.people[me], key, title)

    @rule(me=ANY, group=GROUPS, how=st.sampled_from(["all", "joining"]))
    def says_what_newcomers_see(self, me: int | None, group: int, how: Any) -> None:
        key, owner = self.owned(group)
        self.do(set_history, owner if me is None else self.people[me], key, how)
