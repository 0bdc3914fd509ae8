"""What the codec's process made of a file, kept for the tests that bring the same file again.

Most of them ask what the house does with a film, and the process that reads it takes longer than
all the rest. The same bytes and the same job are worked on once in a run of the tests, in whichever
of its processes comes first; the others are given copies of the very files that were made. The
process itself is what tests/ports/codec is about: but for the shared files, nothing is kept there.
"""

import asyncio
import fcntl
import hashlib
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path

import msgspec

from entregent.ports.codec.job import Job

Ended = tuple[int, bytes, str]
Run = Callable[[str, Path, Path, Job, float], Awaitable[Ended]]


class Conversions:
    """Runs the process's programs, or copies what they have made of the same before."""

    def __init__(self, run: Run, place: Path) -> None:
        self._run = run
        self._place = place

    async def run(
        self, program: str, source: Path, folder: Path, job: Job, seconds: float
    ) -> Ended:
        asked = msgspec.json.encode([program, job], order="deterministic")
        content = await asyncio.to_thread(source.read_bytes)
        name = hashlib.sha256(asked + content).hexdigest()
        kept, ended = self._place / name, self._place / f"{name}.json"
        with (self._place / f"{name}.lock").open("w") as lock:
            await asyncio.to_thread(fcntl.flock, lock, fcntl.LOCK_EX)
            if not ended.exists():
                answer = await self._run(program, source, folder, job, seconds)
                shutil.copytree(folder, kept)
                ended.write_bytes(msgspec.json.encode(answer))
                return answer
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        same: Ended = msgspec.json.decode(ended.read_bytes(), type=Ended)
        return same
