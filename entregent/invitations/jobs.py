"""What invitations do later."""

import asyncio

from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from .actions import expire
from .jobnames import Expire
from .model import Rules

handlers = Handlers()


@handlers.every(Expire, minutes=60)
async def settle_the_old(ports: Ports, _job: Expire) -> None:
    """Settles what is too old, some at a time."""
    rules = Rules.of(ports.settings)
    while await ports.db.write(expire, rules):  # noqa: ASYNC110 (it works, it does not wait)
        await asyncio.sleep(0)
