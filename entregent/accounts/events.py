"""Facts about accounts. Those that carry plain numbers are for listeners and reach no log."""

from entregent.kit.events import Event
from entregent.kit.ids import Id


class MemberJoined(Event, tag="member.joined"):
    """Somebody has an account now."""

    member_id: int
    name: str


class AccountChanged(Event, tag="account.changed"):
    """What the member's own pages show of the account has changed."""

    member_id: int


class MemberRenamed(Event, tag="member.renamed"):
    """The member goes by another name."""

    member_id: int
    name: str


class EmailVerified(Event, tag="email.verified"):
    """The member has shown that the address is theirs; `email` is the folded form."""

    member_id: int
    email: str


class AccountClosed(Event, tag="account.closed"):
    """The member has left for good; `email` is the folded address they had."""

    member_id: int
    email: str


class SessionEnded(Event, tag="session.ended"):
    """One of the member's sessions was ended."""

    id: Id
