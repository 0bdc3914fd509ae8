"""What a client holds of the row of stories, and how events change it: pure, and the same in the
browser.

`tests/triples` holds what both must agree on.
"""

from collections.abc import Iterable

import msgspec

from entregent.kit.events import Event
from entregent.kit.ids import Id
from entregent.kit.people import Card

from .events import (
    StoriesMuted,
    StoriesSeen,
    StoryGone,
    StoryPublished,
    StorySettingsChanged,
)
from .model import StorySettings, Teller


class State(msgspec.Struct, kw_only=True):
    """The member's own ring and those of others, by id, and how many people have something new.

    How far away a person is, and all that depends on it, is asked for when shown: no part of this.
    """

    me: Id
    own: Teller | None
    tellers: list[Teller]
    unseen: int
    settings: StorySettings


def face(card: Card) -> Card:
    """A card without what depends on others' connections."""
    return msgspec.structs.replace(card, degree=None, mutuals=None, connected_on=None)


def state_of(
    me: int, own: Teller | None, tellers: Iterable[Teller], unseen: int, settings: StorySettings
) -> State:
    """The state as a client makes it of the row."""
    return State(
        me=str(me),
        own=None if own is None else _plain(own),
        tellers=_sorted([_plain(one) for one in tellers]),
        unseen=unseen,
        settings=settings,
    )


def apply(state: State, event: Event) -> State:
    """The state after an event; the browser's `apply` does the same."""
    change = msgspec.structs.replace
    match event:
        case StoryPublished():
            return _put(state, event.teller.card.id, _plain(event.teller))
        case StoryGone():
            left = None if event.teller is None else _plain(event.teller)
            return _put(state, event.author_id, left)
        case StoriesSeen():
            tellers = [
                change(one, seen=event.seen) if one.card.id == event.author_id else one
                for one in state.tellers
            ]
            return change(state, tellers=tellers, unseen=state.unseen + event.unseen)
        case StoriesMuted():
            found = [one for one in state.tellers if one.card.id == event.author_id]
            if not found:
                return state
            return _put(state, event.author_id, change(found[0], muted=event.muted))
        case StorySettingsChanged():
            return change(state, settings=event.settings)
    return state


def _plain(teller: Teller) -> Teller:
    return msgspec.structs.replace(teller, card=face(teller.card))


def _sorted(tellers: Iterable[Teller]) -> list[Teller]:
    return sorted(tellers, key=lambda one: int(one.card.id))


def _new(tellers: Iterable[Teller]) -> int:
    return sum(1 for one in tellers if not one.muted and one.seen < one.frames)


def _put(state: State, author: Id, teller: Teller | None) -> State:
    """Another ring, or none, in the place of somebody's."""
    if author == state.me:
        return msgspec.structs.replace(state, own=teller)
    before = [one for one in state.tellers if one.card.id == author]
    after = [] if teller is None else [teller]
    others = [one for one in state.tellers if one.card.id != author]
    return msgspec.structs.replace(
        state,
        tellers=_sorted([*others, *after]),
        unseen=state.unseen - _new(before) + _new(after),
    )
