"""What a member may read: the one place that decides it, and the pages it gives."""

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.paging import decode_cursor, encode_cursor
from entregent.kit.people import Card, WithPeople
from entregent.media import seen_through
from entregent.ports.db import Transaction

from .attached import decoded_line
from .model import NOTIFY, REQUESTS, RETURNED, VIEW_NAMES, Message, Row, awaiting
from .narrowing import find_seen
from .queries import groups, imports
from .queries import rows as queries
from .said import brought, messages_of
from .search_index import LAST_PLACE, places_of_terms, terms
from .seeking import seek
from .sight import page_seen, sight, with_quotes
from .warning import warned

NONE: list[str] = []


class Rows(WithPeople):
    """Some conversations."""

    rows: list[Row]

    def people(self) -> Iterable[int]:
        return people_of(self.rows)


class Participant(msgspec.Struct, kw_only=True):
    """Somebody in a conversation; how far they were given it and have read it is 0 where I may
    not know."""

    id: Id
    kind: Literal["member", "contact", "unknown"]
    name: str | None
    role: Literal["owner", "admin", "member"]
    joined_at: int
    delivered_seq: int = 0
    read_seq: int = 0


class Conversation(WithPeople):
    """A conversation with everyone who is in it, and who is asked to be; `asked_by` where I am."""

    row: Row
    participants: list[Participant]
    history: Literal["all", "joining"]
    asked: list[Id]
    asked_by: Id | None
    refused: bool  # after an answer to an invitation: it can be read, and nobody can write

    def people(self) -> Iterable[int]:
        people = [int(person.id) for person in self.participants]
        return [*people_of([self.row]), *people, *map(int, self.asked)]


class Messages(WithPeople):
    """Messages in order. `first_seq` and `last_seq` bound what this member can read."""

    messages: list[Message]
    first_seq: int
    last_seq: int

    def people(self) -> Iterable[int]:
        return {int(message.author_id) for message in self.messages if message.author_id}


class SearchHit(msgspec.Struct, kw_only=True):
    """A message that was found, its conversation, and what in it matched, as [from, to)."""

    message: Message
    row: Row
    ranges: list[tuple[int, int]]


class SearchPage(WithPeople):
    """A page of hits, newest first; `total` counts them all."""

    hits: list[SearchHit]
    next: str | None
    total: int

    def people(self) -> Iterable[int]:
        authors = {int(hit.message.author_id) for hit in self.hits if hit.message.author_id}
        return authors | set(people_of([hit.row for hit in self.hits]))


def people_of(rows: Iterable[Row]) -> set[int]:
    """Everyone whose face or name these rows show."""
    return {int(person) for row in rows for person in (*row.people, row.last_author_id) if person}


def strangers(tx: Transaction, rows: Iterable[Row]) -> list[Card]:
    """Cards for those in imported conversations of whom only a name is known."""
    wanted = [int(row.id) for row in rows if row.source == "linkedin"]
    found = tx.all(imports.UNKNOWN, ids=wanted) if wanted else []
    return [Card(id=str(one.person_id), kind="contact", name=one.name) for one in found if one.name]


def group_people(tx: Transaction, key: int) -> set[int]:
    """The members who are in a group now; nobody where it is none that can be written in."""
    return {row.person_id for row in tx.all(groups.PEOPLE_NOW, key=key)}


def groups_with(tx: Transaction, member: int, keys: Iterable[int]) -> set[int]:
    """Those of the conversations in which somebody is now."""
    rows = tx.all(groups.MY_GROUPS, ids=list(keys), person=member)
    return {row.conversation_id for row in rows}


@lru_cache(maxsize=20_000)
def faces(text: str) -> list[str]:
    """The ids of a row's `people`; the list is shared, so nobody may change it."""
    return [str(person) for person in json.loads(text)]


def labels_of(row: Any) -> list[str]:
    """The ids of a row's labels; the list is shared, so nobody may change it."""
    return NONE if row.labels is None else faces(row.labels)


def row_of(row: Any) -> Row:
    """A mailbox row as the wire has it."""
    return Row(
        id=str(row.conversation_id),
        kind=row.kind,
        source=row.source,
        title=row.title,
        people=faces(row.people),
        size=row.size,
        last_seq=row.last_seq,
        read_seq=row.read_seq,
        last_at=row.last_at,
        last_author_id=None if row.last_author_id is None else str(row.last_author_id),
        snippet=row.snippet,
        unread=bool(row.unread),
        view=VIEW_NAMES[row.view],
        draft=row.draft,
        writable=bool(row.writable),
        starred=bool(row.starred),
        notify=NOTIFY[row.notify],
        snoozed_until=row.snoozed_until,
        remind_at=row.remind_at,
        returned=RETURNED[row.returned],
        awaiting=awaiting(row.view, row.word, row.writable),
        mentioned=bool(row.mentioned),
        labels=labels_of(row),
        box=str(row.box_id) if row.box_id else None,
        sort_at=row.sort_at,
        held="pitch" if row.held and row.view == REQUESTS else None,
        last_media=None if row.last_media is None else decoded_line(row.last_media),
    )


