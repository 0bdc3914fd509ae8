"""A stored message on its way to one reader: what it quotes, and what that reader may not see."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import msgspec

from entregent.kit.text import snippet
from entregent.media import Media, Use

from .archived import stored
from .attached import attachments, use_of
from .model import Forwarded, LinkPreview, Message, Quote, Reaction

MAX_QUOTE = 200


class Extra(msgspec.Struct, omit_defaults=True, kw_only=True):
    """What only some messages have, as it is kept."""

    forwarded: Forwarded | None = None
    mentions: list[str] = []
    previews: list[LinkPreview] = []


_extra = msgspec.json.Decoder(Extra)
_reactions = msgspec.json.Decoder(list[Reaction])
NO_EXTRA = Extra()


def extra_of(row: Any) -> Extra:
    """The rare part of a stored message."""
    return _extra.decode(row.extra) if row.extra else NO_EXTRA


def reactions_of(row: Any) -> list[Reaction]:
    """The reactions to a stored message."""
    return _reactions.decode(row.reactions) if row.reactions else []


def message_of(row: Any, quoted: Any = None, seen: Iterable[Media] = ()) -> Message:
    """A stored message as the wire has it, with the message that it quotes and its files."""
    extra = _extra.decode(row.extra) if row.extra else NO_EXTRA
    return Message(
        id=str(row.message_id),
        conversation_id=str(row.conversation_id),
        seq=row.seq,
        author_id=None if row.author_id is None else str(row.author_id),
        at=row.at,
        text=row.text,
        client_id=row.client_id,
        subject=row.subject,
        attachments=attachments(stored(row.attachments), seen) if row.attachments else [],
        kind=row.kind,
        edited_at=row.edited_at,
        deleted=row.deleted_at is not None,
        quote=None if quoted is None else quote_of(quoted),
        forwarded=extra.forwarded,
        reactions=_reactions.decode(row.reactions) if row.reactions else [],
        mentions=extra.mentions,
        previews=extra.previews,
    )


def quote_of(row: Any) -> Quote:
    """A stored message as another one quotes it."""
    author = None if row.author_id is None else str(row.author_id)
    return Quote(seq=row.seq, author_id=author, text=snippet(row.text, MAX_QUOTE))


def messages_of(
    rows: Sequence[Any], quoted: Iterable[Any], files: Mapping[Use, list[Media]]
) -> list[Message]:
    """Stored messages with what they quote and their files; a quotation that is not given is left
    out."""
    by_seq = {row.seq: row for row in quoted}
    return [
        message_of(
            row,
            by_seq.get(row.quote_seq),
            files.get(use_of(row.conversation_id, row.seq), ()) if files else (),
        )
        for row in rows
    ]


def brought(rows: Iterable[Any]) -> list[Use]:
    """The uses of files that these messages are: of those alone that have some."""
    return [
        use_of(row.conversation_id, row.seq)
        for row in rows
        if row.attachments and '"media_id"' in row.attachments
    ]


def seen_by(message: Message, first_seq: int, hidden: Collection[str | None]) -> Message:
    """The message for one reader: no quotation from before their time, nothing of those whom a
    block hides. The same object where that changes nothing."""
    quote, reactions = message.quote, message.reactions
    if quote is not None and (quote.seq < first_seq or quote.author_id in hidden):
        quote = None
    if reactions and hidden:
        reactions = [
            Reaction(emoji=one.emoji, people=people)
            for one in reactions
            if (people := [person for person in one.people if person not in hidden])
        ]
    if quote is message.quote and reactions == message.reactions:
        return message
    return msgspec.structs.replace(message, quote=quote, reactions=reactions)
