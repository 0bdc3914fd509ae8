"""What a member can do in messaging."""

import json
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from entregent.kit.errors import Refusal
from entregent.network import relation
from entregent.ports.db import Transaction, batched

from . import queries
from .events import (
    ConversationChanged,
    ConversationRemoved,
    InboxRefreshed,
    MessageSent,
)
from .model import (
    INBOX,
    REQUESTS,
    Mark,
    Message,
    Row,
    checked_text,
    checked_title,
    delta,
    shown,
    state_number,
)
from .reading import find_for, row_of
from .search_index import Indexed, index

MOST_EVENTS = 200  # more changes than this at once are told as one `inbox.refreshed`


class Send(NamedTuple):
    """One message to send. `most` is the longest text allowed, in characters."""

    author_id: int
    conversation_id: int
    client_id: str
    text: str
    most: int


class _Open(NamedTuple):
    closed: str | None
    people: list[Any]


@batched
def send_messages(tx: Transaction, sends: list[Send]) -> list[Message | Refusal]:
    """Sends all waiting messages in a constant number of statements.

    A repeated client id answers with the message as it was sent the first time.
    """
    answers: list[Message | Refusal | None] = [None] * len(sends)
    before = {
        (row.conversation_id, row.client_id): row
        for row in tx.each(
            queries.SENT_BEFORE,
            [{"conversation_id": s.conversation_id, "client_id": s.client_id} for s in sends],
        )
    }
    ids = sorted({send.conversation_id for send in sends})
    places = {row.conversation_id: row for row in tx.all(queries.CONVERSATIONS, ids=ids)}
    people: dict[int, list[Any]] = {}
    for person in tx.all(queries.PARTICIPANTS, ids=ids):
        people.setdefault(person.conversation_id, []).append(person)

    last_seq = {key: place.last_seq for key, place in places.items()}
    fresh: dict[tuple[int, str], Message] = {}
    for position, send in enumerate(sends):
        key = (send.conversation_id, send.client_id)
        if key in fresh:
            answers[position] = fresh[key]
            continue
        try:
            found = before.get(key)
            if found is not None:
                answers[position] = _again(found, send)
                continue
            _may_write(places.get(send.conversation_id), people, send)
            text = checked_text(send.text, send.most)
        except Refusal as refusal:
            answers[position] = refusal
            continue
        last_seq[send.conversation_id] += 1
        answers[position] = fresh[key] = Message(
            id=str(tx.new_id()),
            conversation_id=str(send.conversation_id),
            seq=last_seq[send.conversation_id],
            author_id=str(send.author_id),
            at=tx.now,
            text=text,
            client_id=send.client_id,
        )
    if fresh:
        _write(tx, list(fresh.values()), people)
    return [answer for answer in answers if answer is not None]


def _again(found: Any, send: Send) -> Message:
    if found.author_id != send.author_id:
        raise Refusal("kit.client_id_reused", status=409)
    return Message(
        id=str(found.message_id),
        conversation_id=str(found.conversation_id),
        seq=found.seq,
        author_id=str(found.author_id),
        at=found.at,
        text=found.text,
        client_id=found.client_id,
    )


def _may_write(place: Any, people: dict[int, list[Any]], send: Send) -> None:
    mine = place is not None and any(
        person.person_id == send.author_id for person in people.get(send.conversation_id, ())
    )
    if not mine:
        raise Refusal("messaging.conversation_not_found", status=404)
    if place.closed is not None:
        raise Refusal(f"messaging.closed_{place.closed}", status=403)


def _write(tx: Transaction, sent: Sequence[Message], people: dict[int, list[Any]]) -> None:
    """Messages, conversations, every mailbox they reach, and the logs."""
    tx.run_many(
        queries.INSERT_MESSAGE,
        [
            {
                "conversation_id": int(message.conversation_id),
                "seq": message.seq,
                "message_id": int(message.id),
                "author_id": int(message.author_id or 0),
                "at": message.at,
                "client_id": message.client_id,
                "kind": message.kind,
                "text": message.text,
                "subject": None,
                "attachments": None,
                "import_id": None,
            }
            for message in sent
        ],
    )
    newest = {message.conversation_id: message for message in sent}
    tx.run_many(
        queries.SET_LAST_SEQ,
        [{"key": int(key), "seq": message.seq} for key, message in newest.items()],
    )
    index(
        tx,
        [
            Indexed(
                int(message.conversation_id),
                message.seq,
                message.at,
                [person.person_id for person in people[int(message.conversation_id)]],
                message.text,
            )
            for message in sent
        ],
    )
    # A second message in the same conversation must find the first one delivered.
    for turn in _turns(sent):
        _deliver(tx, turn, people)


def _turns(sent: Sequence[Message]) -> Iterable[list[Message]]:
    """The messages in rounds that hold at most one of each conversation, in order."""
    rounds: list[list[Message]] = []
    depth: dict[str, int] = {}
    for message in sent:
        place = depth.get(message.conversation_id, 0)
        depth[message.conversation_id] = place + 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(message)
    return rounds


