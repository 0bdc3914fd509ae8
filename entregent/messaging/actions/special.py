"""What only some messages have: a quotation, an origin, mentions, links to look up."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from entregent.accounts import members
from entregent.kit.errors import Refusal
from entregent.media import Media, Use, attach, pass_on
from entregent.network import contacts_among, hidden_within
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from ..attached import stored_files, use_of
from ..jobnames import FetchPreview
from ..markup import has_mention, links, mentioned
from ..model import (
    MOST_FILES,
    NO_MORE,
    Attachment,
    Doubt,
    Forwarded,
    Message,
    More,
    checked_text,
)
from ..queries import imports, said
from ..reading import find_for
from ..said import Extra, brought, extra_of, quote_of, seen_by
from ..sight import message_for
from ..warning import doubts_in


class Special(NamedTuple):
    """A message that is more than its text."""

    text: str
    quoted: Any
    extra: Extra
    mentions: frozenset[int]
    doubts: Sequence[Doubt]
    links: Sequence[str]
    files: Sequence[Media] = ()

    def complete(self, message: Message) -> Message:
        """The message with all it has."""
        return msgspec.structs.replace(
            message,
            quote=None if self.quoted is None else quote_of(self.quoted),
            forwarded=self.extra.forwarded,
            mentions=self.extra.mentions,
            doubts=list(self.doubts),
            attachments=[Attachment(name=one.name, url=one.url, media=one) for one in self.files],
        )


def is_special(text: str, more: More | None) -> bool:
    """Whether a message needs more than the plain path: cheap, and asked of each."""
    return more is not None or has_mention(text) or "://" in text


def prepare(tx: Transaction, send: Any, people: Iterable[Any], seq: int) -> Special:
    """Checks what a message to send is to have; then its files are its own."""
    me, text, more = send.author_id, send.text, send.more or NO_MORE
    quoted = None
    if more.quote_seq is not None:
        row = find_for(tx, me, send.conversation_id)
        quoted = message_for(tx, me, row, more.quote_seq)
        if quoted.deleted_at is not None:
            raise Refusal("messaging.message_not_found", status=404, field="quote_seq")
    forwarded = None
    source = None
    if more.forward is not None:
        text, forwarded, source = _origin(tx, me, *more.forward)
    text = checked_text(text, send.most, empty=bool(more.media) or source is not None)
    named = people_named(text, more.mentions, me, people)
    doubted = doubts_in(tx, text)
    check_files(more)
    files: Sequence[Media] = ()
    use = use_of(send.conversation_id, seq)
    if source is not None:
        files = pass_on(tx, source, use)
    elif more.media:
        files = attach(tx, me, [str(one) for one in more.media], use)
    return Special(
        text,
        quoted,
        Extra(forwarded=forwarded, mentions=[str(one) for one in named]),
        frozenset(named),
        doubted,
        trusted(text, doubted) if send.previews else (),
        files,
    )


def check_files(more: More) -> None:
    """Refuses more files than a message may have."""
    if len(set(more.media)) > MOST_FILES:
        raise Refusal("messaging.too_many_files", field="media", most=MOST_FILES)


def trusted(text: str, doubted: Iterable[Doubt]) -> list[str]:
    """The links of a text whose pages may be looked at."""
    marks = {one.at for one in doubted}
    found = links(text) if "://" in text else []
    return [one for one in found if not any(mark in one.lower() for mark in marks)]


def people_named(text: str, given: Iterable[int], me: int, people: Iterable[Any]) -> list[int]:
    """Who is mentioned of those who are in the conversation."""
    here = {person.person_id for person in people if person.kind == "member"} - {me}
    return [one for one in dict.fromkeys([*mentioned(text), *given]) if one in here]


def _origin(tx: Transaction, me: int, key: int, seq: int) -> tuple[str, Forwarded, Use | None]:
    """The text of a message that I can read, where it was said first, and its files."""
    try:
        message = message_for(tx, me, find_for(tx, me, key), seq)
    except Refusal:
        raise Refusal("messaging.message_not_found", status=404, field="forward") from None
    source = next(iter(brought([message])), None)
    if message.deleted_at is not None or not (message.text or source):
        raise Refusal("messaging.nothing_to_forward", status=409, field="forward")
    before = extra_of(message).forwarded
    if before is not None:
        return message.text, before, source
    author, name = _author(tx, me, message)
    return message.text, Forwarded(author_id=author, name=name, at=message.at), source


def _author(tx: Transaction, me: int, message: Any) -> tuple[str | None, str]:
    """A member is named by id; of others, known to me alone, only the name is passed on."""
    author = message.author_id
    if author is None:
        return None, ""
    member = members(tx, [author]).get(author)
    if member is not None:
        return str(author), member.name
    contact = contacts_among(tx, me, [author]).get(author)
    if contact is not None:
        return None, contact.name
    unknown = tx.all(imports.UNKNOWN, ids=[message.conversation_id])
    return None, next((one.name or "" for one in unknown if one.person_id == author), "")


def keep_special(tx: Transaction, kept: Sequence[tuple[Message, Special]]) -> None:
    """Writes what the messages have beside their text; looks up links later."""
    tx.run_many(
        said.SET_LATER,
        [
            {
                "key": int(message.conversation_id),
                "number": message.seq,
                "quoted": None if special.quoted is None else special.quoted.seq,
                "rare": encoded(special.extra),
                "files": stored_files(special.files),
            }
            for message, special in kept
            if special.quoted is not None or special.extra != Extra() or special.files
        ],
    )
    for message, special in kept:
        look_up(tx, int(message.conversation_id), message.seq, special.links)


def encoded(extra: Extra) -> str | None:
    """The rare part of a message as it is kept."""
    return None if extra == Extra() else msgspec.json.encode(extra).decode()


def look_up(tx: Transaction, key: int, seq: int, addresses: Iterable[str]) -> None:
    """Has the pages behind links looked at after the commit."""
    for address in addresses:
        enqueue(tx, FetchPreview(conversation_id=str(key), seq=seq, url=address))


def shown_to(message: Message, first_seq: int, hidden: Iterable[int]) -> Message:
    """A message that is just being sent, for one of those it reaches."""
    return seen_by(message, first_seq, {str(one) for one in hidden})


def kept_apart(
    tx: Transaction, places: dict[int, Any], people: dict[int, list[Any]]
) -> set[tuple[int, int]]:
    """Pairs of members of these groups between whom a block stands, both ways round."""
    here = {
        one.person_id
        for place in places.values()
        if place.apart
        for one in people.get(place.conversation_id, ())
    }
    return hidden_within(tx, here) if here else set()
