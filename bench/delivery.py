"""(f) Delivery: 200 connected members, one to one, at 500 messages a second, then as fast as each
message arrives; beside ejabberd and Prosody with their archives on, and Synapse. A message counts
when its receiver has it.
"""

import argparse
import asyncio
import tempfile
import uuid
from contextlib import AsyncExitStack
from functools import partial
from pathlib import Path
from typing import NamedTuple, Protocol

from .load import Poster, StreamReader, follow, message, now
from .matrix import Synapse
from .peers import Arrivals, Markers, Peer, Sender
from .send import TEXT, Pairs
from .server import Server, folder
from .table import percentile, show, spread
from .xmpp import Ejabberd, Prosody

PEOPLE = 200
RATE = 500
PEERS: list[type[Peer]] = [Ejabberd, Prosody, Synapse]


class Process(Protocol):
    """What is measured of a server from outside."""

    def cpu(self) -> float: ...

    def memory(self) -> float: ...


class Measured(NamedTuple):
    """One round of one server."""

    rate: float
    cpu: float  # ms a message
    p50: float
    p99: float
    lost: int
    idle: float  # kB for each connection


async def measured(
    process: Process, senders: list[Sender], arrivals: Arrivals, seconds: float, idle: float
) -> tuple[Measured, Measured]:
    """At a fixed rate, then in a closed loop."""
    results = []
    for rate in (RATE, None):
        times: list[float] = []
        lost = 0

        async def one(send: Sender, times: list[float] = times) -> bool:
            marker = str(uuid.uuid4())
            arrival = arrivals.expect(marker)
            begun = now()
            await send(marker)
            try:
                await asyncio.wait_for(arrival, 20)
            except TimeoutError:
                return False
            times.append(now() - begun)
            return True

        async def keep_sending(
            index: int, send: Sender, until: float, rate: int | None = rate
        ) -> int:
            missed = 0
            every = len(senders) / rate if rate else 0.0
            due = now() + every * index / len(senders)
            while now() < until:
                if every:
                    await asyncio.sleep(max(0.0, due - now()))
                    due += every
                missed += not await one(send)
            return missed

        begun, cpu = now(), process.cpu()
        until = begun + seconds
        lost = sum(
            await asyncio.gather(
                *(keep_sending(index, send, until) for index, send in enumerate(senders))
            )
        )
        took, spent = now() - begun, process.cpu() - cpu
        results.append(
            Measured(
                len(times) / took,
                spent / len(times) * 1000,
                percentile(times, 0.5) * 1000,
                percentile(times, 0.99) * 1000,
                lost,
                idle,
            )
        )
    return results[0], results[1]


async def ours(server: Server, pairs: Pairs, seconds: float) -> tuple[Measured, Measured]:
    """Entregent: a POST, and the receiver's event stream."""
    loop = asyncio.get_running_loop()
    arrivals = Arrivals()
    before = server.memory()
    senders: list[Sender] = []
    async with AsyncExitStack() as stack:
        for (cookie, conversation), reader in zip(pairs.senders, pairs.readers, strict=True):
            for who in (cookie, reader):
                marks = Markers(b'"client_id":"', arrivals if who is reader else Arrivals())
                _, stream = await loop.create_connection(
                    partial(StreamReader, follow(server.host, who), marks.seen),
                    "127.0.0.1",
                    server.port,
                )
                await stream.opened
                stack.callback(stream.transport.close)
            _, poster = await loop.create_connection(Poster, "127.0.0.1", server.port)
            stack.callback(poster.transport.close)

            async def send(
                marker: str,
                poster: Poster = poster,
                cookie: str = cookie,
                conversation: int = conversation,
            ) -> None:
                request, given = message(server.host, cookie, conversation, TEXT)
                await poster.post(request.replace(given.encode(), marker.encode()))

            senders.append(send)
        idle = (server.memory() - before) / PEOPLE * 1024
        return await measured(server, senders, arrivals, seconds, idle)


async def theirs(peer: Peer, seconds: float) -> tuple[Measured, Measured]:
    """A peer: what it calls a message, and the receiver's connection."""
    arrivals = Arrivals()
    before = peer.memory()
    async with AsyncExitStack() as stack:
        senders = await peer.people_in(stack, arrivals)
        await asyncio.sleep(1)
        idle = (peer.memory() - before) / PEOPLE * 1024
        return await measured(peer, senders, arrivals, seconds, idle)


def main(chosen: argparse.Namespace) -> None:
    """Runs and prints. Every round starts each server anew, one after the other."""
    found: dict[str, list[tuple[Measured, Measured]]] = {}
    for _ in range(chosen.rounds):
        data = folder()
        pairs = Pairs(data, pairs=PEOPLE // 2)
        with Server(data) as server:
            result = asyncio.run(ours(server, pairs, chosen.seconds))
        found.setdefault("Entregent", []).append(result)
        for kind in PEERS:
            if not kind.installed():
                print(f"{kind.name} is not installed: {kind.install}")
                continue
            with tempfile.TemporaryDirectory(prefix="bench-", dir="/tmp") as place:
                Path(place).chmod(0o755)
                with kind(Path(place), PEOPLE) as peer:
                    result = asyncio.run(theirs(peer, chosen.seconds))
            found.setdefault(kind.name, []).append(result)
    for phase, title in enumerate((f"at {RATE} a second", "as fast as they arrive")):
        base = [rounds[phase] for rounds in found["Entregent"]]
        show(
            f"Delivery, {PEOPLE} connected members, SQLite, {title}",
            ["", "messages/s", "CPU ms each", "× ours", "p50 ms", "p99 ms", "kB idle", "lost"],
            [
                [
                    name,
                    spread([one[phase].rate for one in rounds]),
                    spread([one[phase].cpu for one in rounds], 3),
                    spread([r[phase].cpu / b.cpu for r, b in zip(rounds, base, strict=True)], 2),
                    spread([one[phase].p50 for one in rounds], 1),
                    spread([one[phase].p99 for one in rounds], 1),
                    spread([one[phase].idle for one in rounds]),
                    str(sum(one[phase].lost for one in rounds)),
                ]
                for name, rounds in found.items()
            ],
        )
