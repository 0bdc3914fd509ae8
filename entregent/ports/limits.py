"""Rate limits: token buckets kept in this process, per limit and key.

Several processes each keep their own: a member may then do so many times more, which is the price
of asking nobody on a hot route.
"""

from typing import NamedTuple

from entregent.kit.errors import Refusal

from .clock import Clock

MOST_BUCKETS = 200_000


class Limit(NamedTuple):
    """`burst` at once, then `each` more every `seconds`."""

    burst: int
    each: float
    seconds: float


LIMITS: dict[str, Limit] = {
    "sign_in_account": Limit(10, 10, 600),
    "sign_in_address": Limit(60, 60, 600),
    "sign_up_address": Limit(20, 20, 3600),
    "mail": Limit(5, 5, 3600),
    "ping": Limit(20, 20, 600),
    "send": Limit(120, 120, 60),
    "write": Limit(600, 600, 60),
    "read": Limit(3000, 3000, 60),
    "search": Limit(300, 300, 60),
    "report": Limit(20, 20, 3600),
    "react": Limit(120, 120, 60),
    "now": Limit(40, 60, 60),
    "import": Limit(20, 20, 3600),
    "export": Limit(10, 10, 3600),
    "upload": Limit(120, 120, 600),
    "part": Limit(1200, 1200, 60),
    "media": Limit(6000, 6000, 60),
    "invite": Limit(60, 60, 60),
    "story": Limit(30, 30, 3600),
    "video": Limit(20, 20, 3600),
    "answer": Limit(120, 120, 3600),
    "seen": Limit(600, 600, 60),
}


class Limits:
    """All buckets of this process. `factor` widens every limit; 0 switches them off."""

    def __init__(self, clock: Clock, factor: float = 1.0) -> None:
        self._clock = clock
        self._factor = factor
        self._buckets: dict[tuple[str, object], tuple[float, int]] = {}

    def take(self, name: str, key: object) -> None:
        """Takes one token, or refuses with the seconds to wait."""
        if not self._factor:
            return
        burst, each, seconds = LIMITS[name]
        now = self._clock.now()
        tokens, at = self._buckets.get((name, key), (burst * self._factor, now))
        rate = each * self._factor / (seconds * 1000)
        tokens = min(burst * self._factor, tokens + (now - at) * rate)
        if tokens < 1:
            self._buckets[(name, key)] = (tokens, now)
            wait = max(1, round((1 - tokens) / rate / 1000))
            raise Refusal("kit.slow_down", status=429, retry_after=wait, seconds=wait)
        if len(self._buckets) >= MOST_BUCKETS and (name, key) not in self._buckets:
            self._forget_full(now)
        self._buckets[(name, key)] = (tokens - 1, now)

    def _forget_full(self, now: int) -> None:
        """Drops buckets that have filled up again; they say nothing any more."""
        horizon = 3_600_000
        self._buckets = {
            key: value for key, value in self._buckets.items() if now - value[1] < horizon
        }
        if len(self._buckets) >= MOST_BUCKETS:
            self._buckets.clear()
