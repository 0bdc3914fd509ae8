"""By conversation: what was said and by whom; and what members keep about it."""

from typing import Any

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


def _only(where: str) -> dict[str, Any]:
    """An index over a part of the rows."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}


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
    Column("history", Text),  # "all": newcomers to the group see what was said before them
    Column("apart", SmallInteger),  # 1 where a block may stand between two people of the group
    Column(
        "probation", SmallInteger
    ),  # whose first words are weighed: 1 a stranger's, 2 a new contact's
    info={"owner": "conversation_id"},
)

participants = Table(
    "participants",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),  # member, contact, unknown
    Column("name", Text),  # of an unknown person in an imported conversation
    Column("role", Text, nullable=False),  # owner, admin, member
    Column("joined_at", BigInteger, nullable=False),
    Column("first_seq", Integer, nullable=False),  # history starts here for this person
    Column("left_at", BigInteger),
    Column("delivered_seq", Integer),
    Column("read_seq", Integer),  # what the others may be told of, where receipts are on
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
    Column("attachments", Text),  # JSON list of `archived.StoredFile`
    Column("import_id", BigInteger),
    Column("edited_at", BigInteger),
    Column("deleted_at", BigInteger),  # for everyone: what was said is gone
    Column("quote_seq", Integer),
    Column("reactions", Text),  # JSON list of {emoji, people}
    Column("extra", Text),  # JSON of `said.Extra`: origin, mentions, previews
    UniqueConstraint("conversation_id", "client_id"),
    Index("ix_messages_quote", "conversation_id", "quote_seq", **_only("quote_seq IS NOT NULL")),
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

# What a message said before it was edited.
message_edits = Table(
    "message_edits",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", BigInteger, primary_key=True, autoincrement=False),  # when it was written so
    Column("text", Text, nullable=False),
    info={"owner": "conversation_id"},
    sqlite_with_rowid=False,
)

# Members who are asked to join a group; they see who is in it, and no message.
asked_people = Table(
    "asked_people",
    metadata,
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("person_id", BigInteger, primary_key=True, autoincrement=False),
    Column("by_id", BigInteger, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("declined_at", BigInteger),
    info={"owner": "conversation_id"},
    sqlite_with_rowid=False,
)

# Messages that a member has deleted for themselves.
hidden_messages = Table(
    "hidden_messages",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("message_id", BigInteger, primary_key=True, autoincrement=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# Messages that wait: for their time, or for the seconds in which sending can be undone.
scheduled_messages = Table(
    "scheduled_messages",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("scheduled_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, nullable=False),
    Column("client_id", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("more", Text, nullable=False),  # JSON of `model.More`
    Column("created_at", BigInteger, nullable=False),
    Column("send_at", BigInteger, nullable=False),
    Column("held", SmallInteger, nullable=False),  # 1 where it only waits to be undone
    Column("refusal", Text),  # why it could not be sent; then it waits for the member
    UniqueConstraint("member_id", "client_id"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# What members wrote first to strangers and new contacts, to know what is said to everybody.
first_words = Table(
    "first_words",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Column("stranger", SmallInteger, nullable=False),
    Column("words", BigInteger, nullable=False),  # a number made of them
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# Where first words of others go: inbox, requests, refuse. A member without a row has the defaults.
sender_policies = Table(
    "sender_policies",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("near", Text, nullable=False),  # of those with a connection in common
    Column("far", Text, nullable=False),  # of everybody else
    info={"owner": "member_id"},
)

# What pages say of themselves, asked once for each address and for a while.
link_previews = Table(
    "link_previews",
    metadata,
    Column("url", Text, primary_key=True),
    Column("preview", Text),  # JSON; null where there was nothing to show
    Column("expires_at", BigInteger, nullable=False),
    info={"owner": "url"},
)

# What links are held against: the domains that the host does not want, and, as ":own", the house's.
link_domains = Table(
    "link_domains",
    metadata,
    Column("domain", Text, primary_key=True),
    Column("kind", Text, nullable=False),  # setting, command; of ":own" the host itself
    Column("at", BigInteger, nullable=False),
    info={"owner": "domain"},
)

# Groups that a member has left, which a search leaves out; `back` is 1 for who has come back.
left_conversations = Table(
    "left_conversations",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("back", SmallInteger, nullable=False),
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
