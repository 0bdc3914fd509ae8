"""What a store of blobs is."""

import re
from collections.abc import AsyncIterable, AsyncIterator
from typing import NamedTuple, Protocol

_KEY = re.compile(r"[0-9a-f]{64}")
_BEGINNING = re.compile(r"[0-9a-f]{0,64}")


class Blob(NamedTuple):
    """Bytes that are kept under the hash of what they are."""

    key: str  # SHA-256, 64 hexadecimal digits
    size: int


class BlobMissing(LookupError):
    """There is no blob of that key."""


class BlobTooLarge(ValueError):
    """More bytes came than the caller allows; nothing was kept."""


class BlobsUnavailable(OSError):
    """The store cannot be reached or failed; trying later may help."""


class Blobs(Protocol):
    """Keeps bytes for ever under their own hash, so that nothing kept can ever change.

    A blob is there entirely or not at all, whatever is interrupted.
    """

    async def put(self, content: bytes | AsyncIterable[bytes], *, limit: int | None = None) -> Blob:
        """Keeps the content; a stream is read piece by piece and never held in memory.

        Raises BlobTooLarge at the first byte past `limit`. Keeping the same content again is
        no error and makes the blob young again (see `keys`).
        """
        ...

    async def get(self, key: str, start: int = 0, end: int | None = None) -> bytes:
        """The bytes from `start` up to, not including, `end`; what lies past the end is empty."""
        ...

    def stream(self, key: str, start: int = 0, end: int | None = None) -> AsyncIterator[bytes]:
        """Like `get`, piece by piece."""
        ...

    async def head(self, key: str) -> Blob:
        """The blob without its bytes; raises BlobMissing."""
        ...

    async def delete(self, key: str) -> None:
        """Forgets the blob; one that is not there is no error."""
        ...

    def keys(self, beginning: str = "", *, kept_before: int | None = None) -> AsyncIterator[Blob]:
        """Every blob whose key begins so, in no order.

        With `kept_before` (ms), only those last put before that moment: a sweep for blobs that
        nothing refers to must leave alone what was put a moment ago for a row not yet committed.
        """
        ...


def place_of(key: str) -> str:
    """Where in the store a blob lies: spread over 256 folders."""
    if not _KEY.fullmatch(key):
        raise BlobMissing(f"not the key of a blob: {key!r}")
    return f"{key[:2]}/{key}"


def key_at(place: str) -> str | None:
    """The key of the blob at a place, None where something else lies."""
    folder, _, key = place.rpartition("/")
    return key if _KEY.fullmatch(key) and folder == key[:2] else None


def folder_of(beginning: str) -> str | None:
    """The one folder that holds the keys with this beginning, None if there are several."""
    if not _BEGINNING.fullmatch(beginning):
        raise ValueError(f"no key begins so: {beginning!r}")
    return beginning[:2] if len(beginning) >= 2 else None
