"""Every statement over the search index; see `search_index.py`."""

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
    update,
)

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from ..tables import message_words, messages, participants, search_progress

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
    )
    .where(
        _row
        > func.coalesce(select(search_progress.c.last_row).scalar_subquery(), literal_column("0"))
    )
    .order_by(_row)
    .limit(bindparam("limit", type_=Integer))
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
FIND_SQLITE = statement(
    select(_search.c.conversation_id, _search.c.seq, _search.c.rowid.label("place"))
    .where(_MATCH, _search.c.rowid < bindparam("before"))
    .order_by(_search.c.rowid.desc())
    .limit(bindparam("limit", type_=Integer))
)
COUNT_SQLITE = statement(select(func.count()).select_from(_search).where(_MATCH))
_vector = func.to_tsvector(literal_column("'simple'"), message_words.c.words)
_tsquery = func.to_tsquery(literal_column("'simple'"), bindparam("query", type_=Text))
FIND_POSTGRES = statement(
    select(message_words.c.conversation_id, message_words.c.seq, message_words.c.place)
    .where(_vector.op("@@")(_tsquery), message_words.c.place < bindparam("before"))
    .order_by(message_words.c.place.desc())
    .limit(bindparam("limit", type_=Integer))
)
COUNT_POSTGRES = statement(
    select(func.count()).select_from(message_words).where(_vector.op("@@")(_tsquery))
)
REMOVE_SQLITE = statement(delete(_search).where(in_list(_search.c.rowid, "places")))
REMOVE_POSTGRES = statement(
    delete(message_words).where(
        message_words.c.conversation_id == bindparam("key"),
        in_list(message_words.c.seq, "numbers"),
    )
)
NEAR = statement(
    select(_search.c.rowid, _search.c.conversation_id, _search.c.seq).where(
        _search.c.rowid >= bindparam("low"), _search.c.rowid <= bindparam("high")
    )
)
