"""The demo community."""

from entregent.ports.db import Transaction


def cast(_tx: Transaction) -> list[int]:
    """The members that anyone may sign in as on a demo."""
    return []
