"""What messaging does later."""

import asyncio

from entregent.ports.db import Database

from .search_index import behind, catch_up


async def fill_index(db: Database) -> None:
    """Brings the search index up to the newest message."""
    newest = await db.read(behind)
    # No further than that: while many write at once, what is newer never ends.
    while newest and await db.write(catch_up, newest):  # noqa: ASYNC110 (it works)
        await asyncio.sleep(0)  # let the members' own writes go between the steps


def fill_index_now(db: Database) -> None:
    """The same without an event loop, for the command line."""
    while db.write_now(catch_up):
        pass
