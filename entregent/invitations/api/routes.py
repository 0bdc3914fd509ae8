"""The routes of invitations, and what many of their commands say."""

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.routes import Routes

routes = Routes("invitations")


class Again(msgspec.Struct, kw_only=True):
    """A command that says nothing but that it is this one."""

    client_id: ClientId
