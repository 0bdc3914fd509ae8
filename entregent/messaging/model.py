"""Values and rules of messaging: views, counts, rows."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Annotated, Literal

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.text import clean, clean_line

View = Literal["inbox", "archived", "requests", "spam", "promotions"]
VIEWS: tuple[View, ...] = ("inbox", "archived", "requests", "spam", "promotions")
NUMBER = {view: number for number, view in enumerate(VIEWS)}
INBOX, ARCHIVED, REQUESTS, SPAM, PROMOTIONS = range(5)

Mark = Literal["read", "unread", "archived", "inbox", "spam"]

Seq = Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)]  # the number of a message

MAX_TITLE = 300  # M1
SHOWN_PEOPLE = 3


class Counts(msgspec.Struct, kw_only=True):
    """How many conversations stand in each view, exactly."""

    inbox: int = 0
    unread: int = 0
    archived: int = 0
    requests: int = 0
    spam: int = 0
    promotions: int = 0
    drafts: int = 0
    all: int = 0


class Attachment(msgspec.Struct, kw_only=True):
    """A file of a message; `url` is null when the archive it came from did not hold the file."""

    name: str
    url: str | None = None


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
    kind: Literal["text", "note", "system"] = "text"


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


def state_number(view: int, unread: bool, draft: bool) -> int:
    """View, unread and draft in one small number, as the mailbox keeps what was before."""
    return view + 16 * unread + 32 * draft


@lru_cache(maxsize=1024)  # there are fewer than a hundred states
def _difference(was: int | None, now: int | None) -> dict[str, int]:
    change: dict[str, int] = {}
    for number, sign in ((was, -1), (now, 1)):
        if number is None:
            continue
        view = number & 15
        for name, counts in (
            (VIEWS[view], True),
            ("unread", view == INBOX and bool(number & 16)),
            ("drafts", bool(number & 32)),
            ("all", True),
        ):
            if counts:
                change[name] = change.get(name, 0) + sign
    return {name: by for name, by in change.items() if by}


def delta(was: int | None, now: int | None) -> dict[str, int]:
    """What the counts of a member change by when a conversation goes from one state to another.

    Both are `state_number`s; None is a conversation that is not in the mailbox.
    """
    return _difference(was, now).copy()


def checked_text(text: str, most: int) -> str:
    """A message's text as it is kept; refuses an empty or too long one."""
    kept = clean(text)
    if not kept:
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
