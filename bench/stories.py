"""(g) Stories: the row of who has 30,000 connections, 2,000 of whom tell something, and a story put
into the rows of 10,000.

`--scale` makes all of it smaller.
"""

import argparse
import asyncio
import random
import shutil
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, NamedTuple

import msgspec

from entregent.messaging import direct_conversation
from entregent.ports.db import Transaction
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure
from entregent.server.serve import tune_process
from entregent.stories import NewStory, publish, queries
from entregent.stories.actions import delete
from entregent.stories.reading import row as row_of

from .crowd import crowd
from .server import folder, settle
from .table import percentile, show, spread

MEMBERS, HUB, TELLERS, FOLLOWERS = 40_000, 30_000, 2_000, 10_000
SOME = 1_000  # rows in one transaction
SEEN_SHARE = 0.3  # of what is told


class Net(NamedTuple):
    """Who is asked in what follows."""

    hub: int
    author: int
    other: int
    everybody: list[int]
    followers: int  # the first so many


def main(chosen: argparse.Namespace) -> None:
    """Fills and measures, on each database."""
    for database in chosen.databases:
        data = folder()
        read = settings(data=data, database=database or None)
        ensure(read.database)
        try:
            house = House(read)
            net = _fill(house, chosen.scale)
            house.db.close()
            settle(database)
            house = House(read)
            tune_process()
            try:
                rows = _rows(house, net, chosen.rounds)
                rows += asyncio.run(_live(house, net, chosen.rounds))
            finally:
                house.db.close()
            name = f"Stories on {house.db.dialect}, scale {chosen.scale:g}"
            show(name, ["", "measured", "beside it", "ratio", "wanted"], rows)
        finally:
            shutil.rmtree(data)


# -- filling ---------------------------------------------------------------------------------------


def _fill(house: House, scale: float) -> Net:
    chance = random.Random(7)
    size = max(200, round(MEMBERS * scale))
    stars = [max(100, round(HUB * scale)), max(50, round(FOLLOWERS * scale)), 0]
    (hub, author, other), everybody = crowd(house, size, 4 * size, stars, chance)
    tellers = chance.sample(everybody[: stars[0]], max(20, round(TELLERS * scale)))
    story = msgspec.to_builtins(_story())
    for start in range(0, len(tellers), SOME):
        house.db.write_now(_tell, hub, tellers[start : start + SOME], story["frames"][0], chance)
    return Net(hub, author, other, everybody, stars[1])


def _story(who: str = "connections") -> NewStory:
    card = {"kind": "text", "text": "Three things that I have learned this week", "look": "sea"}
    given = {"client_id": str(uuid.uuid4()), "frames": [card], "audience": {"who": who}}
    return msgspec.convert(given, NewStory)


def _tell(
    tx: Transaction, hub: int, some: list[int], frame: dict[str, Any], chance: random.Random
) -> None:
    """A story of each, and its place in the row of the hub."""
    ends = tx.now + 86_400_000
    told = [(one, tx.new_id()) for one in some]
    frames = msgspec.json.encode([frame | {"number": 1}]).decode()
    tx.run_many(
        queries.ADD,
        [
            {
                "author_id": author,
                "story_id": story,
                "kind": "moment",
                "prompt": None,
                "state": "live",
                "hours": 24,
                "published_at": tx.now - chance.randrange(80_000_000),
                "expires_at": ends,
                "who": "connections",
                "ref": None,
                "hidden": "[]",
                "replies": "all",
                "mask": 2,
                "frames": frames,
                "placeholder": None,
            }
            for author, story in told
        ],
    )
    tx.run_many(
        queries.LIST,
        [_place(hub, one, ends, int(chance.random() < SEEN_SHARE)) for one in told],
    )


def _place(member: int, story: tuple[int, int], ends: int, number: int = 0) -> dict[str, int]:
    return {
        "member_id": member,
        "author_id": story[0],
        "story_id": story[1],
        "expires_at": ends,
        "listed": 1,
        "number": number,
    }


# -- the row ---------------------------------------------------------------------------------------


