"""What an invitation is, what may become of it, and how many a member may have out."""

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
Box = Literal["received", "sent", "archive"]
PageBox = Literal["received", "sent", "replied", "held", "archive"]
Group = Literal[
    "all",
    "personal",
    "template",
    "no_note",
    "mutuals",
    "organisation",
    "school",
    "empty_profile",
    "no_photo",
    "mass_inviter",
]
Sort = Literal["date", "oldest", "closeness"]
Verb = Literal[
    "accept",
    "follow",
    "ignore",
    "unknown",
    "report",
    "block",
    "reply",
    "ask",
    "refuse",
    "keep",
    "release",
]
Wrote = Literal["nothing", "personal", "template"]
Mark = Literal["empty_profile", "no_photo", "mass_inviter"]
Same = Literal["organisation", "school"]
Held = Literal["paused", "nobody", "no_shared_connection", "no_email", "said_unknown"]
State = Literal[
    "waiting",
    "accepted",
    "ignored",
    "withdrawn",
    "closed",
    "replied",
    "held",
    "followed",
    "unknown",
    "refused",
    "reported",
    "blocked",
    "arriving",
]

MAX_NOTE = 300
DAY = 86_400_000
WEEK = 7 * DAY

# States of an invitation, each end's own row: whatever the receiver does in silence, the sender's
# stays pending.
(
    PENDING, ACCEPTED, IGNORED, WITHDRAWN, CLOSED, REPLIED, HELD, FOLLOWED, UNKNOWN, REFUSED,
    REPORTED, BLOCKED, ARRIVING,
) = range(13)  # fmt: skip
STATES: tuple[State, ...] = State.__args__  # type: ignore[attr-defined]

# At the receiver's end, as long as the sender still waits.
OPEN = frozenset({PENDING, IGNORED, REPLIED, HELD, FOLLOWED, UNKNOWN, REPORTED, ARRIVING})

NOTHING, PERSONAL, TEMPLATE = range(3)
WROTE: tuple[Wrote, ...] = ("nothing", "personal", "template")
ORGANISATION, SCHOOL = 1, 2  # in `same`
EMPTY, MASS, FACELESS = 1, 2, 4  # in `marks`
NO_RATE = -1

MASS_FROM = 50  # so many sent in a week make a mass inviter
MUTUALS_FROM = 5


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


class About(msgspec.Struct, kw_only=True):
    """What the receiver may know of who asks; the sender never sees it.

    `alike` members were sent almost the same words, `by` this sender alone or several.
    """

    source: Literal["member", "archive"]
    wrote: Wrote
    alike: int
    by: Literal["sender", "others"] | None
    mutuals: int
    same: list[Same]
    marks: list[Mark]
    closeness: int
    state: State
    replied_at: int | None
    held: Held | None


class Invitation(msgspec.Struct, kw_only=True):
    """An invitation that waits, as one of its two ends sees it. `person_id` is the other end."""

    id: Id
    box: Box
    person_id: Id
    reason: Reason
    note: str
    at: int
    expires_at: int
    about: About | None = None


class Allowance(msgspec.Struct, kw_only=True):
    """What a sender has left: never secret. `resets_at` is when the next one comes free;
    `again_days` how long after a withdrawal or a refusal the same person can be asked again."""

    week: int
    left: int
    resets_at: int | None
    pending: int
    pending_most: int
    again_days: int


class GroupCount(msgspec.Struct, kw_only=True):
    """How many of those who wait are in a group, exactly."""

    key: Group
    count: int


class Selection(msgspec.Struct, kw_only=True):
    """All of a group but a few."""

    box: PageBox = "received"
    group: Group = "all"
    mutuals: int = MUTUALS_FROM
    except_: list[Id] = msgspec.field(name="except", default_factory=list)


class Weight(NamedTuple):
    """What is found out about who asks, when the invitation comes."""

    mutuals: int = 0
    same: int = 0
    marks: int = 0
    rate: int = NO_RATE  # percent of what this sender sent that was accepted
    known: bool = False  # the receiver knows the person from an archive

    @property
    def closeness(self) -> int:
        """The order of "closeness": mutual connections first, then places in common."""
        places = (self.same & ORGANISATION != 0) + (self.same & SCHOOL != 0)
        return min(self.mutuals, 1_000) * 10 + places * 40 + self.known * 60


def place(box: PageBox) -> tuple[Box, int]:
    """Where the rows of a page stand: the box and the state."""
    if box == "replied":
        return "received", REPLIED
    if box == "held":
        return "received", HELD
    return box, PENDING


def checked_note(note: str) -> str:
    """The note as we keep it."""
    text = clean(note)
    if len(text) > MAX_NOTE:
        raise Refusal("invitations.note_too_long", field="note", most=MAX_NOTE, length=len(text))
    return text
