"""Tables of the log. Owner: the member."""

from sqlalchemy import BigInteger, Column, Table, Text

from entregent.ports.db import metadata

log_heads = Table(
    "log_heads",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, nullable=False),  # the last number given
    Column("floor", BigInteger, nullable=False),  # the last number trimmed away
    info={"owner": "member_id"},
)

log = Table(
    "log",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("event", Text, nullable=False),
    # A table with row ids on SQLite: events of many members are written side by side at its end,
    # where clustering by member would touch one page for each of them in every commit.
    info={"owner": "member_id"},
)

commands = Table(
    "commands",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_id", Text, primary_key=True),
    Column("action", Text, nullable=False),
    Column("answer", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
