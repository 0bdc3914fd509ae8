"""What webhooks do about facts from accounts."""

from entregent.accounts import AccountClosed
from entregent.ports.db import Transaction

from .actions import drop_all


def on_closed(tx: Transaction, fact: AccountClosed) -> None:
    """Nobody is told anything of who has left."""
    drop_all(tx, fact.member_id)


LISTENERS = ((AccountClosed, on_closed),)
