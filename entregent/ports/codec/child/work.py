"""What both programs do around their work: be told the job, be confined, say the answer."""

import os
import sys
import traceback
from collections.abc import Callable
from typing import BinaryIO

import msgspec

from ..job import Answer, Job, Refused, Said
from .confined import confine


class NotTaken(Exception):
    """The file cannot be taken."""

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.said = Refused(code=code, params=params)


# What the libraries raise over a file that is broken: there is no end to the kinds of it.
BROKEN = (ArithmeticError, AssertionError, AttributeError, EOFError, LookupError, OSError,
          RuntimeError, SyntaxError, TypeError, ValueError)  # fmt: skip


def run(work: Callable[[BinaryIO, Job], Answer]) -> None:
    """Does the job in the first argument; without one, tells which walls stand."""
    out = os.dup(1)
    os.dup2(2, 1)  # whatever a library prints is not the answer
    job = msgspec.json.decode(sys.argv[1].encode(), type=Job)
    walls = confine(job)
    if job.format == "none":
        os.write(out, msgspec.json.encode(walls))
    else:
        os.write(out, msgspec.json.encode(_done(work, job)))
    os._exit(0)  # nothing of the file's is given a last word


def _done(work: Callable[[BinaryIO, Job], Answer], job: Job) -> Said:
    try:
        with os.fdopen(job.source, "rb", closefd=False) as source:
            return work(source, job)
    except NotTaken as refusal:
        if refusal.__cause__ is not None:
            traceback.print_exception(refusal.__cause__, limit=-4)
        return refusal.said
    except MemoryError:
        return Refused(code="too_heavy")
