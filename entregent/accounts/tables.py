"""Tables of accounts. Owner: the member, or the value that must be unique."""

from sqlalchemy import BigInteger, Column, ForeignKey, SmallInteger, Table, Text

from entregent.ports.db import metadata

accounts = Table(
    "accounts",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("email", Text, nullable=False),
    Column("password_hash", Text, nullable=False),  # empty: nobody signs in by password
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("theme", Text, nullable=False),
    Column("density", Text, nullable=False),
    Column("shortcuts", Text, nullable=False),  # JSON of `model.Shortcuts`
    # What others may know, and I of them, each both ways: delivered, read and typing; presence.
    Column("receipts", SmallInteger, nullable=False),
    Column("presence", SmallInteger, nullable=False),
    Column("undo_seconds", SmallInteger, nullable=False),  # how long what is sent can be undone
    Column("created_at", BigInteger, nullable=False),
    Column("verified_at", BigInteger),
    Column("closed_at", BigInteger),
    # What the host decided: until when nothing new is sent to others, until when nobody comes in.
    Column("restricted_until", BigInteger),
    Column("suspended_until", BigInteger),
    info={"owner": "member_id"},
)

emails = Table(
    "emails",
    metadata,
    Column("email", Text, primary_key=True),  # as `model.email_key` folds it
    Column("member_id", BigInteger, nullable=False),
    Column("verified_at", BigInteger),
    info={"owner": "email"},
)

sessions = Table(
    "sessions",
    metadata,
    Column(
        "member_id",
        BigInteger,
        ForeignKey("accounts.member_id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("token_hash", Text, nullable=False),
    Column("created_at", BigInteger, nullable=False),
    Column("seen_at", BigInteger, nullable=False),
    Column("address", Text, nullable=False),
    Column("agent", Text, nullable=False),
    info={"owner": "member_id"},
)

proofs = Table(
    "proofs",
    metadata,
    Column(
        "member_id",
        BigInteger,
        ForeignKey("accounts.member_id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("purpose", Text, nullable=False),  # verify, reset, email
    Column("email", Text, nullable=False),
    Column("token_hash", Text, nullable=False),
    Column("expires_at", BigInteger, nullable=False),
    Column("used_at", BigInteger),
    info={"owner": "member_id"},
)

# Personal access tokens: a program's way in, which may do what its scopes say.
access_tokens = Table(
    "access_tokens",
    metadata,
    Column(
        "member_id",
        BigInteger,
        ForeignKey("accounts.member_id"),
        primary_key=True,
        autoincrement=False,
    ),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("name", Text, nullable=False),
    Column("token_hash", Text, nullable=False),
    Column("scopes", Text, nullable=False),  # with spaces between
    Column("created_at", BigInteger, nullable=False),
    Column("expires_at", BigInteger),
    Column("seen_at", BigInteger),
    info={"owner": "member_id"},
)
