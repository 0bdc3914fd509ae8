"""Tables of messaging. Two families: by conversation (what was said), by member (the mailbox)."""

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

_ORDER = ("sort_at", "conversation_id")


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
    Column("attachments", Text),  # JSON list of {name, url}
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

# Members who are asked whether they want to be in a group; they see who is in it, and no message.
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

# What pages say of themselves, asked once for each address and for a while.
link_previews = Table(
    "link_previews",
    metadata,
    Column("url", Text, primary_key=True),
    Column("preview", Text),  # JSON; null where there was nothing to show
    Column("expires_at", BigInteger, nullable=False),
    info={"owner": "url"},
)

# Groups that a member has left: the index still has them, a search leaves them out. `back` is 1
# for who has come back: then what was said meanwhile is to be left out one by one.
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
    Column("view", SmallInteger, nullable=False),  # see model.py; 6 and more are deleted
    Column("box_id", BigInteger, nullable=False),  # 0 is the personal mailbox
    Column("sort_at", BigInteger, nullable=False),  # last_at, or when it came back by itself
    Column("unread", SmallInteger, nullable=False),
    Column("starred", SmallInteger, nullable=False),
    Column("word", SmallInteger, nullable=False),  # whose is the last: 1 to answer by me, 2 mine
    Column("mentioned", SmallInteger, nullable=False),
    Column("notify", SmallInteger, nullable=False),  # 0 all, 1 mentions, 2 none
    Column("snoozed_until", BigInteger),
    Column("remind_at", BigInteger),
    Column("returned", SmallInteger, nullable=False),  # 1 from a snooze, 2 by a reminder
    Column("labels", Text),  # JSON list; null where there are none
    Column("cleared_seq", Integer, nullable=False),  # what was said up to here is hidden
    Column("attached", SmallInteger, nullable=False),  # 1 where a message has a file
    Column("writable", SmallInteger, nullable=False),
    Column("draft", Text),
    Column("drafted", SmallInteger, nullable=False),  # 1 where there is a draft
    Column("was", SmallInteger, nullable=False),  # the state's number before the last change
    Column("import_id", BigInteger),
    Index("ix_mailbox_view", "member_id", "view", "box_id", "sort_at", "conversation_id"),
    Index(
        "ix_mailbox_unread",
        "member_id",
        "view",
        "box_id",
        "unread",  # always 1; one more equal column is what makes SQLite's planner take this index
        "sort_at",
        "conversation_id",
        **_only("unread = 1"),
    ),
    # Each holds all columns that its page and its count name, the one that is always the same too.
    *(
        Index(name, "member_id", *columns, **_only(where))
        for name, columns, where in (
            ("ix_mailbox_draft", ("drafted", *_ORDER), "drafted = 1"),
            ("ix_mailbox_starred", ("starred", *_ORDER), "starred = 1"),
            (
                "ix_mailbox_awaiting_me",
                ("view", "word", "writable", *_ORDER),
                "word = 1 AND view = 0 AND writable = 1",
            ),
            (
                "ix_mailbox_awaiting_them",
                ("word", "writable", *_ORDER, "view"),
                "word = 2 AND view IN (0, 1, 5) AND writable = 1",
            ),
        )
    ),
    Index("ix_mailbox_snoozed", "member_id", "snoozed_until", **_only("snoozed_until IS NOT NULL")),
    Index("ix_mailbox_remind", "member_id", "remind_at", **_only("remind_at IS NOT NULL")),
    Index("ix_mailbox_cleared", "member_id", "cleared_seq", **_only("cleared_seq > 0")),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# -- the desk: what a member sorts conversations by; deleted things may be restored for a while ----

labels, boxes, saved_filters = (
    Table(
        name,
        metadata,
        Column("member_id", BigInteger, primary_key=True, autoincrement=False),
        Column("id", BigInteger, primary_key=True, autoincrement=False),
        Column("name", Text, nullable=False),
        *more,
        Column("position", Integer, nullable=False),
        Column("deleted_at", BigInteger, nullable=False),  # 0: it is there
        info={"owner": "member_id"},
        sqlite_with_rowid=False,
    )
    for name, more in (
        ("labels", (Column("color", SmallInteger, nullable=False),)),
        ("boxes", (Column("undo_id", BigInteger),)),  # what brings its conversations back
        ("saved_filters", (Column("filter", Text, nullable=False),)),
    )
)

# Each label of each conversation, with what a page of a label goes by.
labelled = Table(
    "labelled",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("label_id", BigInteger, primary_key=True, autoincrement=False),
    Column("conversation_id", BigInteger, primary_key=True, autoincrement=False),
    Column("view", SmallInteger, nullable=False),
    Column("sort_at", BigInteger, nullable=False),
    Index("ix_labelled_page", "member_id", "label_id", "view", "sort_at", "conversation_id"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# What was done to many conversations at once, and in parts to which and how they were before.
bulks = Table(
    "bulks",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("bulk_id", BigInteger, primary_key=True, autoincrement=False),
    Column("act", Text, nullable=False),  # JSON: the mark and what it says
    Column("total", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    Column("state", Text, nullable=False),  # running, done, stopped, undoing, undone
    Column("at", BigInteger, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
bulk_parts = Table(
    "bulk_parts",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("bulk_id", BigInteger, primary_key=True, autoincrement=False),
    Column("part", Integer, primary_key=True, autoincrement=False),
    Column("ids", Text, nullable=False),  # JSON list
    Column("before", Text),  # JSON list of rows; null until it was done
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
