"""The clock seam: milliseconds since 1970, UTC."""

import time
from typing import Protocol


class Clock(Protocol):
    """Tells the time."""

    def now(self) -> int:
        """Milliseconds since 1970, UTC."""
        ...


class MachineClock:
    """The machine's own clock."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000


class StoppedClock:
    """A clock for tests that moves only when told."""

    def __init__(self, at: int = 1_790_000_000_000) -> None:
        self.at = at

    def now(self) -> int:
        return self.at

    def forward(self, *, ms: int = 0, seconds: int = 0, days: int = 0) -> None:
        """Moves the time on."""
        self.at += ms + seconds * 1000 + days * 86_400_000
