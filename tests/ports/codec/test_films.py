"""Sound and film: whatever devices record becomes what every device plays."""

from pathlib import Path

import av
import pytest

from entregent.ports.codec import Codec, CodecRefused, Made
from entregent.ports.codec.child.moving import fitted
from tests.ports.codec.samples import (
    PLACE,
    alike,
    corners,
    film,
    named,
    order,
    says_nothing_else,
    seen,
    shows_corners,
    silence,
    turned_clockwise,
)

LIVE = {"live": "1"}
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov+default_base_moof"}
# Container, codec, options of the writer, and by whom so recorded.
SOUNDS = {
    "chrome": ("webm", "libopus", LIVE),
    "firefox": ("ogg", "libopus", {}),
    "safari": ("mp4", "aac", FRAGMENTED),
    "phone": ("ipod", "aac", {}),
    "memo": ("caf", "alac", {}),
    "studio": ("wav", "pcm_s16le", {}),
    "player": ("mp3", "libmp3lame", {}),
    "archive": ("flac", "flac", {}),
}
FILMS = {
    "chrome": ("webm", "libvpx", "libopus", LIVE),
    "vp9": ("webm", "libvpx-vp9", None, LIVE),
    "safari": ("mp4", "libx264", "aac", FRAGMENTED),
    "phone": ("mov", "libx265", "aac", {}),
    "old": ("avi", "mpeg4", "libmp3lame", {}),
}


def plays(made: Made, rendition: str) -> av.container.InputContainer:
    return av.open(str(named(made, rendition).path))


@pytest.mark.parametrize("recorder", SOUNDS)
async def test_a_recording_becomes_what_everybody_plays(
    recorder: str, codec: Codec, tmp_path: Path, into: Path
) -> None:
    container, name, options = SOUNDS[recorder]
    source = film(
        tmp_path / "x", container, sound=name, options=options, metadata={"title": "hidden words"}
    )
    made = await codec.make(source, into, order("voice"))
    assert made.kind == "audio"
    assert made.duration_ms is not None
    assert abs(made.duration_ms - 1000) <= 60
    with plays(made, "audio") as played:
        stream = played.streams.audio[0]
        assert (stream.codec_context.name, stream.channels) == ("aac", 1)
        assert played.duration is not None
        assert abs(played.duration / 1000 - made.duration_ms) <= 25
    assert made.waveform is not None
    assert len(made.waveform) == 64
    assert max(made.waveform[:28]) <= 5
    assert min(made.waveform[36:60]) >= 80
    assert max(made.waveform) == 100
    assert says_nothing_else(named(made, "audio"))
    assert b"hidden" not in named(made, "audio").path.read_bytes()


@pytest.mark.parametrize("recorder", FILMS)
async def test_a_film_becomes_what_everybody_plays(
    recorder: str, codec: Codec, tmp_path: Path, into: Path
) -> None:
    container, picture, sound, options = FILMS[recorder]
    source = film(
        tmp_path / "x", container, picture=picture, sound=sound, options=options,
        metadata={"location": PLACE, "make": "Telefunken"},
    )  # fmt: skip
    made = await codec.make(source, into, order("film"))
    assert (made.kind, made.width, made.height) == ("video", 96, 64)
    assert made.duration_ms is not None
    assert abs(made.duration_ms - 1000) <= 70
    with plays(made, "video") as played:
        video = played.streams.video[0]
        assert (video.codec_context.name, video.width, video.height) == ("h264", 96, 64)
        assert video.codec_context.pix_fmt == "yuv420p"
        assert [s.codec_context.name for s in played.streams.audio] == (["aac"] if sound else [])
        assert 14 <= sum(1 for _ in played.decode(video=0)) <= 16
    assert shows_corners(seen(made, "poster"))
    assert shows_corners(seen(made, "small"))
    assert made.placeholder
    assert all(says_nothing_else(file) for file in made.files)
    data = named(made, "video").path.read_bytes()
    assert b"48.8577" not in data
    assert b"Telefunken" not in data


async def test_a_film_is_turned_upright(codec: Codec, tmp_path: Path, into: Path) -> None:
    source = turned_clockwise(film(tmp_path / "x", "mp4", picture="libx264", metadata={}))
    made = await codec.make(source, into, order("film.mp4"))
    assert (made.width, made.height) == (64, 96)
    # What was at the left is above now.
    red, green, blue, white = corners(seen(made, "poster"))
    assert alike(red, (30, 30, 220))
    assert alike(green, (220, 30, 30))
    assert alike(blue, (250, 250, 250))
    assert alike(white, (30, 200, 30))
    with plays(made, "video") as played:
        frame = next(played.decode(video=0))
        assert (frame.width, frame.height, frame.rotation) == (64, 96, 0)


async def test_a_very_fast_film_is_shown_at_sixty(codec: Codec, tmp_path: Path, into: Path) -> None:
    source = film(tmp_path / "x", "mp4", picture="libx264", rate=240)
    made = await codec.make(source, into, order("film.mp4"))
    assert made.duration_ms == 1000
    with plays(made, "video") as played:
        assert 55 <= sum(1 for _ in played.decode(video=0)) <= 62


@pytest.mark.parametrize(
    ("size", "kept"),
    [
        ((640, 360), (640, 360)),
        ((3840, 2160), (1920, 1080)),
        ((2160, 3840), (1080, 1920)),
        ((2000, 2000), (1080, 1080)),
        ((641, 361), (640, 360)),
        ((8000, 100), (1920, 24)),
        ((1, 1), (2, 2)),
    ],
)
def test_the_size_of_a_film(size: tuple[int, int], kept: tuple[int, int]) -> None:
    assert fitted(*size) == kept


async def test_what_is_too_long_is_refused_before_work(
    codec: Codec, tmp_path: Path, into: Path
) -> None:
    source = silence(tmp_path / "x", 3601)
    with pytest.raises(CodecRefused) as refused:
        await codec.make(source, into, order("x.wav", max_seconds=3600))
    assert refused.value.code == "too_long"
    assert refused.value.params == {"limit": 3600}


async def test_silence_has_an_empty_waveform(codec: Codec, tmp_path: Path, into: Path) -> None:
    made = await codec.make(silence(tmp_path / "x", 3), into, order("x.wav"))
    assert made.waveform == [0] * 64
    assert made.duration_ms == 3000
    assert says_nothing_else(named(made, "audio"))


async def test_a_header_that_understates(codec: Codec, tmp_path: Path, into: Path) -> None:
    """Nothing longer than ordered comes of a file that claims to be short."""
    data = bytearray(film(tmp_path / "x", "mp4", sound="aac", seconds=8).read_bytes())
    for box, at in ((b"mvhd", 16), (b"tkhd", 20), (b"mdhd", 16)):
        place = data.index(box) + 4 + at
        data[place : place + 4] = (1000).to_bytes(4)
    (tmp_path / "x").write_bytes(data)
    made = await codec.make(tmp_path / "x", into, order("x.m4a", max_seconds=2))
    with plays(made, "audio") as played:
        assert sum(frame.samples for frame in played.decode(audio=0)) < 3 * 48_000
