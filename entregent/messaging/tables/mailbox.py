"""By member: the mailbox, and what it is sorted by."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Index,
    Integer,
    SmallInteger,
    Table,
    Text,
    text,
)

from entregent.ports.db import metadata

_ORDER = ("sort_at", "conversation_id")


def _only(where: str) -> dict[str, Any]:
    """An index over a part of the rows."""
    return {"sqlite_where": text(where), "postgresql_where": text(where)}


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
    Column("placed", SmallInteger, nullable=False),  # 1 where the member chose its mailbox by hand
    Column("sort_at", BigInteger, nullable=False),  # last_at, or when it came back by itself
    Column("unread", SmallInteger, nullable=False),
    Column("starred", SmallInteger, nullable=False),
    Column("word", SmallInteger, nullable=False),  # whose is the last: 1 to answer by me, 2 mine
    Column("mentioned", SmallInteger, nullable=False),
    Column("notify", SmallInteger, nullable=False),  # 0 all, 1 mentions, 2 none
    Column("snoozed_until", BigInteger),
    Column("remind_at", BigInteger),
    Column("returned", SmallInteger, nullable=False),  # 1 from a snooze, 2 by a reminder
    Column("held", SmallInteger, nullable=False),  # 1 where a new contact begins with a pitch
    Column("labels", Text),  # JSON list; null where there are none
    Column("cleared_seq", Integer, nullable=False),  # what was said up to here is hidden
    Column("attached", SmallInteger, nullable=False),  # 1 where a message has a file
    Column("last_media", Text),  # JSON of `model.LastMedia`: what the last message brought
    Column("writable", SmallInteger, nullable=False),
    Column("draft", Text),
    Column("drafted", SmallInteger, nullable=False),  # 1 where there is a draft
    Column("away", SmallInteger, nullable=False),  # 1 where the last message came in an absence
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
