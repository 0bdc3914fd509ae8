"""(h) Views: a million members look at one story, each once, beside a counter that only counts.

Then a tenth of them look again, as clients do that lost the answer: exactly one view of each is
kept. `--scale` makes it smaller.
"""

import argparse
import asyncio
import random
import shutil
import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import bindparam, update

from entregent.ports.db import Transaction, statement
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure
from entregent.stories import queries
from entregent.stories.actions import Seeing, Seen, see
from entregent.stories.tables import stories

from .crowd import crowd
from .server import folder
from .stories import published
from .table import show, spread

VIEWERS = 1_000_000
PARTS = 10
AT_ONCE = 64  # requests that wait for the writer together
COUNT = statement(
    update(stories)
    .where(stories.c.author_id == bindparam("author"), stories.c.story_id == bindparam("story"))
    .values(published_at=stories.c.published_at + 1)
)


def main(chosen: argparse.Namespace) -> None:
    """Fills and measures, on each database."""
    for database in chosen.databases:
        data = folder()
        read = settings(data=data, database=database or None)
        ensure(read.database)
        house = House(read)
        try:
            size = max(200, round(VIEWERS * chosen.scale))
            (author,), everybody = crowd(house, size, 0, [0], random.Random(7))
            rows = asyncio.run(_viewing(house, author, everybody))
            name = f"Views of one story on {house.db.dialect}, {size:,} members"
            show(name, ["", "views a second", "counter", "counter ÷ views", "CPU ms each"], rows)
        finally:
            house.db.close()
            shutil.rmtree(data)


async def _viewing(house: House, author: int, everybody: list[int]) -> list[list[str]]:
    story = await published(house, author, "everyone")
    seen = (Seen(author, story, 1),)
    views: list[tuple[float, float]] = []
    counts: list[tuple[float, float]] = []
    size = len(everybody) // PARTS
    for part in range(PARTS):  # in turn, so that both meet the same machine
        some = everybody[part * size : (part + 1) * size]
        views.append(await rate(house, ((see, Seeing(one, seen)) for one in some)))
        counts.append(await rate(house, ((count, author, story) for _ in some)))
    again = await rate(house, ((see, Seeing(one, seen)) for one in everybody[:size]))
    kept = await house.db.read(_views, story)
    if kept != size * PARTS:
        raise AssertionError(f"{kept:,} views kept of {size * PARTS:,}")
    return [
        [
            f"{kept:,} views, each kept once",
            spread([one for one, _ in views]),
            spread([one for one, _ in counts]),
            spread([c / v for (v, _), (c, _) in zip(views, counts, strict=True)], 2),
            spread([cpu for _, cpu in views], 3),
        ],
        [f"{size:,} of them again", f"{again[0]:,.0f}", "", "", f"{again[1]:.3f}"],
    ]


async def rate(house: House, writes: Iterator[tuple[Any, ...]]) -> tuple[float, float]:
    """How many of these are on disk a second, so many waiting at once; ms of the processor each."""
    done = 0

    async def one_after_the_other() -> None:
        nonlocal done
        for action, *given in writes:
            await house.db.write(action, *given)
            done += 1

    began, cpu = time.perf_counter(), time.process_time()
    await asyncio.gather(*(one_after_the_other() for _ in range(AT_ONCE)))
    taken, cpu = time.perf_counter() - began, time.process_time() - cpu
    return done / taken, cpu / done * 1_000


def count(tx: Transaction, author: int, story: int) -> None:
    """What a counter costs."""
    tx.run(COUNT, author=author, story=story)


def _views(tx: Transaction, story: int) -> int:
    return sum(row.people for row in tx.all(queries.COUNT_VIEWS, ids=[story]))
