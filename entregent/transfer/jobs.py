"""What transfer does later. A file is read in a process of its own, with limits: whatever it holds
cannot bring the server down."""

import asyncio
import contextlib
import os
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.settings import Settings
from entregent.messaging import fill_index
from entregent.ports.db import Transaction
from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from . import actions, reading
from .jobnames import BringImport, SweepSpool, UndoImport
from .linkedin import Report
from .model import MAX_RUNS
from .spooling import exists, remove, work_folder

handlers = Handlers()
SECONDS = 1_800.0
ABANDONED_SECONDS = 86_400


@handlers.handle(BringImport, tries=5, seconds=SECONDS, heavy=True)
async def bring(ports: Ports, job: BringImport) -> None:
    """Runs the import, telling the member of every step."""
    me, import_id = job.member_id, job.import_id
    row = await ports.db.read(reading.find, me, import_id)
    spool = Path(row.spool)
    if row.state == "reading" and not await exists(spool):
        await _refuse(ports, me, import_id, Refusal("transfer.unreadable"))
    elif row.state == "reading" and row.runs >= MAX_RUNS:
        await _refuse(ports, me, import_id, Refusal("transfer.gave_up"))
    elif row.state == "reading":
        async for _ in child(ports.settings, "import", "--resume", f"{me}:{import_id}"):
            await ports.db.write(actions.tell, me, import_id)
    await ports.db.write(actions.tell_end, me, import_id)
    if row.spool:
        await remove(spool)


async def _refuse(ports: Ports, me: int, import_id: int, refusal: Refusal) -> None:
    await _take_back(ports, me, import_id)
    await ports.db.write(actions.refuse, me, import_id, refusal, Report())


async def _take_back(ports: Ports, me: int, import_id: int) -> None:
    """A few conversations at a time, so that members' own writes go between the steps."""
    while await ports.db.write(actions.take_back, me, import_id):  # noqa: ASYNC110 (it works)
        await asyncio.sleep(0)


@handlers.handle(UndoImport, seconds=SECONDS, heavy=True)
async def undo(ports: Ports, job: UndoImport) -> None:
    """Takes an import back, a few conversations at a time."""
    me, import_id = job.member_id, job.import_id
    row = await ports.db.read(reading.find, me, import_id)
    if row.state != "undoing":
        return
    await _take_back(ports, me, import_id)
    await ports.db.write(actions.undone, me, import_id)
    await fill_index(ports.db)


@handlers.every(SweepSpool, minutes=360)
async def sweep(ports: Ports, _job: SweepSpool) -> None:
    """Removes what interrupted uploads and downloads left behind."""
    kept = set(await ports.db.read(_spooled))
    for path in work_folder(ports.settings).glob("*.part"):
        with contextlib.suppress(FileNotFoundError):
            if str(path) not in kept and path.stat().st_mtime < time.time() - ABANDONED_SECONDS:
                path.unlink()


def _spooled(tx: Transaction) -> list[str]:
    return reading.spooled(tx)


async def child(settings: Settings, *arguments: str) -> AsyncIterator[bytes]:
    """Runs our own command line beside the server; gives each line that it prints."""
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith("ENTREGENT_")
    }
    for name, value in msgspec.structs.asdict(settings).items():
        environment[f"ENTREGENT_{name.upper()}"] = _text(value)
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "entregent", *arguments,
        stdin=asyncio.subprocess.DEVNULL, stdout=asyncio.subprocess.PIPE, env=environment,
    )  # fmt: skip
    assert process.stdout is not None
    try:
        async for line in process.stdout:
            yield line
        code = await process.wait()
    finally:
        if process.returncode is None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    if code:
        raise ChildFailed(f"{arguments[0]} ended with {code}")


class ChildFailed(Exception):
    """The process ended without having done its work."""


def _text(value: Any) -> str:
    return str(int(value)) if isinstance(value, bool) else str(value)
