"""What messaging does about facts from below."""

from entregent.invitations import InvitationAccepted
from entregent.network import Blocked, Unblocked
from entregent.ports.db import Transaction

from .actions import close_direct, keep_note, reopen_direct


def on_blocked(tx: Transaction, event: Blocked) -> None:
    """Nobody can write in the conversation of two who do not want to see each other."""
    close_direct(tx, event.member_id, event.other_id)


def on_unblocked(tx: Transaction, event: Unblocked) -> None:
    """It opens again unless the other one has a block too."""
    reopen_direct(tx, event.member_id, event.other_id)


def on_accepted(tx: Transaction, event: InvitationAccepted) -> None:
    """The note of an accepted invitation is the first message of the two."""
    if event.note:
        keep_note(tx, event)


LISTENERS = (
    (InvitationAccepted, on_accepted),
    (Blocked, on_blocked),
    (Unblocked, on_unblocked),
)
