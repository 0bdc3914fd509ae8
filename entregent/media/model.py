"""What a member's file is, what others see of it, and how it is linked to."""

import base64
import hashlib
import hmac
import re
from typing import Annotated, Literal, NamedTuple
from urllib.parse import quote

import msgspec

from entregent.kit.ids import Id

MediaKind = Literal["picture", "animation", "audio", "video", "file"]
MediaState = Literal["receiving", "processing", "ready", "refused"]
# What is spoken in a film, or read beneath it, as browsers name languages: en, pt-BR, zh-Hant.
Spoken = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8}){0,2}$")]

MAX_NAME, MAX_TYPE, MAX_ALT = 150, 100, 1_000
MOST_PIXELS = 64_000_000
MOST_SOUND_SECONDS = 3_600  # of music or speech that is no voice message
MOST_TRIES = 4  # of working on a file, however they ended
WEEK_MS = 7 * 86_400_000
OWN = "own"  # the use of a file by who brought it, before anybody else sees it

# What is shown within a page. Everything else is only ever downloaded.
SHOWN_TYPES = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/webp",
        "image/gif",
        "image/avif",
        "video/mp4",
        "audio/mp4",
    }
)
_ENDINGS = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/gif": ".gif",
    "image/avif": ".avif",
    "video/mp4": ".mp4",
    "audio/mp4": ".m4a",
}
# Which rendition stands for the whole, the first that there is.
_MAIN = ("large", "video", "audio", "medium", "small", "original")

_REF = re.compile(r"(?:[a-z]+\.)?([0-9]{1,19})(?:\.[0-9]{1,19})*")
_TYPE = re.compile(r"[a-z]+/[a-z0-9.+-]+")
# What turns text around, hides or ends it, and what some system reads as more than a letter.
_UNSAFE = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]")
_SIGNS = re.compile(r'[<>:"|?*\\/]')
_DEVICES = re.compile(r"(?:con|prn|aux|nul|com\d|lpt\d)(?:\..*)?", re.IGNORECASE)


class Use(NamedTuple):
    """What a file is part of: a message ("message", "<conversation>.<number>"), a photo."""

    kind: str
    ref: str

    @property
    def place(self) -> int:
        """Whose rows hold it: the first number of `ref`, as in the conversation of a message."""
        found = _REF.fullmatch(self.ref)
        number = int(found[1]) if found else 0
        return number if number < 2**63 else 0


class MediaFile(msgspec.Struct, kw_only=True):
    """One rendition: small, medium, large, poster, video, audio or original."""

    rendition: str
    url: str
    type: str
    width: int | None
    height: int | None
    size: int


class MediaRefusal(msgspec.Struct):
    """Why a file was not taken."""

    code: str
    message: str


class Media(msgspec.Struct, kw_only=True):
    """A file as it is shown. `url` is the rendition that stands for it; `duration` is in ms;
    `placeholder` a ThumbHash (base64), `waveform` 64 values from 0 to 100."""

    id: Id
    kind: MediaKind
    state: MediaState
    name: str
    type: str
    size: int
    width: int | None = None
    height: int | None = None
    duration: int | None = None
    placeholder: str | None = None
    waveform: list[int] | None = None
    voice: bool = False
    alt: str = ""
    url: str | None = None
    files: list[MediaFile] = []
    refusal: MediaRefusal | None = None


class KeptFile(msgspec.Struct, kw_only=True):
    """A rendition as it lies in the store."""

    rendition: str
    blob: str
    type: str
    size: int
    width: int | None = None
    height: int | None = None


class Kept(msgspec.Struct, kw_only=True):
    """All that is known of a file, as it is kept with it and with each of its uses.

    `key` signs its links: whoever reads the database could make them, nobody else can.
    """

    state: MediaState
    kind: MediaKind
    name: str
    claimed: str
    type: str
    size: int
    key: str
    voice: bool = False
    lasting: bool = False  # a film that may be longer and larger, and is for a profile only
    alt: str = ""
    width: int | None = None
    height: int | None = None
    duration: int | None = None
    placeholder: str | None = None
    waveform: list[int] | None = None
    files: list[KeptFile] = []
    refusal: MediaRefusal | None = None


def shown(media_id: int, kept: Kept, use: Use, now: int) -> Media:
    """A file as seen through one of its uses. Nothing is linked before it is ready."""
    files = [
        MediaFile(
            rendition=file.rendition,
            url=link(kept.key, use, media_id, file.rendition, now),
            type=file.type,
            width=file.width,
            height=file.height,
            size=file.size,
        )
        for file in (kept.files if kept.state == "ready" else ())
    ]
    main = main_file(kept)
    return Media(
        id=str(media_id),
        kind=kept.kind,
        state=kept.state,
        name=kept.name,
        type=kept.type,
        size=kept.size,
        width=kept.width,
        height=kept.height,
        duration=kept.duration,
        placeholder=kept.placeholder,
        waveform=kept.waveform,
        voice=kept.voice,
        alt=kept.alt,
        url=next((file.url for file in files if main and file.rendition == main.rendition), None),
        files=files,
        refusal=kept.refusal,
    )


