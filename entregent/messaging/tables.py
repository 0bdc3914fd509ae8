"""Tables of messaging. Two families: by conversation (what was said), by member (the mailbox)."""

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

conversations = Table(
    "conversations",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),  # direct, group
    Column("source", Text, nullable=False),  # entregent, linkedin
    Column("title", Text),
    Column("created_by", BigInteger, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("closed", Text),  # why nobody can write any more: blocked, imported
    Column("import_id", BigInteger),
    Column("source_key", Text),  # the conversation's id in the archive it came from
    info={"owner": "conversation_id"},
)

participants = Table(
    "participants",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),  # member, contact, unknown
    Column("name", Text),  # of an unknown person in an imported conversation
    Column("role", Text, nullable=False),  # owner, member
    Column("joined_at", BigInteger, nullable=False),
    Column("first_seq", Integer, nullable=False),  # history starts here for this person
    Column("left_at", BigInteger),
    ForeignKeyConstraint(["conversation_id"], ["conversations.conversation_id"]),
    info={"owner": "conversation_id"},
    sqlite_with_rowid=False,
)

messages = Table(
    "messages",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, nullable=False),
    Column("author_id", BigInteger),
    Column("at", BigInteger, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("kind", Text, nullable=False),  # text, note, system
    Column("text", Text, nullable=False),
    Column("subject", Text),
    Column("attachments", Text),  # JSON list of {name, url}
    Column("import_id", BigInteger),
    UniqueConstraint("conversation_id", "client_id"),
    ForeignKeyConstraint(["conversation_id"], ["conversations.conversation_id"]),
    info={"owner": "conversation_id"},
)

# What a search looks through on PostgreSQL: folded words, and one mark for each participant
# ("·42"), so that a member's search never walks through what others wrote. SQLite keeps the same
# in a full-text table, `message_search`, filled up to `search_progress`; see search_index.py.
message_words = Table(
    "message_words",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("place", BigInteger, nullable=False),
    Column("words", Text, nullable=False),
    Index(
        "ix_message_words_words",
        # Not to_tsvector: its parser has an idea of its own of what a word is ("1e5d" is two).
        text("array_to_tsvector(string_to_array(words, ' '))"),
        postgresql_using="gin",
    ).ddl_if(dialect="postgresql"),
    info={"owner": "conversation_id"},
)

search_progress = Table(
    "search_progress",
    metadata,
    Column("index_name", Text, primary_key=True),
    Column("last_row", BigInteger, nullable=False),
    info={"owner": "index_name"},
)

# Groups that a member has left: the index still has them, a search leaves them out.
left_conversations = Table(
    "left_conversations",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# The conversations that a member's imports have brought, by the key that each has in the archive.
imported_conversations = Table(
    "imported_conversations",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("source_key", Text, primary_key=True),
    Column("conversation_id", BigInteger, nullable=False),
    Column("drafts", Text, nullable=False),  # JSON list: the drafts that were brought once
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# What each import did to a conversation, so that it can be taken away again.
import_traces = Table(
    "import_traces",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("import_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("held", Text, nullable=False),  # JSON list: messages that were there and it has too
    Column("before", Text),  # JSON of how it stood; null where this import made it
    Index("ix_import_traces_conversation", "member_id", "conversation_id"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

pairs = Table(
    "pairs",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),  # the smaller id
    Column("other_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

mailbox = Table(
    "mailbox",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("source", Text, nullable=False),
    Column("title", Text),
    Column("people", Text, nullable=False),  # JSON list of up to three others
    Column("size", SmallInteger, nullable=False),
    Column("last_seq", Integer, nullable=False),
    Column("read_seq", Integer, nullable=False),
    Column("last_at", BigInteger, nullable=False),
    Column("last_author_id", BigInteger),
    Column("snippet", Text, nullable=False),
    Column("view", SmallInteger, nullable=False),
    Column("unread", SmallInteger, nullable=False),
    Column("writable", SmallInteger, nullable=False),
    Column("draft", Text),
    Column("drafted", SmallInteger, nullable=False),  # 1 where there is a draft
    Column("was", SmallInteger, nullable=False),  # view, unread and draft before the last change
    Column("import_id", BigInteger),
    Index("ix_mailbox_view", "member_id", "view", "last_at", "conversation_id"),
    Index(
        "ix_mailbox_unread",
        "member_id",
        "view",
        "unread",  # always 1; a third equal column is what makes SQLite's planner take this index
        "last_at",
        "conversation_id",
        sqlite_where=text("unread = 1"),
        postgresql_where=text("unread = 1"),
    ),
    Index(
        "ix_mailbox_draft",
        "member_id",
        "drafted",
        sqlite_where=text("drafted = 1"),
        postgresql_where=text("drafted = 1"),
    ),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
