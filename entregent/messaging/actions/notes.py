"""The note of an invitation as the first message of a conversation (I4)."""

from entregent.invitations import InvitationAccepted, InvitationAnswered
from entregent.ports.db import Transaction

from ..events import MessageSent
from ..queries import rows as queries
from ..reading import row_of
from ..said import message_of
from ..search_index import Indexed, index
from .beginning import direct_conversation
from .telling import delta_of, follow


def keep_note(tx: Transaction, accepted: InvitationAccepted | InvitationAnswered) -> None:
    """Adds the note, dated when it was sent and born read for both: only a new message makes a
    conversation unread."""
    sender, receiver = accepted.sender_id, accepted.receiver_id
    key = direct_conversation(tx, receiver, sender)
    place = tx.all(queries.CONVERSATIONS, ids=[key])[0]
    client_id = f"invitation-{accepted.invitation_id}"
    if tx.each(queries.SENT_BEFORE, [{"conversation_id": key, "client_id": client_id}]):
        return
    seq = place.last_seq + 1
    tx.run(
        queries.INSERT_MESSAGE,
        conversation_id=key,
        seq=seq,
        message_id=tx.new_id(),
        author_id=sender,
        at=accepted.sent_at,
        client_id=client_id,
        kind="note",
        text=accepted.note,
        subject=None,
        attachments=None,
        import_id=None,
    )
    tx.run(queries.SET_LAST_SEQ, key=key, seq=seq)
    index(tx, [Indexed(key, seq, accepted.sent_at, [sender, receiver], accepted.note)])
    message = message_of(tx.first(queries.ONE_MESSAGE, conversation_id=key, seq=seq))
    for member in sorted((sender, receiver)):
        delivered = tx.all(
            queries.DELIVER_NOTE,
            owner_id=member,
            key=key,
            seq=seq,
            at=accepted.sent_at,
            author_id=sender,
            text=" ".join(accepted.note.split())[:140],
        )
        follow(tx, delivered)
        for row in delivered:
            tx.emit(MessageSent(message=message, row=row_of(row), delta=delta_of(row)), to=[member])
