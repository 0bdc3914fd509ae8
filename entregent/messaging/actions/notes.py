"""The note of an invitation as the first message of a conversation (I4)."""

from collections.abc import Sequence
from typing import Any

from entregent.invitations import InvitationAccepted, InvitationAnswered
from entregent.ports.db import Transaction

from ..events import MessageSent
from ..markup import glimpse
from ..model import REQUESTS, delta, state_of
from ..queries import invited
from ..queries import rows as queries
from ..reading import row_of
from ..said import messages_of
from ..search_index import Indexed, index
from ..sight import with_quotes
from ..warning import warned
from .beginning import direct_conversation
from .blank import blank_row
from .routing import Arrived, route_first
from .strangers import AFTER_NOTE, First, Noted, hold_pitch, pitched
from .telling import delta_of, follow


def keep_note(tx: Transaction, accepted: InvitationAccepted | InvitationAnswered) -> None:
    """Adds the note, dated when it was sent and born read for both: only a new message makes a
    conversation unread."""
    sender, receiver = accepted.sender_id, accepted.receiver_id
    key = direct_conversation(tx, receiver, sender)
    place = tx.all(queries.CONVERSATIONS, ids=[key])[0]
    client_id = _client_id(accepted)
    if tx.each(queries.SENT_BEFORE, [{"conversation_id": key, "client_id": client_id}]):
        return
    seq = place.last_seq + 1
    tx.run(queries.INSERT_MESSAGE, **_message(tx, accepted, key, seq))
    tx.run(queries.SET_LAST_SEQ, key=key, seq=seq)
    index(tx, [Indexed(key, seq, accepted.sent_at, [sender, receiver], accepted.note)])
    [message] = with_quotes(tx, key, tx.all(queries.ONE_MESSAGE, conversation_id=key, seq=seq))
    for member in sorted((sender, receiver)):
        delivered = tx.all(
            queries.DELIVER_NOTE,
            owner_id=member,
            key=key,
            seq=seq,
            at=accepted.sent_at,
            author_id=sender,
            text=glimpse(accepted.note),
        )
        follow(tx, delivered)
        for row in delivered:
            tx.emit(MessageSent(message=message, row=row_of(row), delta=delta_of(row)), to=[member])
    if seq == 1 and isinstance(accepted, InvitationAccepted):
        hold_pitch(tx, _noted(key, accepted))
    if seq == 1:
        route_first(tx, [Arrived(receiver, key, accepted.note)])


def keep_notes(tx: Transaction, some: Sequence[InvitationAccepted], *, told: bool) -> None:
    """The same for many notes to one receiver, whose pages hear of each when `told`.

    Nearly all of them begin a conversation: these are written in few statements.
    """
    pairs = [_pair(one) for one in some]
    known = {(row.member_id, row.other_id) for row in tx.each(invited.FIND_PAIRS, pairs)}
    fresh = []
    for one, pair in zip(some, pairs, strict=True):
        if (pair["low"], pair["high"]) in known:
            keep_note(tx, one)
        else:
            fresh.append((tx.new_id(), one))
    for statement, rows in (
        (queries.INSERT_CONVERSATION, [_place(tx, key, one) for key, one in fresh]),
        (queries.INSERT_PAIR, [_between(key, one) for key, one in fresh]),
        (queries.INSERT_PARTICIPANT, [row for key, one in fresh for row in _both(tx, key, one)]),
    ):
        tx.run_many(statement, rows)
    index(
        tx,
        [
            Indexed(key, 1, one.sent_at, [one.sender_id, one.receiver_id], one.note)
            for key, one in fresh
        ],
    )
    held = pitched(tx, [_noted(key, one) for key, one in fresh])
    rows = [row for key, one in fresh for row in _mailboxes(tx, key, one, key in held)]
    rows.sort(key=lambda row: (row["member_id"], row["conversation_id"]))
    hear = {one.sender_id for one in some} | ({one.receiver_id for one in some} if told else set())
    tx.run_many(queries.INSERT_MAILBOX, [row for row in rows if row["member_id"] not in hear])
    said = tx.each(queries.BEGIN_MESSAGE, [_message(tx, one, key, 1) for key, one in fresh])
    messages = {int(one.conversation_id): one for one in warned(tx, messages_of(said, (), {}))}
    for row in tx.each(queries.BEGIN_ROW, [row for row in rows if row["member_id"] in hear]):
        event = MessageSent(
            message=messages[row.conversation_id],
            row=row_of(row),
            delta=delta(None, state_of(row)),
        )
        tx.emit(event, to=[row.member_id])
    if fresh:
        route_first(tx, [Arrived(one.receiver_id, key, one.note) for key, one in fresh])


def _noted(key: int, one: InvitationAccepted) -> Noted:
    first = First(one.sender_id, one.receiver_id, key, AFTER_NOTE, one.note)
    return Noted(first, one.template)


def _client_id(one: InvitationAccepted | InvitationAnswered) -> str:
    return f"invitation-{one.invitation_id}"


def _pair(one: InvitationAccepted) -> dict[str, int]:
    return {
        "low": min(one.sender_id, one.receiver_id),
        "high": max(one.sender_id, one.receiver_id),
    }


def _between(key: int, one: InvitationAccepted) -> dict[str, int]:
    pair = _pair(one)
    return {"member_id": pair["low"], "other_id": pair["high"], "conversation_id": key}


def _place(tx: Transaction, key: int, one: InvitationAccepted) -> dict[str, Any]:
    return {
        "conversation_id": key,
        "kind": "direct",
        "source": "entregent",
        "title": None,
        "created_by": one.receiver_id,
        "created_at": tx.now,
        "last_seq": 1,
        "closed": None,
        "import_id": None,
        "source_key": None,
        "probation": AFTER_NOTE,
    }


def _both(tx: Transaction, key: int, one: InvitationAccepted) -> list[dict[str, Any]]:
    return [
        {
            "conversation_id": key,
            "person_id": person,
            "kind": "member",
            "name": None,
            "role": "member",
            "joined_at": tx.now,
            "first_seq": 1,
            "left_at": None,
        }
        for person in (one.receiver_id, one.sender_id)
    ]


def _message(
    tx: Transaction, one: InvitationAccepted | InvitationAnswered, key: int, seq: int
) -> dict[str, Any]:
    return {
        "conversation_id": key,
        "seq": seq,
        "message_id": tx.new_id(),
        "author_id": one.sender_id,
        "at": one.sent_at,
        "client_id": _client_id(one),
        "kind": "note",
        "text": one.note,
        "subject": None,
        "attachments": None,
        "import_id": None,
    }


def _mailboxes(
    tx: Transaction, key: int, one: InvitationAccepted, held: bool
) -> list[dict[str, Any]]:
    people = [one.receiver_id, one.sender_id]
    return [
        blank_row(tx.now, person, key, "direct", None, people)
        | {
            "last_seq": 1,
            "read_seq": 1,
            "last_at": one.sent_at,
            "sort_at": one.sent_at,
            "last_author_id": one.sender_id,
            "snippet": glimpse(one.note),
        }
        | ({"view": REQUESTS, "held": 1} if held and person == one.receiver_id else {})
        for person in people
    ]
