"""What a file is, by its first bytes; and what its sender says it is."""

from dataclasses import dataclass
from typing import Literal

Family = Literal["picture", "film"]  # film: whatever plays, with or without pictures

HEAD_BYTES = 64


@dataclass(frozen=True, slots=True)
class Content:
    """A format that we read: `name` is what its reader calls it."""

    family: Family
    name: str
    type: str
    certain: bool = True  # False: its mark is so short that other files may have it by chance


JPEG = Content("picture", "JPEG", "image/jpeg")
PNG = Content("picture", "PNG", "image/png")
GIF = Content("picture", "GIF", "image/gif")
WEBP = Content("picture", "WEBP", "image/webp")
AVIF = Content("picture", "AVIF", "image/avif")
HEIC = Content("picture", "HEIF", "image/heic")
MP4 = Content("film", "mov", "video/mp4")
WEBM = Content("film", "matroska", "video/webm")
OGG = Content("film", "ogg", "application/ogg")
AVI = Content("film", "avi", "video/x-msvideo")
WAV = Content("film", "wav", "audio/wav")
CAF = Content("film", "caf", "audio/x-caf")
FLAC = Content("film", "flac", "audio/flac")
MP3 = Content("film", "mp3", "audio/mpeg")
MP3_BARE = Content("film", "mp3", "audio/mpeg", certain=False)
AAC_BARE = Content("film", "aac", "audio/aac", certain=False)

_MARKS = (
    (b"\xff\xd8\xff", JPEG),
    (b"\x89PNG\r\n\x1a\n", PNG),
    (b"GIF87a", GIF),
    (b"GIF89a", GIF),
    (b"\x1a\x45\xdf\xa3", WEBM),
    (b"OggS", OGG),
    (b"fLaC", FLAC),
    (b"caff", CAF),
    (b"ID3", MP3),
)
_RIFF = {b"WEBP": WEBP, b"AVI ": AVI, b"WAVE": WAV}
# Which still pictures a file in boxes holds; every other brand of such a file is a film.
_AVIF_BRANDS = {b"avif", b"avis"}
_HEIC_BRANDS = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
# The boxes with which a film may begin that has no `ftyp`.
_BOXES = {b"moov", b"mdat", b"wide", b"free", b"skip", b"pnot", b"styp"}

PICTURE_NAMES = {
    "apng", "avif", "gif", "heic", "heif", "hif", "jfif", "jpe", "jpeg", "jpg", "png", "webp",
}  # fmt: skip
FILM_NAMES = {
    "3gp", "aac", "avi", "caf", "flac", "m4a", "m4v", "mkv", "mov", "mp3", "mp4", "oga", "ogg",
    "ogv", "opus", "wav", "weba", "webm",
}  # fmt: skip
PICTURE_TYPES = {
    "image/apng", "image/avif", "image/gif", "image/heic", "image/heif", "image/jpeg", "image/jpg",
    "image/png", "image/webp",
}  # fmt: skip
FILM_TYPES = {
    "audio/aac", "audio/flac", "audio/m4a", "audio/mp3", "audio/mp4", "audio/mpeg", "audio/ogg",
    "audio/opus", "audio/wav", "audio/webm", "audio/x-m4a", "audio/x-wav", "video/3gpp",
    "video/mp4", "video/ogg", "video/quicktime", "video/webm", "video/x-m4v", "video/x-matroska",
    "video/x-msvideo",
}  # fmt: skip


def content_of(head: bytes) -> Content | None:
    """The format that a file begins with, None if it is none that we read."""
    for mark, content in _MARKS:
        if head.startswith(mark):
            return content
    if head[:4] == b"RIFF":
        return _RIFF.get(head[8:12])
    if head[4:8] == b"ftyp":
        return _in_boxes(head)
    if head[4:8] in _BOXES:
        return MP4
    if len(head) >= 4 and head[0] == 0xFF:
        if head[1] & 0xF6 == 0xF0:
            return AAC_BARE
        if head[1] & 0xE6 == 0xE2 and head[2] & 0xF0 != 0xF0:
            return MP3_BARE
    return None


def _in_boxes(head: bytes) -> Content:
    size = min(int.from_bytes(head[:4]), len(head))
    brands = [head[8:12], *(head[at : at + 4] for at in range(16, size - 3, 4))]
    # The first brand decides; `mif1` says only "a picture", and the others then say which.
    if brands[0] in _AVIF_BRANDS or (brands[0] == b"mif1" and _AVIF_BRANDS & {*brands}):
        return AVIF
    return HEIC if brands[0] in _HEIC_BRANDS else MP4


def claimed(name: str, type: str) -> set[Family]:
    """What a name and a type say that a file is; nothing for what we make nothing of."""
    _, dot, ending = name.strip().rpartition(".")
    ending = ending.lower() if dot else ""
    kind = type.partition(";")[0].strip().lower()
    claims: set[Family] = set()
    if ending in PICTURE_NAMES or kind in PICTURE_TYPES:
        claims.add("picture")
    if ending in FILM_NAMES or kind in FILM_TYPES:
        claims.add("film")
    return claims
