"""What transfer does about facts from below."""

from entregent.accounts import AccountClosed
from entregent.ports.db import Transaction

from .actions import forget_all


def on_closed(tx: Transaction, event: AccountClosed) -> None:
    """What a member brought from elsewhere goes with the account."""
    forget_all(tx, event.member_id)


LISTENERS = ((AccountClosed, on_closed),)
