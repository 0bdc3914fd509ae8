"""Tables of webhooks. Owner: the member."""

from sqlalchemy import BigInteger, Column, ForeignKeyConstraint, Index, Integer, Table, Text

from entregent.ports.db import metadata

webhooks = Table(
    "webhooks",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("url", Text, nullable=False),
    Column("kinds", Text, nullable=False),  # with spaces between
    Column("secret", Text, nullable=False),  # we sign with it, so a hash would not do
    Column("state", Text, nullable=False),  # on, off
    Column("off_because", Text),
    Column("cursor", BigInteger, nullable=False),  # the last number of the log that was looked at
    Column("failing_since", BigInteger),
    Column("created_at", BigInteger, nullable=False),
    Index("ix_webhooks_state", "state", "member_id"),
    info={"owner": "member_id"},
)

deliveries = Table(
    "webhook_deliveries",
    metadata,
    Column("member_id", BigInteger, primary_key=True, autoincrement=False),
    Column("webhook_id", BigInteger, primary_key=True, autoincrement=False),
    Column("id", BigInteger, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("body", Text, nullable=False),
    Column("at", BigInteger, nullable=False),
    Column("state", Text, nullable=False),  # waiting, done, failed
    Column("tries", Integer, nullable=False),
    Column("sent_at", BigInteger),
    Column("next_at", BigInteger),
    Column("status", Integer),
    Column("failure", Text),
    Index("ix_webhook_deliveries_next", "member_id", "webhook_id", "next_at"),
    ForeignKeyConstraint(["member_id", "webhook_id"], ["webhooks.member_id", "webhooks.id"]),
    info={"owner": "member_id"},
)
