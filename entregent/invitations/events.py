"""What happens to invitations."""

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id
from entregent.kit.people import Card

from .desk import SavedReply
from .model import Box, Invitation
from .runs import Run


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


class InvitationsRefreshed(Event, tag="invitations.refreshed"):
    """So much changed at once that pages and counts are better loaded again."""


class RunProgressed(Event, tag="run.progressed"):
    """How far it is with what is done to many."""

    run: Run


class RepliesChanged(Event, tag="replies.changed"):
    """The member's saved texts are others, or in another order."""

    replies: list[SavedReply]


class InvitationAccepted(Fact):
    """Two members are connected because of it. Its note is the first message of both."""

    invitation_id: int
    sender_id: int
    receiver_id: int
    note: str
    sent_at: int
    template: bool = False  # many were sent nearly the same words


class ManyAccepted(Fact):
    """A member is connected to many because of what they wrote; each is an `InvitationAccepted`.
    `told` when each is told to the member too."""

    accepted: list[InvitationAccepted]
    told: bool


class RunSettled(Fact):
    """What was done to many, or undone, has come to rest; of which its member was told little."""

    member_id: int


class InvitationAnswered(Fact):
    """The receiver wrote back, whether connected by it or not. The note comes before it."""

    invitation_id: int
    sender_id: int
    receiver_id: int
    note: str
    sent_at: int
    text: str
    client_id: str


class InvitationRefused(Fact):
    """After a reply the receiver has refused: the sender can write no more."""

    invitation_id: int
    sender_id: int
    receiver_id: int


class InvitationsReopened(Fact):
    """What a receiver had answered is undone: these wait again, as before."""

    sender_ids: list[int]
    receiver_id: int


class InvitationReported(Fact):
    """The receiver put an invitation before the host: what they saw of it."""

    invitation_id: int
    reporter_id: int
    person_id: int
    reason: str
    note: str
    at: int
    why: str


class ReportTakenBack(Fact):
    """The receiver has undone what they had reported of a sender."""

    reporter_id: int
    person_id: int
