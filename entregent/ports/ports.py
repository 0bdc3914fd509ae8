"""All seams of one running house, as the server assembled them."""

from collections.abc import Callable
from dataclasses import dataclass, field

from entregent.kit.settings import Settings

from .blobs import Blobs
from .bus import Bus
from .clock import Clock
from .db import Database
from .fetch import Fetch
from .ids import Ids
from .limits import Limits
from .mail import Mail
from .push import Push


def _nobody(_member_id: int, _session_id: int) -> None:
    """Before a server listens, the end of a session concerns nobody."""


@dataclass(slots=True)
class Ports:
    """What handlers and jobs are given. `session_ended` closes streams and forgets the session."""

    settings: Settings
    clock: Clock
    ids: Ids
    db: Database
    bus: Bus
    limits: Limits
    session_ended: Callable[[int, int], None] = field(default=_nobody)
    blobs: Blobs | None = None
    mail: Mail | None = None
    push: Push | None = None
    fetch: Fetch | None = None
