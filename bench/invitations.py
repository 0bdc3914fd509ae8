"""(f) Invitations: 10,000 pending in a network of 100,000 members with 5,000,000 connections.

The degrees have a heavy tail; one member, the hub, has 30,000 connections, and is the one whom
10,000 have asked. `--scale` makes all of it smaller.
"""

import argparse
import asyncio
import random
import resource
import shutil
import statistics
import time
from collections.abc import Callable
from typing import Any

from entregent.accounts import create_member
from entregent.invitations import Filled, Rules, fill_invitations
from entregent.invitations.actions import page
from entregent.invitations.actions.arranging import add_preset, rules_of
from entregent.invitations.actions.ruling import forecast, run_rules
from entregent.invitations.actions.running import act, find_run, undo
from entregent.network import degrees, near, second_degree
from entregent.network import queries as network
from entregent.ports.db import Transaction
from entregent.profiles import cards
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure

from .crowd import crowd
from .server import folder
from .table import show, spread

MEMBERS, CONNECTIONS, PENDING, HUB = 100_000, 5_000_000, 10_000, 30_000
PERSONAL = 1_000
WORDS = """bridge notebook choir river wolf engine school letter winter garden violin summit coffee
archive meadow harbour lantern orchard thunder compass""".split()  # noqa: SIM905


def main(chosen: argparse.Namespace) -> None:
    """Fills and measures, on each database."""
    for database in chosen.databases:
        data = folder()
        read = settings(data=data, database=database or None, max_connections=2 * HUB)
        ensure(read.database)
        house = House(read)
        try:
            began = time.perf_counter()
            me, others = fill(house, chosen.scale)
            filled = time.perf_counter() - began
            rows = measure(house, me, others, chosen.rounds)
            rows += asyncio.run(run(house, me, others))
            rows.append(["filling, s", f"{filled:.0f}", ""])
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            rows.append(["memory of this process at its highest, MB", f"{peak:.0f}", ""])
            name = f"Invitations on {house.db.dialect}, scale {chosen.scale:g}"
            show(name, ["", "measured", "wanted"], rows)
        finally:
            house.db.close()
            shutil.rmtree(data)


# -- filling ---------------------------------------------------------------------------------------


def fill(house: House, scale: float) -> tuple[int, list[int]]:
    """The network; gives the hub and those who wait for the hub's answer."""
    chance = random.Random(7)
    size = max(200, round(MEMBERS * scale))
    hub, others, near = crowd(
        house, size, round(CONNECTIONS * scale), max(20, round(HUB * scale)), chance
    )
    strangers = [one for one in others if one not in near]
    waiting = chance.sample(strangers, min(len(strangers), max(60, round(PENDING * scale))))
    own = max(6, round(PERSONAL * scale))
    for start in range(0, len(waiting), 1_000):
        some = waiting[start : start + 1_000]
        house.db.write_now(_ask, hub, some, own * len(some) // len(waiting), chance)
    return hub, waiting


def _ask(tx: Transaction, hub: int, some: list[int], own: int, chance: random.Random) -> None:
    filled = []
    for place, one in enumerate(some):
        note = ""
        if place < own:
            note = " ".join(chance.choices(WORDS, k=14))
        elif place % 3 == 0:
            note = "I would be honoured to join your network and exchange ideas with you."
        filled.append(Filled(one, "other", note, tx.now - chance.randrange(100 * 86_400_000)))
    fill_invitations(tx, hub, filled)


# -- measuring -------------------------------------------------------------------------------------


def measure(house: House, me: int, waiting: list[int], rounds: int) -> list[list[str]]:
    """Single questions, as the server asks them."""
    rules = Rules.of(house.settings)
    house.db.write_now(add_preset, me)
    some = house.db.read_now(rules_of, me).rules
    fifty = waiting[:50]
    asked: list[tuple[str, Callable[[Transaction], Any], str]] = [
        (
            "page of 50 with groups and counts, ms",
            lambda tx: page(tx, me, "received", rules),
            "< 30",
        ),
        (
            "page of the closest 50, ms",
            lambda tx: page(tx, me, "received", rules, sort="closeness"),
            "< 30",
        ),
        (
            "page of a sparse group, ms",
            lambda tx: page(tx, me, "received", rules, group="personal"),
            "< 30",
        ),
        ("cards of these 50, ms", lambda tx: cards(tx, me, fifty), ""),
        ("mutual counts for 50, ms", lambda tx: near(tx, me, fifty), "< 10"),
        ("degrees of 50 for the hub, ms", lambda tx: degrees(tx, me, fifty), "< 50"),
        ("degrees of the hub for one of them, ms", lambda tx: degrees(tx, fifty[0], [me]), "< 50"),
        ("people the hub may know, ms", lambda tx: second_degree(tx, me), ""),
        ("preview of the rules, ms", lambda tx: forecast(tx, me, some, "received", rules), ""),
    ]
    rows = []
    for name, question, wanted in asked:
        taken = [house.db.read_now(_timed, question) for _ in range(max(3, rounds))]
        rows.append([name, spread(taken, 1), wanted])
    return rows


def _oldest(tx: Transaction, me: int, rules: Rules) -> list[Any]:
    return list(page(tx, me, "received", rules, sort="oldest").invitations)


def _timed(tx: Transaction, question: Callable[[Transaction], Any]) -> float:
    """How many ms the question takes once there is a transaction."""
    began = time.perf_counter()
    question(tx)
    return (time.perf_counter() - began) * 1_000


async def run(house: House, me: int, waiting: list[int]) -> list[list[str]]:
    """The rules over all that wait, while others go on reading and writing."""
    other = await house.db.write(create_member, "else@bench.example", "", "Else", "en", True)
    await house.worker.start()
    rules = Rules.of(house.settings)
    # Every statement is compiled at its first use; a server that runs has done that long ago.
    some = [str(row.id) for row in await house.db.read(_oldest, me, rules)]
    warm = await house.db.write(act, me, some, None, "accept", rules)
    await house.db.write(undo, me, int(warm.id), rules)
    began = time.perf_counter()
    begun = await house.db.write(run_rules, me, "received", rules)
    delays: list[float] = []
    while True:
        asked = time.perf_counter()
        await house.db.write(lambda tx: tx.first(network.FIND_BLOCK, me=other, other=me))
        row = await house.db.read(find_run, me, int(begun.id))
        delays.append((time.perf_counter() - asked) * 1_000)
        if row.state == "done":
            break
        await asyncio.sleep(0.005)
    took = time.perf_counter() - began
    await house.worker.close()
    p99 = statistics.quantiles(delays, n=100)[-1] if len(delays) > 2 else max(delays)
    return [
        [f"rule over {len(waiting)}, s", f"{took:.2f}", "< 3 for 10,000"],
        ["others meanwhile, one write and one read, p99 ms", f"{p99:.1f}", "< 50"],
    ]
