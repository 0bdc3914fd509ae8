"""Fixtures for the contract of jobs, on both databases."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from typing import Any

import pytest
from sqlalchemy import delete

from entregent.ports.clock import StoppedClock
from entregent.ports.jobs import Worker
from entregent.ports.jobs.tables import jobs as jobs_table
from entregent.ports.ports import Ports
from entregent.server.schema import engine
from tests.ports.jobs.doing import Doing, make_ports


@pytest.fixture
def jobs_url(database_url: str) -> str:
    """A database with an empty table of jobs."""
    with engine(database_url).begin() as connection:
        jobs_table.create(connection, checkfirst=True)
        connection.execute(delete(jobs_table))
    return database_url


@pytest.fixture
def clock() -> StoppedClock:
    return StoppedClock()


@pytest.fixture
def ports(jobs_url: str, clock: StoppedClock) -> Iterator[Ports]:
    opened = make_ports(jobs_url, clock)
    yield opened
    opened.db.close()


@pytest.fixture
def doing() -> Doing:
    return Doing()


@pytest.fixture
def worker(ports: Ports, doing: Doing) -> Worker:
    return Worker(ports, [doing.handlers])


@pytest.fixture
async def start(ports: Ports, doing: Doing) -> AsyncIterator[Callable[..., Awaitable[Worker]]]:
    """Starts workers that run in the background, and closes them."""
    started: list[Worker] = []

    async def starting(**options: Any) -> Worker:
        started.append(Worker(ports, [doing.handlers], **options))
        await started[-1].start()
        return started[-1]

    yield starting
    for one in started:
        await one.close(grace=0)
