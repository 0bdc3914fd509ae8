"""Films of the demo: drawn motion and synthesised sound, as a simple camera would write them."""

import io
import math
import random
from array import array
from itertools import accumulate, pairwise
from struct import pack

from PIL import Image

from .pictures import landscape

WIDTH, HEIGHT = 360, 640
RATE = 10  # frames a second
HEARD = 16_000  # samples a second
NOTES = (0, 4, 7, 12, 7, 4)  # of a chord, in half-tones


def clip(name: str, seconds: int) -> bytes:
    """A slow look over hills, with a tune, as an AVI file."""
    chance = random.Random(f"clip {name}")  # noqa: S311 (a film, not a secret)
    with Image.open(io.BytesIO(landscape(name, WIDTH * 2, HEIGHT))) as scene:
        frames = list(_frames(scene, seconds * RATE))
    return _avi(frames, _tune(seconds, 196 * 2 ** (chance.randrange(8) / 12)))


def _frames(scene: Image.Image, number: int) -> list[bytes]:
    found = []
    for at in range(number):
        left = round((1 - math.cos(math.pi * at / number)) / 2 * WIDTH)
        kept = io.BytesIO()
        scene.crop((left, 0, left + WIDTH, HEIGHT)).save(kept, "JPEG", quality=75)
        found.append(kept.getvalue())
    return found


def _tune(seconds: int, base: float) -> bytes:
    """Half a second for each note, as plucked."""
    heard = array("h")
    length = HEARD // 2
    for number in range(seconds * 2):
        pitch = base * 2 ** (NOTES[number % len(NOTES)] / 12) * math.tau / HEARD
        heard.extend(
            round(7_000 * math.sin(at * pitch) * math.exp(-4 * at / length)) for at in range(length)
        )
    return heard.tobytes()


def _avi(frames: list[bytes], tune: bytes) -> bytes:
    """Motion JPEG and PCM, in turn, with an index."""
    each = HEARD // RATE * 2  # bytes of sound to a frame
    longest = max(map(len, frames))
    head = pack(
        "<14I", 1_000_000 // RATE, 0, 0, 0x10, len(frames), 0, 2, longest, WIDTH, HEIGHT, 0, 0, 0, 0
    )
    seen = _stream(b"vids", b"MJPG", (1, RATE, len(frames)), longest, 0)
    shape = pack("<3i2H4s5I", 40, WIDTH, HEIGHT, 1, 24, b"MJPG", longest, 0, 0, 0, 0)
    sung = _stream(b"auds", b"\0\0\0\0", (2, HEARD * 2, len(tune) // 2), each, 2)
    wave = pack("<2H2I2H", 1, 1, HEARD, HEARD * 2, 2, 16)
    headers = _list(
        b"hdrl",
        _chunk(b"avih", head),
        _list(b"strl", _chunk(b"strh", seen), _chunk(b"strf", shape)),
        _list(b"strl", _chunk(b"strh", sung), _chunk(b"strf", wave)),
    )
    pieces = []
    for number, frame in enumerate(frames):
        pieces.append((b"00dc", frame))
        pieces.append((b"01wb", tune[number * each : (number + 1) * each]))
    chunks = [_chunk(*piece) for piece in pieces]
    places = accumulate([4, *map(len, chunks)])
    index = b"".join(
        kind + pack("<3I", 0x10, place, len(content))
        for (kind, content), (place, _) in zip(pieces, pairwise(places), strict=True)
    )
    return _chunk(b"RIFF", b"AVI " + headers + _list(b"movi", *chunks) + _chunk(b"idx1", index))


def _stream(
    kind: bytes, codec: bytes, time: tuple[int, int, int], longest: int, sample: int
) -> bytes:
    scale, rate, length = time
    return (
        kind
        + codec
        + pack(
            "<12I",
            0,
            0,
            0,
            scale,
            rate,
            0,
            length,
            longest,
            2**32 - 1,
            sample,
            0,
            WIDTH | HEIGHT << 16,
        )
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return kind + pack("<I", len(content)) + content + b"\0" * (len(content) % 2)


def _list(kind: bytes, *chunks: bytes) -> bytes:
    return _chunk(b"LIST", kind + b"".join(chunks))
