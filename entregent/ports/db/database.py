"""The writer that groups waiting actions into one commit, and the readers beside it."""

import asyncio
import itertools
import logging
import random
import threading
import time
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar

from entregent.kit.errors import Refusal
from entregent.kit.events import Event

from ..clock import Clock
from ..ids import Ids
from .transaction import Connection, Listener, Transaction

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")
A = TypeVar("A")
LARGEST_GROUP = 256
TRIES = 12
_NUMBERS = itertools.count()
MOST_WAITING = 20_000  # some seconds of work; more would only wait longer


class Writable(Connection, Protocol):
    """A connection that transactions are begun on."""

    def begin(self) -> None: ...

    def interrupted(self, error: Exception) -> bool: ...

    def data_version(self) -> int: ...


class Journal(Protocol):
    """Writes what was emitted into the members' logs, and tells followers after the commit."""

    def append(self, tx: Transaction, emitted: Sequence[tuple[int, Event]]) -> Any:
        """Writes the log rows of one commit; what it gives is handed to `committed`."""
        ...

    def committed(self, appended: Any) -> None:
        """Called after the commit, on the event loop where there is one."""
        ...


class Chore(Protocol):
    """Work beside the writer, from the first action on until the end."""

    def start(self, writer: Connection) -> None: ...

    def stop(self) -> None: ...


def batched(
    action: Callable[[Transaction, list[A]], list[T | Refusal]],
) -> Callable[[Transaction, list[A]], list[T | Refusal]]:
    """Marks an action that takes all its waiting requests at once and answers each.

    `db.write(action, one)` hands it a list with everybody's `one`; a `Refusal` in the answer is
    raised at the caller it belongs to.
    """
    action.batched = True  # type: ignore[attr-defined]
    return action


class _Job:
    __slots__ = ("action", "args", "error", "future", "result")

    def __init__(self, action: Any, args: tuple[Any, ...], future: Any) -> None:
        self.action = action
        self.args = args
        self.future = future
        self.result: Any = None
        self.error: BaseException | None = None


def _bound(action: Callable[..., Any], named: Mapping[str, Any]) -> Callable[..., Any]:
    return partial(action, **named) if named else action


def _pause(attempt: int) -> None:
    """Gives way, by chance, to another process that writes the same rows, longer each time."""
    if attempt > 1:
        time.sleep(random.uniform(0, min(0.1, 0.001 * 2**attempt)))  # noqa: S311 (no secret)


