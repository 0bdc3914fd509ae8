"""The bus of a single process."""

import asyncio
import logging
import threading
from collections import deque
from collections.abc import Callable

from .model import Listener, acceptable, check_pattern, patterns_for

MAX_WAITING = 100_000
_log = logging.getLogger(__name__)


class MemoryBus:
    """Delivers hints within this process, on the loop in which it was started."""

    def __init__(self) -> None:
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread = 0
        self._listeners: dict[str, list[Listener]] = {}
        self._gap_listeners: list[Callable[[], None]] = []
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._scheduled = False
        self._overflowed = False
        self._closed = False

    async def start(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._thread = threading.get_ident()

    def publish(self, topic: str, payload: bytes) -> None:
        if self._loop is None or self._closed or not acceptable(topic, payload):
            return
        if len(self._waiting) >= MAX_WAITING:
            self._overflowed = True
            return
        self._waiting.append((topic, payload))
        if self._scheduled:
            return
        self._scheduled = True
        if threading.get_ident() == self._thread:
            self._loop.call_soon(self._deliver_waiting)
            return
        try:
            self._loop.call_soon_threadsafe(self._deliver_waiting)
        except RuntimeError:  # The loop has ended: nobody is left to hear.
            self._waiting.clear()

    def subscribe(self, topic: str, listener: Listener) -> Callable[[], None]:
        key = check_pattern(topic)
        self._listeners.setdefault(key, []).append(listener)

        def end() -> None:
            listeners = self._listeners.get(key, [])
            if listener in listeners:
                listeners.remove(listener)
            if not listeners:
                self._listeners.pop(key, None)

        return end

    def on_gap(self, listener: Callable[[], None]) -> None:
        self._gap_listeners.append(listener)

    async def close(self) -> None:
        self._closed = True
        self._waiting.clear()
        self._listeners.clear()
        self._gap_listeners.clear()

    def patterns(self) -> set[str]:
        """The topics that somebody listens to."""
        return set(self._listeners)

    def deliver(self, pattern: str, topic: str, payload: bytes) -> None:
        """Calls the listeners of one subscription topic; a failing one does not stop the rest."""
        for listener in tuple(self._listeners.get(pattern, ())):
            try:
                listener(topic, payload)
            except Exception:  # noqa: BLE001 - whatever it is, it is theirs
                _log.exception("bus: a listener of %s failed", pattern)

    def announce_gap(self) -> None:
        """Tells everybody that hints may have been lost."""
        for listener in tuple(self._gap_listeners):
            try:
                listener()
            except Exception:  # noqa: BLE001 - whatever it is, it is theirs
                _log.exception("bus: a listener for gaps failed")

    def _deliver_waiting(self) -> None:
        # Cleared first: a hint appended from another thread meanwhile schedules a turn of its own.
        self._scheduled = False
        for _ in range(len(self._waiting)):
            topic, payload = self._waiting.popleft()
            for pattern in patterns_for(topic):
                self.deliver(pattern, topic, payload)
        if self._overflowed:
            self._overflowed = False
            self.announce_gap()
