"""What invitations do about facts from below."""

from entregent.accounts import AccountClosed
from entregent.network import Blocked, Connected, ManyConnected
from entregent.notifications import Gathering
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import ProfileChanged

from .actions import close_all_of, close_among, close_between
from .actions.weighing import anybody_waits
from .gathered import gather_waiting
from .jobnames import Reweigh

SOON = 2_000  # what changes at once is counted once


def on_connected(tx: Transaction, fact: Connected) -> None:
    """Whoever is connected need not be asked any more; mutual connections have changed."""
    close_between(tx, fact.one, fact.other)
    for one in (fact.one, fact.other):
        _weigh_anew(tx, one)


def on_many_connected(tx: Transaction, fact: ManyConnected) -> None:
    """The same for many at once. Where nobody is told yet, all is counted when the run rests."""
    close_among(tx, fact.member_id, fact.others)
    if not fact.told:
        return
    me = fact.member_id
    enqueue(tx, Reweigh(member_id=me), owner=me, at=tx.now + SOON, key="all")
    if len(fact.others) == 1:
        _weigh_anew(tx, fact.others[0])
        return
    job = Reweigh(member_id=me, others=tuple(fact.others))
    enqueue(tx, job, owner=me, at=tx.now + SOON, key=str(fact.others[0]))


def on_profile(tx: Transaction, fact: ProfileChanged) -> None:
    """Whoever is asked may see more of the member, or less."""
    _weigh_anew(tx, fact.member_id)


def _weigh_anew(tx: Transaction, one: int) -> None:
    if anybody_waits(tx, one):
        enqueue(tx, Reweigh(member_id=one), owner=one, at=tx.now + SOON, key="all")


def on_blocked(tx: Transaction, fact: Blocked) -> None:
    """Neither waits for the other any more."""
    close_between(tx, fact.member_id, fact.other_id)


def on_closed(tx: Transaction, fact: AccountClosed) -> None:
    """Nobody waits for somebody who has left."""
    close_all_of(tx, fact.member_id)


LISTENERS = (
    (Connected, on_connected),
    (ManyConnected, on_many_connected),
    (ProfileChanged, on_profile),
    (Blocked, on_blocked),
    (AccountClosed, on_closed),
    (Gathering, gather_waiting),
)