class Database:
    """One database with one writer and a few readers."""

    def __init__(
        self,
        connect: Callable[[bool], Writable],
        clock: Clock,
        ids: Ids,
        *,
        readers: int = 2,
        checkpoints: Callable[[threading.Lock], Chore] | None = None,
    ) -> None:
        self.number = next(_NUMBERS)
        self.clock = clock
        self.ids = ids
        self.journal: Journal | None = None
        self.listeners: dict[type, list[Listener]] = {}
        self._connect = connect
        self._writer = connect(False)
        self._writing = threading.Lock()
        self._waiting: deque[_Job] = deque()
        self._wake = threading.Event()
        self._closing = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._writer_thread: threading.Thread | None = None
        self._readers = [connect(True) for _ in range(readers)]
        self._spare: list[Writable] = []  # what `read_now` has done with, for the next one
        self._reads: deque[_Job] = deque()
        self._read_wake = threading.Semaphore(0)
        self._reader_threads: list[threading.Thread] = []
        self._checkpoints = checkpoints(self._writing) if checkpoints else None

    @property
    def dialect(self) -> str:
        """`sqlite` or `postgresql`."""
        return self._writer.dialect

    def listen(self, event: type, listener: Listener) -> None:
        """Has `listener(tx, event)` run inside every transaction that emits such an event."""
        self.listeners.setdefault(event, []).append(listener)

    # -- writing -----------------------------------------------------------------------------

    async def write(
        self, action: Callable[Concatenate[Transaction, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """Runs an action and answers when it is on disk."""
        loop = self._open_loop()
        if len(self._waiting) >= MOST_WAITING:
            raise Refusal("kit.busy", status=503, retry_after=1)
        job = _Job(_bound(action, named), args, loop.create_future())
        self._waiting.append(job)
        if not self._wake.is_set():
            self._wake.set()
        result: T = await job.future
        return result

    def write_now(
        self, action: Callable[Concatenate[Transaction, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """Runs an action on this thread and returns when it is on disk."""
        job = _Job(_bound(action, named), args, None)
        appended = self._commit([job])
        self._tell(appended)
        if job.error is not None:
            raise job.error
        result: T = job.result
        return result

    def _open_loop(self) -> asyncio.AbstractEventLoop:
        if self._closing:
            raise ConnectionError("the database is closed")
        return self._running_loop()

    def _running_loop(self) -> asyncio.AbstractEventLoop:
        if self._loop is None:
            self._loop = asyncio.get_running_loop()
            self._writer_thread = threading.Thread(
                target=self._write_for_ever, name="writer", daemon=True
            )
            self._writer_thread.start()
            for reader in self._readers:
                thread = threading.Thread(
                    target=self._read_for_ever, args=(reader,), name="reader", daemon=True
                )
                thread.start()
                self._reader_threads.append(thread)
            if self._checkpoints is not None:
                self._checkpoints.start(self._writer)
        return self._loop

    def _write_for_ever(self) -> None:
        waiting, wake = self._waiting, self._wake
        while not self._closing:
            if not waiting:
                wake.clear()
                # An action may have come between the check and the clear.
                if not waiting:
                    wake.wait()
                continue
            group = [waiting.popleft() for _ in range(min(len(waiting), LARGEST_GROUP))]
            appended = self._commit(group)
            self._hand_back(group, appended)

    def _hand_back(self, group: Sequence[_Job], appended: Any) -> None:
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._settle, group, appended)

    def _settle(self, group: Sequence[_Job], appended: Any) -> None:
        for job in group:
            if job.future.done():
                continue
            if job.error is not None:
                job.future.set_exception(job.error)
            else:
                job.future.set_result(job.result)
        self._tell(appended)

    def _tell(self, appended: Any) -> None:
        if appended and self.journal is not None:
            self.journal.committed(appended)

    def _commit(self, group: Sequence[_Job]) -> Any:
        """Runs a group in one transaction; each job ends with a result or an error."""
        with self._writing:
            for attempt in range(1, TRIES + 1):
                try:
                    return self._attempt(group)
                except Exception as error:  # noqa: BLE001 (handed to whoever waits for it)
                    self._roll_back()
                    again = attempt < TRIES and self._writer.interrupted(error)
                    if again:
                        _pause(attempt)
                        continue
                    if len(group) > 1:
                        # One of them cannot be carried out: find it by running each alone.
                        return self._one_by_one(group)
                    group[0].error = error
                    return None
        return None

    def _one_by_one(self, group: Sequence[_Job]) -> list[Any]:
        appended: list[Any] = []
        for job in group:
            job.error = None
            for attempt in range(1, TRIES + 1):
                try:
                    appended.extend(self._attempt([job]) or ())
                    break
                except Exception as error:  # noqa: BLE001 (handed to whoever waits for it)
                    self._roll_back()
                    if attempt == TRIES or not self._writer.interrupted(error):
                        job.error = error
                        break
                    _pause(attempt)
        return appended

    def _roll_back(self) -> None:
        try:
            self._writer.script("ROLLBACK")
        except Exception:
            log.debug("nothing to roll back", exc_info=True)

    def _attempt(self, group: Sequence[_Job]) -> Any:
        tx = Transaction(self._writer, self.clock.now(), self.ids.new, self.listeners, self.number)
        self._writer.begin()
        alone = len(group) == 1
        together: dict[Any, list[_Job]] = {}
        for job in group:
            if getattr(job.action, "batched", False):
                together.setdefault(job.action, []).append(job)
            elif alone:
                job.result = job.action(tx, *job.args)
            else:
                self._in_savepoint(tx, job)
        for action, jobs in together.items():
            answers = action(tx, [job.args[0] for job in jobs])
            for job, answer in zip(jobs, answers, strict=True):
                if isinstance(answer, Refusal):
                    job.error = answer
                else:
                    job.result, job.error = answer, None
        appended = None
        if tx.emitted and self.journal is not None:
            appended = self.journal.append(tx, tx.emitted)
        self._writer.script("COMMIT")
        return appended

    def _in_savepoint(self, tx: Transaction, job: _Job) -> None:
        mark = len(tx.emitted)
        self._writer.script("SAVEPOINT action")
        try:
            job.result = job.action(tx, *job.args)
            job.error = None
        except Exception as error:
            if self._writer.interrupted(error):
                raise  # the whole transaction is void
            self._writer.script("ROLLBACK TO SAVEPOINT action")
            del tx.emitted[mark:]
            job.error = error
        self._writer.script("RELEASE SAVEPOINT action")

    # -- reading -----------------------------------------------------------------------------

    async def read(
        self, fn: Callable[Concatenate[Transaction, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """Runs a reading function on a snapshot."""
        loop = self._open_loop()
        job = _Job(_bound(fn, named), args, loop.create_future())
        self._reads.append(job)
        self._read_wake.release()
        result: T = await job.future
        return result

    def read_now(
        self, fn: Callable[Concatenate[Transaction, P], T], *args: P.args, **named: P.kwargs
    ) -> T:
        """Runs a reading function on this thread."""
        job = _Job(_bound(fn, named), args, None)
        try:
            reader = self._spare.pop()
        except IndexError:
            reader = self._connect(True)
        try:
            self._read(reader, job)
        finally:
            self._spare.append(reader)
        if job.error is not None:
            raise job.error
        result: T = job.result
        return result

    def _read_for_ever(self, reader: Writable) -> None:
        while True:
            self._read_wake.acquire()
            if self._closing:
                return
            job = self._reads.popleft()
            self._read(reader, job)
            self._hand_back([job], None)

    def _read(self, reader: Writable, job: _Job) -> None:
        tx = Transaction(reader, self.clock.now(), self.ids.new, _NO_LISTENERS, self.number)
        for attempt in (1, 2):
            try:
                reader.begin()
                try:
                    job.result = job.action(tx, *job.args)
                finally:
                    reader.script("COMMIT")
                return
            except Exception as error:  # noqa: BLE001 (handed to whoever waits for it)
                if attempt == 1 and reader.interrupted(error):
                    continue
                job.error = error
                return

    # -- ending ------------------------------------------------------------------------------

    def changed_elsewhere(self) -> int:
        """A number that changes when another process has committed (SQLite only)."""
        with self._writing:
            return self._writer.data_version()

    def close(self) -> None:
        """Ends the threads after the transactions under way, then the connections."""
        self._closing = True
        self._wake.set()
        for _ in self._reader_threads:
            self._read_wake.release()
        for thread in [self._writer_thread, *self._reader_threads]:
            if thread is not None:
                thread.join(timeout=30)
        if self._checkpoints is not None:
            self._checkpoints.stop()
        for job in (*self._waiting, *self._reads):  # nobody will come to them any more
            job.error = ConnectionError("the database is closed")
            self._hand_back([job], None)
        self._writer.close()
        for reader in (*self._readers, *self._spare):
            reader.close()


_NO_LISTENERS: Mapping[type, Sequence[Listener]] = {}
