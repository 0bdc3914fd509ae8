"""The fetch seam: what we ask of servers that we do not trust.

`public:` asks the public Internet, `none:` nobody, `recorded:///file.json` a recording.
`public:?trusted=127.0.0.1:9000` makes an exception of one private address and port, for tests.
"""

from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from .addresses import is_public
from .model import Answer, Fetch, FetchFailed, FetchRefused, Request
from .public import PublicFetch
from .recorded import RecordedFetch, Recording
from .target import Target, parse

__all__ = [
    "Answer",
    "Fetch",
    "FetchFailed",
    "FetchRefused",
    "PublicFetch",
    "RecordedFetch",
    "Recording",
    "Request",
    "Target",
    "is_public",
    "open_fetch",
    "parse",
]


def open_fetch(url: str) -> Fetch:
    """The way of fetching that a URL names."""
    parts = urlsplit(url)
    if parts.scheme == "public":
        return PublicFetch(
            trusted=[_place(text) for text in parse_qs(parts.query).get("trusted", [])]
        )
    if parts.scheme == "none":
        return RecordedFetch({})
    if parts.scheme == "recorded" and parts.path.startswith("/"):
        return RecordedFetch.load(Path(unquote(parts.path)))
    raise ValueError(f"no such way to fetch: {parts.scheme}: (public:, none: or recorded:///file)")


def _place(text: str) -> tuple[str, int]:
    address, _, port = text.rpartition(":")
    return address.strip("[]"), int(port)
