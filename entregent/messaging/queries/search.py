"""Every statement over the search index; see `search_index.py`."""

from functools import lru_cache

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
    not_,
    select,
    update,
)
from sqlalchemy import (
    cast as sql_cast,
)
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.sql import ColumnElement

from entregent.media import Shown, is_shown
from entregent.ports.db import Statement, in_list, insert_row, statement, upsert_row

from ..tables import (
    hidden_messages,
    left_conversations,
    message_words,
    messages,
    participants,
    search_progress,
)

# A virtual table cannot be described by Core's metadata; this shadow is for its statements.
_search = Table(
    "message_search",
    MetaData(),
    Column("rowid", BigInteger, primary_key=True),
    Column("words", Text),
    Column("conversation_id", BigInteger),
    Column("seq", Integer),
)

# The words that the full-text table holds.
_terms = Table("message_terms", MetaData(), Column("term", Text))
TERMS = statement(
    select(_terms.c.term)
    .where(_terms.c.term >= bindparam("first"), _terms.c.term <= bindparam("last"))
    .limit(bindparam("limit", type_=Integer))
)

INSERT = {
    "sqlite": statement(insert_row(_search)),
    "postgresql": statement(insert_row(message_words)),
}
_row = literal_column("messages.rowid", BigInteger)
BEHIND = statement(
    select(
        _row.label("row"),
        messages.c.conversation_id,
        messages.c.seq,
        messages.c.at,
        messages.c.text,
        messages.c.subject,
        messages.c.attachments,
    )
    .where(
        _row
        > func.coalesce(select(search_progress.c.last_row).scalar_subquery(), literal_column("0")),
        _row <= bindparam("upto"),
    )
    .order_by(_row)
    .limit(bindparam("limit", type_=Integer))
)
ONE = statement(
    select(
        messages.c.conversation_id,
        messages.c.seq,
        messages.c.message_id,
        messages.c.at,
        messages.c.text,
        messages.c.subject,
        messages.c.attachments,
        messages.c.deleted_at,
    ).where(messages.c.conversation_id == bindparam("key"), messages.c.seq == bindparam("number"))
)
NUMBERS = statement(
    select(messages.c.seq)
    .where(messages.c.conversation_id == bindparam("key"), messages.c.seq > bindparam("after"))
    .order_by(messages.c.seq)
    .limit(bindparam("limit", type_=Integer))
)
HIDDEN = statement(
    select(hidden_messages.c.member_id).where(
        hidden_messages.c.member_id == bindparam("me"),
        hidden_messages.c.conversation_id == bindparam("key"),
        hidden_messages.c.message_id == bindparam("message"),
    )
)
READERS = statement(
    select(
        participants.c.conversation_id,
        participants.c.person_id,
        participants.c.first_seq,
        participants.c.left_at,
    ).where(in_list(participants.c.conversation_id, "ids"), participants.c.kind == "member")
)
SET_PROGRESS = statement(upsert_row(search_progress, update=["last_row"]))
LOWER_PROGRESS = statement(
    update(search_progress)
    .where(search_progress.c.last_row > bindparam("highest"))
    .values(last_row=bindparam("highest"))
)
HIGHEST = statement(select(func.coalesce(func.max(_row), 0)).select_from(messages))
TAKEN = statement(select(_search.c.rowid).where(_search.c.rowid == bindparam("rowid_")))
_MATCH = literal_column("message_search").op("MATCH")(bindparam("query", type_=Text))
_words = func.array_to_tsvector(func.string_to_array(message_words.c.words, literal_column("' '")))
_MATCH_WORDS = _words.op("@@")(sql_cast(bindparam("query", type_=Text), TSQUERY))
LEFT = statement(
    select(left_conversations.c.conversation_id).where(
        left_conversations.c.member_id == bindparam("member_id"), left_conversations.c.back == 0
    )
)


