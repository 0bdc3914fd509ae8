"""Every file of the shared media ends as its list says."""

import os
from pathlib import Path
from typing import Any

import msgspec
import pytest
from PIL import Image, ImageChops, ImageStat

from entregent.kit.settings import Settings
from entregent.ports.codec import Codec, CodecRefused, Made, Order
from tests.conftest import CHECKOUT
from tests.ports.codec.samples import MEDIA, named, order, says_nothing_else, seen

PLACE = Path(os.environ.get("ENTREGENT_SHARED") or CHECKOUT.parent / "shared") / "data" / "media"
PAYLOADS = (b"<script", b"<?php", b"alert(", b"onerror", b"PK\x03\x04", b"ftypmp4", b"%PDF")


def listed() -> dict[str, dict[str, Any]]:
    path = PLACE / "expected.json"
    if not path.exists():
        return {"": {}}
    read: dict[str, dict[str, Any]] = msgspec.json.decode(path.read_bytes())
    return {name: told for name, told in read.items() if told["expect"] != "n/a"}


FILES = listed()


def asked(name: str) -> Order:
    """As for a message's files: tests/media/test_shared_files brings the same ones."""
    return order(name, kinds=MEDIA, max_seconds=Settings().max_video_seconds + 1)


@pytest.fixture
def place(shared_data: Path) -> Path:
    return shared_data / "media"


def check_picture(made: Made, told: dict[str, Any]) -> None:
    assert made.kind == ("animation" if told["frames"] > 1 else "picture")
    assert [made.width, made.height] == told["display_size"]
    with Image.open(named(made, "small").path) as small:
        assert getattr(small, "n_frames", 1) == told["frames"]


def check_played(made: Made, told: dict[str, Any]) -> None:
    assert made.kind == ("video" if "video" in told else "audio")
    assert made.duration_ms is not None
    assert abs(made.duration_ms / 1000 - told["demuxed_end_s"]) <= 0.05
    if told["header_duration"] is not None and made.kind == "audio":
        assert abs(made.duration_ms / 1000 - told["header_duration"]) <= 0.02
    if made.kind == "video":
        assert [made.width, made.height] == told["display_size"]
        kept = named(made, "video")
        assert kept.width is not None
        assert kept.height is not None
        assert max(kept.width, kept.height) <= 1920
        assert (kept.width > kept.height) == (made.width > made.height)  # type: ignore[operator]


@pytest.mark.parametrize("name", FILES)
async def test_shared_file(
    name: str, codec: Codec, place: Path, into: Path, conversions_kept: None
) -> None:
    told = FILES[name]
    source = place / name
    wanted = asked(source.name)
    if told["expect"] == "reject":
        with pytest.raises(CodecRefused):
            await codec.make(source, into, wanted)
        return
    try:
        made = await codec.make(source, into, wanted)
    except CodecRefused:
        assert told["expect"] in {"accept_or_reject", "reject_or_cap"}
        return
    data = b"".join(file.path.read_bytes() for file in made.files)
    assert all(says_nothing_else(file) for file in made.files)
    assert not any(payload in data for payload in PAYLOADS)
    assert (told.get("device") or "no device").encode() not in data
    if told.get("kind") == "image":
        check_picture(made, told)
    elif told.get("kind") == "media":
        check_played(made, told)


def difference(one: Image.Image, other: Image.Image) -> float:
    """How far two pictures are apart, on average, of 255."""
    apart = ImageChops.difference(one.convert("RGB"), other.convert("RGB").resize(one.size))
    return sum(ImageStat.Stat(apart).mean) / 3


@pytest.mark.parametrize("family", ["landscape", "gen_gps_orientation"])
async def test_eight_ways_to_hold_a_camera(
    family: str, codec: Codec, place: Path, tmp_path: Path, conversions_kept: None
) -> None:
    shown = []
    for number in (1, 3, 6, 5):
        into = tmp_path / str(number)
        into.mkdir()
        source = place / "image" / "orientation" / f"{family}_{number}.jpg"
        shown.append(seen(await codec.make(source, into, asked(source.name)), "small"))
    assert {picture.size for picture in shown} == {shown[0].size}
    # The numbers are drawn into these pictures: all else is the same.
    assert max(difference(shown[0], other) for other in shown[1:]) < 12


@pytest.mark.parametrize(
    ("one", "other"),
    [("gen_jpeg_cmyk.jpg", "gen_jpeg_progressive.jpg"),
     ("gen_png_palette.png", "gen_jpeg_progressive.jpg"),
     ("gen_heic_exif_gps.heic", "gen_webp_exif_gps_orientation6.webp")],
)  # fmt: skip
async def test_the_same_picture_in_another_format(
    one: str, other: str, codec: Codec, place: Path, tmp_path: Path, conversions_kept: None
) -> None:
    shown = []
    for name in (one, other):
        into = tmp_path / name
        into.mkdir()
        shown.append(seen(await codec.make(place / "image" / name, into, asked(name)), "small"))
    assert difference(*shown) < 8


async def test_a_clip_longer_than_a_story(codec: Codec, place: Path, into: Path) -> None:
    name = "gen_mp4_75s_longer_than_story_limit.mp4"
    with pytest.raises(CodecRefused) as refused:
        await codec.make(place / "video" / name, into, order(name, max_seconds=60))
    assert (refused.value.code, refused.value.params) == ("too_long", {"limit": 60})
