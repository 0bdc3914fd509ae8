"""What the house itself brings for a member: by the same entrance, worked on like any other."""

import asyncio
from collections.abc import AsyncIterator, Callable

from entregent.kit.settings import Settings
from entregent.ports.db import Database, Transaction

from . import actions
from .actions import Allowed, Begin
from .spool import Spool

# Makes a file, named as on the wire, part of something.
Join = Callable[[Transaction, str], object]


def bring_now(
    db: Database,
    settings: Settings,
    me: int,
    asked: Begin,
    content: bytes,
    join: Join,
    at: int | None = None,
) -> None:
    """Receives a whole file as part of something; the server works on it as soon as it runs, or
    from `at` on, where the caller means to have done so before."""
    allowed = Allowed.of(settings, lasting=asked.lasting)
    key = db.write_now(actions.add, me, asked, allowed)
    asyncio.run(Spool(settings).append(key, 0, _pieces(content), len(content)))
    db.write_now(_finish, me, key, join, at)


def _finish(tx: Transaction, me: int, key: int, join: Join, at: int | None) -> None:
    # In one: a server that runs already might be done with the file before it is part of anything.
    actions.finish(tx, me, key, at)
    join(tx, str(key))


async def _pieces(content: bytes) -> AsyncIterator[bytes]:
    yield content
