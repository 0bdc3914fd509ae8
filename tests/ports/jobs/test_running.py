"""The contract of jobs: leases, and running in the background."""

import asyncio
import json
import signal
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from entregent.ports.clock import MachineClock, StoppedClock
from entregent.ports.db import Transaction
from entregent.ports.jobs import Handlers, Worker, dead, enqueue
from entregent.ports.ports import Ports
from tests.ports.jobs.doing import (
    Doing,
    Hard,
    Note,
    Sweep,
    make_ports,
    put,
    rows,
    until,
)

# -- leases ------------------------------------------------------------------------------------


async def test_a_lease_keeps_others_away_until_it_ends(
    ports: Ports, worker: Worker, doing: Doing, clock: StoppedClock
) -> None:
    stuck = asyncio.Event()

    async def wait(text: str) -> None:
        if len(doing.done) == 1:
            await stuck.wait()

    doing.act = wait
    put(ports, Note(text="x"))
    first = asyncio.create_task(worker.run_due())
    await until(lambda: doing.done == ["x"])
    other = Worker(ports, [doing.handlers])
    assert await other.run_due() == 0
    clock.forward(seconds=31)  # The first worker's machine stands still.
    assert await other.run_due() == 1
    assert doing.done == ["x", "x"]
    stuck.set()
    await first
    assert rows(ports) == []


async def test_who_lost_the_lease_says_nothing_more(
    ports: Ports, worker: Worker, doing: Doing, clock: StoppedClock
) -> None:
    stuck = [asyncio.Event(), asyncio.Event()]

    async def wait(text: str) -> None:
        mine = stuck[len(doing.done) - 1]
        await mine.wait()
        if mine is stuck[0]:
            raise RuntimeError("too late to matter")

    doing.act = wait
    put(ports, Note(text="x"))
    first = asyncio.create_task(worker.run_due())
    await until(lambda: len(doing.done) == 1)
    clock.forward(seconds=31)
    second = asyncio.create_task(Worker(ports, [doing.handlers]).run_due())
    await until(lambda: len(doing.done) == 2)
    stuck[0].set()
    await first
    [row] = rows(ports)
    assert (row.error, row.tries) == ("", 2)
    assert row.lease > 0
    stuck[1].set()
    await second
    assert rows(ports) == []


async def test_a_lease_is_renewed_while_the_job_runs(
    ports: Ports, doing: Doing, clock: StoppedClock
) -> None:
    go_on = asyncio.Event()

    async def wait(text: str) -> None:
        await go_on.wait()

    doing.act = wait
    put(ports, Note(text="x"))
    running = asyncio.create_task(Worker(ports, [doing.handlers], lease_ms=60).run_due())
    await until(lambda: doing.done == ["x"])
    clock.forward(seconds=1)
    await until(lambda: rows(ports)[0].run_at == clock.now() + 60)
    assert await Worker(ports, [doing.handlers]).run_due() == 0
    go_on.set()
    assert await running == 1


async def test_a_job_that_kills_its_process_each_time_dies(
    ports: Ports, worker: Worker, doing: Doing, clock: StoppedClock
) -> None:
    put(ports, Note(text="x"))
    for _ in range(3):
        running = asyncio.create_task(worker._lease(["test.note"], 1))
        assert len(await running) == 1
        clock.forward(seconds=31)
    await worker.run_due()
    assert doing.done == []
    assert "process ended" in ports.db.read_now(dead)[0].error


PROGRAM = textwrap.dedent(
    """
    import asyncio, sys
    from entregent.ports.clock import MachineClock
    from entregent.ports.jobs import Handlers, Worker
    from tests.ports.jobs.doing import Note, make_ports

    handlers = Handlers()

    @handlers.handle(Note)
    async def note(ports, job):
        print(job.text, flush=True)
        await asyncio.sleep(0.02 if int(job.text) % 3 else 60)

    async def main():
        worker = Worker(make_ports(sys.argv[1], MachineClock(), 1), [handlers])
        await worker.start()
        await asyncio.sleep(60)

    asyncio.run(main())
    """
)


async def test_after_a_kill_nothing_is_lost(jobs_url: str, doing: Doing) -> None:
    clock = StoppedClock(MachineClock().now())
    ports = make_ports(jobs_url, clock)
    for n in range(30):
        put(ports, Note(text=str(n)))

    def run_and_kill() -> list[str]:
        with subprocess.Popen(
            [sys.executable, "-c", PROGRAM, jobs_url],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[3],
        ) as process:
            assert process.stdout is not None
            begun = [process.stdout.readline().strip() for _ in range(12)]
            process.send_signal(signal.SIGKILL)
            return begun + process.stdout.read().split()

    begun = await asyncio.to_thread(run_and_kill)
    left = [json.loads(row.payload)["text"] for row in rows(ports)]
    assert 0 < len(left) < 30
    assert set(begun) | set(left) == {str(n) for n in range(30)}
    clock.forward(seconds=31 + 10)
    await Worker(ports, [doing.handlers]).run_due()
    assert sorted(doing.done) == sorted(left)
    assert rows(ports) == []
    ports.db.close()


