"""The house's own table, and all tables of all slices for migrations and tests."""

from sqlalchemy import Column, Table, Text

from entregent.accounts import tables as accounts
from entregent.invitations import tables as invitations
from entregent.live import tables as live
from entregent.media import tables as media
from entregent.messaging import tables as messaging
from entregent.moderation import tables as moderation
from entregent.network import tables as network
from entregent.notifications import tables as notifications
from entregent.ports.db import metadata
from entregent.ports.jobs import tables as jobs
from entregent.profiles import tables as profiles
from entregent.stories import tables as stories
from entregent.transfer import tables as transfer
from entregent.videos import tables as videos
from entregent.webhooks import tables as webhooks

__all__ = [
    "accounts",
    "facts",
    "invitations",
    "jobs",
    "live",
    "media",
    "messaging",
    "metadata",
    "moderation",
    "network",
    "notifications",
    "profiles",
    "stories",
    "transfer",
    "videos",
    "webhooks",
]

# What an instance knows about itself. Owner: the fact's name.
facts = Table(
    "facts",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),  # JSON
    info={"owner": "name"},
)
