"""Events: facts in the past tense, which are also what a member's log and stream carry."""

import msgspec


class Event(msgspec.Struct, tag_field="type", kw_only=True):
    """The base of every event; a subclass sets its `tag`, which is the wire's `type`."""


_encoder = msgspec.json.Encoder()


def encode(event: Event) -> str:
    """The event as it is kept in the log and sent down the stream."""
    return _encoder.encode(event).decode()
