"""What passes between the server and the process that does the work."""

from typing import Literal

import msgspec


class Job(msgspec.Struct, frozen=True, kw_only=True):
    """What the process is told. It learns neither the name of the file nor where it lies."""

    source: int  # the number of the open file
    format: str  # the reader's name of the format that was found in its first bytes
    wanted: frozenset[str]
    max_pixels: int
    max_seconds: int
    memory: int  # bytes of address space
    cpu: int  # seconds
    disk: int  # bytes in each file that it writes


class Rendition(msgspec.Struct, frozen=True, kw_only=True):
    """A file that lies in the process's folder under its own name."""

    name: Literal["small", "medium", "large", "poster", "video", "audio"]
    type: Literal["image/webp", "video/mp4", "audio/mp4"]
    width: int | None = None
    height: int | None = None


class Answer(msgspec.Struct, frozen=True, kw_only=True, tag="made"):
    """What was made."""

    kind: Literal["picture", "animation", "audio", "video"]
    renditions: list[Rendition]
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    placeholder: str | None = None
    waveform: list[int] | None = None


class Refused(msgspec.Struct, frozen=True, kw_only=True, tag="refused"):
    """Why nothing was made."""

    code: str
    params: dict[str, int | str] = {}


Said = Answer | Refused
