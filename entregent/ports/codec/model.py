"""What a codec is: a member's file in, what screens and players can show out."""

from pathlib import Path
from typing import Literal, Protocol

import msgspec

Kind = Literal["picture", "animation", "audio", "video", "file"]

# Why a file is refused. Trying again with the same file leads to the same answer.
REFUSALS = (
    "empty",  # there is nothing in it
    "too_large",  # more bytes than ordered (limit: bytes)
    "too_many_pixels",  # (limit: pixels)
    "too_long",  # it plays longer than ordered (limit: seconds)
    "too_many_frames",  # an animation (limit: frames)
    "broken",  # it ends too early or cannot be read
    "mismatch",  # by name or type it claims to be another kind than it is
    "not_wanted",  # it is of a kind that was not ordered (kind)
    "too_heavy",  # it needed more time or memory than one file may have
)


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """What is wanted of a file, and how much of it is too much.

    `name` and `type` are what the sender claims: they never decide what a file is, only whether
    it is what it claims to be. An animation where only pictures are wanted becomes a picture;
    what is no picture, sound or film passes only where "file" is wanted.
    """

    name: str
    type: str = ""
    max_bytes: int
    max_pixels: int
    max_seconds: int
    kinds: frozenset[Kind]


class File(msgspec.Struct, frozen=True, kw_only=True):
    """One rendition. Pictures and animations have `small` (at most 320 pixels a side), `medium`
    (1280) and, pictures, `large` (2560), each only if the one before is smaller than the original;
    videos `video` (MP4) and `poster`, `small`; animations a `poster`; audio `audio` (M4A)."""

    rendition: Literal["small", "medium", "large", "poster", "video", "audio", "original"]
    path: Path
    type: str
    bytes: int
    width: int | None = None
    height: int | None = None


class Made(msgspec.Struct, frozen=True, kw_only=True):
    """What became of a file. Width and height are those that a viewer sees, after rotation."""

    kind: Kind
    type: str  # the type of the original, by its content
    width: int | None = None
    height: int | None = None
    duration_ms: int | None = None
    placeholder: str | None = None  # ThumbHash, base64
    waveform: list[int] | None = None  # 64 values from 0 to 100
    files: list[File]


class CodecRefused(Exception):
    """This file cannot be taken; `code` is one of REFUSALS."""

    def __init__(self, code: str, **params: int | str) -> None:
        super().__init__(code)
        self.code = code
        self.params = params


class CodecFailed(Exception):
    """The work was not done for reasons that lie not in the file; trying again may help."""


class Codec(Protocol):
    """Makes of a file what may be shown, without anything that the sender did not mean to show:
    no place, device, name, comment or hidden picture is left in any rendition."""

    async def make(self, source: Path, into: Path, order: Order) -> Made:
        """Reads `source` and writes renditions into the folder `into`, which must exist.

        The file of kind "file" is not copied: its one rendition is `source` itself. Raises
        CodecRefused or CodecFailed, and then leaves nothing in the folder. A task that is
        cancelled ends the work.
        """
        ...

    async def works(self) -> dict[str, str]:
        """What is needed to do the work, and its version; raises CodecFailed if it cannot be."""
        ...
