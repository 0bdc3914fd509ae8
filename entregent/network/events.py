"""What happens between members."""

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id


class Connected(Fact):
    """Two members are connected."""

    one: int
    other: int


class ConnectionEnded(Event, tag="connection.ended"):
    """The member is no longer connected to that person."""

    id: Id


class Blocked(Fact):
    """A member wants nothing to do with another: neither sees the other from now on."""

    member_id: int
    other_id: int


class Unblocked(Fact):
    """A member has lifted a block; the other may still have one."""

    member_id: int
    other_id: int


class ContactJoined(Fact):
    """A person known from an archive is a member now, and has proven the address."""

    member_id: int
    contact_id: int
    joined_id: int
