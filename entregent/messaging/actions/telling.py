"""Telling members what changed in their mailboxes."""

from collections.abc import Sequence
from typing import Any

from entregent.ports.db import Transaction

from ..events import ConversationChanged, InboxRefreshed
from ..model import delta, state_number
from ..reading import row_of

MOST_EVENTS = 200  # more changes than this at once are told as one `inbox.refreshed`


def tell(tx: Transaction, me: int, changed: Sequence[Any]) -> None:
    """Tells one member of changed mailbox rows, as an update returned them."""
    if len(changed) > MOST_EVENTS:
        tx.emit(InboxRefreshed(), to=[me])
        return
    for row in changed:
        tx.emit(ConversationChanged(row=row_of(row), delta=delta_of(row)), to=[me])


def delta_of(changed: Any) -> dict[str, int]:
    """What the counts change by with a row that remembers what it was."""
    now = state_number(changed.view, bool(changed.unread), changed.draft is not None)
    return delta(changed.was, now)
