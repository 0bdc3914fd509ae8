"""Telling members what changed in their mailboxes."""

from collections.abc import Sequence
from typing import Any

from entregent.ports.db import Transaction

from ..events import ConversationChanged, InboxRefreshed
from ..model import DELETED, delta, state_of
from ..queries import labels as queries
from ..reading import labels_of, row_of

MOST_EVENTS = 200  # more changes than this at once are told as one `inbox.refreshed`


def tell(tx: Transaction, me: int, changed: Sequence[Any]) -> None:
    """Tells one member of changed mailbox rows, as an update returned them."""
    follow(tx, changed)
    if len(changed) > MOST_EVENTS:
        tx.emit(InboxRefreshed(), to=[me])
        return
    for row in changed:
        if row.view >= DELETED:  # nobody sees what becomes of it
            continue
        tx.emit(ConversationChanged(row=row_of(row), delta=delta_of(row)), to=[me])


def delta_of(changed: Any) -> dict[str, int]:
    """What the counts change by with a row that remembers what it was."""
    return delta(changed.was, state_of(changed), changed.box_id, labels_of(changed))


def follow(tx: Transaction, changed: Sequence[Any]) -> None:
    """Keeps the pages of labels as the mailbox rows are that changed."""
    tx.run_many(
        queries.FOLLOW,
        [
            {
                "owner_id": row.member_id,
                "label": int(label),
                "key": row.conversation_id,
                "new_view": row.view,
                "at": row.sort_at,
            }
            for row in changed
            if row.labels is not None
            for label in labels_of(row)
        ],
    )


def unlabel_all(tx: Transaction, row: Any) -> None:
    """The mailbox row is gone."""
    for label in labels_of(row):
        tx.run(queries.UNLABEL, owner_id=row.member_id, label=int(label), key=row.conversation_id)
