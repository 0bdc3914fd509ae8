"""What messaging does about facts from below."""

from entregent.network import Blocked, Unblocked
from entregent.ports.db import Transaction

from .actions import close_direct, reopen_direct


def on_blocked(tx: Transaction, event: Blocked) -> None:
    """Nobody can write in the conversation of two who do not want to see each other."""
    close_direct(tx, event.member_id, event.other_id)


def on_unblocked(tx: Transaction, event: Unblocked) -> None:
    """It opens again unless the other one has a block too."""
    reopen_direct(tx, event.member_id, event.other_id)


LISTENERS = (
    (Blocked, on_blocked),
    (Unblocked, on_unblocked),
)
