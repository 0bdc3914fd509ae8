"""What a client holds of invitations, and how events change it: pure, and the same in the browser.

`tests/triples` holds what both must agree on.
"""

import msgspec

from entregent.kit.events import Event
from entregent.kit.people import Card

from .events import InvitationReceived, InvitationSent, InvitationSettled
from .model import Invitation


class State(msgspec.Struct, kw_only=True):
    """The invitations that wait at both ends, newest first, and the faces that go with them.

    How far away a person is changes with what others do; it is asked for when shown, and is no
    part of this state.
    """

    received: list[Invitation] = []
    sent: list[Invitation] = []
    cards: list[Card] = []


def face(card: Card) -> Card:
    """A card without what depends on others' connections."""
    return msgspec.structs.replace(card, degree=None, mutuals=None, connected_on=None)


def newest_first(invitation: Invitation) -> tuple[int, int]:
    """The order of both boxes."""
    return (-invitation.at, -int(invitation.id))


def apply(state: State, event: Event) -> State:
    """The state after an event; the browser's `apply` does the same."""
    match event:
        case InvitationReceived():
            return State(
                received=_with(state.received, event.invitation),
                sent=state.sent,
                cards=_facing(state.cards, event.card),
            )
        case InvitationSent():
            return State(
                received=state.received,
                sent=_with(state.sent, event.invitation),
                cards=_facing(state.cards, event.card),
            )
        case InvitationSettled():
            return _pruned(
                State(
                    received=[one for one in state.received if one.id != event.id],
                    sent=[one for one in state.sent if one.id != event.id],
                    cards=state.cards,
                )
            )
    return state


def _with(waiting: list[Invitation], new: Invitation) -> list[Invitation]:
    return sorted([new, *(one for one in waiting if one.id != new.id)], key=newest_first)


def _facing(cards: list[Card], new: Card) -> list[Card]:
    others = [one for one in cards if one.id != new.id]
    return sorted([face(new), *others], key=lambda card: int(card.id))


def _pruned(state: State) -> State:
    people = {one.person_id for one in (*state.received, *state.sent)}
    return msgspec.structs.replace(state, cards=[one for one in state.cards if one.id in people])
