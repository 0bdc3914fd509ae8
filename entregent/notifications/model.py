"""Values and rules of notifications: kinds, ways, quiet hours."""

from datetime import UTC, datetime, timedelta
from typing import Annotated, Literal, NamedTuple
from zoneinfo import ZoneInfo

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id

# What the bell tells, and after the bar what has a count of its own and takes the other ways only.
BellKind = Literal[
    "mention", "reaction", "video_reply", "accepted", "returned", "group", "security", "import",
    "house",
]  # fmt: skip
Kind = Literal[
    "mention", "reaction", "video_reply", "accepted", "returned", "group", "security", "import",
    "house", "message", "invitation",
]  # fmt: skip
KINDS: tuple[Kind, ...] = (
    "message", "mention", "reaction", "video_reply", "invitation", "accepted", "returned", "group",
    "security", "import", "house",
)  # fmt: skip
BELL: frozenset[Kind] = frozenset(KINDS) - {"message", "invitation"}

SHOWN_PEOPLE = 3
MAX_DETAIL = 300
KEPT_DAYS = 180
DAY_MINUTES = 1_440
MAX_ZONE = 64

Minute = Annotated[int, msgspec.Meta(ge=0, lt=DAY_MINUTES)]
Weekday = Annotated[int, msgspec.Meta(ge=0, le=6)]  # 0 is Monday


class Detail(msgspec.Struct, kw_only=True):
    """What a notice says beyond who and what; which of it is set depends on the kind."""

    text: str = ""  # an excerpt, a group's title, a file's name, a browser
    emoji: str = ""
    # story; snooze, reminder, countdown; added, removed, renamed, role; done, refused; a verdict
    what: str = ""


class Thing(msgspec.Struct, kw_only=True):
    """What a notice is about, and where its click leads; `of` is whose it is, of a video or a
    story."""

    kind: Literal[
        "conversation", "message", "person", "import", "session", "decision", "video", "story"
    ]
    id: Id
    seq: int | None = None
    of: Id | None = None


class Notice(msgspec.Struct, kw_only=True):
    """A line behind the bell: one kind of news of one thing, with everyone behind it.

    `count` is the number of people, of whom `people` names the latest; none where the house speaks.
    """

    id: Id
    kind: BellKind
    people: list[Id]
    count: int
    thing: Thing | None
    detail: Detail
    at: int
    seen: bool
    read: bool


class Ways(msgspec.Struct, kw_only=True):
    """Which ways one kind of news takes."""

    bell: bool = True
    push: bool = True
    mail: bool = False


class Quiet(msgspec.Struct, kw_only=True):
    """Hours of the member's own clock in which nothing makes itself heard.

    From `start` to `end`, past midnight where the end is earlier, on nights that begin on `days`.
    """

    on: bool = False
    start: Minute = 22 * 60
    end: Minute = 7 * 60
    days: Annotated[list[Weekday], msgspec.Meta(max_length=7)] = msgspec.field(
        default_factory=lambda: list(range(7))
    )


class Sound(msgspec.Struct, kw_only=True):
    """The sound that a message makes in an open page."""

    on: bool = False
    volume: Annotated[int, msgspec.Meta(ge=0, le=100)] = 50


class Digest(msgspec.Struct, kw_only=True):
    """The letter that says what waits: how often, at which hour of the member's own clock, and
    whether it may hold what was said. `day` is for the weekly one."""

    rhythm: Literal["off", "daily", "weekly"] = "off"
    hour: Annotated[int, msgspec.Meta(ge=0, le=23)] = 8
    day: Weekday = 0
    texts: bool = False


class NoticeSettings(msgspec.Struct, kw_only=True):
    """Everything a member chooses about being told. `zone` is an IANA time zone."""

    ways: dict[Kind, Ways] = {}
    quiet: Quiet = msgspec.field(default_factory=Quiet)
    sound: Sound = msgspec.field(default_factory=Sound)
    digest: Digest = msgspec.field(default_factory=Digest)
    show_text: bool = True
    zone: str = "UTC"

    def of(self, kind: Kind) -> Ways:
        """The ways of a kind."""
        return self.ways[kind]


class SettingsChange(msgspec.Struct, kw_only=True):
    """What a member changes about being told; what is left out stays."""

    ways: dict[Kind, Ways] | None = None
    quiet: Quiet | None = None
    sound: Sound | None = None
    digest: Digest | None = None
    show_text: bool | None = None
    zone: Annotated[str, msgspec.Meta(max_length=MAX_ZONE)] | None = None


