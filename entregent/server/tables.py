"""All tables of all slices, for migrations and for the tests that look at them."""

from entregent.accounts import tables as accounts
from entregent.invitations import tables as invitations
from entregent.live import tables as live
from entregent.messaging import tables as messaging
from entregent.network import tables as network
from entregent.ports.db import metadata
from entregent.ports.jobs import tables as jobs
from entregent.profiles import tables as profiles

from .demo.fact import facts

__all__ = [
    "accounts",
    "facts",
    "invitations",
    "jobs",
    "live",
    "messaging",
    "metadata",
    "network",
    "profiles",
]
