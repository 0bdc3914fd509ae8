"""What media does about facts from below."""

from entregent.accounts import AccountClosed
from entregent.ports.db import Transaction

from .actions import drop_all


def on_closed(tx: Transaction, event: AccountClosed) -> None:
    """What a member brought goes with the account, wherever it is seen."""
    drop_all(tx, event.member_id)


LISTENERS = ((AccountClosed, on_closed),)
