"""The search index: the same folded words on both databases, so the same results.

SQLite keeps them in a full-text table that has no positions (a quarter of the size), PostgreSQL in
`message_words` under a GIN index. Words are folded by `kit.text`, so neither database's own idea
of a word or an accent matters.
"""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    BigInteger,
    Column,
    Integer,
    MetaData,
    Table,
    Text,
    bindparam,
    delete,
    func,
    literal_column,
    select,
)

from entregent.kit.text import words
from entregent.ports.db import Transaction, insert_row, statement

from .tables import message_words

# A virtual table cannot be described by Core's metadata; this shadow is for its statements.
_search = Table(
    "message_search",
    MetaData(),
    Column("rowid", BigInteger, primary_key=True),
    Column("words", Text),
    Column("conversation_id", BigInteger),
    Column("seq", Integer),
)
CREATE_SQLITE = (
    "CREATE VIRTUAL TABLE IF NOT EXISTS message_search USING fts5("
    "words, conversation_id UNINDEXED, seq UNINDEXED, "
    "detail=none, columnsize=0, tokenize='ascii')"
)

_INSERT = {
    "sqlite": statement(insert_row(_search)),
    "postgresql": statement(insert_row(message_words)),
}
_TAKEN = statement(select(_search.c.rowid).where(_search.c.rowid == bindparam("rowid_")))
_MATCH = literal_column("message_search").op("MATCH")(bindparam("query", type_=Text))
_FIND_SQLITE = statement(
    select(_search.c.conversation_id, _search.c.seq, _search.c.rowid.label("place"))
    .where(_MATCH, _search.c.rowid < bindparam("before"))
    .order_by(_search.c.rowid.desc())
    .limit(bindparam("limit", type_=Integer))
)
_COUNT_SQLITE = statement(select(func.count()).select_from(_search).where(_MATCH))
_vector = func.to_tsvector(literal_column("'simple'"), message_words.c.words)
_tsquery = func.to_tsquery(literal_column("'simple'"), bindparam("query", type_=Text))
_FIND_POSTGRES = statement(
    select(message_words.c.conversation_id, message_words.c.seq, message_words.c.place)
    .where(_vector.op("@@")(_tsquery), message_words.c.place < bindparam("before"))
    .order_by(message_words.c.place.desc())
    .limit(bindparam("limit", type_=Integer))
)
_COUNT_POSTGRES = statement(
    select(func.count()).select_from(message_words).where(_vector.op("@@")(_tsquery))
)
_REMOVE = {
    "sqlite": statement(
        delete(_search).where(
            _search.c.conversation_id == bindparam("key"), _search.c.seq == bindparam("number")
        )
    ),
    "postgresql": statement(
        delete(message_words).where(
            message_words.c.conversation_id == bindparam("key"),
            message_words.c.seq == bindparam("number"),
        )
    ),
}

LAST_PLACE = 2**62
MOST_WORDS = 1_500  # of one message; 8,000 characters hold fewer in any language we know


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


def index(tx: Transaction, entries: Sequence[Indexed]) -> None:
    """Adds messages to the index."""
    if tx.dialect == "postgresql":
        tx.run_many(
            _INSERT["postgresql"],
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
        return
    rows: list[dict[str, Any]] = [
        {
            "rowid": _place(entry),
            "words": _document(entry),
            "conversation_id": entry.conversation_id,
            "seq": entry.seq,
        }
        for entry in entries
    ]
    taken = {row[0] for row in tx.each(_TAKEN, [{"rowid_": row["rowid"]} for row in rows])}
    for row in rows:
        while row["rowid"] in taken:
            row["rowid"] += 1
            if tx.first(_TAKEN, rowid_=row["rowid"]):
                taken.add(row["rowid"])
        taken.add(row["rowid"])
    tx.run_many(_INSERT["sqlite"], rows)


def remove(tx: Transaction, places: Sequence[tuple[int, int]]) -> None:
    """Takes messages (conversation, number) out of the index."""
    for key, number in places:
        tx.run(_REMOVE[tx.dialect], key=key, number=number)


def find(tx: Transaction, me: int, query: str, before: int, limit: int) -> tuple[list[Hit], int]:
    """The newest hits before a place for all words of a query (the last one as a prefix), and
    how many there are in all.
    """
    wanted = words(query)
    if not wanted:
        return [], 0
    if tx.dialect == "postgresql":
        text = " & ".join([f"m{me}", *wanted[:-1], f"{wanted[-1]}:*"])
        rows = tx.all(_FIND_POSTGRES, query=text, before=before, limit=limit)
        total = tx.value(_COUNT_POSTGRES, query=text)
    else:
        text = " AND ".join([f'"m{me}"', *(f'"{word}"' for word in wanted[:-1])])
        text += f' AND "{wanted[-1]}"*'
        rows = tx.all(_FIND_SQLITE, query=text, before=before, limit=limit)
        total = tx.value(_COUNT_SQLITE, query=text)
    return [Hit(row.conversation_id, row.seq, row.place) for row in rows], total


def _place(entry: Indexed) -> int:
    """Sorts by time, so that the newest hits are read first and no further; the lower bits keep
    apart what was written in the same millisecond."""
    mixed = (entry.conversation_id ^ (entry.seq * 2_654_435_761)) * 0x9E3779B97F4A7C15
    return (max(0, entry.at) << 20) | ((mixed >> 40) & 0xFFFFF)


def _document(entry: Indexed) -> str:
    # Sorted and once each: positions are not kept, and the index grows less.
    found = sorted(set(words(entry.text)[:MOST_WORDS]))
    return " ".join([*(f"m{person}" for person in entry.people), *found])
