"""Files on their way in: parts appended to a file of our own, which outlives a killed server.

What is on disk is the truth about how far an upload has come, and each append says where it
believes to stand: of two connections that send the same part, the slower one is turned away.
"""

import asyncio
import fcntl
import hashlib
import os
import shutil
import time
from collections.abc import AsyncIterator
from pathlib import Path

from entregent.kit.errors import Refusal
from entregent.kit.settings import Settings

PIECE = 256 * 1024
BATCH = 512 * 1024


class Spool:
    """Where uploads wait, and where the codec works on them."""

    def __init__(self, settings: Settings) -> None:
        self.folder = Path(settings.data) / "uploads"

    def place(self, media_id: int) -> Path:
        """The file of an upload."""
        return self.folder / f"{media_id}.part"

    def work(self, media_id: int) -> Path:
        """The folder in which its renditions are made."""
        return self.folder / f"{media_id}.work"

    async def size(self, media_id: int) -> int:
        """How many bytes have come; 0 where there is no file."""
        return await asyncio.to_thread(_size, self.place(media_id))

    async def append(
        self, media_id: int, offset: int, pieces: AsyncIterator[bytes], length: int
    ) -> int:
        """Adds a part at its place; gives how far the upload has come. What came before a broken
        line is kept; a part that would go past `length` is refused where it does."""
        place = self.place(media_id)
        await asyncio.to_thread(_write, place, offset, [])
        batch: list[bytes] = []
        waiting = 0
        try:
            async for piece in pieces:
                if offset + waiting + len(piece) > length:
                    raise Refusal("media.past_the_end", status=413, field="file")
                batch.append(piece)
                waiting += len(piece)
                if waiting >= BATCH:
                    offset = await asyncio.to_thread(_write, place, offset, batch)
                    batch, waiting = [], 0
        finally:
            offset = await asyncio.to_thread(_write, place, offset, batch, sync=True)
        return offset

    async def take_back(self, media_id: int, offset: int) -> None:
        """Forgets what came behind an offset."""
        await asyncio.to_thread(_truncate, self.place(media_id), offset)

    async def digest(self, media_id: int, offset: int, kind: str) -> bytes:
        """The hash of what came behind an offset."""
        return await asyncio.to_thread(_digest, self.place(media_id), offset, kind)

    async def empty_work(self, media_id: int) -> Path:
        """An empty folder to work in."""
        folder = self.work(media_id)
        await asyncio.to_thread(_emptied, folder)
        return folder

    async def remove(self, media_id: int) -> None:
        """Removes all that waits of an upload."""
        await asyncio.to_thread(self._remove, media_id)

    def _remove(self, media_id: int) -> None:
        self.place(media_id).unlink(missing_ok=True)
        shutil.rmtree(self.work(media_id), ignore_errors=True)

    def left(self, seconds: float) -> list[int]:
        """Uploads of which something lies here, untouched for so long."""
        found = set()
        for path in self.folder.glob("*.*"):
            try:
                old = path.stat().st_mtime < time.time() - seconds
            except FileNotFoundError:
                continue
            if old and path.stem.isdigit():
                found.add(int(path.stem))
        return sorted(found)


async def read(place: Path) -> AsyncIterator[bytes]:
    """The pieces of a file."""
    file = await asyncio.to_thread(place.open, "rb")
    try:
        while piece := await asyncio.to_thread(file.read, PIECE):
            yield piece
    finally:
        file.close()


async def hash_of(place: Path) -> str:
    """The key under which the store will keep a file."""
    return (await asyncio.to_thread(_digest, place, 0, "sha256")).hex()


def _size(place: Path) -> int:
    try:
        return place.stat().st_size
    except FileNotFoundError:
        return 0


def _write(place: Path, offset: int, pieces: list[bytes], *, sync: bool = False) -> int:
    place.parent.mkdir(parents=True, exist_ok=True)
    descriptor = os.open(place, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_size != offset:
            raise Refusal("media.wrong_offset", status=409, field="upload-offset")
        for piece in pieces:
            view = memoryview(piece)
            while view:
                written = os.pwrite(descriptor, view, offset)
                offset += written
                view = view[written:]
        if sync:
            os.fsync(descriptor)
        return offset
    finally:
        os.close(descriptor)


def _truncate(place: Path, offset: int) -> None:
    descriptor = os.open(place, os.O_WRONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        if os.fstat(descriptor).st_size > offset:
            os.ftruncate(descriptor, offset)
    finally:
        os.close(descriptor)


def _digest(place: Path, offset: int, kind: str) -> bytes:
    found = hashlib.new(kind, usedforsecurity=False)
    with place.open("rb") as file:
        file.seek(offset)
        while piece := file.read(PIECE):
            found.update(piece)
    return found.digest()


def _emptied(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
