"""The files of a message: which use of them it is, and how they stand in a list."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Literal

import msgspec

from entregent.media import Media, Use

from .archived import StoredFile
from .markup import listed
from .model import Attachment, LastMedia

Kind = Literal["picture", "animation", "video", "voice", "audio", "file"]
NAMED: tuple[Kind, ...] = ("audio", "file")  # what a list calls by its names


def use_of(key: int, seq: int) -> Use:
    """What a message has."""
    return Use("message", f"{key}.{seq}")


def use_later(scheduled_id: int) -> Use:
    """What a message has that waits."""
    return Use("message", f"later.{scheduled_id}")


def place_of(use: Use) -> tuple[int, int] | None:
    """The conversation and number of the message; None of one that waits."""
    parts = use.ref.split(".")
    if use.kind != "message" or len(parts) != 2 or not all(map(str.isdecimal, parts)):
        return None
    return int(parts[0]), int(parts[1])


def waits_of(use: Use) -> int | None:
    """The message that waits; None of one that was sent."""
    kind, _, number = use.ref.partition(".")
    good = use.kind == "message" and kind == "later" and number.isdecimal()
    return int(number) if good else None


def stored_files(files: Sequence[Media]) -> str | None:
    """The files of a message as they are kept with it."""
    kept = [StoredFile(name=one.name, media_id=one.id) for one in files]
    return msgspec.json.encode(kept).decode() if kept else None


def attachments(kept: Iterable[StoredFile], seen: Iterable[Media]) -> list[Attachment]:
    """The files of a message as its readers see them."""
    by_id = {one.id: one for one in seen}
    found = []
    for file in kept:
        media = by_id.get(file.media_id) if file.media_id else None
        url = file.url if media is None else media.url
        found.append(Attachment(name=file.name, url=url, media=media))
    return found


def line_of(files: Sequence[Media]) -> LastMedia | None:
    """What the files of a message are, in a list of conversations."""
    if not files:
        return None
    kinds = {_kind(one) for one in files}
    duration = files[0].duration if len(files) == 1 else None
    return LastMedia(kinds.pop() if len(kinds) == 1 else "file", len(files), duration)


def names_of(files: Sequence[Media]) -> str:
    """What stands in a list for files without a text: their names, where nothing says more."""
    line = line_of(files)
    if line is None or line.kind not in NAMED:
        return ""
    return listed(one.name for one in files)


def _kind(one: Media) -> Kind:
    return "voice" if one.voice and one.kind in ("audio", "file") else one.kind


def encoded_line(line: LastMedia | None) -> str | None:
    """As the mailbox keeps it."""
    return None if line is None else msgspec.json.encode(line).decode()


@lru_cache(maxsize=4096)
def decoded_line(text: str) -> LastMedia:
    """What the mailbox keeps."""
    return msgspec.json.decode(text, type=LastMedia)
