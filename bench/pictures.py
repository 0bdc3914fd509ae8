"""(h) A photograph of 12 megapixels, from the file to its renditions, beside the plain Pillow call.

The plain call does the same work in a process that is already running, without limits: read, turn
upright, shrink to the same sizes, write WebP.
"""

import argparse
import asyncio
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import msgspec
from PIL import Image

from entregent.ports.codec import Order, open_codec

from .table import show, spread

SIZE = (4032, 3024)
ORIENTATION = 0x0112

# What one writes without a second thought; prints the CPU seconds of it and the most memory.
PLAIN = """
import resource, sys, time
from PIL import Image, ImageOps
Image.init()
begun = time.process_time()
picture = ImageOps.exif_transpose(Image.open(sys.argv[1])).convert("RGB")
for side in (2560, 1280, 320):
    picture.thumbnail((side, side), Image.Resampling.LANCZOS)
    picture.save(f"{sys.argv[2]}/{side}.webp", quality=78)
print(time.process_time() - begun, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
"""
# The codec in a server of its own, so that its child is the only one that is counted.
OURS = """
import sys
from bench.pictures import one
print(*one(sys.argv[1], sys.argv[2]))
"""


def draw(path: Path) -> None:
    """A photograph with the grain of a phone's sensor, held upright."""
    sky = Image.effect_mandelbrot((2016, 1512), (-2.0, -1.2, 0.8, 1.2), 90).resize(SIZE)
    grain = Image.effect_noise(SIZE, 24)
    told = Image.Exif()
    told[ORIENTATION] = 6
    picture = Image.merge(
        "RGB", (Image.blend(sky, grain, 0.2), Image.blend(sky, grain, 0.3), grain)
    )
    picture.save(path, "JPEG", quality=92, exif=told.tobytes())


def one(source: str, into: str) -> tuple[float, float, float]:
    """CPU seconds, megabytes and wall seconds of one file."""
    order = Order(
        name="photo.jpg",
        max_bytes=1 << 30,
        max_pixels=100_000_000,
        max_seconds=1,
        kinds=frozenset({"picture"}),
    )
    begun = time.perf_counter()
    asyncio.run(open_codec("child:").make(Path(source), Path(into), order))
    passed = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024, passed


def measured(program: str, source: Path) -> list[float]:
    """What a program prints of itself."""
    with tempfile.TemporaryDirectory(prefix="entregent-bench-") as into:
        done = subprocess.run(
            [sys.executable, "-c", program, str(source), into],
            check=True,
            capture_output=True,
            text=True,
        )
    return [msgspec.json.decode(word, type=float) for word in done.stdout.split()]


def main(chosen: argparse.Namespace) -> None:
    """Runs and prints."""
    ours, plain = [], []
    with tempfile.TemporaryDirectory(prefix="entregent-bench-") as place:
        source = Path(place) / "photo.jpg"
        draw(source)
        size = source.stat().st_size
        for _ in range(chosen.rounds):
            ours.append(measured(OURS, source))
            plain.append(measured(PLAIN, source))
    show(
        f"A photograph of 12 megapixels, {size / 1e6:.1f} MB, {chosen.rounds} rounds",
        ["", "Entregent, start of its process included", "plain Pillow", "ratio"],
        [
            [
                name,
                spread([o[at] for o in ours], digits),
                spread([p[at] for p in plain], digits),
                spread([o[at] / p[at] for o, p in zip(ours, plain, strict=True)], 2),
            ]
            for at, (name, digits) in enumerate((("CPU, s", 2), ("memory, MB", 0)))
        ],
    )
