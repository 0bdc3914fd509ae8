"""How a person is shown wherever a name appears."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from .ids import Id


class Photo(msgspec.Struct, kw_only=True):
    """A face: where its small rendition is served, and what stands there until it has come."""

    small: str
    placeholder: str | None


class Card(msgspec.Struct, kw_only=True):
    """A person in brief: a member, somebody's imported contact, or a closed account.

    `degree` is 0 for oneself, 1 connected, 2, 3, or null when out of network or not a member.
    """

    id: Id
    kind: Literal["member", "contact", "gone"]
    name: str
    headline: str = ""
    handle: str | None = None
    degree: int | None = None
    mutuals: int | None = None
    open_to: list[str] = []
    connected_on: int | None = None
    photo: Photo | None = None


class WithPeople(msgspec.Struct, kw_only=True):
    """An answer that speaks of people by id; the edge adds their cards in one query."""

    cards: list[Card] = []

    def people(self) -> Iterable[int]:
        """The ids of everyone this answer speaks of."""
        return ()
