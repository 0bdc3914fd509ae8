"""Values and rules of messaging: views, counts, rows."""

from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Annotated, Any, Literal

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.text import clean, clean_line
from entregent.media import Media

View = Literal["inbox", "archived", "requests", "spam", "promotions", "snoozed", "deleted"]
VIEWS: tuple[View, ...] = ("inbox", "archived", "requests", "spam", "promotions", "snoozed")
NUMBER = {view: number for number, view in enumerate(VIEWS)}
INBOX, ARCHIVED, REQUESTS, SPAM, PROMOTIONS, SNOOZED, DELETED = range(7)
# What was deleted from requests, spam and promotions goes back there when more comes: 7, 8, 9.
VIEW_NAMES: tuple[View, ...] = (*VIEWS, "deleted", "deleted", "deleted", "deleted")
NOTIFY: tuple[Literal["all", "mentions", "none"], ...] = ("all", "mentions", "none")
MUTED = NOTIFY.index("none")
RETURNED: tuple[Literal["snooze", "reminder"] | None, ...] = (None, "snooze", "reminder")
TO_ANSWER, MINE = 1, 2  # whose the last word is; 0 is nobody's

Mark = Literal[
    "read",
    "unread",
    "archived",
    "inbox",
    "spam",
    "star",
    "unstar",
    "snooze",
    "unsnooze",
    "mute",
    "unmute",
    "mentions",
    "label",
    "unlabel",
    "box",
    "delete",
    "remind",
    "unremind",
]

# How the handling of a conversation begins.
UNHANDLED = {
    "box_id": 0,
    "placed": 0,
    "away": 0,
    "starred": 0,
    "word": 0,
    "mentioned": 0,
    "notify": 0,
    "snoozed_until": None,
    "remind_at": None,
    "returned": 0,
    "held": 0,
    "labels": None,
    "cleared_seq": 0,
    "attached": 0,
    "last_media": None,
    "was": 0,
}

Seq = Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)]  # the number of a message

MAX_TITLE = 300  # M1
MOST_FILES = 10  # of one message
SHOWN_PEOPLE = 3


class Counts(msgspec.Struct, kw_only=True):
    """How many conversations stand in each view, exactly; inbox and unread of the personal
    mailbox."""

    inbox: int = 0
    unread: int = 0
    awaiting_me: int = 0
    awaiting_them: int = 0
    snoozed: int = 0
    starred: int = 0
    scheduled: int = 0
    archived: int = 0
    requests: int = 0
    spam: int = 0
    promotions: int = 0
    drafts: int = 0
    all: int = 0


class Attachment(msgspec.Struct, kw_only=True):
    """A file of a message: one that was brought here (`media`), or the name of one that an archive
    spoke of; `url` is null where there is nothing to open (yet, or any more)."""

    name: str
    url: str | None = None
    media: Media | None = None


class Quote(msgspec.Struct, kw_only=True):
    """What a message answers to; the text is empty where that was deleted."""

    seq: int
    author_id: Id | None
    text: str


class Forwarded(msgspec.Struct, kw_only=True):
    """Where a text was said first: by whom and when."""

    author_id: Id | None
    name: str
    at: int


class Reaction(msgspec.Struct, kw_only=True):
    """One emoji under a message, and who put it there, the first of them first."""

    emoji: str
    people: list[Id]


class LinkPreview(msgspec.Struct, kw_only=True):
    """What a page behind a link says of itself."""

    url: str
    title: str
    description: str = ""
    site: str = ""
    image: str | None = None


DoubtReason = Literal["blocked", "lookalike", "letters", "disguised", "address", "credentials"]


class Doubt(msgspec.Struct, kw_only=True):
    """A link to be looked at twice. `at` is the part that names the host, as it was typed and in
    small letters; `host` is where it really leads."""

    at: str
    host: str
    why: DoubtReason


class More(msgspec.Struct, kw_only=True, frozen=True, omit_defaults=True):
    """What only some messages are sent with."""

    quote_seq: Seq | None = None
    mentions: tuple[int, ...] = ()
    forward: tuple[int, int] | None = None  # conversation and number of what is passed on
    media: tuple[int, ...] = ()


NO_MORE = More()


class Message(msgspec.Struct, kw_only=True):
    """A message as its readers see it."""

    id: Id
    conversation_id: Id
    seq: int
    author_id: Id | None
    at: int
    text: str
    client_id: str | None = None
    subject: str | None = None
    attachments: list[Attachment] = []
    kind: Literal["text", "note", "system", "away"] = "text"  # away: said by nobody, by itself
    edited_at: int | None = None
    deleted: bool = False
    quote: Quote | None = None
    forwarded: Forwarded | None = None
    reactions: list[Reaction] = []
    mentions: list[Id] = []
    previews: list[LinkPreview] = []
    doubts: list[Doubt] = []


class Passed(msgspec.Struct):
    """The message to pass on."""

    conversation_id: Id
    seq: Seq


