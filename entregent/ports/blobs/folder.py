"""Blobs in a folder of this machine."""

import asyncio
import contextlib
import os
import time
from collections.abc import AsyncIterable
from pathlib import Path

from obstore.store import LocalStore

from .model import Blob, place_of
from .reading import StoredBlobs
from .spool import Spool

# Other processes may be writing into the same folder; nothing takes them a day.
ABANDONED_SECONDS = 86_400


class FolderBlobs(StoredBlobs):
    """Content is written aside, brought to disk, and then moved to its place in one step.

    obstore's own writing does not wait for the disk, and a committed row must never refer to a
    file that a power cut has emptied; therefore writing is done here.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / ".incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)
        self._sweep()
        super().__init__(LocalStore(folder))

    async def put(self, content: bytes | AsyncIterable[bytes], *, limit: int | None = None) -> Blob:
        spool = Spool(self._incoming, limit)
        try:
            await spool.fill(content)
            return await asyncio.to_thread(self._keep, spool)
        finally:
            spool.discard()

    def _keep(self, spool: Spool) -> Blob:
        blob = spool.finish(sync=True)
        place = self._folder / place_of(blob.key)
        if not place.parent.exists():
            place.parent.mkdir(exist_ok=True)
            _sync_folder(self._folder)
        # In place of an older copy too: the file's time says when the content was last put.
        spool.path.replace(place)
        _sync_folder(place.parent)
        return blob

    def _sweep(self) -> None:
        """Removes what an interrupted process left aside."""
        for path in self._incoming.iterdir():
            with contextlib.suppress(FileNotFoundError):
                if path.stat().st_mtime < time.time() - ABANDONED_SECONDS:
                    path.unlink()


def _sync_folder(folder: Path) -> None:
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
