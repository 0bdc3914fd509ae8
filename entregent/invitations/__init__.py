"""Invitations: asking to connect, and answering or not.

Each end has its own row, so that what the receiver does in silence stays silent. The note of an
accepted invitation goes up as a fact (`InvitationAccepted`) and becomes a message there.
"""

from .actions import accept, expire, ignore, invite, waiting, withdraw
from .actions.deciding import (
    ImportedInvitation,
    Sorted,
    forget_archive,
    keep_archive,
    sort_archive,
)
from .actions.filling import Filled, fill_invitations
from .actions.running import values_for
from .desk import filled
from .events import (
    InvitationAccepted,
    InvitationAnswered,
    InvitationReceived,
    InvitationRefused,
    InvitationReported,
    InvitationSent,
    InvitationSettled,
    InvitationsReopened,
    ManyAccepted,
    ReportTakenBack,
    RunSettled,
)
from .model import Invitation, Reason, Rules
from .reading import refused_between
from .wording import is_new_wording

__all__ = [
    "Filled",
    "ImportedInvitation",
    "Invitation",
    "InvitationAccepted",
    "InvitationAnswered",
    "InvitationReceived",
    "InvitationRefused",
    "InvitationReported",
    "InvitationSent",
    "InvitationSettled",
    "InvitationsReopened",
    "ManyAccepted",
    "Reason",
    "ReportTakenBack",
    "Rules",
    "RunSettled",
    "Sorted",
    "accept",
    "expire",
    "fill_invitations",
    "filled",
    "forget_archive",
    "ignore",
    "invite",
    "is_new_wording",
    "keep_archive",
    "refused_between",
    "sort_archive",
    "values_for",
    "waiting",
    "withdraw",
]
