"""What an invitation is, and how many a member may have out."""

from typing import Literal, NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.settings import Settings
from entregent.kit.text import clean

Reason = Literal[
    "worked_together",
    "studied_together",
    "met_at_event",
    "same_profession",
    "customer_or_supplier",
    "other",
]
Box = Literal["received", "sent"]

MAX_NOTE = 300
DAY = 86_400_000
WEEK = 7 * DAY

# States of an invitation, each end's own row: the sender's stays pending when it is ignored.
PENDING, ACCEPTED, IGNORED, WITHDRAWN, CLOSED = range(5)


class Rules(NamedTuple):
    """A host's numbers."""

    per_week: int = 100
    pending: int = 1_500
    days: int = 180
    again_days: int = 21
    connections: int = 30_000

    @classmethod
    def of(cls, settings: Settings) -> "Rules":
        """As the host has set them."""
        return cls(
            settings.invitations_per_week,
            settings.invitations_pending,
            settings.invitation_days,
            settings.invite_again_days,
            settings.max_connections,
        )


class Invitation(msgspec.Struct, kw_only=True):
    """An invitation that waits, as one of its two ends sees it. `person_id` is the other end."""

    id: Id
    box: Box
    person_id: Id
    reason: Reason
    note: str
    at: int
    expires_at: int


class Allowance(msgspec.Struct, kw_only=True):
    """What a sender has left: never secret. `resets_at` is when the next one comes free."""

    week: int
    left: int
    resets_at: int | None
    pending: int
    pending_most: int


def checked_note(note: str) -> str:
    """The note as we keep it."""
    text = clean(note)
    if len(text) > MAX_NOTE:
        raise Refusal("invitations.note_too_long", field="note", most=MAX_NOTE, length=len(text))
    return text
