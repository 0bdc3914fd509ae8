"""What ends invitations by itself."""

from collections.abc import Sequence

from entregent.ports.db import Transaction

from ..events import InvitationSettled
from ..model import CLOSED, DAY, PENDING, Rules
from ..queries import rows as queries
from ..queries import runs as run_queries
from ..queries import words as word_queries
from ..reading import open_among
from .answering import settle
from .arranging import forget_desk

KEPT_WORDS = 365 * DAY


def close_between(tx: Transaction, one: int, other: int) -> None:
    """Nothing waits any more between two members who are connected or blocked."""
    for row in open_among(tx, one, [other]):
        settle(tx, row, CLOSED)


def close_among(tx: Transaction, me: int, others: Sequence[int]) -> None:
    """The same between a member and many."""
    for row in open_among(tx, me, others):
        settle(tx, row, CLOSED)


def close_all_of(tx: Transaction, member_id: int) -> None:
    """The member has left: nobody waits for an answer, nor are they waited for."""
    for row in tx.all(queries.OPEN_OF, me=member_id):
        settle(tx, row, CLOSED)
    for statement in (
        queries.DROP_ALL,
        run_queries.DROP_RUNS,
        run_queries.DROP_STEPS,
        run_queries.DROP_PLANS,
    ):
        tx.run(statement, me=member_id)
    forget_desk(tx, member_id)


def expire(tx: Transaction, rules: Rules, limit: int = 500) -> int:
    """Settles invitations that are too old, oldest first; gives how many."""
    rows = tx.all(queries.TOO_OLD, before=tx.now - rules.days * DAY, limit=limit)
    for row in rows:
        tx.run(
            queries.SETTLE,
            me=row.member_id,
            invitation=row.id,
            new_state=CLOSED,
            settled=tx.now,
        )
        if row.state == PENDING:
            tx.emit(InvitationSettled(id=str(row.id), box=row.box), to=[row.member_id])
    return len(rows)


def forget_words(tx: Transaction) -> None:
    """Words that nobody has sent for a year are forgotten."""
    before = tx.now - KEPT_WORDS
    tx.run(word_queries.FORGET_USES, before=before)
    if tx.touch(word_queries.FORGET_SHAPES, before=before):
        tx.run(word_queries.FORGET_BANDS)
