"""Handling what came: how far I have read, drafts."""

from entregent.kit.errors import Refusal
from entregent.notifications import settle
from entregent.ports.db import Transaction

from ..model import DELETED, Row
from ..queries import rows as queries
from ..reading import find_for, row_of
from .receipts import read_by
from .telling import tell


def read_up_to(tx: Transaction, me: int, conversation_id: int, seq: int) -> int:
    """I have read a conversation up to a message; gives 1 if that is news."""
    changed = tx.all(queries.READ_UP_TO, owner_id=me, key=conversation_id, seq=seq)
    tell(tx, me, changed)
    read_by(tx, me, conversation_id, seq)
    if changed:
        settle(tx, me, str(conversation_id), "mention", "returned")
    return len(changed)


def save_draft(tx: Transaction, me: int, conversation_id: int, text: str, most: int) -> Row:
    """Keeps what I am writing, as typed; an empty text removes it."""
    if find_for(tx, me, conversation_id).view >= DELETED:
        raise Refusal("messaging.conversation_not_found", status=404)
    if len(text) > most * 2:
        raise Refusal("messaging.too_long", field="text", most=most, length=len(text))
    draft = text.replace("\x00", "") or None
    changed = tx.all(
        queries.SET_DRAFT,
        owner_id=me,
        key=conversation_id,
        new_draft=draft,
        has_draft=int(draft is not None),
    )
    tell(tx, me, changed)
    return row_of(changed[0])
