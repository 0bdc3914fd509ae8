"""Small files as members' devices make them, drawn and sung here."""

import io
import math
import struct
from array import array
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image, ImageCms

from entregent.ports.codec import File, Made, Order

RED, GREEN, BLUE, WHITE = (220, 30, 30), (30, 200, 30), (30, 30, 220), (250, 250, 250)
CORNERS = (RED, GREEN, BLUE, WHITE)  # top left, top right, bottom left, bottom right
PLACE = "+48.8577+002.2950/"
ALL = frozenset({"picture", "animation", "audio", "video", "file"})
MEDIA = ALL - {"file"}


def order(name: str = "x", **changes: object) -> Order:
    """An order that takes everything of a usual size."""
    usual: dict[str, object] = {
        "name": name,
        "max_bytes": 100_000_000,
        "max_pixels": 64_000_000,
        "max_seconds": 600,
        "kinds": ALL,
    }
    return Order(**{**usual, **changes})  # type: ignore[arg-type]


def drawn(width: int = 120, height: int = 80, mode: str = "RGB") -> Image.Image:
    """A picture with a colour of its own in each quarter."""
    picture = Image.new("RGB", (width, height))
    for at, colour in enumerate(CORNERS):
        x, y = (at % 2) * (width // 2), (at // 2) * (height // 2)
        picture.paste(colour, (x, y, x + width // 2, y + height // 2))
    return picture.convert(mode)


def encoded(picture: Image.Image, format: str, **options: object) -> bytes:
    """The bytes of a picture file."""
    out = io.BytesIO()
    picture.save(out, format, **options)
    return out.getvalue()


def corners(picture: Image.Image) -> tuple[tuple[int, ...], ...]:
    """The colours in the middle of each quarter."""
    plain = picture.convert("RGB")
    places = [(x, y) for y in (1, 3) for x in (1, 3)]
    found = []
    for x, y in places:
        pixel = plain.getpixel((plain.width * x // 4, plain.height * y // 4))
        assert isinstance(pixel, tuple)
        found.append(pixel)
    return tuple(found)


def alike(one: tuple[int, ...], other: tuple[int, ...], by: int = 40) -> bool:
    return all(abs(a - b) <= by for a, b in zip(one[:3], other[:3], strict=True))


def shows_corners(picture: Image.Image) -> bool:
    return all(alike(a, b) for a, b in zip(corners(picture), CORNERS, strict=True))


def swapped_profile() -> bytes:
    """A profile by which red is blue and blue is red."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return (
        profile.replace(b"rXYZ", b"____", 1).replace(b"bXYZ", b"rXYZ", 1).replace(b"____", b"bXYZ")
    )


def tone(seconds: float, rate: int = 48_000, channels: int = 1) -> list[AudioFrame]:
    """A tone that is silent in its first half."""
    frames = []
    for at in range(0, int(seconds * rate), 960):
        count = min(960, int(seconds * rate) - at)
        values = array("h")
        for n in range(at, at + count):
            loud = 12_000 if n > seconds * rate / 2 else 0
            values.extend([int(loud * math.sin(n * 440 * math.tau / rate))] * channels)
        frame = AudioFrame(
            format="s16", layout="mono" if channels == 1 else "stereo", samples=count
        )
        frame.planes[0].update(values.tobytes().ljust(frame.planes[0].buffer_size, b"\0"))
        frame.sample_rate, frame.pts, frame.time_base = rate, at, Fraction(1, rate)
        frames.append(frame)
    return frames


def film(
    path: Path,
    format: str,
    *,
    picture: str | None = None,
    sound: str | None = None,
    seconds: float = 1.0,
    size: tuple[int, int] = (96, 64),
    rate: int = 15,
    options: dict[str, str] | None = None,
    metadata: dict[str, str] | None = None,
) -> Path:
    """Writes a film or a sound."""
    with av.open(str(path), "w", format=format, options=options or {}) as out:
        out.metadata.update(metadata or {})
        video = out.add_stream(picture, rate=rate) if picture else None
        audio = out.add_stream(sound, rate=48_000) if sound else None
        if isinstance(video, VideoStream):
            video.width, video.height, video.pix_fmt = *size, "yuv420p"
            video.codec_context.max_b_frames = 0  # as phones record
        if isinstance(audio, AudioStream):
            audio.layout = "mono"
        if isinstance(video, VideoStream):
            for number in range(int(seconds * rate)):
                frame = VideoFrame.from_bytes(drawn(*size, "RGBA").tobytes(), *size)
                frame = frame.reformat(format="yuv420p")
                frame.pts, frame.time_base = number, Fraction(1, rate)
                out.mux(video.encode(frame))
            out.mux(video.encode(None))
        if isinstance(audio, AudioStream):
            for heard in tone(seconds):
                out.mux(audio.encode(heard))
            out.mux(audio.encode(None))
    return path


def turned_clockwise(path: Path) -> Path:
    """Says in the film's header that it is to be shown turned by a quarter."""
    data = bytearray(path.read_bytes())
    place = data.index(b"tkhd") + 4 + 40
    struct.pack_into(">9i", data, place, 0, 1 << 16, 0, -(1 << 16), 0, 0, 0, 0, 1 << 30)
    path.write_bytes(data)
    return path


def silence(path: Path, seconds: int) -> Path:
    """A recording in which nothing is heard. As it has holes instead of bytes, hours of it are
    quickly written and take no place, but take their time to work through."""
    rate, size = 8_000, 2 * 8_000 * seconds
    head = struct.pack("<4sI4s4sIHHIIHH4sI", b"RIFF", 36 + size, b"WAVE", b"fmt ", 16, 1, 1,
                       rate, 2 * rate, 2, 16, b"data", size)  # fmt: skip
    with path.open("wb") as file:
        file.write(head)
        file.truncate(len(head) + size)
    return path


def named(made: Made, rendition: str) -> File:
    return next(file for file in made.files if file.rendition == rendition)


def seen(made: Made, rendition: str) -> Image.Image:
    """A rendition, opened."""
    picture = Image.open(named(made, rendition).path)
    picture.load()
    return picture


CLEAN_CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF"}
# Boxes in which an MP4 carries what its maker had to say.
TELLING_BOXES = (b"uuid", b"loci", b"mdta", b"keys", b"covr", b"data", b"\xa9nam", b"\xa9too",
                 b"\xa9xyz", b"\xa9cmt", b"\xa9mak", b"\xa9mod", b"\xa9day")  # fmt: skip


def says_nothing_else(file: File) -> bool:
    """Whether a rendition has nothing in it but what is seen and heard."""
    data = file.path.read_bytes()
    assert len(data) == file.bytes
    if file.type == "image/webp":
        return chunks(data) <= CLEAN_CHUNKS and data[4:8] == struct.pack("<I", len(data) - 8)
    head, _, _ = data.partition(b"mdat")
    empty = head.count(b"ilst") == head.count(b"\0\0\0\x08ilst")
    return b"moov" in head and empty and not any(box in head for box in TELLING_BOXES)


def chunks(data: bytes) -> set[bytes]:
    """The names of a WebP's parts."""
    found, at = set(), 12
    while at < len(data):
        found.add(data[at : at + 4])
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + size % 2
    return found
