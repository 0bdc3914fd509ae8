"""What messaging does about facts from below."""

from entregent.accounts import AccountClosed
from entregent.invitations import (
    InvitationAccepted,
    InvitationAnswered,
    InvitationRefused,
    InvitationsReopened,
    ManyAccepted,
    RunSettled,
)
from entregent.media import MediaSettled
from entregent.network import Blocked, Connected, ManyConnected, Unblocked
from entregent.notifications import Gathering
from entregent.ports.db import Transaction

from .actions import (
    accept_direct,
    close_direct,
    keep_note,
    keep_notes,
    leave_all,
    reopen_direct,
    separate_in_groups,
    show_files,
    show_waiting,
)
from .actions.invited import (
    accept_many,
    answer_invitation,
    forgive,
    refuse_direct,
    reopen_invitations,
)
from .events import InboxRefreshed
from .gathered import gather_unread


def on_blocked(tx: Transaction, event: Blocked) -> None:
    """Nobody can write in the conversation of two who do not want to see each other."""
    close_direct(tx, event.member_id, event.other_id)
    separate_in_groups(tx, event.member_id, event.other_id)


def on_unblocked(tx: Transaction, event: Unblocked) -> None:
    """It opens again unless the other one has a block too."""
    reopen_direct(tx, event.member_id, event.other_id)
    separate_in_groups(tx, event.member_id, event.other_id)


def on_accepted(tx: Transaction, event: InvitationAccepted) -> None:
    """The note of an accepted invitation is the first message of the two."""
    if event.note:
        keep_note(tx, event)


def on_many_accepted(tx: Transaction, event: ManyAccepted) -> None:
    """The same for many at once."""
    noted = [one for one in event.accepted if one.note]
    if noted:
        keep_notes(tx, noted, told=event.told)


def on_run_settled(tx: Transaction, event: RunSettled) -> None:
    """Its member was not told of each conversation that came or went."""
    tx.emit(InboxRefreshed(), to=[event.member_id])


def on_connected(tx: Transaction, event: Connected) -> None:
    """What one had written to the other as a stranger is a request no more."""
    forgive(tx, event.one, event.other)
    accept_direct(tx, event.one, event.other)


def on_many_connected(tx: Transaction, event: ManyConnected) -> None:
    """The same for many at once."""
    accept_many(tx, event.member_id, event.others)


def on_answered(tx: Transaction, event: InvitationAnswered) -> None:
    """What the receiver of an invitation writes is a message."""
    answer_invitation(tx, event)


def on_refused(tx: Transaction, event: InvitationRefused) -> None:
    """Who was refused after a reply can write no more."""
    refuse_direct(tx, event.sender_id, event.receiver_id)


def on_reopened(tx: Transaction, event: InvitationsReopened) -> None:
    """The invitations wait again, as if they had not been answered."""
    reopen_invitations(tx, event.sender_ids, event.receiver_id)


def on_media(tx: Transaction, event: MediaSettled) -> None:
    """Who sees a file in a message is told how it is now."""
    for use in event.uses:
        show_files(tx, use)
        show_waiting(tx, event.member_id, use)


def on_closed(tx: Transaction, event: AccountClosed) -> None:
    """Nobody can write to somebody who has left."""
    leave_all(tx, event.member_id)


LISTENERS = (
    (InvitationAccepted, on_accepted),
    (ManyAccepted, on_many_accepted),
    (RunSettled, on_run_settled),
    (MediaSettled, on_media),
    (Blocked, on_blocked),
    (Unblocked, on_unblocked),
    (Connected, on_connected),
    (ManyConnected, on_many_connected),
    (InvitationAnswered, on_answered),
    (InvitationRefused, on_refused),
    (InvitationsReopened, on_reopened),
    (AccountClosed, on_closed),
    (Gathering, gather_unread),
)
