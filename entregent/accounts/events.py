"""What happens to accounts."""

from entregent.kit.events import Event, Fact
from entregent.kit.ids import Id


class MemberJoined(Fact):
    """Somebody has an account now."""

    member_id: int
    name: str


class AccountChanged(Fact):
    """What the member's own pages show of the account has changed."""

    member_id: int


class MemberRenamed(Fact):
    """The member goes by another name."""

    member_id: int
    name: str


class EmailVerified(Fact):
    """The member has shown that the address is theirs; `email` is the folded form."""

    member_id: int
    email: str


class AccountClosing(Fact):
    """The member is leaving for good: how they stand to others still holds, so that these can be
    told."""

    member_id: int


class AccountClosed(Fact):
    """The member has left for good; `email` is the folded address they had."""

    member_id: int
    email: str


class SignedIn(Fact):
    """Somebody came in with the member's password; `known` if by a browser and from an address
    that a session of theirs has."""

    member_id: int
    session_id: int
    address: str
    agent: str
    known: bool


class SessionEnded(Event, tag="session.ended"):
    """One of the member's sessions was ended."""

    id: Id
