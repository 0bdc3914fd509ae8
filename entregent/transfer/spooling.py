"""Files on their way in and out, in a folder of our own; whoever makes one removes it."""

import asyncio
import hashlib
import tempfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import BinaryIO

from entregent.kit.settings import Settings

PIECE = 256 * 1024


def work_folder(settings: Settings) -> Path:
    """Where files wait to be read, and exports to be fetched."""
    return Path(settings.data) / "imports"


async def new_file(settings: Settings, me: int) -> tuple[BinaryIO, Path]:
    """An empty file of ours, open for reading and writing."""
    return await asyncio.to_thread(_new_file, work_folder(settings), me)


def _new_file(folder: Path, me: int) -> tuple[BinaryIO, Path]:
    folder.mkdir(parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(".part", f"{me}-", folder)
    return open(descriptor, "w+b"), Path(name)  # noqa: PTH123 (a descriptor, not a path)


async def collect(pieces: AsyncIterator[bytes], file: BinaryIO) -> tuple[int, str]:
    """Writes a stream into a file; gives its size and by what it is known again."""
    found = hashlib.sha256()
    size = 0
    async for piece in pieces:
        size += len(piece)
        found.update(piece)
        await asyncio.to_thread(file.write, piece)
    await asyncio.to_thread(file.close)
    return size, found.hexdigest()


async def sent(file: BinaryIO) -> AsyncIterator[bytes]:
    """The pieces of a file, which is closed at the end."""
    try:
        while piece := await asyncio.to_thread(file.read, PIECE):
            yield piece
    finally:
        file.close()


async def exists(place: Path) -> bool:
    """Whether the file is still there."""
    return await asyncio.to_thread(place.is_file)


async def remove(place: Path) -> None:
    """Removes a file, if it is still there."""
    await asyncio.to_thread(place.unlink, missing_ok=True)
