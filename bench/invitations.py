"""(f) Invitations: 10,000 pending in a network of 100,000 members with 5,000,000 connections.

The degrees have a heavy tail. The one whom 10,000 have asked has 15,000 connections, so that there
is room for them; another, the hub, has 30,000. `--scale` makes all of it smaller.
"""

import argparse
import asyncio
import itertools
import multiprocessing
import random
import resource
import shutil
import time
from collections.abc import Callable
from typing import Any, NamedTuple

from sqlalchemy import func, select

from entregent.accounts import create_member
from entregent.invitations import Filled, InvitationAccepted, Rules, fill_invitations
from entregent.invitations.actions import page
from entregent.invitations.actions.arranging import add_preset, rules_of
from entregent.invitations.actions.ruling import forecast, run_rules
from entregent.invitations.actions.running import act, find_run, undo
from entregent.messaging.actions import keep_notes
from entregent.network import at_degree, degrees, near, second_degree
from entregent.network import queries as network
from entregent.ports.db import Transaction
from entregent.ports.jobs.tables import jobs
from entregent.profiles import cards
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure
from entregent.server.serve import tune_process

from .crowd import crowd
from .server import folder, settle
from .table import percentile, show, spread

MEMBERS, CONNECTIONS, PENDING, HUB, ASKED = 100_000, 5_000_000, 10_000, 30_000, 15_000
TALKS = 50_000
PERSONAL = 1_000
DAY = 86_400_000
LEFT = select(func.count()).select_from(jobs).where(jobs.c.key != "every")
WORDS = """bridge notebook choir river wolf engine school letter winter garden violin summit coffee
archive meadow harbour lantern orchard thunder compass""".split()  # noqa: SIM905


def main(chosen: argparse.Namespace) -> None:
    """Fills and measures, on each database."""
    for database in chosen.databases:
        data = folder()
        read = settings(data=data, database=database or None)
        ensure(read.database)
        try:
            began = time.perf_counter()
            # In a process of its own, so that what filling needs is not counted as memory.
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                net = pool.apply(fill, (data, database, chosen.scale))
            filled = time.perf_counter() - began
            settle(database)
            house = House(read)
            try:
                before = _megabytes()
                rows = measure(house, net, chosen.rounds)
                rows += asyncio.run(run(house, net))
            finally:
                house.db.close()
            rows.append(["filling, s", f"{filled:.0f}", "", ""])
            rows.append(["memory of this process before, MB", f"{before:.0f}", "", ""])
            rows.append(["at its highest, MB", f"{_megabytes():.0f}", "", ""])
            name = f"Invitations on {house.db.dialect}, scale {chosen.scale:g}"
            show(name, ["", "measured", "of it processor", "wanted"], rows)
        finally:
            shutil.rmtree(data)


def _megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


# -- filling ---------------------------------------------------------------------------------------


class Net(NamedTuple):
    """Who is asked in what follows."""

    me: int  # for whom many wait
    hub: int
    waiting: list[int]
    everybody: list[int]


def fill(data: str, database: str, scale: float) -> Net:
    """Makes the network, and those who wait."""
    house = House(settings(data=data, database=database or None))
    try:
        return _fill(house, scale)
    finally:
        house.db.close()


