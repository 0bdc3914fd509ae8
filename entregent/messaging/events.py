"""What happens in messaging, as members' logs carry it."""

import msgspec

from entregent.kit.events import Event
from entregent.kit.ids import Id
from entregent.kit.people import Card

from .model import Message, Row


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


class InboxRefreshed(Event, tag="inbox.refreshed"):
    """So much changed at once (an import) that lists and counts are better loaded again."""
