"""What media does later: works on what was received, removes what is used no more."""

import asyncio

from entregent.ports.jobs import Handlers
from entregent.ports.ports import Ports

from . import actions
from .jobnames import DropBytes, FindStrays, Sweep, WorkOnFilm, WorkOnLongFilm, WorkOnPicture
from .spool import Spool
from .working import drop_bytes, work

handlers = Handlers()
SECONDS = 900.0
LONG_SECONDS = 7_200.0
HOUR_MS = 3_600_000
ABANDONED_SECONDS = 86_400.0
AT_ONCE = 500


@handlers.handle(WorkOnPicture, seconds=SECONDS)
async def work_on_picture(ports: Ports, job: WorkOnPicture) -> None:
    """Works on what is quickly done."""
    await work(ports, job.member_id, job.media_id)


@handlers.handle(WorkOnFilm, seconds=SECONDS, heavy=True)
async def work_on_film(ports: Ports, job: WorkOnFilm) -> None:
    """Works on what takes long, one after the other."""
    await work(ports, job.member_id, job.media_id)


@handlers.handle(WorkOnLongFilm, seconds=LONG_SECONDS, heavy=True)
async def work_on_long_film(ports: Ports, job: WorkOnLongFilm) -> None:
    """Works on what takes longest."""
    await work(ports, job.member_id, job.media_id)


@handlers.handle(DropBytes)
async def remove_bytes(ports: Ports, job: DropBytes) -> None:
    """Removes bytes that nothing refers to."""
    for key in job.keys:
        await drop_bytes(ports, key)
    if job.media_id:
        await Spool(ports.settings).remove(job.media_id)


@handlers.every(Sweep, minutes=15)
async def sweep(ports: Ports, _job: Sweep) -> None:
    """Removes files that nobody used in time, and what interrupted work left behind."""
    while await ports.db.write(actions.expired, ports.clock.now()):  # noqa: ASYNC110 (it works)
        await asyncio.sleep(0)
    for key in await ports.db.read(actions.going):
        await drop_bytes(ports, key)
    spool = Spool(ports.settings)
    for media_id in await asyncio.to_thread(spool.left, ABANDONED_SECONDS):
        if not await ports.db.read(actions.awaited, media_id):
            await spool.remove(media_id)


@handlers.every(FindStrays, minutes=24 * 60)
async def find_strays(ports: Ports, _job: FindStrays) -> None:
    """Removes bytes that came into the store by an accident which nothing else covers."""
    some: list[str] = []
    if ports.blobs is not None:
        async for blob in ports.blobs.keys(kept_before=ports.clock.now() - HOUR_MS):
            some.append(blob.key)
            if len(some) == AT_ONCE:
                await _remove_strays(ports, some)
                some = []
    await _remove_strays(ports, some)


async def _remove_strays(ports: Ports, keys: list[str]) -> None:
    strays = await ports.db.read(actions.unknown, keys)
    if strays:
        await ports.db.write(actions.abandon, strays)
