"""What comes back by itself: snoozed conversations at their time, others that were not answered."""

from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from ..acts import Values
from ..jobnames import ComeBack
from ..model import ARCHIVED, INBOX, RETURNED, SNOOZED
from ..queries import handling as queries
from .announcing import tell_returned
from .marking import tell_changes, write

AT_ONCE = 100


def come_back(tx: Transaction, me: int) -> bool:
    """Brings the next ones that are due to the top; True where more may be.

    Where none is due it has itself called again when the next one is.
    """
    found = {
        why: tx.all(queries.DUE[why], owner_id=me, now=tx.now, limit=AT_ONCE) for why in queries.DUE
    }
    rows = {row.conversation_id: row for rows in found.values() for row in rows}
    wanted: dict[int, Values] = {key: {} for key in rows}
    for why, due in found.items():
        for row in due:
            values = wanted[row.conversation_id]
            values |= {"sort_at": tx.now, "returned": RETURNED.index(why)}
            values["snoozed_until" if why == "snooze" else "remind_at"] = None
            if row.view in (INBOX, ARCHIVED, SNOOZED):
                values |= {"view": INBOX, "snoozed_until": None}
    tell_changes(tx, me, write(tx, me, list(rows.values()), wanted))
    for why, due in found.items():
        tell_returned(tx, me, due, why)
    if rows:
        return True
    moments = [tx.value(queries.NEXT[why], owner_id=me) for why in queries.NEXT]
    waiting = [moment for moment in moments if moment is not None]
    if waiting:
        enqueue(tx, ComeBack(member_id=str(me)), owner=me, key="all", at=min(waiting))
    return False
