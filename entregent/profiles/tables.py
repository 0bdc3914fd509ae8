"""Tables of profiles. Owner: the member, or the handle that must be unique."""

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
)

from entregent.ports.db import metadata, ordered_text

profiles = Table(
    "profiles",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("handle", Text, nullable=False),
    Column("name", Text, nullable=False),  # as the account has it
    Column("name_key", ordered_text, nullable=False),
    Column("headline", Text, nullable=False),
    Column("open_to", Text, nullable=False),  # JSON list
    Column("details", Text, nullable=False),  # JSON of `model.Details`
    Column("audiences", Text, nullable=False),  # JSON: what differs from the default
    Column("changed_at", BigInteger, nullable=False),
    Column("photo", Text),  # JSON of `model.Picture`
    Column("cover", Text),
    Index("ix_profiles_name_key", "name_key", "member_id"),
    info={"owner": "member_id"},
)

handles = Table(
    "handles",
    metadata,
    Column("handle", Text, primary_key=True),
    Column("member_id", BigInteger, nullable=False),
    info={"owner": "handle"},
)

profile_words = Table(
    "profile_words",
    metadata,
    Column(
        "member_id",
        BigInteger,
        ForeignKey("profiles.member_id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("word", ordered_text, primary_key=True),
    Column("level", SmallInteger, nullable=False),  # the narrowest audience that finds it
    Index("ix_profile_words_word", "word", "member_id"),
    info={"owner": "member_id"},
    sqlite_with_rowid=False,
)