class Scheduled(msgspec.Struct, kw_only=True):
    """A message that waits for its time; `held` only for the seconds in which it can be undone.

    `refusal` is the code of why it could not be sent: then it waits for the member.
    """

    id: Id
    conversation_id: Id
    client_id: str
    text: str
    send_at: int
    held: bool = False
    refusal: str | None = None
    quote_seq: int | None = None
    forward: Passed | None = None  # what it passes on
    media: list[Media] = []


class LastMedia(msgspec.Struct, frozen=True):
    """What the last message of a conversation brought; `duration` (ms) where it is one that
    plays."""

    kind: Literal["picture", "animation", "video", "voice", "audio", "file"]
    count: int
    duration: int | None = None


class Row(msgspec.Struct, kw_only=True):
    """A conversation as it stands in one member's mailbox."""

    id: Id
    kind: Literal["direct", "group"]
    source: Literal["entregent", "linkedin"]
    title: str | None
    people: list[Id]
    size: int
    last_seq: int
    read_seq: int
    last_at: int
    last_author_id: Id | None
    snippet: str
    unread: bool
    view: View
    draft: str | None
    writable: bool
    starred: bool = False
    notify: Literal["all", "mentions", "none"] = "all"
    snoozed_until: int | None = None
    remind_at: int | None = None
    returned: Literal["snooze", "reminder"] | None = None
    awaiting: Literal["me", "them"] | None = None
    mentioned: bool = False
    labels: list[Id] = []
    box: Id | None = None
    sort_at: int = 0
    held: Literal["pitch"] | None = None  # why it is a request though the two are connected
    last_media: LastMedia | None = None


def state_of(row: Any) -> int:
    """All that counts go by in one small number, as the mailbox keeps what was before."""
    number: int = (
        row.view
        + 16 * row.unread
        + 32 * (row.draft is not None)
        + 64 * row.starred
        + 128 * row.word
        + 512 * row.writable
    )
    return number


def awaiting(view: int, word: int, writable: int) -> Literal["me", "them"] | None:
    """Whose answer a conversation waits for; nobody's where nobody can write."""
    if not writable:
        return None
    if word == TO_ANSWER and view == INBOX:
        return "me"
    return "them" if word == MINE and view in (INBOX, ARCHIVED, SNOOZED) else None


def _counted(number: int, boxed: bool) -> Iterator[str]:
    """The counts that have a conversation of this state; `.` stands for its mailbox."""
    view = number & 15
    if view >= DELETED:
        return
    yield "." if boxed and view == INBOX else VIEWS[view]
    yield "all"
    if number & 16 and view == INBOX:
        yield ".unread" if boxed else "unread"
    if number & 32:
        yield "drafts"
    if number & 64:
        yield "starred"
    whose = awaiting(view, number >> 7 & 3, number >> 9 & 1)
    if whose:
        yield f"awaiting_{whose}"


@lru_cache(maxsize=8192)
def _difference(was: int | None, now: int | None, boxed: bool) -> dict[str, int]:
    change: dict[str, int] = {}
    for number, sign in ((was, -1), (now, 1)):
        if number is not None:
            for name in _counted(number, boxed):
                change[name] = change.get(name, 0) + sign
    return {name: by for name, by in change.items() if by}


def delta(
    was: int | None, now: int | None, box: int = 0, labels: Iterable[str] = ()
) -> dict[str, int]:
    """What the counts of a member change by when a conversation goes from one state to another.

    Both are numbers of `state_of`; None is a conversation that is not in the mailbox. Mailbox and
    labels are those before and after; where they change, that is told as going and coming.
    """
    change = _difference(was, now, box > 0)
    if not box and not labels:
        return dict(change)  # which is nearly always
    if box:
        change = {
            f"box.{box}{name.removeprefix('.') and name}" if name[0] == "." else name: by
            for name, by in change.items()
        }
    by = (now is not None and now & 15 == INBOX) - (was is not None and was & 15 == INBOX)
    return {**change, **{f"label.{label}": by for label in labels if by}}


def checked_text(text: str, most: int, *, empty: bool = False) -> str:
    """A message's text as it is kept; refuses an empty one (unless it has files) or too long
    one."""
    kept = clean(text)
    if not kept and not empty:
        raise Refusal("messaging.empty", field="text")
    if len(kept) > most:
        raise Refusal("messaging.too_long", field="text", most=most, length=len(kept))
    return kept


def checked_title(title: str | None) -> str | None:
    """A group's title as it is kept."""
    kept = clean_line(title or "")
    if len(kept) > MAX_TITLE:
        raise Refusal("messaging.title_too_long", field="title", most=MAX_TITLE)
    return kept or None


def shown(people: Iterable[int]) -> list[int]:
    """The people whose faces stand for a conversation in a list."""
    return sorted(people)[:SHOWN_PEOPLE]
