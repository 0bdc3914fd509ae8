"""The ids seam: makes the identifiers of `kit.ids`."""

import threading
from typing import Protocol

from entregent.kit import ids

from .clock import Clock


class Ids(Protocol):
    """Makes identifiers."""

    def new(self) -> int:
        """An id greater than every one this maker gave before."""
        ...


class NodeIds:
    """Ids of one node: sorted by time, never repeated, even when the clock steps back."""

    def __init__(self, clock: Clock, node: int = 0) -> None:
        if not 0 <= node < 1 << ids.NODE_BITS:
            raise ValueError(f"node must be between 0 and {(1 << ids.NODE_BITS) - 1}")
        self._clock = clock
        self._node = node
        self._lock = threading.Lock()
        self._at = 0
        self._sequence = 0

    def new(self) -> int:
        with self._lock:
            now = self._clock.now()
            if now > self._at:
                self._at, self._sequence = now, 0
            else:
                self._sequence += 1
                if self._sequence >> ids.SEQUENCE_BITS:
                    # More than 4,096 in a millisecond: borrow from the next one.
                    self._at, self._sequence = self._at + 1, 0
            return ids.compose(self._at, self._node, self._sequence)
