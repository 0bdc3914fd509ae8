"""What happens in messaging, as members' logs carry it."""

import msgspec

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id
from entregent.kit.people import Card

from .away import Absence
from .desk import Bulk, Desk
from .model import Message, Row, Scheduled
from .routing import RoutingRule


class MessageSent(Event, tag="message.sent"):
    """A message came, or was sent from another of the member's own pages."""

    message: Message
    row: Row
    delta: dict[str, int]
    cards: list[Card] = msgspec.field(default_factory=list)


class ConversationChanged(Event, tag="conversation.changed"):
    """A conversation is new to the member, or was read, marked, moved, drafted in or renamed."""

    row: Row
    delta: dict[str, int]
    cards: list[Card] = msgspec.field(default_factory=list)


class ConversationRemoved(Event, tag="conversation.removed"):
    """A conversation is no longer in the member's mailbox."""

    id: Id
    delta: dict[str, int]


class MessageChanged(Event, tag="message.changed"):
    """A message was edited or deleted, somebody reacted, or the preview of its link has come."""

    message: Message


class MessageHidden(Event, tag="message.hidden"):
    """The member has deleted a message for themselves."""

    conversation_id: Id
    seq: int


class ScheduledChanged(Event, tag="scheduled.changed"):
    """A message of the member's waits for its time, or could not be sent."""

    scheduled: Scheduled
    delta: dict[str, int]


class ScheduledRemoved(Event, tag="scheduled.removed"):
    """A message waits no more: it was sent, or taken back."""

    id: Id
    delta: dict[str, int]


class ReceiptChanged(Event, tag="receipt.changed"):
    """Somebody has been given, or has read, what the member wrote up to these numbers."""

    conversation_id: Id
    person_id: Id
    delivered_seq: int
    read_seq: int


class DeskChanged(Event, tag="desk.changed"):
    """Labels, mailboxes or saved filters were made, changed or taken away."""

    desk: Desk


class RoutingChanged(Event, tag="routing.changed"):
    """The rules are others that sort what comes."""

    rules: list[RoutingRule]


class AbsenceChanged(Event, tag="absence.changed"):
    """When the member is away; null where they are not."""

    absence: Absence | None


class BulkProgressed(Event, tag="bulk.progressed"):
    """What is done to many conversations got further; the counts changed by `delta`."""

    bulk: Bulk
    delta: dict[str, int]


class InboxRefreshed(Event, tag="inbox.refreshed"):
    """So much changed at once (an import) that lists and counts are better loaded again."""


class GroupChanged(Fact):
    """Somebody has come into a group, or gone out of it."""

    conversation_id: int
    member_id: int


class MessageReported(Fact):
    """A member put a message, or a whole conversation, before the host: what they saw of it."""

    reporter_id: int
    person_id: int | None  # whom it is about, where that is one person
    conversation_id: int
    seq: int | None
    title: str
    seen: list[Message]
    reason: str
    note: str
