"""Reporting to the host what should not be said here (M16)."""

from typing import Literal

from entregent.ports.db import Transaction

from ..queries import rows as queries
from ..queries import strangers
from ..reading import find_for
from ..sight import message_for

Reason = Literal["spam", "fraud", "harassment", "impersonation", "other"]
MAX_NOTE = 1_000
MAX_WORDS = 2_000


def report(tx: Transaction, me: int, key: int, seq: int | None, reason: Reason, note: str) -> None:
    """Puts a message, or a whole conversation, before the host, with what it says now."""
    row = find_for(tx, me, key)
    person, said = None, row.snippet
    if seq is not None:
        message = message_for(tx, me, row, seq)
        person, said = message.author_id, message.text
    else:
        others = [
            one.person_id for one in tx.all(queries.PARTICIPANTS, ids=[key]) if one.person_id != me
        ]
        person = others[0] if len(others) == 1 else None
    tx.run(
        strangers.ADD_REPORT,
        report_id=tx.new_id(),
        reporter_id=me,
        person_id=person,
        conversation_id=key,
        seq=seq,
        reason=reason,
        note=note[:MAX_NOTE],
        words=said[:MAX_WORDS],
        at=tx.now,
    )