def _fill(house: House, scale: float) -> Net:
    chance = random.Random(7)
    size = max(200, round(MEMBERS * scale))
    stars = [max(20, round(number * scale)) for number in (ASKED, HUB)]
    (me, hub), everybody = crowd(house, size, round(CONNECTIONS * scale), stars, chance)
    strangers = everybody[stars[0] :]
    waiting = chance.sample(strangers, min(len(strangers), max(60, round(PENDING * scale))))
    own = max(6, round(PERSONAL * scale))
    came = since_when(waiting, chance)
    for start in range(0, len(waiting), 1_000):
        some = came[start : start + 1_000]
        house.db.write_now(ask, me, some, own * len(some) // len(waiting), chance)
    pairs = list(itertools.pairwise(everybody))[: round(TALKS * scale)]
    for start in range(0, len(pairs), 1_000):
        house.db.write_now(talk, pairs[start : start + 1_000], chance)
    return Net(me, hub, waiting, everybody)


def since_when(waiting: list[int], chance: random.Random) -> list[tuple[int, int]]:
    """Each with how long they have waited: whoever came first the longest, as ids go too."""
    ages = sorted((chance.randrange(100 * DAY) for _ in waiting), reverse=True)
    return list(zip(waiting, ages, strict=True))


def ask(
    tx: Transaction, me: int, some: list[tuple[int, int]], own: int, chance: random.Random
) -> None:
    """Has some members wait, so many of whom have written something of their own."""
    filled = []
    for place, (one, age) in enumerate(some):
        note = ""
        if place < own:
            note = " ".join(chance.choices(WORDS, k=14))
        elif place % 3 == 0:
            note = "I would be honoured to join your network and exchange ideas with you."
        filled.append(Filled(one, "other", note, tx.now - age))
    fill_invitations(tx, me, filled)


def talk(tx: Transaction, pairs: list[tuple[int, int]], chance: random.Random) -> None:
    """Has pairs of others a conversation each: PostgreSQL reads empty tables in another way."""
    said = [
        InvitationAccepted(
            invitation_id=tx.new_id(),
            sender_id=one,
            receiver_id=other,
            note=" ".join(chance.choices(WORDS, k=14)),
            sent_at=tx.now - DAY,
        )
        for one, other in pairs
    ]
    keep_notes(tx, said, told=False)


# -- measuring -------------------------------------------------------------------------------------


def measure(house: House, net: Net, rounds: int) -> list[list[str]]:
    """Single questions, as the server asks them; each once before it is measured."""
    rules = Rules.of(house.settings)
    me, hub, everybody = net.me, net.hub, net.everybody
    house.db.write_now(add_preset, me)
    some = house.db.read_now(rules_of, me).rules
    fifty = net.waiting[:50]
    others = iter(net.waiting[50:])  # somebody else each time: nothing is to be remembered
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
        ("the same for the hub, ms", lambda tx: near(tx, hub, fifty), "< 10"),
        ("degrees of 50 for the hub, ms", lambda tx: degrees(tx, hub, fifty), "< 50"),
        (
            "degree of the hub for somebody, ms",
            lambda tx: degrees(tx, next(others), [hub]),
            "< 50",
        ),
        ("people the hub may know, ms", lambda tx: second_degree(tx, hub), "< 50"),
        (
            "of all members, who is two steps from somebody, ms",
            lambda tx: at_degree(tx, next(others), everybody, 2),
            "",
        ),
        (
            "the same, remembered, ms",
            lambda tx: at_degree(tx, fifty[0], everybody, 2),
            "< 50",
        ),
        ("preview of the rules, ms", lambda tx: forecast(tx, me, some, "received", rules), ""),
    ]
    rows = []
    for name, question, wanted in asked:
        house.db.read_now(_timed, question)
        taken = [house.db.read_now(_timed, question) for _ in range(max(5, rounds))]
        waited, worked = zip(*taken, strict=True)
        rows.append([name, spread(waited, 1), spread(worked, 1), wanted])
    return rows


def _oldest(tx: Transaction, me: int, rules: Rules) -> list[Any]:
    return list(page(tx, me, "received", rules, sort="oldest").invitations)


def _timed(tx: Transaction, question: Callable[[Transaction], Any]) -> tuple[float, float]:
    """How many ms the question takes once there is a transaction, and of the processor."""
    began, cpu = time.perf_counter(), time.thread_time()
    question(tx)
    return (time.perf_counter() - began) * 1_000, (time.thread_time() - cpu) * 1_000


async def run(house: House, net: Net) -> list[list[str]]:
    """The rules over all that wait, while others go on reading and writing; then back."""
    me = net.me
    other = await house.db.write(create_member, "else@bench.example", "", "Else", "en", True)
    await house.worker.start()
    rules = Rules.of(house.settings)
    # Every statement is compiled at its first use; a server that runs has done that long ago.
    some = [str(row.id) for row in await house.db.read(_oldest, me, rules)]
    warm = await house.db.write(act, me, some, None, "accept", rules)
    await house.db.write(undo, me, int(warm.id), rules)
    # What follows from it is not measured.
    while await house.db.read(lambda tx: tx.value(LEFT)):  # noqa: ASYNC110
        await asyncio.sleep(0.1)
    tune_process()
    rows = []
    begun = await house.db.write(run_rules, me, "received", rules)
    for name, wanted in (("rule over", "< 3 for 10,000"), ("undoing it over", "")):
        began, cpu = time.perf_counter(), time.process_time()
        if wanted == "":
            await house.db.write(undo, me, int(begun.id), rules)
        delays = await _until_settled(house, me, int(begun.id), other)
        took, cpu = time.perf_counter() - began, time.process_time() - cpu
        rows += [
            [f"{name} {len(net.waiting)}, s", f"{took:.2f}", f"{cpu:.2f}", wanted],
            ["others meanwhile, one write and one read, ms", spread(delays, 1), "", ""],
            ["p99 of these, ms", f"{percentile(delays, 0.99):.1f}", "", "< 50"],
        ]
    await house.worker.close()
    return rows


async def _until_settled(house: House, me: int, run_id: int, other: int) -> list[float]:
    """How long others waited for their answers until a run came to rest."""
    delays: list[float] = []
    while True:
        asked = time.perf_counter()
        await house.db.write(lambda tx: tx.first(network.FIND_BLOCK, me=other, other=me))
        row = await house.db.read(find_run, me, run_id)
        delays.append((time.perf_counter() - asked) * 1_000)
        if row.state in {"done", "undone"}:
            return delays
        await asyncio.sleep(0.005)
