"""By member: rules that sort what comes, and what is answered while the member is away."""

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, Table, Text

from entregent.ports.db import metadata

# Into which mailbox, and under which label, a conversation goes of which the condition holds.
routing_rules = Table(
    "routing_rules",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("position", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("enabled", SmallInteger, nullable=False),
    Column("condition", Text, nullable=False),  # JSON of `desk.Filter`
    Column("box_id", BigInteger),  # 0 is the personal mailbox; null leaves it where it is
    Column("label_id", BigInteger),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# When a member is away, and what is said then. A new absence takes the place of the last one.
absences = Table(
    "absences",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("absence_id", BigInteger, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("until", BigInteger, nullable=False),
    Column("text", Text, nullable=False),
    Column("audience", Text, nullable=False),  # connections, everyone
    info={"owner": "member_id"},
)

# Who was answered in which absence: each person once.
absence_answers = Table(
    "absence_answers",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("absence_id", BigInteger, primary_key=True, autoincrement=False),
    Column("other_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("stranger", SmallInteger, nullable=False),
    Index("ix_absence_answers_at", "member_id", "at"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
