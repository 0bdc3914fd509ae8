"""Tables of the network. Owner: the member; every edge is stored once for each of its ends."""

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
)

from entregent.ports.db import metadata, ordered_text

connections = Table(
    "connections",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("other_id", BigInteger, primary_key=True, autoincrement=False),
    Column("since", BigInteger, nullable=False),
    Column("name_key", ordered_text, nullable=False),  # of the other, folded
    Index("ix_connections_since", "member_id", "since", "other_id"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

blocks = Table(
    "blocks",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("other_id", BigInteger, primary_key=True, autoincrement=False),
    Column("mine", SmallInteger, nullable=False),  # 1: this member blocked the other
    Column("theirs", SmallInteger, nullable=False),  # 1: the other blocked this member
    Column("at", BigInteger, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# Whom a member follows, and by whom a member is followed.
follows = Table(
    "follows",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("other_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    Index("ix_follows_at", "member_id", "at", "other_id"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
followers = Table(
    "followers",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("other_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# What a member has put down about a person, for their own eyes.
person_words = Table(
    "person_words",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("other_id", BigInteger, primary_key=True, autoincrement=False),
    Column("tags", Text, nullable=False),  # JSON list
    Column("note", Text, nullable=False),
    Column("cadence_days", Integer),  # how often to write
    Column("changed_at", BigInteger, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# People whom a member does not want to be shown as somebody they may know.
not_suggested = Table(
    "not_suggested",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("other_id", BigInteger, primary_key=True, autoincrement=False),
    Column("at", BigInteger, nullable=False),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# People whom a member knows from an archive.
contacts = Table(
    "contacts",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("key", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("name_key", ordered_text, nullable=False),
    Column("linkedin_slug", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("company", Text, nullable=False),
    Column("position", Text, nullable=False),
    Column("connected_on", BigInteger),  # on LinkedIn
    Column("joined_id", BigInteger),  # the member that this person has turned out to be
    Column("added_at", BigInteger, nullable=False),
    UniqueConstraint("member_id", "key"),
    Index("ix_contacts_name_key", "member_id", "name_key", "id"),
    info={"owner": "member_id"},
)

# Which imports a contact came with: undoing one of two leaves the contact to the other.
contact_sources = Table(
    "contact_sources",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("import_id", BigInteger, primary_key=True, autoincrement=False),
    Column("contact_id", BigInteger, primary_key=True, autoincrement=False),
    Column("before", Text),  # JSON of what the import completed; null where it made or left it
    ForeignKeyConstraint(["member_id", "contact_id"], ["contacts.member_id", "contacts.id"]),
    Index("ix_contact_sources_contact", "member_id", "contact_id"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# Who knows somebody by an address: asked when its owner proves it.
contact_emails = Table(
    "contact_emails",
    metadata,
    Column("email", Text, primary_key=True),  # folded
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("contact_id", BigInteger, primary_key=True, autoincrement=False),
    info={"owner": "email"},
    sqlite_with_rowid=False,
)
