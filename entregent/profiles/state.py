"""What a client holds of itself and its connections, and how events change it.

Pure, and the same in the browser: `tests/triples` holds what both must agree on.
"""

import msgspec

from entregent.kit.events import Event
from entregent.kit.people import Card
from entregent.network import ConnectionEnded

from .events import CardChanged, ConnectionMade, MeChanged
from .model import Me


class State(msgspec.Struct, kw_only=True):
    """Who I am, and my connections, newest first."""

    me: Me
    connections: list[Card] = []


def newest_first(card: Card) -> tuple[int, int]:
    """The order of connections."""
    return (-(card.connected_on or 0), -int(card.id))


def apply(state: State, event: Event) -> State:
    """The state after an event."""
    match event:
        case MeChanged():
            return msgspec.structs.replace(state, me=event.me)
        case ConnectionMade():
            others = [card for card in state.connections if card.id != event.card.id]
            return msgspec.structs.replace(
                state, connections=sorted([event.card, *others], key=newest_first)
            )
        case ConnectionEnded():
            left = [card for card in state.connections if card.id != event.id]
            return msgspec.structs.replace(state, connections=left)
        case CardChanged():
            return msgspec.structs.replace(
                state,
                connections=[
                    event.card if card.id == event.card.id else card for card in state.connections
                ],
            )
    return state
