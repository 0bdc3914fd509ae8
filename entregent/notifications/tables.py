"""Tables of notifications. Owner: the member who is told; of an endpoint, the endpoint."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from entregent.ports.db import metadata

notices = Table(
    "notices",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("notice_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("topic", Text, nullable=False),  # with the kind, what gathers into one notice
    Column("thing", Text),  # JSON of `model.Thing`
    Column("detail", Text, nullable=False),  # JSON of `model.Detail`
    Column("faces", Text, nullable=False),  # JSON list of the latest people
    Column("people", Integer, nullable=False),  # how many there are
    Column("at", BigInteger, nullable=False),
    Column("seen", SmallInteger, nullable=False),
    Column("read", SmallInteger, nullable=False),
    UniqueConstraint("member_id", "kind", "topic"),
    Index("ix_notices_at", "member_id", "at", "notice_id"),
    Index(
        "ix_notices_unseen",
        "member_id",
        "seen",
        sqlite_where=text("seen = 0"),
        postgresql_where=text("seen = 0"),
    ),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

notice_people = Table(
    "notice_people",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("notice_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("seen", SmallInteger, nullable=False),
    ForeignKeyConstraint(["member_id", "notice_id"], ["notices.member_id", "notices.notice_id"]),
    Index(
        "ix_notice_people_unseen",
        "member_id",
        "seen",
        "person_id",
        sqlite_where=text("seen = 0"),
        postgresql_where=text("seen = 0"),
    ),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

notice_settings = Table(
    "notice_settings",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("chosen", Text, nullable=False),  # JSON of `model.NoticeSettings`
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# When a member's digest is due, and what one click in it needs to be believed.
digests = Table(
    "digests",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("secret", Text, nullable=False),  # signs the way out in each letter
    Column("due_at", BigInteger),  # null: it is off
    Column("told_at", BigInteger, nullable=False),  # what came later has not been in a letter
    Column("before", Text),  # JSON of `model.Digest`: what one click has switched off
    info={"owner": "member_id"},
)

# Browsers that a member wants to be told by; each lives as long as its session.
devices = Table(
    "devices",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("device_id", BigInteger, primary_key=True, autoincrement=False),
    Column("session_id", BigInteger, nullable=False),
    Column("endpoint", Text, nullable=False),
    Column("endpoint_key", Text, nullable=False),
    Column("p256dh", Text, nullable=False),
    Column("auth", Text, nullable=False),
    Column("added_at", BigInteger, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# Whose an endpoint is: one browser is one member's at a time.
endpoints = Table(
    "endpoints",
    metadata,
    Column("endpoint_key", Text, primary_key=True),
    Column("member_id", BigInteger, nullable=False),
    Column("device_id", BigInteger, nullable=False),
    info={"owner": "endpoint_key"},
)
