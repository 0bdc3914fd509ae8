"""Tables of moderation. Owner: the person that reports and decisions are about (0 is nobody in
particular); of the list of hosts, each of them; of the log, each entry."""

from sqlalchemy import BigInteger, Column, Index, Integer, SmallInteger, Table, Text, text

from entregent.ports.db import metadata

# What members have reported, with what they saw.
reports = Table(
    "reports",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("report_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),  # message, conversation, invitation, person
    Column("reporter_id", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("seen", Text, nullable=False),  # JSON of `model.Witnessed`
    Column("conversation_id", BigInteger),
    Column("seq", Integer),
    Column("invitation_id", BigInteger),
    Column("at", BigInteger, nullable=False),
    Column("state", SmallInteger, nullable=False),  # 0 waits, 1 decided, 2 taken back
    Column("decision_id", BigInteger),
    Index("ix_reports_state", "person_id", "state", "report_id"),
    info={"owner": "person_id"},
    sqlite_with_rowid=False,
)

# What waits about each person: the lines of the queue.
report_cases = Table(
    "report_cases",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("waiting", Integer, nullable=False),  # reports
    Column("reporters", Integer, nullable=False),  # who sent in those that wait
    Column("appeals", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("open", SmallInteger, nullable=False),  # 1 where something waits
    Index("ix_report_cases_open", "open", "last_at", "person_id"),
    info={"owner": "person_id"},
)

decisions = Table(
    "decisions",
    metadata,
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("decision_id", BigInteger, primary_key=True, autoincrement=False),
    Column("verdict", Text, nullable=False),  # dismiss, warn, restrict, suspend
    Column("reason", Text, nullable=False),
    Column("statement", Text, nullable=False),
    Column("reports", Integer, nullable=False),  # how many it decided
    Column("until", BigInteger),  # null: for good, or of no duration
    Column("by_id", BigInteger),  # null: from the command line
    Column("at", BigInteger, nullable=False),
    Column("key", Text, nullable=False),  # opens this decision, and only it, without a session
    Column("reversed_at", BigInteger),
    Column("reversed_by", BigInteger),
    Column("appeal", Text),
    Column("appealed_at", BigInteger),
    Column("answer", Text),  # to the appeal, or with the reversal
    Column("answered_at", BigInteger),
    info={"owner": "person_id"},
    sqlite_with_rowid=False,
)

hosts = Table(
    "hosts",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("granted_at", BigInteger, nullable=False),
    info={"owner": "member_id"},
)

# What hosts did, in order. No statement changes or drops a line.
audit_log = Table(
    "audit_log",
    metadata,
    Column("entry_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("by_id", BigInteger),  # null: from the command line
    Column("what", Text, nullable=False),
    Column("person_id", BigInteger),
    Column("detail", Text, nullable=False),  # JSON
    Index(
        "ix_audit_log_person", "person_id", "entry_id", sqlite_where=text("person_id IS NOT NULL")
    ),
    info={"owner": "entry_id"},
)
