"""The jobs seam: what happens later, kept in the database with what caused it.

An action enqueues a job in its own transaction, `enqueue(tx, SendProof(…), owner=member_id)`; a
slice's `jobs.py` says what each kind means; a `Worker` in every process runs what is due, at least
once. Tests run `await worker.run_due()`.
"""

from .actions import dead, enqueue, revive
from .handlers import Handled, Handlers
from .model import HOUSE, DeadJob, GiveUp, Job
from .worker import Worker

__all__ = [
    "HOUSE",
    "DeadJob",
    "GiveUp",
    "Handled",
    "Handlers",
    "Job",
    "Worker",
    "dead",
    "enqueue",
    "revive",
]
