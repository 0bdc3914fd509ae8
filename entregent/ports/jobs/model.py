"""What a job is, and when one that failed is tried again."""

import re
from typing import NamedTuple

import msgspec

from entregent.kit.events import Fact

HOUSE = 0  # The owner of jobs that concern no member.
NEVER = 2**63 - 1
TRIES = 10
FIRST_PAUSE_MS = 10_000
LONGEST_PAUSE_MS = 3_600_000
_KIND = re.compile(r"[a-z]+\.[a-z_]+")


class Job(msgspec.Struct, kw_only=True, tag_field="kind"):
    """The base of every job: what it needs to know, as values.

    A subclass sets its `tag` to `<slice>.<verb>`, as in `accounts.send_proof`.
    Jobs outlive releases of the program: add fields with defaults only, and leave a kind's name.
    """


class GiveUp(Exception):
    """Raised by a handler: trying again will not help."""


class Enqueued(Fact):
    """A job was enqueued, to run at this moment."""

    run_at: int


class Leased(NamedTuple):
    """A job that this process runs now, unless it takes too long and loses the lease."""

    owner_id: int
    kind: str
    key: str
    payload: str
    tries: int  # this one included
    lease: int
    id: int


class DeadJob(NamedTuple):
    """A job that failed for good."""

    owner_id: int
    kind: str
    key: str
    payload: str
    tries: int
    error: str
    died_at: int


def kind_of(job: Job | type[Job]) -> str:
    """The name under which a job is kept."""
    tag = job.__struct_config__.tag
    if not isinstance(tag, str) or not _KIND.fullmatch(tag):
        raise TypeError(f"{tag}: a job needs a tag such as accounts.send_proof")
    return tag


def pause_before(tries: int, identifier: int) -> int:
    """How many ms to wait after so many tries: twice as long each time.

    Spread by a quarter, so that what failed together does not come back together.
    """
    pause = min(FIRST_PAUSE_MS << min(tries - 1, 20), LONGEST_PAUSE_MS)
    return pause + pause // 4 * (identifier * 2_654_435_761 % 1000) // 1000
