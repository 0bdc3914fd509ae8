"""The fetch seam: what we ask of servers that we do not trust.

`public:` asks the public Internet, `none:` nobody, `recorded:///file.json` a recording.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from .addresses import is_public
from .model import Answer, Fetch, FetchFailed, FetchRefused, Request
from .public import PublicFetch
from .recorded import RecordedFetch, Recording

__all__ = [
    "Answer",
    "Fetch",
    "FetchFailed",
    "FetchRefused",
    "PublicFetch",
    "RecordedFetch",
    "Recording",
    "Request",
    "is_public",
    "open_fetch",
]


def open_fetch(url: str) -> Fetch:
    """The way of fetching that a URL names."""
    parts = urlsplit(url)
    if parts.scheme == "public":
        return PublicFetch()
    if parts.scheme == "none":
        return RecordedFetch({})
    if parts.scheme == "recorded" and parts.path.startswith("/"):
        return RecordedFetch.load(Path(unquote(parts.path)))
    raise ValueError(f"no such way to fetch: {parts.scheme}: (public:, none: or recorded:///file)")