# -- in the background -------------------------------------------------------------------------


async def test_a_worker_runs_what_is_enqueued_at_once(
    jobs_url: str, doing: Doing, tmp_path: Path
) -> None:
    ports = make_ports(jobs_url, MachineClock())
    worker = Worker(ports, [doing.handlers])
    await worker.start()
    await asyncio.sleep(0.1)
    begun = time.perf_counter()
    await ports.db.write(lambda tx: enqueue(tx, Note(text="from the loop")))
    await until(lambda: doing.done == ["from the loop"])
    await asyncio.to_thread(put, ports, Note(text="from a thread"))
    await until(lambda: len(doing.done) == 2)
    await ports.db.write(lambda tx: enqueue(tx, Note(text="soon"), at=tx.now + 300))
    await until(lambda: len(doing.done) == 3)
    assert 0.3 <= time.perf_counter() - begun < 3
    await until(lambda: rows(ports) == [])
    await worker.close()
    ports.db.close()


async def test_so_many_run_at_once_and_heavy_ones_one_by_one(
    ports: Ports, doing: Doing, start: Callable[..., Awaitable[Worker]]
) -> None:
    go_on = asyncio.Event()

    async def wait(text: str) -> None:
        await go_on.wait()

    doing.act = wait
    for n in range(4):
        put(ports, Hard(text=f"heavy {n}"))
    for n in range(6):
        put(ports, Note(text=f"light {n}"))
    await start(slots=4)
    await until(lambda: len(doing.done) == 4)
    await asyncio.sleep(0.05)
    assert sorted(text.split()[0] for text in doing.done) == ["heavy", "light", "light", "light"]
    go_on.set()
    await until(lambda: rows(ports) == [])
    assert len(doing.done) == 10


async def test_closing_waits_shortly_and_gives_back_the_rest(
    ports: Ports, doing: Doing, start: Callable[..., Awaitable[Worker]]
) -> None:
    async def wait(text: str) -> None:
        await asyncio.sleep(0.05 if text == "quick" else 60)

    doing.act = wait
    put(ports, Note(text="quick"))
    put(ports, Note(text="endless"))
    worker = await start()
    await until(lambda: len(doing.done) == 2)
    await worker.close(grace=0.2)
    [row] = rows(ports)
    assert json.loads(row.payload)["text"] == "endless"
    assert (row.lease, row.tries, row.run_at) == (0, 0, ports.clock.now())


async def test_many_workers_share_the_work(jobs_url: str) -> None:
    clock = MachineClock()
    doings = [Doing() for _ in range(3)]
    all_ports = [make_ports(jobs_url, clock, node) for node in range(3)]

    async def work(text: str) -> None:
        await asyncio.sleep(0.002)

    def fill(tx: Transaction) -> None:
        for n in range(120):
            enqueue(tx, Note(text=str(n)), owner=n % 7)

    all_ports[0].db.write_now(fill)
    workers = []
    for doing, ports in zip(doings, all_ports, strict=True):
        doing.act = work
        workers.append(Worker(ports, [doing.handlers]))
        await workers[-1].start()
    await until(lambda: sum(len(doing.done) for doing in doings) >= 120, 30)
    await until(lambda: rows(all_ports[0]) == [])
    for worker in workers:
        await worker.close()
    done = [text for doing in doings for text in doing.done]
    assert sorted(done, key=int) == [str(n) for n in range(120)]
    assert sum(bool(doing.done) for doing in doings) > 1
    for ports in all_ports:
        ports.db.close()


async def test_a_repeating_job_runs_again_and_again(ports: Ports, clock: StoppedClock) -> None:
    ran: list[int] = []
    handlers = Handlers()

    @handlers.every(Sweep, minutes=60)
    async def sweep(ports: Ports, job: Sweep) -> None:
        ran.append(clock.now())
        if len(ran) == 2:
            raise OSError("not this time")

    workers = [Worker(ports, [handlers]) for _ in range(2)]
    start = clock.now()
    for _ in range(4 * 60):
        for worker in workers:
            await worker.run_due()
        clock.forward(seconds=60)
    minutes = [round((at - start) / 60_000) for at in ran]
    assert minutes == [0, 60, 61, 121, 181]
    assert len(rows(ports)) == 1


async def test_a_database_that_is_away_is_waited_for(
    ports: Ports, doing: Doing, start: Callable[..., Awaitable[Worker]], clock: StoppedClock
) -> None:
    """As when PostgreSQL is started anew: here every statement fails for a while."""
    away = threading.Event()
    away.set()
    writer: Any = ports.db._writer
    begin = writer.begin

    def failing() -> None:
        if away.is_set():
            raise ConnectionError("away")
        begin()

    put_first = Note(text="x")
    away.clear()
    put(ports, put_first)
    away.set()
    writer.begin = failing
    await start()
    await asyncio.sleep(0.2)
    assert doing.done == []
    away.clear()
    await until(lambda: rows(ports) == [])
    assert doing.done == ["x"]
