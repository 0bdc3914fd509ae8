"""What happens between members."""

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id


class Connected(Fact):
    """Two members are connected."""

    one: int
    other: int


class ManyConnected(Fact):
    """A member is connected to many others at once; `told` when the member hears of each, else
    of all when whoever connects them has done."""

    member_id: int
    others: list[int]
    told: bool


class TiesChanged(Fact):
    """How a member and these stand to each other is another: they are connected no more, one
    follows the other or no more, or has put the other on another list."""

    member_id: int
    others: list[int]


class ConnectionsRefreshed(Event, tag="connections.refreshed"):
    """So many connections were made or ended at once that the list is better loaded again."""


class FollowChanged(Event, tag="follow.changed"):
    """The member follows that person now, or no more. The other is not told."""

    id: Id
    following: bool


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
