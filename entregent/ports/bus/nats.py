"""The bus of several processes: NATS between them, directly within each."""

import asyncio
import logging
from collections import deque
from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from nats.aio.client import Client
from nats.aio.msg import Msg
from nats.aio.subscription import Subscription
from nats.errors import Error, SlowConsumerError

from .memory import MemoryBus
from .model import Listener, acceptable, check_pattern

DEFAULT_PREFIX = "entregent"
FIRST_CONNECTION_SECONDS = 2.0
RETRY_SECONDS = 1
CANCEL_SECONDS = 0.1
MAX_WAITING = 20_000
_GAP_TOPIC = "_gap"
_log = logging.getLogger(__name__)


class NatsBus:
    """Hints travel to the other processes through NATS, and to our own listeners directly.

    The server is told not to echo, so a broken connection never silences our own listeners. All
    talking to NATS is done by one task; callers only leave hints in a bounded queue.
    """

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._prefix = check_pattern(parts.path.strip("/") or DEFAULT_PREFIX)
        self._servers = [f"{parts.scheme}://{place}" for place in parts.netloc.split(",") if place]
        if not self._servers:
            raise ValueError("the bus needs a server, as in nats://localhost:4222")
        self._local = MemoryBus()
        self._client = Client()
        self._waiting: deque[tuple[str, bytes]] = deque()
        self._subscriptions: dict[str, Subscription] = {}
        self._wake = asyncio.Event()
        self._connected = asyncio.Event()
        self._tried = False
        self._lost = False
        self._closed = False
        self._loop: asyncio.AbstractEventLoop | None = None
        self._runner: asyncio.Task[None] | None = None

    async def start(self) -> None:
        await self._local.start()
        self._loop = asyncio.get_running_loop()
        self._runner = self._loop.create_task(self._run(), name="bus")
        try:
            await asyncio.wait_for(self._connected.wait(), FIRST_CONNECTION_SECONDS)
        except TimeoutError:
            _log.warning("bus: NATS does not answer; trying on in the background")

    def publish(self, topic: str, payload: bytes) -> None:
        if self._loop is None or self._closed or not acceptable(topic, payload):
            return
        self._local.publish(topic, payload)
        if len(self._waiting) >= MAX_WAITING:
            self._waiting.clear()
            self._lost = True
        self._waiting.append((topic, payload))
        self._stir()

    def subscribe(self, topic: str, listener: Listener) -> Callable[[], None]:
        end_local = self._local.subscribe(topic, listener)
        self._stir()

        def end() -> None:
            end_local()
            self._stir()

        return end

    def on_gap(self, listener: Callable[[], None]) -> None:
        self._local.on_gap(listener)

    async def close(self) -> None:
        if self._closed:
            return
        self._closed = True
        await self._local.close()
        if self._runner is None:
            return
        while not self._runner.done():
            # A connection that fails at the same moment hides the first call (Python 3.11).
            self._runner.cancel()
            await asyncio.wait({self._runner}, timeout=CANCEL_SECONDS)
        try:
            if self._tried:
                await self._client.close()
        except (Error, OSError) as error:
            _log.info("bus: NATS did not close properly: %s", error)

    def _stir(self) -> None:
        if self._loop is None:
            return
        try:
            running = asyncio.get_running_loop()
        except RuntimeError:
            running = None
        if running is self._loop:
            self._wake.set()
            return
        try:
            self._loop.call_soon_threadsafe(self._wake.set)
        except RuntimeError:  # The loop has ended.
            self._waiting.clear()

    async def _run(self) -> None:
        while True:
            await self._connect()
            while not self._client.is_closed:
                try:
                    await self._follow()
                    await self._send_waiting()
                except (Error, OSError) as error:
                    self._lost = True
                    _log.warning("bus: NATS: %s", error)
                await self._wake.wait()
                self._wake.clear()
            # The client gave up for good, as it does when its rights are taken away.
            await asyncio.sleep(RETRY_SECONDS)

    async def _connect(self) -> None:
        """Makes the first connection, trying for as long as it takes."""
        self._client = Client()
        self._tried = True
        self._subscriptions.clear()
        await self._client.connect(
            self._servers,
            name=self._prefix,
            no_echo=True,
            max_reconnect_attempts=-1,
            reconnect_time_wait=RETRY_SECONDS,
            # Hints kept while disconnected would be stale: we drop them and tell of a gap.
            pending_size=0,
            error_cb=self._on_error,
            closed_cb=self._on_closed,
            disconnected_cb=self._on_disconnected,
            reconnected_cb=self._on_reconnected,
        )
        self._connected.set()
        self._local.announce_gap()

    async def _follow(self) -> None:
        """Makes the subscriptions at NATS those that our listeners need."""
        if not self._client.is_connected:
            return
        wanted = self._local.patterns() | {_GAP_TOPIC}
        for pattern in wanted - self._subscriptions.keys():
            self._subscriptions[pattern] = await self._client.subscribe(
                f"{self._prefix}.{pattern}", cb=self._receiver(pattern)
            )
        for pattern in self._subscriptions.keys() - wanted:
            await self._subscriptions.pop(pattern).unsubscribe()

    async def _send_waiting(self) -> None:
        while self._waiting:
            if not self._client.is_connected:
                self._waiting.clear()
                self._lost = True
                return
            topic, payload = self._waiting.popleft()
            await self._client.publish(f"{self._prefix}.{topic}", payload)
        if self._lost and self._client.is_connected:
            await self._client.publish(f"{self._prefix}.{_GAP_TOPIC}", b"")
            self._lost = False

    def _receiver(self, pattern: str) -> Callable[[Msg], Awaitable[None]]:
        start = len(self._prefix) + 1

        async def receive(message: Msg) -> None:
            if pattern == _GAP_TOPIC:
                self._local.announce_gap()
            else:
                self._local.deliver(pattern, message.subject[start:], message.data)

        return receive

    async def _on_error(self, error: Exception) -> None:
        if isinstance(error, SlowConsumerError):
            self._local.announce_gap()
        _log.warning("bus: NATS: %r", error)

    async def _on_closed(self) -> None:
        self._wake.set()

    async def _on_disconnected(self) -> None:
        if not self._closed:
            _log.warning("bus: connection to NATS lost; trying again")

    async def _on_reconnected(self) -> None:
        _log.info("bus: connected to NATS again")
        self._local.announce_gap()
        self._wake.set()
