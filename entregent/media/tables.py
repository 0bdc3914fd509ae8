"""Tables of media. Owner: the member who brought a file; of a use, the place where it is seen (a
conversation, a member); of bytes, their hash."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from entregent.ports.db import metadata

media = Table(
    "media",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("media_id", BigInteger, primary_key=True, autoincrement=False),
    Column("client_id", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("length", BigInteger, nullable=False),  # as announced
    Column("stored", BigInteger, nullable=False),  # what counts for the member's quota
    Column("tries", SmallInteger, nullable=False),
    Column("made_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),  # null while it is used
    Column("kept", Text, nullable=False),  # JSON of `model.Kept`
    UniqueConstraint("member_id", "client_id"),
    Index(
        "ix_media_expires_at",
        "expires_at",
        sqlite_where=text("expires_at IS NOT NULL"),
        postgresql_where=text("expires_at IS NOT NULL"),
    ),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

media_uses = Table(
    "media_uses",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("media_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    ForeignKeyConstraint(["member_id", "media_id"], ["media.member_id", "media.media_id"]),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)

# The same from the other end: what is seen at a place, in one read.
shown_media = Table(
    "shown_media",
    metadata,
    Column("place_id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    Column("media_id", BigInteger, primary_key=True, autoincrement=False),
    Column("position", SmallInteger, nullable=False),
    Column("member_id", BigInteger, nullable=False),  # who brought it
    Column("kept", Text, nullable=False),  # as in `media`
    info={"owner": "place_id"},
    sqlite_with_rowid=False,
)

# Every blob that the store may hold. One that is being removed is not to be claimed meanwhile.
blobs = Table(
    "blobs",
    metadata,
    Column("blob_key", Text, primary_key=True),
    Column("going", SmallInteger, nullable=False),
    info={"owner": "blob_key"},
)

# Whose bytes these are: claimed before they are put, so that nothing is in the store unclaimed.
blob_claims = Table(
    "blob_claims",
    metadata,
    Column("blob_key", Text, primary_key=True),
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("media_id", BigInteger, primary_key=True, autoincrement=False),
    info={"owner": "blob_key"},
    sqlite_with_rowid=False,
)
