"""Conversations as an archive has them: what an import brings, and what an export takes."""

from collections.abc import Iterable
from typing import Any, NamedTuple

import msgspec

from entregent.kit.ids import Id

from .markup import glimpse, listed

OWN_KEY = "entregent-"  # how an export names what was said here


class ImportedPerson(NamedTuple):
    """Somebody else in a conversation: a contact of the member's, or only a name; None where the
    archive does not tell who it was."""

    name: str | None
    contact_id: int | None = None


class ImportedFile(NamedTuple):
    """A file that a message had; the archive says where it was, not what was in it."""

    name: str
    source: str


class ImportedMessage(NamedTuple):
    """A message. `key` is the same in every archive that has it, `author` counts the people of the
    conversation; None is the member."""

    key: str
    author: int | None
    at: int
    text: str
    subject: str | None = None
    files: tuple[ImportedFile, ...] = ()
    note: bool = False


class ImportedDraft(NamedTuple):
    """Something written and not sent."""

    key: str
    at: int
    text: str


class ImportedConversation(NamedTuple):
    """A conversation or a part of one, oldest message first. `size` counts the member too;
    `settled` says that nothing is to be learnt about what is here already."""

    key: str
    title: str | None
    people: tuple[ImportedPerson, ...]
    size: int
    view: int
    at: int
    messages: list[ImportedMessage]
    drafts: list[ImportedDraft]
    unread: bool = False
    settled: bool = False


class Kept(NamedTuple):
    """What a batch came to: how much was new, and how many messages were there already."""

    conversations: int = 0
    messages: int = 0
    drafts: int = 0
    enriched: int = 0
    held: int = 0
    notes: int = 0  # of the messages, those that were notes of invitations

    def __add__(self, other: tuple[Any, ...]) -> "Kept":
        return Kept(*(a + b for a, b in zip(self, other, strict=True)))


class ExportedConversation(NamedTuple):
    """A conversation as it leaves: its mailbox row and place, everyone who is or was in it, and
    the messages that the member may read, oldest first."""

    key: str
    row: Any
    people: list[Any]
    messages: list[Any]


class StoredFile(msgspec.Struct, kw_only=True, omit_defaults=True):
    """An attachment as it is kept: the id of what was brought here, or where it was when the
    archive was made."""

    name: str
    url: str | None = None
    source: str = ""
    media_id: Id | None = None


def encoded(files: Iterable[ImportedFile]) -> str | None:
    """The attachments of a message as they are kept."""
    kept = [StoredFile(name=file.name, url=None, source=file.source) for file in files]
    return msgspec.json.encode(kept).decode() if kept else None


def stored(text: str | None) -> list[StoredFile]:
    """The attachments of a kept message."""
    return msgspec.json.decode(text, type=list[StoredFile]) if text else []


def archive_key(conversation_id: int, source_key: str | None) -> str:
    """How an export names a conversation: as the archive did that it came from."""
    return source_key or f"{OWN_KEY}{conversation_id}"


def own_id(key: str) -> int:
    """The conversation that a key of ours names; 0 for any other key."""
    number = key.removeprefix(OWN_KEY)
    known = key.startswith(OWN_KEY) and number.isascii() and number.isdigit() and len(number) < 20
    return int(number) if known else 0


def with_names(text: str, files: str | None) -> str:
    """A text with the names of its files, as a search finds it."""
    return " ".join([text, *(file.name for file in stored(files))]) if files else text


def preview(text: str, files: str | None) -> str:
    """How a message stands in a list."""
    return glimpse(text) or listed(file.name for file in stored(files))
