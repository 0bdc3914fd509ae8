"""What notifications do about facts from below."""

from entregent.accounts import AccountClosed, SignedIn
from entregent.network import Blocked
from entregent.ports.db import Transaction

from .actions import forget_member, hide
from .devices import drop_devices
from .model import Detail, Tell, Thing
from .spreading import tell


def on_signed_in(tx: Transaction, event: SignedIn) -> None:
    """Somebody came in by a browser that was not known: the member is to know."""
    if event.known:
        return
    tell(
        tx,
        Tell(
            to=event.member_id,
            kind="security",
            topic=str(event.session_id),
            thing=Thing(kind="session", id=str(event.session_id)),
            detail=Detail(text=event.agent, what=event.address),
        ),
    )


def on_blocked(tx: Transaction, event: Blocked) -> None:
    """Neither hears of the other, nor has heard."""
    for me, other in sorted(((event.member_id, event.other_id), (event.other_id, event.member_id))):
        hide(tx, me, other)


def on_closed(tx: Transaction, event: AccountClosed) -> None:
    """Nobody is there to be told."""
    drop_devices(tx, event.member_id)
    forget_member(tx, event.member_id)


LISTENERS = ((SignedIn, on_signed_in), (Blocked, on_blocked), (AccountClosed, on_closed))