def find_for(tx: Transaction, me: int, conversation_id: int) -> Any:
    """My mailbox row of a conversation; refuses one that is not mine as if it did not exist."""
    row = tx.first(queries.ONE_ROW, member_id=me, conversation_id=conversation_id)
    if row is None:
        raise Refusal("messaging.conversation_not_found", status=404)
    return row


def direct_with(tx: Transaction, me: int, other: int) -> int | None:
    """The direct conversation with somebody, where both have one and I still see it."""
    key: int | None = tx.value(queries.FIND_PAIR, low=min(me, other), high=max(me, other))
    if key is None or tx.first(queries.ONE_ROW, member_id=me, conversation_id=key) is None:
        return None
    return key


def found_rows(tx: Transaction, me: int, wanted: list[int]) -> Rows:
    """Those of these conversations that are mine, with whoever has no card of their own."""
    rows = some_rows(tx, me, wanted)
    return Rows(rows=rows, cards=strangers(tx, rows))


def some_rows(tx: Transaction, me: int, wanted: list[int]) -> list[Row]:
    """Those of these conversations that are mine."""
    return [row_of(row) for row in tx.all(queries.SOME_ROWS, member_id=me, ids=wanted)]


def thread(
    tx: Transaction,
    me: int,
    conversation_id: int,
    *,
    before: int | None = None,
    after: int | None = None,
    around: int | None = None,
    limit: int = 50,
) -> Messages:
    """Messages of a conversation of mine: the last ones, or those before, after, around one."""
    row = find_for(tx, me, conversation_id)
    seen = sight(tx, me, row)
    if after is not None:
        found = page_seen(tx, seen, after=after, limit=limit)
    elif around is not None:
        half = max(1, limit // 2)
        found = page_seen(tx, seen, before=around + 1, limit=half)
        found += page_seen(tx, seen, after=around, limit=half)
    else:
        found = page_seen(tx, seen, before=2**31 - 1 if before is None else before, limit=limit)
    return Messages(
        messages=seen.show(with_quotes(tx, conversation_id, found)),
        first_seq=seen.first_seq,
        last_seq=row.last_seq,
        cards=strangers(tx, [row_of(row)]),
    )


def search(
    tx: Transaction, me: int, query: str, after: str | None, limit: int, zone: str = "UTC"
) -> SearchPage:
    """Messages of mine that hold all the words of a query, and are as its operators ask, newest
    first."""
    place = LAST_PLACE if after is None else int(decode_cursor(after, int)[0])
    sought = seek(tx, me, query, zone)
    hits, total = find_seen(tx, me, sought, place, limit + 1)
    shown = hits[:limit]
    keys = [{"conversation_id": hit.conversation_id, "seq": hit.seq} for hit in shown]
    stored = tx.each(queries.ONE_MESSAGE, keys)
    uses = brought(stored)
    said = warned(tx, messages_of(stored, (), seen_through(tx, uses) if uses else {}))
    found = {(int(one.conversation_id), one.seq): one for one in said}
    rows = {int(row.id): row for row in some_rows(tx, me, [hit.conversation_id for hit in shown])}
    wanted = terms(sought if isinstance(sought, str) else sought.words)
    return SearchPage(
        hits=[
            SearchHit(
                message=found[hit.conversation_id, hit.seq],
                row=rows[hit.conversation_id],
                ranges=matches(found[hit.conversation_id, hit.seq].text, wanted),
            )
            for hit in shown
            if hit.conversation_id in rows and (hit.conversation_id, hit.seq) in found
        ],
        next=encode_cursor(shown[-1].place) if len(hits) > limit else None,
        total=total,
        cards=strangers(tx, rows.values()),
    )


def matches(text: str, wanted: list[str]) -> list[tuple[int, int]]:
    """Where the wanted words (the last one as a prefix) stand in a text, as [from, to) in UTF-16
    units (what JavaScript counts in)."""
    found: list[tuple[int, int]] = []
    if not wanted:
        return found
    seen = units = 0
    for begin, end in places_of_terms(text):
        if any(one in wanted or one.startswith(wanted[-1]) for one in terms(text[begin:end])):
            units += _units(text[seen:begin])
            found.append((units, units + _units(text[begin:end])))
            seen = begin
    return found[:50]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
