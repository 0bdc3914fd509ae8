"""What becomes of the conversation of two of whom one has asked the other to connect (I3)."""

from collections.abc import Sequence

from entregent.invitations import InvitationAnswered
from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction

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


def refuse_direct(tx: Transaction, one: int, other: int) -> None:
    """Nobody can write any more; what was said stays to be read."""
    set_closed(tx, one, other, "refused")


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


def reopen_invitation(tx: Transaction, sender: int, receiver: int) -> None:
    """The answer was undone: a note of which nothing came is no conversation."""
    forgive(tx, sender, receiver)
    key = _between(tx, sender, receiver)
    if key is None:
        return
    said = tx.all(invited.SAID, key=key)
    if len(said) > 1 or any(one.kind != "note" for one in said):
        return
    people = sorted((sender, receiver))
    rows = tx.each(queries.ONE_ROW, [{"member_id": one, "conversation_id": key} for one in people])
    if any(row.draft is not None for row in rows):
        return  # somebody is writing
    for row in rows:
        if row.view < DELETED:
            gone = delta(state_of(row), None, row.box_id, labels_of(row))
            tx.emit(ConversationRemoved(id=str(key), delta=gone), to=[row.member_id])
        unlabel_all(tx, row)
        tx.run(imports.DROP_ROW, owner_id=row.member_id, key=key)
    tx.run(imports.DROP_MESSAGES, key=key)
    remove(tx, [Indexed(key, one.seq, one.at, people, "") for one in said])
    tx.run(imports.DROP_PEOPLE, key=key, ids=people)
    tx.run(imports.DROP_PLACE, key=key)
    tx.run(invited.DROP_PAIR, low=people[0], high=people[1])


def _between(tx: Transaction, one: int, other: int) -> int | None:
    key: int | None = tx.value(queries.FIND_PAIR, low=min(one, other), high=max(one, other))
    return key
