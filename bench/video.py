"""(i) A portrait clip of 20 s in 1080p, as a phone records it, beside plain `ffmpeg`.

The same settings: x264 and AAC, the same preset, quality, rate limit and number of threads, turned
upright, faststart. Needs an `ffmpeg`: in the PATH, or named by the variable FFMPEG; the wheel
`imageio-ffmpeg` has one.
"""

import argparse
import asyncio
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from fractions import Fraction
from pathlib import Path

import av
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.video.frame import VideoFrame
from av.video.stream import VideoStream
from PIL import Image

from entregent.ports.codec import Order, open_codec
from entregent.ports.codec.child.moving import KEY_SECONDS, X264, threads

from .table import show, spread

SECONDS, RATE = 20, 30
WIDTH, HEIGHT = 1920, 1080
# The header's words for "show it turned by a quarter to the right".
UPRIGHT = b"".join(n.to_bytes(4, signed=True) for n in (0, 65536, 0, -65536, 0, 0, 0, 0, 1 << 30))


def record(path: Path, seconds: int) -> None:
    """A slow pan over something with texture, with the grain of a sensor, lying on its side."""
    world = Image.effect_mandelbrot((1200, 700), (-2.0, -1.2, 0.8, 1.2), 90).resize((2600, 1500))
    grains = [Image.effect_noise((WIDTH, HEIGHT), 12) for _ in range(5)]
    with av.open(str(path), "w", format="mp4") as out:
        video = out.add_stream("libx264", rate=RATE, options={"preset": "veryfast", "crf": "20"})
        audio = out.add_stream("aac", rate=48_000)
        assert isinstance(video, VideoStream)
        assert isinstance(audio, AudioStream)
        video.width, video.height, video.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        audio.layout = "mono"
        for number in range(seconds * RATE):
            at = number % 600
            seen = world.crop((at, at // 2, at + WIDTH, at // 2 + HEIGHT))
            light = Image.blend(seen, grains[number % 5], 0.1)
            picture = Image.merge("RGBA", (light, seen, grains[0], seen))
            frame = VideoFrame.from_bytes(picture.tobytes(), WIDTH, HEIGHT)
            frame = frame.reformat(format="yuv420p")
            frame.pts, frame.time_base = number, Fraction(1, RATE)
            out.mux(video.encode(frame))
            heard = AudioFrame(format="s16", layout="mono", samples=1600)
            heard.planes[0].update(os.urandom(heard.planes[0].buffer_size))
            heard.sample_rate, heard.pts = 48_000, number * 1600
            heard.time_base = Fraction(1, 48_000)
            out.mux(audio.encode(heard))
        out.mux(video.encode(None))
        out.mux(audio.encode(None))
    data = bytearray(path.read_bytes())
    place = data.index(b"tkhd") + 44
    data[place : place + 36] = UPRIGHT
    path.write_bytes(data)


def plain(program: str, source: str, into: str) -> None:
    """What one would type."""
    settings = [word for name, value in X264.items() for word in (f"-{name}:v", value)]
    subprocess.run(
        [program, "-v", "error", "-threads", str(threads()), "-i", source, *settings,
         "-c:v", "libx264", "-threads", str(threads()), "-g", str(RATE * KEY_SECONDS),
         "-pix_fmt", "yuv420p", "-c:a", "aac", "-b:a", "64k", "-map_metadata", "-1",
         "-movflags", "+faststart", f"{into}/plain.mp4"],
        check=True,
    )  # fmt: skip


def ours(source: str, into: str) -> None:
    """The codec's way."""
    order = Order(
        name="clip.mp4",
        max_bytes=1 << 30,
        max_pixels=100_000_000,
        max_seconds=600,
        kinds=frozenset({"video"}),
    )
    asyncio.run(open_codec("child:").make(Path(source), Path(into), order))


def spent(how: str, source: Path) -> tuple[float, float, float]:
    """CPU seconds, megabytes, and megabytes of the film that came of it."""
    with tempfile.TemporaryDirectory(prefix="entregent-bench-") as into:
        done = subprocess.run(
            [sys.executable, "-m", "bench.video", how, str(source), into],
            check=True,
            capture_output=True,
            text=True,
        )
        cpu, memory = map(float, done.stdout.split())
        made = max(path.stat().st_size for path in Path(into).iterdir())
    return cpu, memory, made / 1e6


def main(chosen: argparse.Namespace) -> None:
    """Runs and prints."""
    program = os.environ.get("FFMPEG") or shutil.which("ffmpeg")
    if not program:
        print("\nNo plain ffmpeg to compare with: put one in the PATH or name it with FFMPEG.")
    seconds = max(1, round(SECONDS * chosen.scale))
    made, typed = [], []
    with tempfile.TemporaryDirectory(prefix="entregent-bench-") as place:
        source = Path(place) / "clip.mp4"
        record(source, seconds)
        size = source.stat().st_size / 1e6
        for _ in range(chosen.rounds):
            made.append(spent("ours", source))
            if program:
                typed.append(spent(program, source))
    rows = [
        [
            name,
            spread([m[at] for m in made], 1),
            spread([t[at] for t in typed], 1) if typed else "",
            spread([m[at] / t[at] for m, t in zip(made, typed, strict=True)], 2) if typed else "",
        ]
        for at, name in enumerate(("CPU, s", "memory, MB", "film, MB"))
    ]
    show(
        f"A portrait clip of {seconds} s in 1080p, {size:.1f} MB, {chosen.rounds} rounds",
        ["", "Entregent, with posters", "plain ffmpeg", "ratio"],
        rows,
    )


if __name__ == "__main__":
    _, way, given, folder = sys.argv
    if way == "ours":
        ours(given, folder)
    else:
        plain(way, given, folder)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
