"""The push seam: words to members' browsers while no page is open.

`web:` speaks Web Push with a key that is made once and kept in the data folder, `memory:` keeps a
list for tests, `none:` tells nobody.
"""

import os
from pathlib import Path
from urllib.parse import urlsplit

from entregent.ports.clock import Clock
from entregent.ports.fetch import open_fetch

from .listed import ListedPush, NoPush
from .model import (
    MAX_PAYLOAD,
    Device,
    Message,
    Push,
    PushGone,
    PushRefused,
    PushUnavailable,
)
from .sealing import new_key, read_key
from .web import WebPush, check

__all__ = [
    "MAX_PAYLOAD",
    "Device",
    "ListedPush",
    "Message",
    "NoPush",
    "Push",
    "PushGone",
    "PushRefused",
    "PushUnavailable",
    "WebPush",
    "check",
    "open_push",
]


def open_push(url: str, *, key: str, folder: Path, subject: str, clock: Clock) -> Push:
    """The way of pushing that a URL names. An empty `key` is read from the folder, or made."""
    scheme = urlsplit(url).scheme
    if scheme == "web":
        return WebPush(key or _kept_key(folder / "push.key"), subject, open_fetch("public:"), clock)
    if scheme == "memory":
        return ListedPush()
    if scheme == "none":
        return NoPush()
    raise ValueError(f"no such push: {scheme}: (web:, memory: or none:)")


def _kept_key(place: Path) -> str:
    """Browsers subscribe to one key: a new one would silence them all."""
    place.parent.mkdir(parents=True, exist_ok=True)
    aside = place.with_name(f"{place.name}.{os.getpid()}")
    if not place.exists():
        made = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(made, "w", encoding="ascii") as file:
            file.write(new_key())
        try:
            os.link(aside, place)  # whoever comes second takes the first one's
        except FileExistsError:
            pass
        finally:
            aside.unlink()
    kept = place.read_text(encoding="ascii").strip()
    read_key(kept)
    return kept
