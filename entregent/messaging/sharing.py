"""What was shared in a conversation, the newest first: pictures, files, links (M13)."""

from collections.abc import Iterable
from typing import Literal

from entregent.kit.people import WithPeople
from entregent.ports.db import Transaction

from .model import Message
from .queries import said
from .reading import find_for
from .sight import Sight, sight, with_quotes

Sharing = Literal["pictures", "files", "links"]
PICTURES = ("picture", "animation", "video")
CHUNK, MOST_CHUNKS = 200, 10  # of messages with files, most of which may be of the other kind


class Shared(WithPeople):
    """Messages that brought something of this kind, newest first; `next` is the number before
    which there may be more, null where there is none."""

    messages: list[Message]
    next: int | None

    def people(self) -> Iterable[int]:
        return {int(message.author_id) for message in self.messages if message.author_id}


def shared(
    tx: Transaction, me: int, conversation_id: int, kind: Sharing, before: int, limit: int
) -> Shared:
    """What was shared in a conversation of mine, before a number."""
    seen = sight(tx, me, find_for(tx, me, conversation_id))
    found: list[Message] = []
    for _ in range(MOST_CHUNKS):
        chunk = _chunk(tx, seen, kind, before)
        for message in chunk:
            if len(found) == limit:
                return Shared(messages=found, next=before)
            before = message.seq
            if kind == "links" or _brings(message, kind):
                found.append(message)
        if len(chunk) < CHUNK:
            return Shared(messages=found, next=None)
    return Shared(messages=found, next=before)


def _chunk(tx: Transaction, seen: Sight, kind: Sharing, before: int) -> list[Message]:
    rows = tx.all(
        said.WITH_LINKS if kind == "links" else said.WITH_FILES,
        conversation_id=seen.conversation_id,
        first_seq=seen.first_seq,
        unseen=sorted(seen.unseen),
        authors=sorted(seen.hidden),
        seq=before,
        limit=CHUNK,
    )
    return seen.show(with_quotes(tx, seen.conversation_id, rows))


def _brings(message: Message, kind: Sharing) -> bool:
    pictures = kind == "pictures"
    return any(
        one.media is not None and (one.media.kind in PICTURES) == pictures
        for one in message.attachments
    )
