"""What is done to jobs, each inside somebody's transaction."""

from collections.abc import Sequence

import msgspec

from entregent.ports.db import Transaction

from . import queries
from .model import HOUSE, NEVER, DeadJob, Enqueued, Job, Leased, kind_of, pause_before

MAX_ERROR = 2_000


def enqueue(
    tx: Transaction,
    job: Job,
    *,
    owner: int = HOUSE,
    at: int | None = None,
    key: str | None = None,
) -> None:
    """Has the job run soon after the commit, or at the moment `at` (ms).

    With a key, an owner has one job of that kind and key at most: one that waits takes the newer
    payload and the earlier moment, one that is running runs once more afterwards.
    """
    identifier = tx.new_id()
    run_at = tx.now if at is None else at
    tx.run(
        queries.ENQUEUE,
        owner_id=owner,
        kind=kind_of(job),
        key=str(identifier) if key is None else key,
        id=identifier,
        payload=msgspec.json.encode(job).decode(),
        run_at=run_at,
        lease=0,
        again_at=0,
        tries=0,
        error="",
        died_at=0,
    )
    tx.emit(Enqueued(run_at=run_at))


def lease(tx: Transaction, kinds: Sequence[str], limit: int, lease_ms: int) -> list[Leased]:
    """Takes jobs that are due, for so long; nobody else gets them meanwhile."""
    taken = []
    for row in tx.all(queries.DUE, now=tx.now, kinds=kinds, limit=limit):
        token = tx.new_id()
        tx.run(
            queries.LEASE,
            owner=row.owner_id,
            of_kind=row.kind,
            of_key=row.key,
            token=token,
            until=tx.now + lease_ms,
        )
        taken.append(
            Leased(row.owner_id, row.kind, row.key, row.payload, row.tries + 1, token, row.id)
        )
    return taken


def renew(tx: Transaction, job: Leased, lease_ms: int) -> bool:
    """Keeps the lease for longer; False if it was lost."""
    return tx.touch(queries.RENEW, **_held(job), until=tx.now + lease_ms) == 1


def succeed(tx: Transaction, job: Leased, every_ms: int = 0) -> None:
    """The job is done, until it is due again if it is one that repeats."""
    again_at = _again(tx, job)
    if again_at is None:
        return
    if again_at or every_ms:
        moments = [moment for moment in (again_at, every_ms and tx.now + every_ms) if moment]
        _let_go(tx, job, at=min(moments), tries=0)
    else:
        tx.run(queries.DELETE, **_held(job))


def fail(tx: Transaction, job: Leased, reason: str, tries: int | None) -> bool:
    """The job failed: it is tried again later, or dies after so many tries. True if it died."""
    again_at = _again(tx, job)
    if again_at is None:
        return False
    if tries is None or job.tries < tries:
        pause = pause_before(job.tries, job.id)
        _let_go(tx, job, at=tx.now + pause, tries=job.tries, reason=reason)
        return False
    if again_at:
        _let_go(tx, job, at=again_at, tries=0, reason=reason)
        return False
    _let_go(tx, job, at=NEVER, tries=job.tries, reason=reason, died=tx.now)
    return True


def give_back(tx: Transaction, job: Leased) -> None:
    """This process ends before the job did: somebody else may run it at once."""
    if _again(tx, job) is not None:
        _let_go(tx, job, at=tx.now, tries=job.tries - 1)


def dead(tx: Transaction, limit: int = 100) -> list[DeadJob]:
    """Jobs that failed for good, the oldest first."""
    return [DeadJob(*row) for row in tx.all(queries.DEAD, limit=limit)]


def revive(tx: Transaction, owner: int, kind: str, key: str) -> bool:
    """Has a dead job tried again now."""
    found = tx.touch(queries.REVIVE, owner=owner, of_kind=kind, of_key=key, at=tx.now) == 1
    if found:
        tx.emit(Enqueued(run_at=tx.now))
    return found


def next_due(tx: Transaction, kinds: Sequence[str]) -> int:
    """When the next job of these kinds is due."""
    moment: int | None = tx.value(queries.NEXT, kinds=kinds)
    return NEVER if moment is None else moment


def _held(job: Leased) -> dict[str, int | str]:
    return {"owner": job.owner_id, "of_kind": job.kind, "of_key": job.key, "held": job.lease}


def _again(tx: Transaction, job: Leased) -> int | None:
    """When it was asked for once more (0: it was not); None if the lease was lost."""
    moment: int | None = tx.value(queries.HELD, **_held(job))
    return moment


def _let_go(
    tx: Transaction, job: Leased, *, at: int, tries: int, reason: str = "", died: int = 0
) -> None:
    tx.run(
        queries.LET_GO,
        **_held(job),
        at=at,
        tried=tries,
        reason=reason[:MAX_ERROR],
        died=died,
    )
