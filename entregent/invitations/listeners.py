"""What invitations do about facts from below."""

from entregent.accounts import AccountClosed
from entregent.network import Blocked, Connected
from entregent.ports.db import Transaction

from .actions import close_all_of, close_between


def on_connected(tx: Transaction, fact: Connected) -> None:
    """Whoever is connected need not be asked any more."""
    close_between(tx, fact.one, fact.other)


def on_blocked(tx: Transaction, fact: Blocked) -> None:
    """Neither waits for the other any more."""
    close_between(tx, fact.member_id, fact.other_id)


def on_closed(tx: Transaction, fact: AccountClosed) -> None:
    """Nobody waits for somebody who has left."""
    close_all_of(tx, fact.member_id)


LISTENERS = (
    (Connected, on_connected),
    (Blocked, on_blocked),
    (AccountClosed, on_closed),
)
