"""The first of two passes over the messages: what conversations there are, and all the counts.

No message is kept: an export may be larger than the memory. What is kept for each row is one
64-bit number, by which a row that stands twice is recognised.
"""

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from sys import getsizeof

import msgspec

from . import refusals
from .identity import bare, path_of
from .legacy import PREFIX
from .limits import Limits
from .messages import Row
from .model import Conversation, Invitation, Message, Owner, Place, Who
from .numbers import Numbers
from .people import People, plain, settled
from .report import FileReport

_DIGESTED_BYTES = 32 << 20


class _Seen:
    """What is known so far of one conversation."""

    __slots__ = (
        "drafts", "first_at", "folder", "folder_at", "last_at", "messages", "people", "sponsored",
        "title",
    )  # fmt: skip

    def __init__(self) -> None:
        self.title = ""
        self.folder = ""
        self.folder_at: int | None = None
        self.people: dict[Who, None] = {}
        self.messages = 0
        self.drafts = 0
        self.sponsored = 0
        self.first_at: int | None = None
        self.last_at: int | None = None

    def finished(self, key: str, people: People, owner: Owner) -> Conversation:
        """The conversation, now that every name and the owner are known."""
        known = settled(self.people, people, owner).values()
        everyone = {p.slug or plain(p.name): p for p in known}
        others = tuple(p for p in everyone.values() if not owner.is_(p))
        return Conversation(
            id=key,
            title=self.title,
            people=others,
            size=len(everyone),
            group=len(everyone) > 2,
            place=self._place(),
            messages=self.messages,
            drafts=self.drafts,
            sponsored=self.sponsored,
            first_at=self.first_at,
            last_at=self.last_at,
            approximate=key.startswith(PREFIX),
        )

    def _place(self) -> Place:
        """Where it lies; advertising lands in ARCHIVE, so it is looked for first."""
        if self.sponsored and self.sponsored == self.messages:
            return "promotions"
        if self.folder == "SPAM":
            return "spam"
        return "archived" if self.folder in {"ARCHIVE", "ARCHIVED"} else "inbox"


class Figures(msgspec.Struct):
    """Counts over the messages of all files, drafts, refused rows and duplicates left out."""

    columns: int = 0
    rows: int = 0
    drafts: int = 0
    duplicates: int = 0
    sponsored: int = 0
    hidden: int = 0
    empty: int = 0
    with_attachments: int = 0
    attachments: int = 0
    markup: int = 0
    multiline: int = 0
    bad_dates: int = 0
    outgoing_2018: int = 0
    first: int | None = None
    last: int | None = None
    by_folder: Counter[str] = msgspec.field(default_factory=Counter)
    senders: Counter[Who] = msgspec.field(default_factory=Counter)
    digest: str | None = None


class Twins(msgspec.Struct):
    """Rows that a second pass must look at twice: those that repeat, those that only seem to."""

    repeated: set[int] = msgspec.field(default_factory=set)
    alike: set[int] = msgspec.field(default_factory=set)


