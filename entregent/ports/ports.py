"""All seams of one running house, as the server assembled them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from entregent.kit.scopes import Scope
from entregent.kit.settings import Settings

from .blobs import Blobs
from .bus import Bus
from .clock import Clock
from .codec import Codec
from .db import Database, Transaction
from .fetch import Fetch
from .ids import Ids
from .limits import Limits
from .mail import Mail
from .push import Push


def _nobody(_member_id: int, _session_id: int) -> None:
    """Before a server listens, the end of a session concerns nobody."""


def _silent(_members: Iterable[int], _event: bytes) -> None:
    """Before a server listens, nobody hears."""


def _alone(_member_id: int, _here: bool) -> list[int]:
    """Before a server listens, nobody is here."""
    return []


class Door(NamedTuple):
    """Who may see what is attached to a use of one kind: the viewer (None: anybody) and the use's
    `ref`. A token opens it with one of `scopes`. For `fresh_seconds` a browser may show what it has
    without asking whether it still may: so long at most is seen what was deleted, has expired or is
    no longer for this viewer."""

    may_see: Callable[[Transaction, int | None, str], bool]
    scopes: frozenset[Scope]
    fresh_seconds: int = 60


@dataclass(slots=True)
class Ports:
    """What handlers and jobs are given. `session_ended` closes streams and forgets the session;
    `whisper` gives members' streams what is true at this moment only; `present` notes that a member
    is here or away, and gives who is here."""

    settings: Settings
    clock: Clock
    ids: Ids
    db: Database
    bus: Bus
    limits: Limits
    session_ended: Callable[[int, int], None] = field(default=_nobody)
    whisper: Callable[[Iterable[int], bytes], None] = field(default=_silent)
    present: Callable[[int, bool], list[int]] = field(default=_alone)
    blobs: Blobs | None = None
    mail: Mail | None = None
    push: Push | None = None
    fetch: Fetch | None = None
    codec: Codec | None = None
    doors: Mapping[str, Door] = field(default_factory=dict)
