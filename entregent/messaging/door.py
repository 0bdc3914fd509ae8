"""Who may see a file of a message: asked each time that it is served."""

from entregent.media import Use
from entregent.ports.db import Transaction

from .actions import may_see_waiting
from .attached import place_of, waits_of
from .queries import rows as queries
from .sight import sight


def may_see(tx: Transaction, viewer: int | None, ref: str) -> bool:
    """Whether a message is there for somebody: not before their time, not after they left, not
    what they or its author have deleted."""
    use = Use("message", ref)
    place, waits = place_of(use), waits_of(use)
    if viewer is None:
        return False
    if place is None:
        return waits is not None and may_see_waiting(tx, viewer, waits)
    key, seq = place
    row = tx.first(queries.ONE_ROW, member_id=viewer, conversation_id=key)
    if row is None:
        return False
    message = tx.first(queries.ONE_MESSAGE, conversation_id=key, seq=seq)
    if message is None or message.deleted_at is not None:
        return False
    return sight(tx, viewer, row).sees(message)
