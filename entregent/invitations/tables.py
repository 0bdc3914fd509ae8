"""Tables of invitations. Owner: the member; each invitation is stored once for each of its ends."""

from sqlalchemy import BigInteger, Column, Index, SmallInteger, Table, Text

from entregent.ports.db import metadata

invitations = Table(
    "invitations",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("box", Text, nullable=False),  # received, sent
    Column("other_id", BigInteger, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", SmallInteger, nullable=False),  # `model.PENDING` and so on
    Column("settled_at", BigInteger),
    Index("ix_invitations_box", "member_id", "box", "state", "at", "id"),
    Index("ix_invitations_other", "member_id", "other_id", "box"),
    Index("ix_invitations_age", "state", "at"),
    info={"owner": "member_id"},
)