class WaitingLine(NamedTuple):
    """A line of a digest: who or what waits, what was said last, and where it is."""

    name: str
    text: str = ""
    url: str = ""
    mentioned: bool = False


class Waits(NamedTuple):
    """What of one kind waits: how much of it, the newest of it, and since when there is that."""

    kind: Literal["conversations", "invitations", "news"]
    number: int
    lines: list[WaitingLine]
    newest_at: int


class Pushed(msgspec.Struct, kw_only=True):
    """What a device shows. One with the same tag takes the other's place."""

    title: str
    body: str
    tag: str
    url: str
    at: int
    language: str = "en"


class Tell(NamedTuple):
    """News for one member. `topic` is what gathers: news of one kind and topic is one notice."""

    to: int
    kind: Kind
    topic: str
    thing: Thing | None = None
    person_id: int | None = None
    detail: Detail | None = None


_AT_FIRST: dict[Kind, tuple[bool, bool, bool]] = {
    "message": (False, True, True),
    "mention": (True, True, True),
    "reaction": (True, False, False),
    "video_reply": (True, True, False),
    "invitation": (False, True, True),
    "accepted": (True, True, False),
    "returned": (True, True, False),
    "group": (True, False, False),
    "security": (True, True, True),
    "import": (True, True, False),
    "house": (True, True, False),
}


def complete(chosen: NoticeSettings) -> NoticeSettings:
    """With what the member has not chosen as it is at first."""
    ways = {
        kind: chosen.ways.get(kind) or Ways(bell=bell, push=push, mail=mail)
        for kind, (bell, push, mail) in _AT_FIRST.items()
    }
    for kind, one in ways.items():
        one.bell = one.bell and kind in BELL
    return msgspec.structs.replace(chosen, ways=ways)


def changed(mine: NoticeSettings, change: SettingsChange) -> NoticeSettings:
    """The settings with a change."""
    if change.zone is not None:
        zone_of(change.zone)
    given = {
        name: value
        for name, value in msgspec.structs.asdict(change).items()
        if value is not None and name in mine.__struct_fields__
    }
    if change.ways is not None:
        given["ways"] = {**mine.ways, **change.ways}
    return complete(msgspec.structs.replace(mine, **given))


def zone_of(name: str) -> ZoneInfo:
    """The time zone of that name."""
    try:
        return ZoneInfo(name)
    except (ValueError, OSError, LookupError):
        raise Refusal("notifications.unknown_zone", field="zone") from None


def local(now: int, zone: str) -> datetime:
    """A moment on the clock of a zone; of a zone that is no more, in UTC."""
    moment = datetime.fromtimestamp(now / 1_000, UTC)
    try:
        return moment.astimezone(zone_of(zone))
    except Refusal:
        return moment


def is_quiet(chosen: NoticeSettings, now: int) -> bool:
    """Whether the member's quiet hours last at a moment."""
    quiet = chosen.quiet
    if not quiet.on or quiet.start == quiet.end:
        return False
    here = local(now, chosen.zone)
    minute, day = here.hour * 60 + here.minute, here.weekday()
    if quiet.start < quiet.end:
        return quiet.start <= minute < quiet.end and day in quiet.days
    if minute >= quiet.start:
        return day in quiet.days
    return minute < quiet.end and (day - 1) % 7 in quiet.days


def next_digest(chosen: NoticeSettings, after: int) -> int | None:
    """When the next digest is due; one that fell into quiet hours waits for their end."""
    digest = chosen.digest
    if digest.rhythm == "off":
        return None
    here = local(after, chosen.zone)
    for days in range(9):
        day = (here + timedelta(days=days)).date()
        if digest.rhythm == "weekly" and day.weekday() != digest.day:
            continue
        clock = datetime(day.year, day.month, day.day, digest.hour, tzinfo=here.tzinfo)
        at = int(clock.timestamp() * 1_000)
        if at > after:
            return _after_quiet(chosen, at)
    return None


def _after_quiet(chosen: NoticeSettings, at: int) -> int:
    for minute in range(0, DAY_MINUTES + 1, 5):
        later = at + minute * 60_000
        if not is_quiet(chosen, later):
            return later
    return at


def cut(detail: Detail | None) -> Detail:
    """A detail short enough to be kept with every notice."""
    if detail is None:
        return Detail()
    if len(detail.text) <= MAX_DETAIL:
        return detail
    return msgspec.structs.replace(detail, text=detail.text[: MAX_DETAIL - 1].rstrip() + "…")
