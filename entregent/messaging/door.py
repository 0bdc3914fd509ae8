"""Who may see a file of a message: asked each time that it is served."""

from entregent.kit.errors import Refusal
from entregent.media import Use
from entregent.ports.db import Transaction

from .actions import may_see_waiting
from .attached import place_of, waits_of
from .reading import find_for
from .sight import message_for


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
    try:
        message = message_for(tx, viewer, find_for(tx, viewer, key), seq)
    except Refusal:
        return False
    return message.deleted_at is None
