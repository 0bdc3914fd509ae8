"""(a) Send: HTTP POST → on disk → pushed to the other member's stream.

Closed loop with 64 senders, then at a fixed 500 a second; beside a bare handler on the same
server and a bare batched insert into the same database, all in one run.
"""

import argparse
import asyncio
import json
import os
import shutil
import sqlite3
import sys
import time
import urllib.request
import uuid
from functools import partial
from pathlib import Path

import psycopg

from entregent.accounts import create_member, open_session
from entregent.messaging import direct_conversation
from entregent.network import connect
from entregent.server.config import settings
from entregent.server.house import House
from entregent.server.revision import ensure

from .load import Poster, StreamReader, follow, message, now
from .server import Server, folder
from .table import percentile, show, spread

PAIRS = 64
TEXT = "Hello Ana, thank you for the talk yesterday. Could you send me the slides before Friday?"


class Pairs:
    """Pairs of connected members: (cookie, conversation) of each sender, cookie of each reader."""

    def __init__(self, data: str, database: str = "", pairs: int = PAIRS) -> None:
        read = settings(data=data, database=database or None)
        ensure(read.database)
        house = House(read)
        self.senders: list[tuple[str, int]] = []
        self.readers: list[str] = []
        self.members: list[tuple[int, int]] = []
        write = house.db.write_now
        for number in range(pairs):
            one, other = (
                write(create_member, f"{side}{number}@bench.example", "!", f"{side} {number}", "en")
                for side in ("Ana", "Bruno")
            )
            write(connect, one, other)
            conversation = write(direct_conversation, one, other)
            self.senders.append((write(open_session, one, "local", "bench"), conversation))
            self.readers.append(write(open_session, other, "local", "bench"))
            self.members.append((one, other))
        house.db.close()


class Run:
    """What one run measured."""

    def __init__(self) -> None:
        self.acknowledged: list[float] = []
        self.delivered: list[float] = []
        self.seconds = 0.0
        self.cpu = 0.0
        self.failures = 0


def head(server: Server, cookie: str) -> int:
    """The number of the last event in a member's log; the bare handler has none."""
    request = urllib.request.Request(
        f"http://{server.host}/api/boot", headers={"Cookie": f"entregent={cookie}"}
    )
    with urllib.request.urlopen(request) as answer:
        return int(json.load(answer).get("cursor", 0))


async def run(  # noqa: C901 (one clock, one set of connections)
    server: Server, pairs: Pairs, seconds: float, rate: float | None
) -> Run:
    """Sends for some seconds, as fast as answers come or at a fixed rate, and follows it all."""
    loop = asyncio.get_running_loop()
    measured = Run()
    sent_at: dict[bytes, float] = {}

    def seen(data: bytes) -> None:
        at = now()
        start = data.find(b'"client_id":"')
        while start >= 0:
            begun = sent_at.pop(data[start + 13 : start + 49], None)
            if begun is not None:
                measured.delivered.append(at - begun)
            start = data.find(b'"client_id":"', start + 49)

    streams = []
    for cookie in pairs.readers:
        # From where the log stands, as a page does: what was told before is another run's.
        reader = partial(StreamReader, follow(server.host, cookie, head(server, cookie)), seen)
        _, stream = await loop.create_connection(reader, "127.0.0.1", server.port)
        await stream.opened
        streams.append(stream)
    posters = [
        (await loop.create_connection(Poster, "127.0.0.1", server.port))[1] for _ in pairs.senders
    ]

    async def one(poster: Poster, cookie: str, conversation: int) -> None:
        request, client_id = message(server.host, cookie, conversation, TEXT)
        begun = now()
        sent_at[client_id.encode()] = begun
        status, _ = await poster.post(request)
        if status == 200:
            measured.acknowledged.append(now() - begun)
        else:
            measured.failures += 1

    async def as_fast_as_answers(index: int, until: float) -> None:
        cookie, conversation = pairs.senders[index]
        while now() < until:
            await one(posters[index], cookie, conversation)

    async def at_a_rate(index: int, until: float, every: float) -> None:
        cookie, conversation = pairs.senders[index]
        due = now() + every * index / len(posters)
        while due < until:
            await asyncio.sleep(max(0.0, due - now()))
            await one(posters[index], cookie, conversation)
            due += every

    begun, cpu = now(), server.cpu()
    until = begun + seconds
    if rate is None:
        await asyncio.gather(*(as_fast_as_answers(i, until) for i in range(len(posters))))
    else:
        every = len(posters) / rate
        await asyncio.gather(*(at_a_rate(i, until, every) for i in range(len(posters))))
    measured.seconds = now() - begun
    for _ in range(200):
        if len(measured.delivered) >= len(measured.acknowledged):
            break
        await asyncio.sleep(0.01)
    measured.cpu = server.cpu() - cpu
    for poster in posters:
        poster.transport.close()
    for stream in streams:
        stream.transport.close()
    return measured


BARE = [sys.executable, "-P", "-m", "bench.bare"]


