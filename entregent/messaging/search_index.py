"""The search index: the same folded words on both databases, so the same results.

Words are folded by `kit.text`, so neither database's own idea of a word or an accent matters.
PostgreSQL keeps them in `message_words` under a GIN index, written with the message. SQLite keeps
them in a full-text table without positions (a quarter of the size); that table is cheap to fill in
large steps and dear in small ones, so it is filled behind the messages, up to `search_progress`:
by a chore every second, and before every search.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, NamedTuple
from unicodedata import combining

from entregent.kit.text import MAX_WORD, fold
from entregent.ports.db import Transaction

from .archived import with_names
from .markup import plain
from .queries import search

LAST_PLACE = 2**62
LAST_MOMENT = 2**42 - 1  # in the year 2109; an archive may claim anything
EVER = LAST_MOMENT + 1
STEP = 100  # some milliseconds of the writer; three times as many save 6 % of it, and all wait
FEW_WORDS = 64
MOST_WORDS = 1_500  # of one message; 8,000 characters hold fewer in any language we know
_TERMS = re.compile("[^\\W_]+|[\u2600-\u27bf\u2b50\u2b55\U0001f000-\U0001faff]")


class Indexed(NamedTuple):
    """A message as the index takes it; `people` may find it."""

    conversation_id: int
    seq: int
    at: int
    people: Iterable[int]
    text: str


class Hit(NamedTuple):
    """Where a search found something; `place` orders hits, newest first."""

    conversation_id: int
    seq: int
    place: int


def index(tx: Transaction, entries: Iterable[Indexed]) -> None:
    """Adds messages to the index in the transaction that writes them, where that is cheap."""
    if tx.dialect == "postgresql":
        tx.run_many(
            search.INSERT["postgresql"],
            [
                {
                    "conversation_id": entry.conversation_id,
                    "seq": entry.seq,
                    "place": _place(entry),
                    "words": _document(entry),
                }
                for entry in entries
            ],
        )


def behind(tx: Transaction) -> int:
    """The newest message that the index does not have yet; 0 when it has all."""
    if tx.dialect != "sqlite" or not tx.all(search.BEHIND, upto=LAST_PLACE, limit=1):
        return 0
    newest: int = tx.value(search.HIGHEST)
    return newest


def catch_up(tx: Transaction, upto: int = LAST_PLACE) -> int:
    """Adds the next messages to the index; gives how many, 0 when nothing is left."""
    if tx.dialect != "sqlite":
        return 0
    fresh = tx.all(search.BEHIND, upto=upto, limit=STEP)
    if not fresh:
        return 0
    readers: dict[int, list[Any]] = {}
    for row in tx.all(search.READERS, ids=sorted({row.conversation_id for row in fresh})):
        readers.setdefault(row.conversation_id, []).append(row)
    rows: dict[int, dict[str, Any]] = {}
    entries = [_entry(row, readers.get(row.conversation_id, [])) for row in fresh]
    taken = {
        row[0] for row in tx.each(search.TAKEN, [{"rowid_": _place(entry)} for entry in entries])
    }
    for entry in entries:
        place = _place(entry)
        while place in rows or place in taken:
            place += 1
            if tx.first(search.TAKEN, rowid_=place):
                taken.add(place)
        rows[place] = {
            "rowid": place,
            "words": _document(entry),
            "conversation_id": entry.conversation_id,
            "seq": entry.seq,
        }
    tx.run_many(search.INSERT["sqlite"], list(rows.values()))
    tx.run(search.SET_PROGRESS, index_name="message_search", last_row=fresh[-1].row)
    return len(fresh)


def _entry(row: Any, readers: Sequence[Any]) -> Indexed:
    people = [
        reader.person_id
        for reader in readers
        if reader.first_seq <= row.seq and (reader.left_at is None or reader.left_at >= row.at)
    ]
    said = with_names(plain(row.text), row.attachments)
    text = f"{row.subject} {said}" if row.subject else said
    return Indexed(row.conversation_id, row.seq, row.at, people, text)


def remove(tx: Transaction, entries: Sequence[Indexed]) -> None:
    """Takes messages out of the index, after their rows were deleted.

    The database may give a deleted row's number again, so what was read up to is lowered with it.
    """
    if tx.dialect == "postgresql":
        gone = [{"key": entry.conversation_id, "number": entry.seq} for entry in entries]
        tx.run_many(search.REMOVE_POSTGRES, gone)
        return
    tx.run(search.LOWER_PROGRESS, highest=tx.value(search.HIGHEST))
    tx.run(search.REMOVE_SQLITE, places=_places(tx, entries))


def catch_up_all(tx: Transaction) -> None:
    """Adds all that is written to the index."""
    while catch_up(tx):
        pass


def reindex(tx: Transaction, key: int, seq: int) -> None:
    """Brings one message up to date that was edited, or hidden by somebody."""
    row = tx.first(search.ONE, key=key, number=seq)
    if row is None or row.deleted_at is not None:
        return
    readers = [
        reader
        for reader in tx.all(search.READERS, ids=[key])
        if not tx.first(search.HIDDEN, me=reader.person_id, key=key, message=row.message_id)
    ]
    entry = _entry(row, readers)
    if tx.dialect == "postgresql":
        remove(tx, [entry])
        index(tx, [entry])
        return
    # None where the index is still behind: then it is right soon.
    for place in _places(tx, [entry]):
        tx.run(search.REMOVE_SQLITE, places=[place])
        tx.run(
            search.INSERT["sqlite"],
            rowid=place,
            words=_document(entry),
            conversation_id=key,
            seq=seq,
        )


def fill_history(tx: Transaction, key: int, after: int) -> int | None:
    """Brings the next messages of a conversation up to date; gives the last, None at the end."""
    found = tx.all(search.NUMBERS, key=key, after=after, limit=STEP)
    for row in found:
        reindex(tx, key, row.seq)
    return found[-1].seq if len(found) == STEP else None


def unindex(tx: Transaction, key: int, seq: int, at: int) -> None:
    """Takes a message out that says nothing any more."""
    entry = Indexed(key, seq, at, (), "")
    if tx.dialect == "postgresql":
        remove(tx, [entry])
    else:
        tx.run(search.REMOVE_SQLITE, places=_places(tx, [entry]))


def _places(tx: Transaction, entries: Sequence[Indexed]) -> list[int]:
    wanted = {(entry.conversation_id, entry.seq) for entry in entries}
    near = tx.each(search.NEAR, [{"low": one, "high": one + 64} for one in map(_place, entries)])
    return sorted({row.rowid for row in near if (row.conversation_id, row.seq) in wanted})


class Sought(NamedTuple):
    """A search with what operators ask: who must be able to read it besides me (any of these), and
    what is looked up for each message. None asks nothing."""

    words: str
    near: list[int] | None = None
    since: int = 0
    until: int = EVER
    among: list[int] | None = None
    authors: list[int] | None = None
    recipients: list[int] | None = None
    holds: frozenset[str] = frozenset()


def find(
    tx: Transaction, me: int, sought: str | Sought, before: int, limit: int
) -> tuple[list[Hit], int]:
    """The newest hits before a place for all words (the last one as a prefix), and how many there
    are in all. Without words nothing is found; with operators, all that they leave of mine.
    """
    if isinstance(sought, str):
        if not terms(sought):
            return [], 0
        sought = Sought(sought)
    if any(one == [] for one in (sought.among, sought.authors, sought.recipients)):
        return [], 0
    since, until = max(0, sought.since) << 20, min(sought.until, EVER) << 20
    left = [row.conversation_id for row in tx.all(search.LEFT, member_id=me)]
    narrowed = {
        "since": since or None,
        "until": None if sought.until >= EVER else until,
        "left": left or None,
        "among": sought.among,
        "authors": sought.authors,
        "recipients": sought.recipients,
    }
    asked: dict[str, Any] = {name: some for name, some in narrowed.items() if some is not None}
    shape = sought.holds.union(asked)
    asked["query"] = _query(tx, me, sought)
    rows = tx.all(
        search.find_of(tx.dialect, shape), before=min(before, until), limit=limit, **asked
    )
    total: int = tx.value(search.count_of(tx.dialect, shape), **asked)
    return [Hit(row.conversation_id, row.seq, row.place) for row in rows], total


def _query(tx: Transaction, me: int, sought: Sought) -> str:
    wanted = terms(sought.words)
    lite = tx.dialect == "sqlite"
    sign, both, either = ('"', " AND ", " OR ") if lite else ("'", " & ", " | ")
    parts = [f"{sign}{_mark(me)}{sign}"]
    if sought.near:
        any_of = either.join(f"{sign}{_mark(one)}{sign}" for one in sought.near)
        parts.append(f"({any_of})")
    parts += [f"{sign}{term}{sign}" for term in wanted[:-1]]
    if wanted:
        parts.append(_begun(tx, wanted[-1]) if lite else f"'{wanted[-1]}':*")
    return both.join(parts)


def _begun(tx: Transaction, term: str) -> str:
    """A last word that may not be finished.

    SQLite gathers all messages of a prefix before it gives the first, but walks those of whole
    words from the newest on: where few words begin so, they are named.
    """
    few = tx.all(search.TERMS, first=term, last=f"{term}\U0010ffff", limit=FEW_WORDS + 1)
    if len(few) > FEW_WORDS:
        return f'"{term}"*'
    named = " OR ".join(f'"{row.term}"' for row in few) or f'"{term}"'
    return f"({named})"


def terms(text: str) -> list[str]:
    """What can be looked for in a text, in order: its folded words, and its emoji one by one."""
    return [term[:MAX_WORD] for term in _TERMS.findall(fold(text))]


def places_of_terms(text: str) -> Iterator[tuple[int, int]]:
    """Where the terms of a text stand in it; an accent belongs to the letter before it."""
    start = stop = -1
    for term in _TERMS.finditer(text):
        if term.start() != stop or not combining(text[stop - 1]):
            if start >= 0:
                yield start, stop
            start = term.start()
        stop = term.end()
        while stop < len(text) and combining(text[stop]):
            stop += 1
    if start >= 0:
        yield start, stop


def _mark(person: int) -> str:
    # A sign that no word has, so that nobody can write a mark into a message.
    return f"·{person}"


def _place(entry: Indexed) -> int:
    """Sorts by time, so that the newest hits are read first and no further; the lower bits keep
    apart what was written in the same millisecond."""
    mixed = (entry.conversation_id ^ (entry.seq * 2_654_435_761)) * 0x9E3779B97F4A7C15
    return (min(max(0, entry.at), LAST_MOMENT) << 20) | ((mixed >> 40) & 0xFFFFF)


def _document(entry: Indexed) -> str:
    # Sorted and once each: positions are not kept, and the index grows less.
    found = sorted(set(terms(entry.text)[:MOST_WORDS]))
    return " ".join([*map(_mark, entry.people), *found])
