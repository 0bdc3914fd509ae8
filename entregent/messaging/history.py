"""What a message said before it was edited: for everyone who may read it."""

import msgspec

from entregent.ports.db import Transaction

from .queries import said
from .reading import find_for
from .sight import message_for


class Version(msgspec.Struct, kw_only=True):
    """What a message said from a moment on."""

    at: int
    text: str


class History(msgspec.Struct):
    """All that a message has said, the first text first."""

    versions: list[Version]


def history(tx: Transaction, me: int, key: int, seq: int) -> History:
    """The texts of a message; none of one that was deleted."""
    message = message_for(tx, me, find_for(tx, me, key), seq)
    if message.deleted_at is not None:
        return History([])
    before = [Version(at=one.at, text=one.text) for one in tx.all(said.EDITS, key=key, seq=seq)]
    return History([*before, Version(at=message.edited_at or message.at, text=message.text)])
