"""What becomes of the conversation of two of whom one has asked the other to connect (I3)."""

from collections.abc import Mapping, Sequence

from entregent.invitations import InvitationAnswered
from entregent.kit.errors import Refusal
from entregent.ports.db import Row, Transaction

from ..events import ConversationRemoved
from ..model import DELETED, delta, state_of
from ..queries import imports, invited
from ..queries import rows as queries
from ..reading import labels_of
from ..search_index import Indexed, remove
from .beginning import direct_conversation
from .notes import keep_note
from .parting import accept_direct, set_closed
from .routing import Arrived, route_first
from .sending import Send, send_messages
from .telling import unlabel_all

MOST = 8_000


def answer_invitation(tx: Transaction, answered: InvitationAnswered) -> None:
    """The note first, born read; then what the receiver writes back, which is a new message."""
    if answered.note:
        keep_note(tx, answered)
    key = direct_conversation(tx, answered.receiver_id, answered.sender_id)
    send = Send(answered.receiver_id, key, answered.client_id, answered.text, MOST)
    for answer in send_messages(tx, [send]):
        if isinstance(answer, Refusal):
            raise answer
        if answer.seq == 2 and answered.note:  # the first that the sender of the note hears
            route_first(tx, [Arrived(answered.sender_id, key, answered.text)])


def refuse_direct(tx: Transaction, sender: int, receiver: int) -> None:
    """Nobody can write any more; what was said stays to be read."""
    set_closed(tx, sender, receiver, "refused", by=receiver)


def accept_many(tx: Transaction, me: int, others: Sequence[int]) -> None:
    """Those connected at once need no request any more, nor does a refusal count."""
    asked = [{"low": min(me, one), "high": max(me, one)} for one in others]
    for pair in sorted(tx.each(invited.FIND_PAIRS, asked)):
        forgive(tx, pair.member_id, pair.other_id)
        accept_direct(tx, pair.member_id, pair.other_id)


def forgive(tx: Transaction, one: int, other: int) -> None:
    """A refusal no longer closes the conversation of the two."""
    key = _between(tx, one, other)
    if key is not None and tx.value(invited.WHY_CLOSED, key=key) == "refused":
        set_closed(tx, one, other, None)


def reopen_invitations(tx: Transaction, senders: Sequence[int], receiver: int) -> None:
    """Answers were undone: a note of which nothing came is no conversation."""
    asked = [{"low": min(one, receiver), "high": max(one, receiver)} for one in senders]
    pairs = {row.conversation_id: row for row in tx.each(invited.FIND_PAIRS, asked)}
    for row in tx.all(invited.REFUSED_AMONG, ids=list(pairs)):
        pair = pairs[row.conversation_id]
        set_closed(tx, pair.member_id, pair.other_id, None)
    said = {row.conversation_id: row for row in tx.all(invited.SAID, ids=list(pairs))}
    bare = {
        key: (pair.member_id, pair.other_id)
        for key, pair in sorted(pairs.items())
        if key not in said or (said[key].number == 1 and said[key].notes == 1)
    }
    ends = sorted((one, key) for key, people in bare.items() for one in people)
    rows = tx.each(
        queries.ONE_ROW, [{"member_id": one, "conversation_id": key} for one, key in ends]
    )
    for key in {row.conversation_id for row in rows if row.draft is not None}:
        del bare[key]  # somebody is writing
    _drop(tx, bare, [row for row in rows if row.conversation_id in bare])
    # The search's index has them by what was said when.
    remove(
        tx,
        [
            Indexed(key, said[key].seq, said[key].at, people, "")
            for key, people in bare.items()
            if key in said
        ],
    )


def _drop(tx: Transaction, bare: Mapping[int, Sequence[int]], rows: Sequence[Row]) -> None:
    """Takes conversations of two away, of which these are the rows in their mailboxes."""
    for row in sorted(rows, key=lambda row: (row.member_id, row.conversation_id)):
        if row.view < DELETED:
            gone = delta(state_of(row), None, row.box_id, labels_of(row))
            removed = ConversationRemoved(id=str(row.conversation_id), delta=gone)
            tx.emit(removed, to=[row.member_id])
        unlabel_all(tx, row)
    ends = sorted((one, key) for key, people in bare.items() for one in people)
    keys = [{"key": key} for key in bare]
    tx.run_many(imports.DROP_ROW, [{"owner_id": one, "key": key} for one, key in ends])
    tx.run_many(imports.DROP_MESSAGES, keys)
    tx.run_many(invited.DROP_EVERYBODY, keys)
    tx.run_many(imports.DROP_PLACE, keys)
    tx.run_many(invited.DROP_PAIR, [{"low": low, "high": high} for low, high in bare.values()])


def _between(tx: Transaction, one: int, other: int) -> int | None:
    key: int | None = tx.value(queries.FIND_PAIR, low=min(one, other), high=max(one, other))
    return key
