"""What our own exports carry beside LinkedIn's columns, so that nothing is lost on the way back.

`x_entregent.json` says whose export it is. `x_messages.json` has one line for each row of
messages.csv, in the same order, with what a row cannot hold; `x_conversations.json` has one line
for each conversation. Both are JSON arrays, and both can be read line by line. `x_stories.json` and
`x_videos.json` are for the member's own use: what stands there is not told again.
"""

from collections.abc import Iterator
from typing import TypeVar

import msgspec
from msgspec.structs import replace

from .decode import Text
from .limits import Limits
from .model import Conversation, Message, Place, Who

MANIFEST = "x_entregent.json"
MESSAGES = "x_messages.json"
CONVERSATIONS = "x_conversations.json"
STORIES = "x_stories.json"
VIDEOS = "x_videos.json"
MEDIA = "media/"
FORMAT = 1
_OWN = {MANIFEST, MESSAGES, CONVERSATIONS, STORIES, VIDEOS}
_Line = TypeVar("_Line", "MessageExtra", "ConversationExtra")


class Manifest(msgspec.Struct, omit_defaults=True):
    """Where and when an export was made; `slug` and `name` are its owner's."""

    format: int = FORMAT
    made_by: str = "Entregent"
    made_at: int | None = None
    host: str = ""
    name: str | None = None
    slug: str | None = None


class MessageExtra(msgspec.Struct, omit_defaults=True):
    """What the row of a message does not say; the conversation is there to notice a mismatch."""

    conversation: str
    id: str = ""
    at: int | None = None
    identity: int = 0
    occurrence: int = 1
    note: bool = False
    sponsored: bool = False
    sender: Who | None = None
    recipients: tuple[Who, ...] | None = None
    attachments: tuple[str, ...] | None = None


class ConversationExtra(msgspec.Struct, omit_defaults=True):
    """What no row of a conversation says."""

    id: str
    people: tuple[Who, ...] = ()
    place: Place = "inbox"
    unread: bool = False


def is_own(name: str) -> bool:
    """Whether this is one of our own additions."""
    return name.rpartition("/")[2] in _OWN


def is_media(name: str) -> bool:
    return name.startswith(MEDIA) or f"/{MEDIA}" in name


def read_manifest(text: str) -> Manifest | None:
    """The manifest, or None if this is another file of that name."""
    try:
        manifest = msgspec.json.decode(text, type=Manifest)
    except (msgspec.DecodeError, RecursionError):
        return None
    return manifest if manifest.format == FORMAT else None


def read_lines(pieces: Iterator[bytes], kind: type[_Line], limits: Limits) -> Iterator[_Line]:
    """The items of an array with one item a line; stops at the first line that is none."""
    text = Text(pieces, limits.record_chars)
    decoder = msgspec.json.Decoder(kind)
    while line := text.line():
        line = line.strip().rstrip(",")
        if line not in {"[", "]", ""}:
            try:
                yield decoder.decode(line)
            except (msgspec.DecodeError, RecursionError):
                return


def extended(message: Message, extra: MessageExtra) -> Message:
    """The message with what its row does not say."""
    at = extra.at
    # The row counts, should somebody have edited it: this may only be more precise.
    if at is None or message.at is None or not 0 <= at - message.at < 1000:
        at = message.at
    return replace(
        message,
        at=at,
        id=extra.id,
        identity=extra.identity,
        occurrence=extra.occurrence,
        note=extra.note,
        sponsored=extra.sponsored or message.sponsored,
        sender=extra.sender or message.sender,
        recipients=message.recipients if extra.recipients is None else extra.recipients,
        attachments=message.attachments if extra.attachments is None else extra.attachments,
    )


def completed(conversation: Conversation, extra: ConversationExtra) -> Conversation:
    """The conversation with what no row of it says."""
    people = conversation.people + tuple(p for p in extra.people if p not in conversation.people)
    size = conversation.size + len(people) - len(conversation.people)
    return replace(
        conversation,
        people=people,
        size=size,
        group=size > 2,
        place=extra.place,
        unread=extra.unread,
    )
