"""A file in which content waits until it is complete and its hash is known."""

import asyncio
import contextlib
import hashlib
import os
import tempfile
import threading
from collections.abc import AsyncIterable
from pathlib import Path

from .model import Blob, BlobTooLarge

# Hashing and writing this much takes well under a millisecond; more goes to a thread.
INLINE_BYTES = 64 * 1024
BATCH_BYTES = 512 * 1024


class Spool:
    """Collects content in a file of its own; `discard` unless the file was moved away."""

    def __init__(self, folder: Path, limit: int | None) -> None:
        descriptor, name = tempfile.mkstemp(dir=folder, prefix="incoming-")
        self.path = Path(name)
        self.size = 0
        self._limit = limit
        self._hash = hashlib.sha256()
        self._file = os.fdopen(descriptor, "wb")
        # A cancelled upload discards the spool while a thread may still write to it.
        self._lock = threading.Lock()

    async def fill(self, content: bytes | AsyncIterable[bytes]) -> None:
        """Takes all of the content; raises BlobTooLarge as soon as it is too much."""
        if isinstance(content, bytes):
            self._count(len(content))
            await self._add([content], len(content))
            return
        batch: list[bytes] = []
        waiting = 0
        async for piece in content:
            self._count(len(piece))
            batch.append(piece)
            waiting += len(piece)
            if waiting >= BATCH_BYTES:
                await self._add(batch, waiting)
                batch, waiting = [], 0
        await self._add(batch, waiting)

    def finish(self, *, sync: bool) -> Blob:
        """Closes the file, on disk for certain if `sync`; says what it holds."""
        with self._lock:
            self._file.flush()
            if sync:
                os.fsync(self._file.fileno())
            self._file.close()
        return Blob(self._hash.hexdigest(), self.size)

    def discard(self) -> None:
        """Removes the file if it is still there."""
        with self._lock:
            self._file.close()
            with contextlib.suppress(FileNotFoundError):
                self.path.unlink()

    def _count(self, more: int) -> None:
        self.size += more
        if self._limit is not None and self.size > self._limit:
            raise BlobTooLarge(f"more than {self._limit} bytes")

    async def _add(self, pieces: list[bytes], size: int) -> None:
        if size <= INLINE_BYTES:
            self._write(pieces)
        else:
            await asyncio.to_thread(self._write, pieces)

    def _write(self, pieces: list[bytes]) -> None:
        with self._lock:
            if self._file.closed:
                return
            for piece in pieces:
                self._hash.update(piece)
                self._file.write(piece)
