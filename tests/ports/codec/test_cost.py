"""What one file may cost: the figures stand in `script/bench pictures`, the bounds here."""

import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import msgspec

CHECKOUT = Path(__file__).resolve().parents[3]

# Makes files one after the other, and tells what each cost and the most memory any of them took.
METER = """
import asyncio, json, resource, sys, tempfile
from pathlib import Path
from entregent.ports.codec import CodecRefused, Order, open_codec

def spent():
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime

async def main():
    codec = open_codec("child:")
    for name in sys.argv[1:]:
        order = Order(name=name, max_bytes=1 << 30, max_pixels=64_000_000, max_seconds=600,
                      kinds=frozenset({"picture", "animation", "audio", "video"}))
        before, outcome = spent(), "made"
        with tempfile.TemporaryDirectory() as into:
            try:
                await codec.make(Path(name), Path(into), order)
            except CodecRefused as refused:
                outcome = refused.code
        most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        most = most / 1024 if sys.platform == "linux" else most / 1024 / 1024
        print(json.dumps([outcome, spent() - before, most]), flush=True)

asyncio.run(main())
"""


class Cost(NamedTuple):
    outcome: str
    seconds: float
    megabytes: float


def costs(*paths: Path) -> list[Cost]:
    done = subprocess.run(
        [sys.executable, "-P", "-c", METER, *map(str, paths)],
        env={"PYTHONPATH": str(CHECKOUT)}, check=True, capture_output=True, text=True,
    )  # fmt: skip
    lines = done.stdout.splitlines()
    assert len(lines) == len(paths)
    return [msgspec.json.decode(line, type=Cost) for line in lines]


def test_bombs_are_refused_by_their_headers(shared_data: Path) -> None:
    """What a bomb costs beyond what the smallest picture does: a fifth of a second, no memory."""
    hostile = shared_data / "media" / "hostile"
    bombs = [*sorted(hostile.glob("bomb_*")), *sorted(hostile.glob("huge_header_*"))]
    still = [bomb for bomb in bombs if "frames" not in bomb.name]
    smallest, *found = costs(shared_data / "media" / "image" / "gen_png_1x1.png", *still)
    assert smallest.outcome == "made"
    assert "made" not in {cost.outcome for cost in found}
    assert max(cost.megabytes for cost in found) < 100
    # Sums, for a single one may be disturbed by what else the machine does.
    assert sum(cost.seconds - smallest.seconds for cost in found) < 0.2 * len(found)


def test_a_photograph_of_twelve_megapixels(shared_data: Path) -> None:
    image = shared_data / "media" / "image"
    found = costs(image / "gen_jpeg_12mp_orientation6_gps.jpg", image / "heic_iphone7_gps.heic")
    assert [cost.outcome for cost in found] == ["made", "made"]
    assert max(cost.megabytes for cost in found) < 300
    assert max(cost.seconds for cost in found) < 4  # two when nobody else works
