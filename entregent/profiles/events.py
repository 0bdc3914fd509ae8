"""What happens to profiles and cards, as members' logs carry it."""

from entregent.kit.events import Event, Fact
from entregent.kit.people import Card

from .model import Me


class ProfileChanged(Fact):
    """What the member shows of themselves, or to whom, has changed."""

    member_id: int


class MeChanged(Event, tag="me.changed"):
    """The member's own name, settings or address changed, perhaps on another device."""

    me: Me


class ConnectionMade(Event, tag="connection.made"):
    """The member is connected to somebody."""

    card: Card


class CardChanged(Event, tag="card.changed"):
    """Somebody looks different now: another name, another headline, joined, or gone."""

    card: Card
