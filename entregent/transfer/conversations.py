"""Threads of an archive as conversations for the mailbox, in portions for one commit each."""

import hashlib
from collections.abc import Callable, Iterable, Iterator

from entregent.kit.text import clean, clean_line
from entregent.messaging import (
    NUMBER,
    ImportedConversation,
    ImportedDraft,
    ImportedFile,
    ImportedMessage,
    ImportedPerson,
)

from .linkedin import Message, Owner, Thread, Who, is_markup, to_text

PORTION = 300
MOST_CONVERSATIONS = 150
_LONGEST_KEY = 200
_LONGEST_TITLE = 300
_KINDS = {"image": "image", "vid": "video", "attachment": "file", "voice": "audio"}

Contact = Callable[[Who], int | None]
Portion = tuple[list[ImportedConversation], int]


class Mapping:
    """Makes conversations of threads. `own` is an export of ours, whose places are the member's
    choice; LinkedIn's ARCHIVE is not: most of what lies there LinkedIn has put there."""

    def __init__(self, owner: Owner, contact: Contact, now: int, *, own: bool) -> None:
        self._owner, self._contact, self._now, self._own = owner, contact, now, own

    def portions(self, threads: Iterable[Thread]) -> Iterator[Portion]:
        """Conversations for one commit each, with how many messages and drafts they hold."""
        batch: dict[str, ImportedConversation] = {}
        size = 0
        for thread in threads:
            for one in self._parts(thread):
                full = size >= PORTION or len(batch) >= MOST_CONVERSATIONS
                if batch and (full or one.key in batch):
                    yield list(batch.values()), size
                    batch, size = {}, 0
                batch[one.key] = one
                size += len(one.messages) + len(one.drafts)
        if batch:
            yield list(batch.values()), size

    def _parts(self, thread: Thread) -> Iterator[ImportedConversation]:
        conversation = thread.conversation
        others = dict.fromkeys(conversation.people)
        for message in (*thread.messages, *thread.drafts):
            others.update(dict.fromkeys((message.sender, *message.recipients)))
        people, places = self._people(p for p in others if not self._owner.is_(p))
        place = conversation.place
        if place == "archived" and not self._own:
            place = "inbox"
        last = min(conversation.last_at or self._date(thread.drafts), self._now)
        whole = ImportedConversation(
            key=_short(conversation.id),
            title=clean_line(conversation.title)[:_LONGEST_TITLE] or None,
            people=people,
            size=len(people) + (1 if self._owner != Owner() else 0),
            view=NUMBER[place],
            at=last,
            messages=self._messages(thread, places),
            drafts=[self._draft(one, last) for one in thread.drafts],
            unread=conversation.unread and self._own,
            settled=self._own,
        )
        if len(whole.messages) <= PORTION * 2:
            yield whole
            return
        for start in range(0, len(whole.messages), PORTION):
            some = whole.messages[start : start + PORTION]
            yield whole._replace(messages=some, drafts=[] if start else whole.drafts)

    def _people(self, others: Iterable[Who]) -> tuple[tuple[ImportedPerson, ...], dict[Who, int]]:
        """Everybody else once, and which of them each name of the archive is."""
        people: dict[object, ImportedPerson] = {}
        order: dict[object, int] = {}
        places: dict[Who, int] = {}
        for who in others:
            contact = self._contact(who)
            nameless = who.hidden or not who.name
            name = None if nameless else clean_line(who.name)[:200] or None
            key: object = contact if contact is not None else name
            if key not in order:
                order[key] = len(order)
                people[key] = ImportedPerson(None if contact is not None else name, contact)
            places[who] = order[key]
        return tuple(people.values()), places

    def _messages(self, thread: Thread, places: dict[Who, int]) -> list[ImportedMessage]:
        made = []
        at = next((m.at for m in thread.messages if m.at is not None), 0)
        for message in thread.messages:
            # Without a readable date it stands where its neighbour stands.
            at = max(at, min(message.at, self._now)) if message.at is not None else at
            mine = self._owner.is_(message.sender)
            made.append(
                ImportedMessage(
                    key=_key(message),
                    author=None if mine else places[message.sender],
                    at=at,
                    text=_text(message),
                    subject=clean_line(message.subject)[:_LONGEST_TITLE] or None,
                    files=tuple(map(_file, message.attachments)),
                    note=message.note,
                )
            )
        return made

    def _draft(self, message: Message, last: int) -> ImportedDraft:
        at = last if message.at is None else min(message.at, self._now)
        return ImportedDraft(_key(message), at, _text(message))

    def _date(self, drafts: list[Message]) -> int:
        return max((draft.at for draft in drafts if draft.at is not None), default=0)


def _text(message: Message) -> str:
    content = message.content
    return clean(to_text(content) if is_markup(content) else content)


def _key(message: Message) -> str:
    return f"linkedin-{message.identity:x}-{message.occurrence}"


def _short(key: str) -> str:
    if len(key) <= _LONGEST_KEY and key.isprintable():
        return key
    return hashlib.blake2b(key.encode("utf-8", "replace"), digest_size=16).hexdigest()


def _file(address: str) -> ImportedFile:
    """A file by its kind; an address of our own exports ends in its name."""
    parts = address.partition("?")[0].split("/")
    kind = parts[parts.index("prv") + 1] if "prv" in parts[:-1] else ""
    name = _KINDS.get(kind) or (clean_line(parts[-1])[:100] or "file")
    return ImportedFile(name, clean_line(address)[:2_000])