class Survey:
    """Takes in every row once; then `finish` knows the owner and the conversations."""

    def __init__(self, people: People, notes: Iterable[Invitation], limits: Limits) -> None:
        self.figures = Figures()
        self.twins = Twins()
        self.slugs: set[str] = set()
        self.notes_found: set[tuple[str, str]] = set()
        self._people = people
        self._limits = limits
        self._notes = {(n.inviter.name, bare(n.message)) for n in notes if n.message.strip()}
        self._seen: dict[str, _Seen] = {}
        self._hashes = Numbers()
        self._with_files: set[int] = set()
        self._texts: list[bytes] | None = []
        self._texts_size = 0
        self._participants = 0

    def add(self, row: Row, message: Message, file: FileReport) -> None:
        """Counts one row."""
        figures = self.figures
        figures.rows += 1
        file.rows += 1
        if figures.rows > self._limits.rows:
            raise refusals.too_many_rows(file.name, self._limits.rows)
        letters = bare(message.content)
        if self._is_twin(row, message, letters):
            if not message.draft:
                figures.duplicates += 1
            file.duplicates += 1
            return
        seen = self._conversation(message)
        if title := row.cells[1]:
            seen.title = seen.title or title
        people = seen.people
        before = len(people)
        people[message.sender] = None
        for person in message.recipients:
            people[person] = None
        self._participants += len(people) - before
        if self._participants > self._limits.people:
            raise refusals.too_large()
        file.imported += 1
        if message.draft:
            seen.drafts += 1
            figures.drafts += 1
            file.drafts += 1
            return
        self._count(row, message, letters, file)
        self._place(seen, message)

    def finish(self, owner: Owner) -> dict[str, Conversation]:
        """Every conversation; what the pass itself needed is given back on the way."""
        self._hashes.clear()
        self._with_files.clear()
        if self._texts is not None:
            self.figures.digest = hashlib.sha256(b"\n".join(sorted(self._texts))).hexdigest()
            self._texts = None
        done: dict[str, Conversation] = {}
        while self._seen:
            key, seen = self._seen.popitem()
            self.slugs.update(p.slug for p in seen.people if p.slug is not None)
            done[key] = seen.finished(key, self._people, owner)
        return done

    def presence(self) -> Iterator[dict[Who, None]]:
        """Who takes part in each conversation."""
        return (seen.people for seen in self._seen.values())

    def _conversation(self, message: Message) -> _Seen:
        seen = self._seen.get(message.conversation)
        if seen is None:
            if len(self._seen) >= self._limits.conversations:
                raise refusals.too_large()
            seen = self._seen[message.conversation] = _Seen()
        return seen

    def _is_twin(self, row: Row, message: Message, letters: str) -> bool:
        """Whether the same row was there before: same conversation, date, letters and files."""
        alike, exact = hashes(row, message, letters)
        if not self._hashes.add(exact):
            self.twins.repeated.add(exact)
            return True
        if message.attachments:
            if alike in self._hashes or alike in self._with_files:
                self.twins.alike.add(alike)
            self._with_files.add(alike)
        elif alike in self._with_files:
            self.twins.alike.add(alike)
        return False

    def _count(self, row: Row, message: Message, letters: str, file: FileReport) -> None:
        figures = self.figures
        figures.by_folder[message.folder] += 1
        figures.senders[message.sender] += 1
        if message.sponsored:
            figures.sponsored += 1
        elif message.sender.hidden:
            figures.hidden += 1
        if message.attachments:
            figures.with_attachments += 1
            figures.attachments += len(message.attachments)
        if not letters:
            figures.empty += 1
        elif "\n" in message.content:
            figures.multiline += 1
        if "spinmail" in message.content:
            figures.markup += 1
        if row.outgoing:
            figures.outgoing_2018 += 1
        file.date(message.at)
        if (message.sender.name, letters) in self._notes:
            self.notes_found.add((message.sender.name, letters))
        if self._texts is not None:
            text = letters.encode()
            self._texts.append(text)
            self._texts_size += getsizeof(text) + 8
            if self._texts_size > _DIGESTED_BYTES:
                self._texts = None

    def _place(self, seen: _Seen, message: Message) -> None:
        seen.messages += 1
        seen.sponsored += message.sponsored
        at = message.at
        if at is not None:
            if seen.first_at is None or at < seen.first_at:
                seen.first_at = at
            if seen.last_at is None or at > seen.last_at:
                seen.last_at = at
        if seen.messages == 1 or (at or 0) > (seen.folder_at or 0):
            seen.folder, seen.folder_at = message.folder, at


def hashes(row: Row, message: Message, letters: str) -> tuple[int, int]:
    """Two numbers, alike for messages that look alike, and exact with their attachments.

    They hold for this process only; a draft is never the twin of a message.
    """
    at = row.cells[6] if message.at is None else message.at
    alike = hash((message.conversation, at, letters, message.draft))
    if not message.attachments:
        return alike, alike
    return alike, hash((alike, *map(path_of, message.attachments)))