def _rows(house: House, net: Net, rounds: int) -> list[list[str]]:
    """Reading the row, beside the two statements that no row can do without."""
    times: dict[Callable[[Transaction, int], Any], list[float]] = {_first_page: [], _bare: []}
    for turn in range(1 + max(5, rounds)):
        for question, taken in times.items():
            ms = house.db.read_now(_timed, question, net.hub)
            if turn:  # each once before it is measured
                taken.append(ms)
    found = house.db.read_now(_first_page, net.hub)
    name = f"first page of a row of {found.unseen:,} with something new, ms of CPU"
    return [_beside(name, times[_first_page], times[_bare], "< 10", 1)]


def _first_page(tx: Transaction, me: int) -> Any:
    return row_of(tx, me, "en")


def _bare(tx: Transaction, me: int) -> None:
    around = tx.all(queries.AROUND, me=me, now=tx.now)
    tx.all(queries.ODD, authors=[one.author_id for one in around], now=tx.now)


def _timed(tx: Transaction, question: Callable[[Transaction, int], Any], me: int) -> float:
    """How many ms of the processor the question takes once there is a transaction."""
    began = time.thread_time()
    question(tx, me)
    return (time.thread_time() - began) * 1_000


def _beside(
    name: str, ours: list[float], bare: list[float], wanted: str, digits: int = 0
) -> list[str]:
    ratios = [one / other for one, other in zip(ours, bare, strict=True)]
    return [name, spread(ours, digits), spread(bare, digits), spread(ratios, 1), wanted]


# -- publishing -------------------------------------------------------------------------


async def _live(house: House, net: Net, rounds: int) -> list[list[str]]:
    await published(house, net.other)  # what the first one costs once
    await house.worker.run_due()
    return await _publishing(house, net, rounds)


async def _publishing(house: House, net: Net, rounds: int) -> list[list[str]]:
    """From the request until the last row has it, beside the rows alone in as many commits."""
    asked, spread_out, whole, bare = [], [], [], []
    delays: list[float] = []
    for _ in range(rounds):
        began = time.perf_counter()
        story = await published(house, net.author)
        asked.append(_ms(began))
        work = asyncio.create_task(house.worker.run_due())
        delays += await _meanwhile(house, net, work)
        whole.append(_ms(began))
        spread_out.append(whole[-1] - asked[-1])
        reached = net.everybody[: net.followers]
        began = time.perf_counter()
        for start in range(0, len(reached), SOME):
            await house.db.write(_rows_alone, net.author, reached[start : start + SOME])
        bare.append(_ms(began))
        listed = await house.db.read(_listed, (net.author, story), reached)
        if listed != len(reached):
            raise AssertionError(f"{listed} of {len(reached)} have the story in their row")
        await house.db.write(delete, net.author, (net.author, story))
        await house.worker.run_due()
    people = f"{net.followers:,}"
    return [
        ["publishing, the request, ms", spread(asked, 1), "", "", ""],
        ["the work behind it, ms", spread(spread_out), "", "", ""],
        _beside(f"in all, until {people} rows have it, ms", whole, bare, "< 300"),
        ["one write of another meanwhile, ms", spread(delays, 1), "", "", ""],
        ["p99 of these, ms", f"{percentile(delays, 0.99):.1f}", "", "", "< 50"],
    ]


async def published(house: House, author: int, who: str = "connections") -> int:
    """A new story for these; gives its id."""
    done = await house.db.write(publish, author, _story(who), "en")
    if done.story is None:
        raise AssertionError("Nothing was published.")
    return int(done.story.id)


async def _meanwhile(house: House, net: Net, work: Awaitable[int]) -> list[float]:
    """How long another's writes took until the work was done."""
    task, delays = asyncio.ensure_future(work), []
    while not task.done():
        began = time.perf_counter()
        await house.db.write(direct_conversation, net.other, net.hub)
        delays.append(_ms(began))
        await asyncio.wait([task], timeout=0.002)
    await task
    return delays


def _rows_alone(tx: Transaction, author: int, some: list[int]) -> None:
    story = author, tx.new_id()
    tx.run_many(queries.LIST, [_place(one, story, tx.now - 1) for one in some])


def _listed(tx: Transaction, key: tuple[int, int], people: list[int]) -> int:
    found = 0
    for start in range(0, len(people), SOME):
        rows = tx.all(queries.TRAYS_OF, ids=people[start : start + SOME], author=key[0])
        found += sum(1 for row in rows if row.story_id == key[1])
    return found


def _ms(began: float) -> float:
    return (time.perf_counter() - began) * 1_000