def main_file(kept: Kept) -> KeptFile | None:
    """The rendition that stands for the whole."""
    files = {file.rendition: file for file in kept.files}
    return next((files[name] for name in _MAIN if name in files), None)


# -- links ---------------------------------------------------------------------------------------


def link(key: str, use: Use, media_id: int, rendition: str, now: int) -> str:
    """Where a rendition is served. The same all week, so that browsers keep what they have; it
    ends with the next week."""
    until = (now // WEEK_MS + 2) * WEEK_MS
    path = f"/media/{use.kind}/{use.ref}/{media_id}/{rendition}"
    return f"{path}?until={until}&by={_signature(key, path, until)}"


def holds(key: str, use: Use, media_id: int, rendition: str, until: int, by: str) -> bool:
    """Whether a link was made with the key of the file."""
    path = f"/media/{use.kind}/{use.ref}/{media_id}/{rendition}"
    return hmac.compare_digest(_signature(key, path, until).encode(), by.encode())


def _signature(key: str, path: str, until: int) -> str:
    made = hmac.digest(key.encode(), f"{path} {until}".encode(), hashlib.sha256)
    return base64.urlsafe_b64encode(made[:24]).decode()


# -- names and types -----------------------------------------------------------------------------


def clean_name(name: str) -> str:
    """A name that no system reads as a path, a device or a command, and no eye as another one."""
    last = re.split(r"[\\/]", _UNSAFE.sub("", name))[-1]
    plain = _SIGNS.sub("_", last).strip(". ")
    if _DEVICES.fullmatch(plain):
        plain = f"_{plain}"
    stem, dot, ending = plain.rpartition(".")
    if not dot or len(ending) > 16:
        return plain[:MAX_NAME] or "file"
    return f"{stem[: MAX_NAME - len(ending) - 1]}.{ending}"


def clean_type(text: str) -> str:
    """A claimed type without its parameters; empty where it is none."""
    plain = text.partition(";")[0].strip().lower()[:MAX_TYPE]
    return plain if _TYPE.fullmatch(plain) else ""


def clean_alt(text: str) -> str:
    """What a picture shows, in words."""
    return _UNSAFE.sub(" ", text).strip()[:MAX_ALT]


def guessed(claimed: str) -> MediaKind:
    """What a file seems to be until it has been looked at."""
    family = claimed.partition("/")[0]
    if claimed == "image/svg+xml":
        return "file"
    found: dict[str, MediaKind] = {"image": "picture", "audio": "audio", "video": "video"}
    return found.get(family, "file")


def saved_as(name: str, kind: str) -> str:
    """The name under which a rendition is saved: its ending says what it is now."""
    ending = _ENDINGS.get(kind)
    if ending is None or name.lower().endswith(ending):
        return name
    stem, dot, old = name.rpartition(".")
    return f"{stem if dot and len(old) <= 5 else name}{ending}"


def disposition(name: str, kind: str) -> str:
    """What a browser is to do with a file: show it, or only ever save it (RFC 6266)."""
    way = "inline" if kind in SHOWN_TYPES else "attachment"
    saved = saved_as(name, kind)
    plain = re.sub(r'[^\x20-\x7e]|["\\%]', "_", saved)
    return f"{way}; filename=\"{plain}\"; filename*=UTF-8''{quote(saved, safe='')}"


# -- ranges --------------------------------------------------------------------------------------

_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")


def span_of(asked: str, size: int) -> tuple[int, int] | None:
    """The bytes that a `Range` asks for, from and up to; None for the whole (what is not
    understood does not count, and several at once are none of ours). (0, 0): there are none."""
    found = _RANGE.fullmatch(asked.strip())
    if found is None or found[1] == found[2] == "":
        return None
    if not found[1]:
        length = int(found[2])
        return (max(0, size - length), size) if length and size else (0, 0)
    start = int(found[1])
    end = min(size, int(found[2]) + 1) if found[2] else size
    if found[2] and int(found[2]) < start:
        return None
    return (start, end) if start < size else (0, 0)


# -- how long what is not used stays -------------------------------------------------------------

UNUSED_MS = WEEK_MS  # since it was ready, or taken out of its last use for a while
SHORT_REFUSED_MS = 86_400_000  # of a file that was refused, so that its sender can read why
