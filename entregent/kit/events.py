"""Events: facts in the past tense, which are also what a member's log and stream carry.

A `Fact` is for the listeners of other slices only: it carries plain numbers and never leaves its
transaction.
"""

from typing import Literal

import msgspec

from .ids import Id

Part = Literal[
    "close_circle",
    "highlights",
    "invitation_queue",
    "invitation_rules",
    "invitation_settings",
    "senders",
    "story",
    "tokens",
    "video",
    "webhooks",
    "words",
]


class Event(msgspec.Struct, tag_field="type", kw_only=True):
    """The base of every event; a subclass sets its `tag`, which is the wire's `type`."""


class PartChanged(Event, tag="part.changed"):
    """What few pages show of the member's own has become another: who shows it reads it again.

    `of` says whose, where there is one of it for each person.
    """

    part: Part
    of: Id | None = None


class Passing(msgspec.Struct, tag_field="type", kw_only=True):
    """The base of what is true at one moment only: streamed without a number, kept nowhere."""


class Fact(msgspec.Struct, kw_only=True):
    """The base of every fact that slices tell each other and no member's log carries."""


_encoder = msgspec.json.Encoder()


def encode(event: Event) -> str:
    """The event as it is kept in the log and sent down the stream."""
    return _encoder.encode(event).decode()
