"""What a member may read: the one place that decides it, and the pages it gives."""

import heapq
import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, Literal

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.paging import decode_cursor, encode_cursor
from entregent.kit.people import Card, WithPeople
from entregent.ports.db import Transaction

from .model import NUMBER, VIEWS, Attachment, Counts, Message, Row
from .queries import imports
from .queries import rows as queries
from .search_index import LAST_PLACE, find, places_of_terms, terms

AnyView = Literal["inbox", "unread", "archived", "requests", "spam", "promotions", "all"]
FAR_FUTURE = 2**62


class Inbox(WithPeople):
    """A page of a view; `total` is exact."""

    rows: list[Row]
    next: str | None
    total: int

    def people(self) -> Iterable[int]:
        return people_of(self.rows)


class Rows(WithPeople):
    """Some conversations."""

    rows: list[Row]

    def people(self) -> Iterable[int]:
        return people_of(self.rows)


class Participant(msgspec.Struct, kw_only=True):
    """Somebody in a conversation."""

    id: Id
    kind: Literal["member", "contact", "unknown"]
    name: str | None
    role: Literal["owner", "member"]
    joined_at: int


class Conversation(WithPeople):
    """A conversation with everyone who is in it."""

    row: Row
    participants: list[Participant]

    def people(self) -> Iterable[int]:
        return [*people_of([self.row]), *(int(person.id) for person in self.participants)]


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


@lru_cache(maxsize=20_000)
def faces(text: str) -> list[str]:
    """The ids of a row's `people`; the list is shared, so nobody may change it."""
    return [str(person) for person in json.loads(text)]


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
        view=VIEWS[row.view],
        draft=row.draft,
        writable=bool(row.writable),
    )


def message_of(row: Any) -> Message:
    """A stored message as the wire has it."""
    return Message(
        id=str(row.message_id),
        conversation_id=str(row.conversation_id),
        seq=row.seq,
        author_id=None if row.author_id is None else str(row.author_id),
        at=row.at,
        text=row.text,
        client_id=row.client_id,
        subject=row.subject,
        attachments=(
            msgspec.json.decode(row.attachments, type=list[Attachment]) if row.attachments else []
        ),
        kind=row.kind,
    )


def find_for(tx: Transaction, me: int, conversation_id: int) -> Any:
    """My mailbox row of a conversation; refuses one that is not mine as if it did not exist."""
    row = tx.first(queries.ONE_ROW, member_id=me, conversation_id=conversation_id)
    if row is None:
        raise Refusal("messaging.conversation_not_found", status=404)
    return row


def counts(tx: Transaction, me: int) -> Counts:
    """How many conversations stand in each of my views."""
    found = {row.view: row.n for row in tx.all(queries.COUNT_VIEWS, member_id=me)}
    numbers = {name: found.get(number, 0) for name, number in NUMBER.items()}
    return Counts(
        **numbers,
        unread=tx.value(queries.COUNT_UNREAD, member_id=me),
        drafts=tx.value(queries.COUNT_DRAFTS, member_id=me),
        all=sum(found.values()),
    )


def total_of(numbers: Counts, view: AnyView) -> int:
    """The count of one view."""
    total: int = getattr(numbers, view)
    return total


def page(
    tx: Transaction, me: int, view: AnyView, after: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """A page of a view, newest first, and the cursor of the next."""
    at, key = (FAR_FUTURE, FAR_FUTURE) if after is None else decode_cursor(after, int, int)
    found = [
        row
        for kind, more in _kinds(view)
        for row in tx.all(queries.PAGE[kind], member_id=me, at=at, key=key, limit=limit + 1, **more)
    ]
    found.sort(key=lambda row: (row.last_at, row.conversation_id), reverse=True)
    rows = found[:limit]
    following = (
        encode_cursor(rows[-1].last_at, rows[-1].conversation_id) if len(found) > limit else None
    )
    return [row_of(row) for row in rows], following


def ids(tx: Transaction, me: int, view: AnyView) -> list[int]:
    """All conversation ids of a view, newest first."""
    lists = [tx.all(queries.IDS[kind], member_id=me, **more) for kind, more in _kinds(view)]
    if len(lists) == 1:
        return [key for _, key in lists[0]]
    return [key for _, key in heapq.merge(*lists, reverse=True)]


def _kinds(view: AnyView) -> list[tuple[str, dict[str, int]]]:
    """The indexed lists that make up a view: "all" is every place together."""
    if view == "unread":
        return [("unread", {})]
    places = VIEWS if view == "all" else (view,)
    return [("view", {"view": NUMBER[place]}) for place in places]


def found_rows(tx: Transaction, me: int, wanted: list[int]) -> Rows:
    """Those of these conversations that are mine, with whoever has no card of their own."""
    rows = some_rows(tx, me, wanted)
    return Rows(rows=rows, cards=strangers(tx, rows))


def some_rows(tx: Transaction, me: int, wanted: list[int]) -> list[Row]:
    """Those of these conversations that are mine."""
    return [row_of(row) for row in tx.all(queries.SOME_ROWS, member_id=me, ids=wanted)]


def conversation(tx: Transaction, me: int, conversation_id: int) -> Conversation:
    """A conversation of mine with its people."""
    row = row_of(find_for(tx, me, conversation_id))
    return Conversation(
        row=row,
        cards=strangers(tx, [row]),
        participants=[
            Participant(
                id=str(person.person_id),
                kind=person.kind,
                name=person.name,
                role=person.role,
                joined_at=person.joined_at,
            )
            for person in tx.all(queries.PARTICIPANTS, ids=[conversation_id])
        ],
    )


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
    part = tx.first(queries.MY_PART, conversation_id=conversation_id, person=me)
    first = part.first_seq if part else 1
    here = {"conversation_id": conversation_id, "first_seq": first}
    if after is not None:
        found = tx.all(queries.AFTER, **here, seq=after, limit=limit)
    elif around is not None:
        half = max(1, limit // 2)
        earlier = tx.all(queries.BEFORE, **here, seq=around + 1, limit=half)
        found = [*reversed(earlier), *tx.all(queries.AFTER, **here, seq=around, limit=half)]
    else:
        end = 2**31 - 1 if before is None else before
        found = list(reversed(tx.all(queries.BEFORE, **here, seq=end, limit=limit)))
    return Messages(
        messages=[message_of(message) for message in found],
        first_seq=first,
        last_seq=row.last_seq,
        cards=strangers(tx, [row_of(row)]),
    )


def search(tx: Transaction, me: int, query: str, after: str | None, limit: int) -> SearchPage:
    """Messages of mine that hold all the words of a query, newest first."""
    place = LAST_PLACE if after is None else int(decode_cursor(after, int)[0])
    hits, total = find(tx, me, query, place, limit + 1)
    shown = hits[:limit]
    keys = [{"conversation_id": hit.conversation_id, "seq": hit.seq} for hit in shown]
    found = {
        (row.conversation_id, row.seq): message_of(row)
        for row in tx.each(queries.ONE_MESSAGE, keys)
    }
    rows = {int(row.id): row for row in some_rows(tx, me, [hit.conversation_id for hit in shown])}
    wanted = terms(query)
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
    seen = units = 0
    for begin, end in places_of_terms(text):
        if any(one in wanted or one.startswith(wanted[-1]) for one in terms(text[begin:end])):
            units += _units(text[seen:begin])
            found.append((units, units + _units(text[begin:end])))
            seen = begin
    return found[:50]


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
