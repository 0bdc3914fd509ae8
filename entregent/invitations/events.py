"""What happens to invitations."""

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id
from entregent.kit.people import Card

from .model import Box, Invitation


class InvitationReceived(Event, tag="invitation.received"):
    """Somebody asks the member to connect."""

    invitation: Invitation
    card: Card


class InvitationSent(Event, tag="invitation.sent"):
    """The member has asked somebody, perhaps on another device."""

    invitation: Invitation
    card: Card


class InvitationSettled(Event, tag="invitation.settled"):
    """An invitation waits no longer, at this end."""

    id: Id
    box: Box


class InvitationAccepted(Fact):
    """Two members are connected because of it. Its note is the first message of both."""

    invitation_id: int
    sender_id: int
    receiver_id: int
    note: str
    sent_at: int
