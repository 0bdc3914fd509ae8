"""The second of two passes: the messages themselves, gathered by conversation."""

from collections.abc import Iterable, Iterator, Mapping
from sys import getsizeof

from msgspec.structs import replace

from .identity import bare, identity
from .limits import Limits
from .messages import Row
from .model import Conversation, Invitation, Message, Owner, Thread, Who
from .people import People, plain, settled
from .survey import Twins, hashes

_OVERHEAD = 400


class Notes:
    """Notes of invitations that show up in a conversation; each is found once."""

    def __init__(self, invitations: Iterable[Invitation], people: People) -> None:
        self._people = people
        self._waiting: dict[tuple[str, str, str], Invitation] = {}
        self._texts: set[str] = set()
        for one in invitations:
            if letters := bare(one.message):
                self._texts.add(letters)
                self._waiting[self._key(one.inviter), self._key(one.invitee), letters] = one

    def take(self, message: Message) -> Invitation | None:
        """The invitation whose note this message is, if it was not found before."""
        letters = bare(message.content) if self._waiting else ""
        if letters not in self._texts:
            return None
        sender = self._key(message.sender)
        for person in message.recipients:
            found = self._waiting.pop((sender, self._key(person), letters), None)
            if found is not None:
                return found
        return None

    def _key(self, person: Who) -> str:
        known = self._people.resolved(person)
        return known.slug or plain(known.name)


class Gatherer:
    """Messages by conversation, as many at once as memory allows.

    An export of usual size is one gathering, so every conversation comes whole; of a huge one,
    a conversation whose rows lie apart may come in several threads.
    """

    def __init__(
        self,
        conversations: Mapping[str, Conversation],
        twins: Twins,
        notes: Notes,
        people: People,
        owner: Owner,
        limits: Limits,
    ) -> None:
        self._conversations = conversations
        self._twins = twins
        self._notes = notes
        self._people = people
        self._owner = owner
        self._limits = limits
        self._given: set[int] = set()
        self._counts: dict[int, int] = {}
        self._held: dict[str, list[Message]] = {}
        self._size = 0

    def threads(self, messages: Iterable[tuple[Row, Message]]) -> Iterator[Thread]:
        """Every conversation with its messages and drafts, oldest first."""
        for row, message in messages:
            letters = bare(message.content)
            alike, exact = hashes(row, message, letters)
            if exact in self._twins.repeated:
                if exact in self._given:
                    continue
                self._given.add(exact)
            self._hold(row, message, letters, alike)
            if self._size > self._limits.kept_bytes:
                yield from self._release()
        yield from self._release()

    def _hold(self, row: Row, message: Message, letters: str, alike: int) -> None:
        occurrence = 1
        if alike in self._twins.alike:
            occurrence = self._counts[alike] = self._counts.get(alike, 0) + 1
        number = message.identity
        if number:
            occurrence = message.occurrence
        else:
            date = row.cells[6].strip() if message.at is None else message.at
            number = identity(message.conversation, date, letters)
        message = replace(message, identity=number, occurrence=occurrence)
        self._held.setdefault(message.conversation, []).append(message)
        self._size += getsizeof(message.content) + len(message.subject) + _OVERHEAD
        self._size += sum(map(len, message.attachments))

    def _release(self) -> Iterator[Thread]:
        held, self._held, self._size = self._held, {}, 0
        newest_first = sorted(
            held, key=lambda key: self._conversations[key].last_at or 0, reverse=True
        )
        for key in newest_first:
            conversation = self._conversations[key]
            ordered = self._settled(oldest_first(held.pop(key)), conversation)
            messages = [self._noted(m) for m in ordered if not m.draft]
            drafts = [m for m in ordered if m.draft]
            whole = len(messages) == conversation.messages and len(drafts) == conversation.drafts
            yield Thread(conversation, messages, drafts, whole)

    def _settled(self, messages: list[Message], conversation: Conversation) -> list[Message]:
        """The same with everyone as the conversation knows them."""
        group = dict.fromkeys(conversation.people)
        for message in messages:
            group[message.sender] = None
            group.update(dict.fromkeys(message.recipients))
        known = settled(group, self._people, self._owner)
        if all(person == one for person, one in known.items()):
            return messages
        return [
            replace(m, sender=known[m.sender], recipients=tuple(known[r] for r in m.recipients))
            for m in messages
        ]

    def _noted(self, message: Message) -> Message:
        if message.note or self._notes.take(message) is None:
            return message
        return replace(message, note=True)


def oldest_first(messages: list[Message]) -> list[Message]:
    """Sorted by date, in place; within one second as in the file, which has the newest first.

    A message without a date stays beside the one that it stood next to.
    """
    dates = [m.at for m in messages if m.at is not None]
    if not dates or dates[0] >= dates[-1]:
        messages.reverse()
        dates.reverse()
    if len(dates) == len(messages):
        return sorted(messages, key=lambda m: m.at or 0)
    latest = dates[0] if dates else 0
    placed: list[tuple[int, int, Message]] = []
    for index, message in enumerate(messages):
        latest = latest if message.at is None else message.at
        placed.append((latest, index, message))
    placed.sort(key=lambda item: item[:2])
    return [message for *_, message in placed]