_PLACES = {"sqlite": _search.c.rowid, "postgresql": message_words.c.place}
_TABLES = {"sqlite": _search, "postgresql": message_words}
_MATCHES = {"sqlite": _MATCH, "postgresql": _MATCH_WORDS}

_HELD: dict[str, tuple[Shown, ...]] = {
    "pictures": ("picture", "animation"),
    "films": ("video",),
    "voices": ("voice",),
    "sounds": ("audio",),
}
# What may be asked; where nothing is, which is nearly always, the index alone answers.
ASKED = ("since", "until", "left", "among", "authors", "recipients", "files", "links", *_HELD)
Shape = frozenset[str]  # of these


def _since(place: ColumnElement[int], shape: Shape) -> list[ColumnElement[bool]]:
    return [place >= bindparam("since")] if "since" in shape else []


def _narrowed(table: Table, shape: Shape) -> list[ColumnElement[bool]]:
    """What the index does not know, looked up for each message that it gives."""
    wanted: list[ColumnElement[bool]] = []
    if "left" in shape:
        wanted.append(not_(in_list(table.c.conversation_id, "left")))
    if "among" in shape:
        wanted.append(in_list(table.c.conversation_id, "among"))
    said: list[ColumnElement[bool]] = []
    if "authors" in shape:
        said.append(in_list(messages.c.author_id, "authors"))
    if "recipients" in shape:
        said.append(not_(in_list(messages.c.author_id, "recipients")))
        there = participants.c.conversation_id == table.c.conversation_id
        who = in_list(participants.c.person_id, "recipients")
        wanted.append(select(literal_column("1")).where(there, who).exists())
    if "files" in shape:
        said.append(messages.c.attachments.is_not(None))
    if "links" in shape:
        said.append(messages.c.text.like("%://%"))
    ref = sql_cast(table.c.conversation_id, Text) + "." + sql_cast(table.c.seq, Text)
    wanted += [
        is_shown(table.c.conversation_id, "message", ref, kinds)
        for name, kinds in _HELD.items()
        if name in shape
    ]
    if said:
        here = messages.c.conversation_id == table.c.conversation_id
        same = messages.c.seq == table.c.seq
        wanted.append(select(literal_column("1")).where(here, same, *said).exists())
    return wanted


@lru_cache(maxsize=256)
def find_of(dialect: str, shape: Shape) -> Statement:
    """A page of what such a search finds; `before` is no later than `until`."""
    table, place = _TABLES[dialect], _PLACES[dialect]
    asked = (
        select(table.c.conversation_id, table.c.seq, place.label("place"))
        .where(_MATCHES[dialect], place < bindparam("before"))
        .order_by(place.desc())
        .limit(bindparam("limit", type_=Integer))
    )
    return statement(asked.where(*_since(place, shape), *_narrowed(table, shape)))


@lru_cache(maxsize=256)
def count_of(dialect: str, shape: Shape) -> Statement:
    """How much such a search finds."""
    table, place = _TABLES[dialect], _PLACES[dialect]
    until = [place < bindparam("until")] if "until" in shape else []
    asked = select(func.count()).select_from(table).where(_MATCHES[dialect])
    return statement(asked.where(*_since(place, shape), *until, *_narrowed(table, shape)))


# For the test that looks at what statements touch.
SAMPLES = {
    f"{name} {asked}": make("postgresql", frozenset(shape))
    for name, make in (("find", find_of), ("count", count_of))
    for asked, shape in (("nothing", ()), ("all", [one for one in ASKED if one != "among"]))
}
REMOVE_SQLITE = statement(delete(_search).where(in_list(_search.c.rowid, "places")))
REMOVE_POSTGRES = statement(
    delete(message_words).where(
        message_words.c.conversation_id == bindparam("key"),
        message_words.c.seq == bindparam("number"),
    )
)
NEAR = statement(
    select(_search.c.rowid, _search.c.conversation_id, _search.c.seq).where(
        _search.c.rowid >= bindparam("low"), _search.c.rowid <= bindparam("high")
    )
)
