"""What profiles do about facts from accounts and from the network."""

from entregent.accounts import AccountChanged, AccountClosed, MemberJoined, MemberRenamed
from entregent.media import MediaSettled
from entregent.network import (
    Blocked,
    Connected,
    ContactJoined,
    ManyConnected,
    Unblocked,
)
from entregent.ports.db import Transaction

from .actions import drop_profile, make_profile, me, set_name, tell_face
from .events import CardChanged, ConnectionMade, MeChanged
from .faces import card, cards, just_met
from .model import PICTURES, listed
from .pictures import follow_picture


def on_joined(tx: Transaction, fact: MemberJoined) -> None:
    """A newcomer has a profile."""
    make_profile(tx, fact.member_id, fact.name)


def on_changed(tx: Transaction, fact: AccountChanged) -> None:
    """The member's other pages show the account as it is now."""
    tx.emit(MeChanged(me=me(tx, fact.member_id)), to=[fact.member_id])


def on_renamed(tx: Transaction, fact: MemberRenamed) -> None:
    """The profile goes by the new name."""
    set_name(tx, fact.member_id, fact.name)
    tell_face(tx, fact.member_id)


def on_closed(tx: Transaction, fact: AccountClosed) -> None:
    """Nothing of the profile stays."""
    drop_profile(tx, fact.member_id)


def on_connected(tx: Transaction, fact: Connected) -> None:
    """Both see each other among their connections."""
    for one, other in ((fact.one, fact.other), (fact.other, fact.one)):
        tx.emit(ConnectionMade(card=listed(card(tx, one, other))), to=[one])


def on_many_connected(tx: Transaction, fact: ManyConnected) -> None:
    """The same for many at once: to all of them the member looks alike."""
    me_, others = fact.member_id, fact.others
    if fact.told:
        for seen in cards(tx, me_, others):
            tx.emit(ConnectionMade(card=listed(seen)), to=[me_])
    tx.emit(ConnectionMade(card=just_met(tx, me_)), to=sorted(others))


def on_blocked(tx: Transaction, fact: Blocked | Unblocked) -> None:
    """Both see each other no more, or again, at once."""
    for one, other in ((fact.member_id, fact.other_id), (fact.other_id, fact.member_id)):
        tx.emit(CardChanged(card=card(tx, one, other)), to=[one])


def on_contact_joined(tx: Transaction, fact: ContactJoined) -> None:
    """Whom the member knew from an archive has a profile now."""
    tx.emit(CardChanged(card=card(tx, fact.member_id, fact.contact_id)), to=[fact.member_id])


def on_settled(tx: Transaction, fact: MediaSettled) -> None:
    """A photo or cover has changed or is no more."""
    for use in fact.uses:
        if use.kind in PICTURES:
            follow_picture(tx, use)


LISTENERS = (
    (MediaSettled, on_settled),
    (MemberJoined, on_joined),
    (AccountChanged, on_changed),
    (MemberRenamed, on_renamed),
    (AccountClosed, on_closed),
    (Connected, on_connected),
    (ManyConnected, on_many_connected),
    (Blocked, on_blocked),
    (Unblocked, on_blocked),
    (ContactJoined, on_contact_joined),
)
