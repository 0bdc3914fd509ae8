"""Jobs for the tests of jobs: handlers that note what they were given."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from typing import Any

from entregent.kit.settings import Settings
from entregent.ports.bus import MemoryBus
from entregent.ports.clock import Clock
from entregent.ports.db import open_database, statement
from entregent.ports.ids import NodeIds
from entregent.ports.jobs import Handlers, Job, enqueue
from entregent.ports.jobs.tables import jobs as jobs_table
from entregent.ports.limits import Limits
from entregent.ports.ports import Ports

ALL = statement(jobs_table.select())
ANA, BRUNO = 1, 2


class Note(Job, tag="test.note"):
    text: str


class Hard(Job, tag="test.hard"):
    text: str = ""


class Sweep(Job, tag="test.sweep"):
    pass


def make_ports(url: str, clock: Clock, node: int = 0) -> Ports:
    ids = NodeIds(clock, node)
    return Ports(
        settings=Settings(),
        clock=clock,
        ids=ids,
        db=open_database(url, clock, ids, readers=1),
        bus=MemoryBus(),
        limits=Limits(clock),
    )


class Doing:
    """Handlers that note what they were given, and do as they are told."""

    def __init__(self) -> None:
        self.done: list[str] = []
        self.act: Callable[[str], Awaitable[None]] | None = None
        self.handlers = Handlers()
        self.handlers.handle(Note, tries=3)(self._note)
        self.handlers.handle(Hard, tries=3, heavy=True)(self._hard)

    async def _note(self, ports: Ports, job: Note) -> None:
        await self._do(job.text)

    async def _hard(self, ports: Ports, job: Hard) -> None:
        await self._do(job.text)

    async def _do(self, text: str) -> None:
        self.done.append(text)
        if self.act is not None:
            await self.act(text)


def rows(ports: Ports) -> list[Any]:
    return ports.db.read_now(lambda tx: tx.all(ALL))


def put(ports: Ports, job: Job, **options: Any) -> None:
    ports.db.write_now(lambda tx: enqueue(tx, job, **options))


async def until(condition: Callable[[], bool], seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        await asyncio.sleep(0.005)
