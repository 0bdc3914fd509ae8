"""What the network does about facts from accounts."""

from entregent.accounts import AccountClosed, EmailVerified, MemberRenamed
from entregent.ports.db import Transaction

from . import queries
from .actions import circle
from .contacts import part, recognise
from .events import Blocked, ConnectionEnded
from .following import forget_following, unfollow
from .model import name_key


def on_verified(tx: Transaction, event: EmailVerified) -> None:
    """People known by this address turn into the member."""
    recognise(tx, event.member_id, event.email)


def on_renamed(tx: Transaction, event: MemberRenamed) -> None:
    """Connections find the member by the new name."""
    tx.run(queries.RENAME_IN_CONNECTIONS, renamed=event.member_id, name_key=name_key(event.name))


def on_closed(tx: Transaction, event: AccountClosed) -> None:
    """The member is out of everybody's connections."""
    gone = ConnectionEnded(id=str(event.member_id))
    tx.emit(gone, to=circle(tx, event.member_id))
    tx.run(queries.DROP_CONNECTIONS_TO, me=event.member_id)
    tx.run(queries.DROP_ALL_CONNECTIONS, me=event.member_id)
    forget_following(tx, event.member_id)
    part(tx, event.email)


def on_blocked(tx: Transaction, event: Blocked) -> None:
    """Nobody follows whom they do not see."""
    unfollow(tx, event.member_id, event.other_id)
    unfollow(tx, event.other_id, event.member_id)


LISTENERS = (
    (EmailVerified, on_verified),
    (MemberRenamed, on_renamed),
    (AccountClosed, on_closed),
    (Blocked, on_blocked),
)
