"""Being away: until when, what is said meanwhile and to whom. Wire types, and the rules (M11)."""

from typing import Annotated, Literal

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.text import clean

Audience = Literal["connections", "everyone"]
Moment = Annotated[int, msgspec.Meta(ge=0, le=8_640_000_000_000_000)]

MAX_AWAY_TEXT = 2_000
LONGEST = 366 * 86_400_000


class Absence(msgspec.Struct, kw_only=True):
    """From when until when somebody is away, and what is said to those who write."""

    id: Id
    since: int
    until: int
    text: str
    audience: Audience


class AbsenceNow(msgspec.Struct):
    """The absence that is on or to come, and how many people were answered in it."""

    absence: Absence | None
    answered: int


def checked(text: str, since: int, until: int, now: int) -> str:
    """The text as it is kept; refuses an empty one, and dates that make no sense."""
    kept = clean(text)
    if not kept:
        raise Refusal("messaging.away_says_nothing", field="text")
    if len(kept) > MAX_AWAY_TEXT:
        raise Refusal("messaging.too_long", field="text", most=MAX_AWAY_TEXT, length=len(kept))
    if not max(now, since) < until <= since + LONGEST:
        raise Refusal("messaging.away_ends_first", field="until")
    return kept
