"""Pages by key: a cursor is the sort key of the last row seen, never an offset."""

import base64
import binascii

import msgspec

from .errors import Refusal

MAX_PAGE = 200


def page_size(limit: int, most: int = MAX_PAGE) -> int:
    """How long a page is, of those that somebody asks for."""
    return max(1, min(limit, most))


def encode_cursor(*key: int | str) -> str:
    """An opaque cursor for a sort key."""
    return base64.urlsafe_b64encode(msgspec.json.encode(key)).decode().rstrip("=")


def decode_cursor(cursor: str, *kinds: type) -> tuple[int | str, ...]:
    """The sort key behind a cursor; refuses one that we did not make."""
    try:
        raw = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
        key = msgspec.json.decode(raw)
    except (binascii.Error, ValueError, RecursionError):
        raise Refusal("kit.bad_cursor", status=400) from None
    if (
        not isinstance(key, list)
        or len(key) != len(kinds)
        or any(
            not isinstance(part, kind)
            or (isinstance(part, int) and abs(part) > 2**63 - 1)
            or (isinstance(part, str) and "\x00" in part)
            for part, kind in zip(key, kinds, strict=True)
        )
    ):
        raise Refusal("kit.bad_cursor", status=400)
    return tuple(key)


def number_after(cursor: str, first: int) -> int:
    """Where a page begins in a list ordered by one number: behind a cursor, or at the first."""
    return int(decode_cursor(cursor, int)[0]) if cursor else first
