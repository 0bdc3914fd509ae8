"""The worker: leases what is due, runs it, and tells how it went."""

import asyncio
import logging
import threading
from collections import Counter
from collections.abc import Iterable

import msgspec

from entregent.ports.db import Transaction
from entregent.ports.ports import Ports

from . import actions
from .handlers import Handled, Handlers
from .model import NEVER, Enqueued, GiveUp, Leased

LEASE_MS = 30_000
POLL_SECONDS = 5.0
SLOTS = 8
HEAVY_SLOTS = 1
GRACE_SECONDS = 5.0
AFTER_TROUBLE_SECONDS = 1.0
_log = logging.getLogger(__name__)


class Worker:
    """Runs jobs beside the server; every process of an instance may have one.

    A job is leased for half a minute and the lease renewed while it runs, so a job whose process
    was killed is run by another one, or after the restart, half a minute later.
    """

    def __init__(
        self,
        ports: Ports,
        slices: Iterable[Handlers],
        *,
        slots: int = SLOTS,
        heavy_slots: int = HEAVY_SLOTS,
        lease_ms: int = LEASE_MS,
    ) -> None:
        self._ports = ports
        self._handled = {one.kind: one for slice_ in slices for one in slice_.declared}
        self._slots = slots
        self._heavy_slots = heavy_slots
        self._lease_ms = lease_ms
        self._running: dict[asyncio.Task[None], Handled] = {}
        self._wake = asyncio.Event()
        self._stirred = threading.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._main: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begins to run jobs in the background."""
        self._loop = asyncio.get_running_loop()
        self._ports.db.listen(Enqueued, self._enqueued)
        self._main = self._loop.create_task(self._run_for_ever(), name="jobs")

    async def close(self, grace: float = GRACE_SECONDS) -> None:
        """Takes nothing more, waits shortly for what runs, and gives the rest back."""
        if self._main is not None:
            self._main.cancel()
            await asyncio.wait({self._main})
            self._main = None
        if self._running:
            await asyncio.wait(self._running, timeout=grace)
        for task in self._running:
            task.cancel()
        if self._running:
            await asyncio.wait(self._running)

    async def run_due(self) -> int:
        """Runs all that is due now, one after the other, and what becomes due by it; for tests."""
        await self._begin_repeating()
        count = 0
        while leased := await self._lease(list(self._handled), 1):
            await self._run(leased[0])
            count += 1
        return count

    def _enqueued(self, _tx: Transaction, _fact: Enqueued) -> None:
        """Called within a transaction, on the writer's thread.

        It is not committed yet, but what we then ask the same writer for comes after it.
        """
        if self._loop is None or self._stirred.is_set():
            return
        self._stirred.set()
        try:
            self._loop.call_soon_threadsafe(self._wake.set)
        except RuntimeError:  # The loop has ended.
            self._loop = None

    async def _run_for_ever(self) -> None:
        begun = False
        while True:
            self._wake.clear()
            self._stirred.clear()
            try:
                if not begun:
                    await self._begin_repeating()
                    begun = True
                pause = await self._fill_slots()
            except Exception:  # noqa: BLE001 - the database is away; jobs must outlive that
                _log.exception("jobs: cannot look for what is due")
                pause = AFTER_TROUBLE_SECONDS
            try:
                async with asyncio.timeout(pause):
                    await self._wake.wait()
            except TimeoutError:
                continue

    async def _begin_repeating(self) -> None:
        repeating = [one for one in self._handled.values() if one.every_ms]
        if repeating:
            await self._ports.db.write(_begin, repeating)

    async def _fill_slots(self) -> float:
        """Starts what is due and has room; answers how many seconds there is nothing to do."""
        while kinds := self._kinds_with_room():
            # Leased, not looked for first: only the writer is sure to see what was just enqueued.
            leased = await self._lease(kinds, 1)
            if not leased:
                due = await self._ports.db.read(actions.next_due, kinds)
                wait = (due - self._ports.clock.now()) / 1000
                return min(max(wait, 0.01), POLL_SECONDS)
            task = asyncio.create_task(self._run(leased[0]), name=f"job {leased[0].kind}")
            self._running[task] = self._handled[leased[0].kind]
            task.add_done_callback(self._ended)
        return POLL_SECONDS

    def _kinds_with_room(self) -> list[str]:
        if len(self._running) >= self._slots:
            return []
        heavy = Counter(_slice(one) for one in self._running.values() if one.heavy)
        return [
            kind
            for kind, one in self._handled.items()
            if not one.heavy or heavy[_slice(one)] < self._heavy_slots
        ]

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._running.pop(task, None)
        self._wake.set()

    async def _lease(self, kinds: list[str], limit: int) -> list[Leased]:
        return await self._ports.db.write(actions.lease, kinds, limit, self._lease_ms)

    async def _run(self, job: Leased) -> None:
        """Runs one job and says how it went, unless the database is away: then the lease ends."""
        handled = self._handled[job.kind]
        write = self._ports.db.write
        try:
            try:
                await self._handle(handled, job)
            except asyncio.CancelledError:
                await write(actions.give_back, job)
                raise
            except (GiveUp, msgspec.ValidationError, msgspec.DecodeError) as error:
                await self._failed(handled, job, error, tries=0)
            except Exception as error:  # noqa: BLE001 - whatever it is, it is tried again
                await self._failed(handled, job, error, tries=handled.tries)
            else:
                await write(actions.succeed, job, handled.every_ms)
        except Exception:  # noqa: BLE001 - as above
            _log.exception("jobs: cannot say how %s went", job.kind)

    async def _handle(self, handled: Handled, job: Leased) -> None:
        if handled.tries is not None and job.tries > handled.tries:
            raise GiveUp("the process ended each time while it ran")
        value = msgspec.json.decode(job.payload, type=handled.job)
        keeping = asyncio.create_task(self._keep(job))
        try:
            async with asyncio.timeout(handled.seconds):
                await handled.run(self._ports, value)
        finally:
            keeping.cancel()

    async def _keep(self, job: Leased) -> None:
        """Renews the lease while the job runs."""
        while True:
            await asyncio.sleep(self._lease_ms / 3000)
            try:
                if not await self._ports.db.write(actions.renew, job, self._lease_ms):
                    _log.warning("jobs: %s took too long and is run a second time", job.kind)
                    return
            except Exception:  # noqa: BLE001 - there is a second chance before the lease ends
                _log.exception("jobs: cannot renew the lease of %s", job.kind)

    async def _failed(
        self, handled: Handled, job: Leased, error: Exception, tries: int | None
    ) -> None:
        reason = f"{type(error).__name__}: {error}"
        if handled.every_ms:
            tries = None
        died = await self._ports.db.write(actions.fail, job, reason, tries)
        if died:
            _log.error("jobs: %s failed for good at try %d", job.kind, job.tries, exc_info=error)
        else:
            _log.warning("jobs: %s failed at try %d: %s", job.kind, job.tries, reason)


def _slice(handled: Handled) -> str:
    """Heavy jobs wait for those of their own slice: a long import holds up no film."""
    return handled.kind.partition(".")[0]


def _begin(tx: Transaction, repeating: list[Handled]) -> None:
    """Has each repeating job waiting; one that waits or runs already is left alone."""
    for one in repeating:
        if actions.next_due(tx, [one.kind]) == NEVER:
            actions.enqueue(tx, one.job(), key="every")