def bare_insert(data: str, database: str, count: int = 20_000, group: int = 64) -> float:
    """Rows a second into a table of the same database, `group` to a commit, each on disk."""
    rows = [(1, number, str(uuid.uuid4()), TEXT) for number in range(count)]
    if database:
        with psycopg.connect(database, autocommit=True) as postgres:
            postgres.execute("DROP TABLE IF EXISTS bare")
            postgres.execute("CREATE TABLE bare (a bigint, b bigint, c text, d text)")
            begun = time.perf_counter()
            for start in range(0, count, group):
                with postgres.transaction(), postgres.cursor() as cursor:
                    cursor.executemany(
                        "INSERT INTO bare VALUES (%s, %s, %s, %s)", rows[start : start + group]
                    )
            return count / (time.perf_counter() - begun)
    lite = sqlite3.connect(Path(data) / "bare.db", isolation_level=None)
    lite.execute("PRAGMA journal_mode=WAL")
    lite.execute("PRAGMA synchronous=FULL")
    lite.execute("CREATE TABLE IF NOT EXISTS bare (a, b, c, d)")
    begun = time.perf_counter()
    for start in range(0, count, group):
        lite.execute("BEGIN IMMEDIATE")
        lite.executemany("INSERT INTO bare VALUES (?, ?, ?, ?)", rows[start : start + group])
        lite.execute("COMMIT")
    lite.close()
    return count / (time.perf_counter() - begun)


def bare_sync(data: str, seconds: float, rate: float = 500) -> list[float]:
    """Seconds that the disk takes for 8 kB of each write in a row of them at a fixed rate."""
    page, size, took = b"0" * 8192, 16 * 2**20, []
    with (Path(data) / "bare.log").open("w+b", buffering=0) as file:
        file.write(b"0" * size)
        os.fsync(file)
        begun = now()
        for number in range(int(seconds * rate)):
            due = begun + number / rate
            time.sleep(max(0.0, due - now()))
            os.pwrite(file.fileno(), page, number * len(page) % size)
            os.fdatasync(file)
            took.append(now() - due)
    return took


def main(chosen: argparse.Namespace) -> None:
    """Runs and prints."""
    for database in chosen.databases:
        _measure("PostgreSQL" if database else "SQLite", database, chosen.rounds, chosen.seconds)


def _measure(name: str, database: str, rounds: int, seconds: float) -> None:
    data = folder()
    pairs = Pairs(data, database)
    runs: list[Run] = []
    steady: list[Run] = []
    bare: list[Run] = []
    inserts: list[float] = []
    disk: list[list[float]] = []
    for _ in range(rounds):
        with Server(data, ENTREGENT_DATABASE=database) as server:
            asyncio.run(run(server, pairs, 1.0, None))  # warm
            runs.append(asyncio.run(run(server, pairs, seconds, None)))
            steady.append(asyncio.run(run(server, pairs, seconds, 500)))
        disk.append(bare_sync(data, seconds))
        with Server(data, BARE) as server:
            bare.append(asyncio.run(run(server, pairs, seconds, None)))
        inserts.append(bare_insert(data, database))
    shutil.rmtree(data)
    speed = [len(r.acknowledged) / r.seconds for r in runs]
    bare_speed = [len(r.acknowledged) / r.seconds for r in bare]
    show(
        f"Send, {name}, {PAIRS} senders and {PAIRS} followers, {rounds} rounds of {seconds:.0f} s",
        ["", "messages/s", "ratio", "server CPU ms each", "p50 ms", "p99 ms"],
        [
            ["Entregent, acknowledged", spread(speed), "1", _cpu(runs), *_times(runs)],
            [
                "Entregent, delivered",
                spread([len(r.delivered) / r.seconds for r in runs]),
                spread([len(r.delivered) / max(1, len(r.acknowledged)) for r in runs], 3),
                "",
                *_times(runs, delivered=True),
            ],
            [
                "at 500 a second",
                spread([len(r.acknowledged) / r.seconds for r in steady]),
                "",
                _cpu(steady),
                *_times(steady, delivered=True),
            ],
            ["bare disk, 500 a second", "", "", "", *_percentiles(disk)],
            [
                "bare handler, same server",
                spread(bare_speed),
                spread([b / s for b, s in zip(bare_speed, speed, strict=True)], 1),
                _cpu(bare),
                *_times(bare),
            ],
            [
                "bare insert, 64 a commit",
                spread(inserts),
                spread([b / s for b, s in zip(inserts, speed, strict=True)], 1),
                "",
                "",
                "",
            ],
        ],
    )
    failures = sum(r.failures for r in (*runs, *steady))
    if failures:
        print(f"{failures} requests failed")


def _cpu(runs: list[Run]) -> str:
    return spread([r.cpu / max(1, len(r.acknowledged)) * 1000 for r in runs], 3)


def _times(runs: list[Run], *, delivered: bool = False) -> tuple[str, str]:
    chosen = [r.delivered if delivered else r.acknowledged for r in runs]
    return _percentiles([values for values in chosen if values] or [[0.0]])


def _percentiles(seconds: list[list[float]]) -> tuple[str, str]:
    return (
        spread([percentile(values, 0.5) * 1000 for values in seconds], 1),
        spread([percentile(values, 0.99) * 1000 for values in seconds], 1),
    )
