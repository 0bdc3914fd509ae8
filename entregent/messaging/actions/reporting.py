"""Reporting to the host what should not be said here (M16)."""

from entregent.kit.reports import Reason
from entregent.ports.db import Transaction

from ..events import MessageReported
from ..queries import rows as queries
from ..reading import find_for, thread
from ..sight import message_for

SHOWN = 10


def report(tx: Transaction, me: int, key: int, seq: int | None, reason: Reason, note: str) -> None:
    """Puts a message, or a whole conversation, before the host, with what I see of it now."""
    row = find_for(tx, me, key)
    person = None
    if seq is not None:
        person = message_for(tx, me, row, seq).author_id
    else:
        others = [
            one.person_id for one in tx.all(queries.PARTICIPANTS, ids=[key]) if one.person_id != me
        ]
        person = others[0] if len(others) == 1 else None
    tx.emit(
        MessageReported(
            reporter_id=me,
            person_id=person,
            conversation_id=key,
            seq=seq,
            title=row.title or "",
            seen=thread(tx, me, key, around=seq, limit=SHOWN).messages,
            reason=reason,
            note=note,
        )
    )
