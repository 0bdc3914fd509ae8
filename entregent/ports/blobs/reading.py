"""Reading, listing and forgetting: the same for every store that obstore speaks to."""

from collections.abc import AsyncIterable, AsyncIterator
from typing import Protocol

import obstore
from obstore import Bytes
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from .model import Blob, BlobMissing, BlobsUnavailable, folder_of, key_at, place_of

STREAM_BYTES = 256 * 1024
LIST_ROWS = 1000


class Answer(Protocol):
    """The part of obstore's answer that we use; its own type exists for type checkers only."""

    async def bytes_async(self) -> Bytes: ...

    def stream(self, min_chunk_size: int) -> AsyncIterable[bytes]: ...


class StoredBlobs:
    """What a folder and a bucket have in common."""

    def __init__(self, store: LocalStore | S3Store) -> None:
        self._store = store

    async def get(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        result = await self._open(key, start, end)
        if result is None:
            return b""
        try:
            return bytes(await result.bytes_async())
        except BaseError as error:
            raise BlobsUnavailable(str(error)) from error

    async def stream(
        self, key: str, start: int = 0, end: int | None = None
    ) -> AsyncIterator[bytes]:
        result = await self._open(key, start, end)
        if result is None:
            return
        try:
            async for piece in result.stream(min_chunk_size=STREAM_BYTES):
                yield bytes(piece)
        except BaseError as error:
            raise BlobsUnavailable(str(error)) from error

    async def head(self, key: str) -> Blob:
        try:
            meta = await obstore.head_async(self._store, place_of(key))
        except FileNotFoundError:
            raise BlobMissing(key) from None
        except BaseError as error:
            raise BlobsUnavailable(str(error)) from error
        return Blob(key, meta["size"])

    async def delete(self, key: str) -> None:
        try:
            await obstore.delete_async(self._store, place_of(key))
        except (FileNotFoundError, BlobMissing):
            return
        except BaseError as error:
            raise BlobsUnavailable(str(error)) from error

    async def keys(
        self, beginning: str = "", *, kept_before: int | None = None
    ) -> AsyncIterator[Blob]:
        pages = obstore.list(self._store, folder_of(beginning), chunk_size=LIST_ROWS)
        try:
            async for page in pages:
                for meta in page:
                    key = key_at(meta["path"])
                    if key is None or not key.startswith(beginning):
                        continue
                    kept = meta["last_modified"].timestamp() * 1000
                    if kept_before is None or kept < kept_before:
                        yield Blob(key, meta["size"])
        except BaseError as error:
            raise BlobsUnavailable(str(error)) from error

    async def _open(self, key: str, start: int, end: int | None) -> Answer | None:
        """The bytes asked for, None where the range holds none."""
        if start < 0 or (end is not None and end < 0):
            raise ValueError("a range counts from the beginning")
        if start == 0 and end is None:
            return await self._request(key, None)
        if end is not None and end <= start:
            await self.head(key)
            return None
        try:
            return await self._request(key, (start, end))
        except BlobsUnavailable:
            # Stores refuse a range past the end in words of their own: ask for the size.
            if start < (await self.head(key)).size:
                raise
            return None

    async def _request(self, key: str, span: tuple[int, int | None] | None) -> Answer:
        place = place_of(key)
        try:
            if span is None:
                return await obstore.get_async(self._store, place)
            start, end = span
            if end is None:
                return await obstore.get_async(
                    self._store, place, options={"range": {"offset": start}}
                )
            return await obstore.get_async(self._store, place, options={"range": (start, end)})
        except FileNotFoundError:
            raise BlobMissing(key) from None
        except BaseError as error:
            raise BlobsUnavailable(str(error)) from error
