"""What messaging does later."""

import asyncio

from entregent.ports.db import Database

from .search_index import behind, catch_up


async def fill_index(db: Database) -> None:
    """Brings the search index up to the newest message."""
    if await db.read(behind):
        while await db.write(catch_up):  # noqa: ASYNC110 (it works, it does not wait)
            await asyncio.sleep(0)  # let the members' own writes go between the steps


def fill_index_now(db: Database) -> None:
    """The same without an event loop, for the command line."""
    while db.write_now(catch_up):
        pass
