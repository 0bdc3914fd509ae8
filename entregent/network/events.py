"""Facts about how members stand to each other; plain numbers are for listeners, not for logs."""

from entregent.kit.events import Event
from entregent.kit.ids import Id


class Connected(Event, tag="members.connected"):
    """Two members are connected."""

    one: int
    other: int


class ConnectionEnded(Event, tag="connection.ended"):
    """The member is no longer connected to that person."""

    id: Id


class Blocked(Event, tag="member.blocked"):
    """A member wants nothing to do with another: neither sees the other from now on."""

    member_id: int
    other_id: int


class Unblocked(Event, tag="member.unblocked"):
    """A member has lifted a block; the other may still have one."""

    member_id: int
    other_id: int


class ContactJoined(Event, tag="contact.joined"):
    """A person known from an archive is a member now, and has proven the address."""

    member_id: int
    contact_id: int
    joined_id: int