def _deliver(tx: Transaction, turn: Sequence[Message], people: dict[int, list[Any]]) -> None:
    of = {int(message.conversation_id): message for message in turn}
    rows = [
        {
            "owner_id": person.person_id,
            "key": key,
            "seq": message.seq,
            "at": message.at,
            "author_id": int(message.author_id or 0),
            "text": _preview(message.text),
        }
        for key, message in of.items()
        for person in people[key]
        if person.kind == "member"
    ]
    # One order everywhere, so that no two writers wait for each other in a ring.
    rows.sort(key=lambda row: (row["owner_id"], row["key"]))
    for changed in tx.each(queries.DELIVER, rows):
        tx.emit(
            MessageSent(
                message=of[changed.conversation_id], row=row_of(changed), delta=_delta(changed)
            ),
            to=[changed.member_id],
        )


def _preview(text: str) -> str:
    return " ".join(text[:400].split())[:140]


def _delta(changed: Any) -> dict[str, int]:
    now = state_number(changed.view, bool(changed.unread), changed.draft is not None)
    return delta(changed.was, now)


# -- beginning a conversation ----------------------------------------------------------------------


class Begin(NamedTuple):
    """A conversation to begin. With one other member it is the one direct conversation."""

    me: int
    member_ids: list[int]
    title: str | None
    most_people: int


def begin_conversation(tx: Transaction, begin: Begin) -> Row:
    """Finds the direct conversation with a member, or makes it, or makes a group."""
    others = sorted(set(begin.member_ids) - {begin.me})
    if not others:
        raise Refusal("messaging.nobody", field="member_ids")
    if len(others) + 1 > begin.most_people:
        raise Refusal("messaging.too_many_people", field="member_ids", most=begin.most_people)
    ties = {other: relation(tx, begin.me, other) for other in others}
    if any(not tie.reachable for tie in ties.values()):
        raise Refusal("messaging.cannot_write_to", status=403, field="member_ids")
    title = checked_title(begin.title)
    if len(others) == 1 and title is None:
        return _direct(tx, begin.me, others[0], connected=ties[others[0]].connected)
    if any(not tie.connected for tie in ties.values()):
        # M1: somebody who is not a contact must be asked first; that comes with consent.
        raise Refusal("messaging.only_connections_in_groups", status=403, field="member_ids")
    return _make(tx, "group", begin.me, others, title, set(others))


def direct_conversation(tx: Transaction, one: int, other: int) -> int:
    """The id of the direct conversation of two connected members, made if there is none."""
    return int(_direct(tx, one, other, connected=True).id)


def _direct(tx: Transaction, me: int, other: int, *, connected: bool) -> Row:
    low, high = min(me, other), max(me, other)
    known = tx.value(queries.FIND_PAIR, low=low, high=high)
    if known is not None:
        row = tx.first(queries.ONE_ROW, member_id=me, conversation_id=known)
        if row is not None:
            return row_of(row)
    made = _make(tx, "direct", me, [other], None, {other} if connected else set())
    tx.run(queries.INSERT_PAIR, member_id=low, other_id=high, conversation_id=int(made.id))
    return made


def _make(
    tx: Transaction, kind: str, me: int, others: list[int], title: str | None, known: set[int]
) -> Row:
    key = tx.new_id()
    everyone = [me, *others]
    tx.run(
        queries.INSERT_CONVERSATION,
        conversation_id=key,
        kind=kind,
        source="entregent",
        title=title,
        created_by=me,
        created_at=tx.now,
        last_seq=0,
        closed=None,
        import_id=None,
        source_key=None,
    )
    tx.run_many(
        queries.INSERT_PARTICIPANT,
        [
            {
                "conversation_id": key,
                "person_id": person,
                "kind": "member",
                "name": None,
                "role": "owner" if person == me and kind == "group" else "member",
                "joined_at": tx.now,
                "first_seq": 1,
                "left_at": None,
            }
            for person in everyone
        ],
    )
    rows = [
        _blank_row(tx.now, person, key, kind, title, everyone)
        | {"view": INBOX if person == me or person in known else REQUESTS}
        for person in everyone
    ]
    tx.run_many(queries.INSERT_MAILBOX, rows)
    mine: Row | None = None
    for row in tx.each(
        queries.ONE_ROW, [{"member_id": p, "conversation_id": key} for p in everyone]
    ):
        now = state_number(row.view, False, False)
        wire = row_of(row)
        tx.emit(ConversationChanged(row=wire, delta=delta(None, now)), to=[row.member_id])
        if row.member_id == me:
            mine = wire
    assert mine is not None
    return mine


