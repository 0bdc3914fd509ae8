"""How a slice says what it does later, without knowing who runs it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from entregent.ports.ports import Ports

from .model import TRIES, Job, kind_of

J = TypeVar("J", bound=Job)
Handler = Callable[[Ports, J], Awaitable[None]]

SECONDS = 600.0


@dataclass(frozen=True, slots=True)
class Handled:
    """A kind of job, and how it is run."""

    kind: str
    job: type[Job]
    run: Callable[[Ports, Any], Awaitable[None]]
    tries: int | None  # None: as often as it takes
    seconds: float
    heavy: bool
    every_ms: int


@dataclass(slots=True)
class Handlers:
    """The jobs of one slice. Handlers are run at least once, so they must be idempotent."""

    declared: list[Handled] = field(default_factory=list)

    def handle(
        self, job: type[J], *, tries: int = TRIES, seconds: float = SECONDS, heavy: bool = False
    ) -> Callable[[Handler[J]], Handler[J]]:
        """Declares the decorated function as what a job means.

        `heavy` ones take long and wait for others of their slice, so that they never hold up the
        rest.
        """
        return self._declare(job, tries, seconds, heavy, 0)

    def every(
        self, job: type[J], *, minutes: float, seconds: float = SECONDS, heavy: bool = False
    ) -> Callable[[Handler[J]], Handler[J]]:
        """Has a job without values run again and again, once for the whole instance."""
        return self._declare(job, None, seconds, heavy, int(minutes * 60_000))

    def _declare(
        self, job: type[J], tries: int | None, seconds: float, heavy: bool, every_ms: int
    ) -> Callable[[Handler[J]], Handler[J]]:
        kind = kind_of(job)

        def declare(run: Handler[J]) -> Handler[J]:
            self.declared.append(Handled(kind, job, run, tries, seconds, heavy, every_ms))
            return run

        return declare
