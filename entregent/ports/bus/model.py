"""What a bus is, and what it accepts."""

import logging
import re
from collections.abc import Callable
from typing import Protocol

Listener = Callable[[str, bytes], None]

MAX_PAYLOAD = 512 * 1024  # half of what a NATS server takes by default
MAX_TOPIC = 200
_TOPIC = re.compile(r"[A-Za-z0-9_-]+(?:\.[A-Za-z0-9_-]+)*")
_log = logging.getLogger(__name__)


class Bus(Protocol):
    """Carries hints between the processes of one instance: at most once, never the truth.

    A hint says "look again", so losing one costs time and nothing else. Topics are words joined
    by dots (`member.42`).
    """

    async def start(self) -> None:
        """Begins on the running loop; what was published before is dropped.

        Waits shortly for other processes, and goes on without them until they can be reached.
        """
        ...

    def publish(self, topic: str, payload: bytes) -> None:
        """Sends a hint, from any thread; never raises and never waits.

        Listeners of this process hear it in one of the next turns of the loop whether or not
        other processes can be reached. What cannot be sent (bad topic, more than 512 kB, a bus
        that is closed or far behind) is dropped.
        """
        ...

    def subscribe(self, topic: str, listener: Listener) -> Callable[[], None]:
        """Calls `listener(topic, payload)` on the loop for each hint; returns what ends it.

        A topic ending in `.>` means every topic that begins so. Followers are many and a
        subscription is not free: subscribe once per process to `member.>` and look the member
        up, never once per follower.
        """
        ...

    def on_gap(self, listener: Callable[[], None]) -> None:
        """Calls `listener()` when hints of other processes may have been lost.

        Whoever keeps something up to date by hints then reads it afresh.
        """
        ...

    async def close(self) -> None:
        """Ends every subscription; later hints are dropped."""
        ...


def acceptable(topic: str, payload: bytes) -> bool:
    """Whether a hint may be sent; says in the log why not."""
    if len(topic) > MAX_TOPIC or not _TOPIC.fullmatch(topic):
        _log.error("bus: hint dropped, not a topic: %r", topic[:MAX_TOPIC])
        return False
    if len(payload) > MAX_PAYLOAD:
        _log.error("bus: hint on %s dropped, %d bytes are too many", topic, len(payload))
        return False
    return True


def check_pattern(topic: str) -> str:
    """The topic of a subscription; raises ValueError for one that could never match."""
    base = topic.removesuffix(".>")
    if len(topic) > MAX_TOPIC or not _TOPIC.fullmatch(base):
        raise ValueError(f"not a topic: {topic!r}")
    return topic


def patterns_for(topic: str) -> list[str]:
    """Every subscription topic that matches: itself, and each beginning followed by `.>`."""
    patterns = [topic]
    at = topic.rfind(".")
    while at > 0:
        patterns.append(topic[:at] + ".>")
        at = topic.rfind(".", 0, at)
    return patterns