def _blank_row(
    now: int, person: int, key: int, kind: str, title: str | None, everyone: list[int]
) -> dict[str, Any]:
    return {
        "member_id": person,
        "conversation_id": key,
        "kind": kind,
        "source": "entregent",
        "title": title,
        "people": json.dumps(shown(set(everyone) - {person})),
        "size": len(everyone),
        "last_seq": 0,
        "read_seq": 0,
        "last_at": now,
        "last_author_id": None,
        "snippet": "",
        "view": INBOX,
        "unread": 0,
        "writable": 1,
        "draft": None,
        "was": 0,
        "import_id": None,
    }


def close_direct(tx: Transaction, one: int, other: int) -> None:
    """Closes the direct conversation of two members, where there is one."""
    _set_closed(tx, one, other, "blocked")


def reopen_direct(tx: Transaction, one: int, other: int) -> None:
    """Opens it again, unless a block still stands between the two."""
    if not relation(tx, one, other).blocked:
        _set_closed(tx, one, other, None)


def _set_closed(tx: Transaction, one: int, other: int, why: str | None) -> None:
    low, high = min(one, other), max(one, other)
    key = tx.value(queries.FIND_PAIR, low=low, high=high)
    if key is None:
        return
    tx.run(queries.CLOSE_CONVERSATION, key=key, why=why)
    for member in (low, high):
        changed = tx.all(queries.SET_WRITABLE, owner_id=member, key=key, can=int(why is None))
        _tell(tx, member, changed)


# -- handling --------------------------------------------------------------------------------------


def mark(tx: Transaction, me: int, ids: list[int], how: Mark) -> int:
    """Marks conversations of mine; gives how many changed."""
    changed = tx.all(queries.MARK[how], owner_id=me, ids=ids)
    _tell(tx, me, changed)
    return len(changed)


def read_up_to(tx: Transaction, me: int, conversation_id: int, seq: int) -> int:
    """I have read a conversation up to a message; gives 1 if that is news."""
    changed = tx.all(queries.READ_UP_TO, owner_id=me, key=conversation_id, seq=seq)
    _tell(tx, me, changed)
    return len(changed)


def save_draft(tx: Transaction, me: int, conversation_id: int, text: str, most: int) -> Row:
    """Keeps what I am writing, as typed; an empty text removes it."""
    find_for(tx, me, conversation_id)
    if len(text) > most * 2:
        raise Refusal("messaging.too_long", field="text", most=most, length=len(text))
    draft = text.replace("\x00", "") or None
    changed = tx.all(queries.SET_DRAFT, owner_id=me, key=conversation_id, new_draft=draft)
    _tell(tx, me, changed)
    return row_of(changed[0])


def _tell(tx: Transaction, me: int, changed: Sequence[Any]) -> None:
    if len(changed) > MOST_EVENTS:
        tx.emit(InboxRefreshed(), to=[me])
        return
    for row in changed:
        tx.emit(ConversationChanged(row=row_of(row), delta=_delta(row)), to=[me])


# -- groups ----------------------------------------------------------------------------------------


def rename(tx: Transaction, me: int, conversation_id: int, title: str | None) -> Row:
    """Gives a group another title; its owner may."""
    part = _group_part(tx, me, conversation_id)
    if part.role != "owner":
        raise Refusal("messaging.only_the_owner", status=403)
    checked = checked_title(title)
    tx.run(queries.SET_TITLE, key=conversation_id, new_title=checked)
    return _redraw(tx, conversation_id, checked)[me]


def leave(tx: Transaction, me: int, conversation_id: int) -> None:
    """Leaves a group; it goes from my mailbox."""
    _group_part(tx, me, conversation_id)
    tx.run(queries.LEAVE, key=conversation_id, person=me, at=tx.now)
    row = tx.first(queries.ONE_ROW, member_id=me, conversation_id=conversation_id)
    if row is not None:
        was = state_number(row.view, bool(row.unread), row.draft is not None)
        tx.run(queries.REMOVE_ROW, owner_id=me, key=conversation_id)
        tx.emit(ConversationRemoved(id=str(conversation_id), delta=delta(was, None)), to=[me])
    place = tx.all(queries.CONVERSATIONS, ids=[conversation_id])[0]
    _redraw(tx, conversation_id, place.title)


def _group_part(tx: Transaction, me: int, conversation_id: int) -> Any:
    row = find_for(tx, me, conversation_id)
    part = tx.first(queries.MY_PART, conversation_id=conversation_id, person=me)
    if row.kind != "group" or part is None or part.left_at is not None:
        raise Refusal("messaging.not_a_group", status=409)
    return part


def _redraw(tx: Transaction, conversation_id: int, title: str | None) -> dict[int, Row]:
    """Shows a group's new title and faces in the mailboxes of those who are in it."""
    people = tx.all(queries.PARTICIPANTS, ids=[conversation_id])
    everyone = {person.person_id for person in people}
    rows: dict[int, Row] = {}
    for person in sorted(everyone):
        for row in tx.all(
            queries.REDRAW,
            owner_id=person,
            key=conversation_id,
            new_title=title,
            faces=json.dumps(shown(everyone - {person})),
            new_size=len(everyone),
        ):
            _tell(tx, person, [row])
            rows[person] = row_of(row)
    return rows
