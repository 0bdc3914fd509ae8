"""Pictures and animations: upright, in true colours, and saying nothing else."""

import base64
import io
from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from entregent.ports.codec import Codec, CodecRefused
from entregent.ports.codec.child.renditions import placeholder
from entregent.ports.codec.child.thumbhash import thumbhash
from tests.ports.codec.samples import (
    BLUE,
    CORNERS,
    GREEN,
    RED,
    alike,
    corners,
    drawn,
    encoded,
    named,
    order,
    says_nothing_else,
    seen,
    shows_corners,
    swapped_profile,
)

# How a camera that was held so stores what it saw.
HELD = {
    1: None,
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_90,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_270,
}


def exif(orientation: int = 1) -> bytes:
    told = Image.Exif()
    told[0x0112] = orientation
    told[0x010F] = "Telefunken"
    told[0x8825] = {1: "N", 2: (48.0, 51.0, 30.0)}
    return told.tobytes()


@pytest.mark.parametrize("orientation", HELD)
async def test_a_picture_is_shown_as_it_was_seen(
    orientation: int, codec: Codec, tmp_path: Path, into: Path
) -> None:
    turn = HELD[orientation]
    stored = drawn() if turn is None else drawn().transpose(turn)
    source = tmp_path / "x"
    source.write_bytes(encoded(stored, "JPEG", exif=exif(orientation), quality=95))
    made = await codec.make(source, into, order("photo.jpg"))
    assert (made.kind, made.type, made.width, made.height) == ("picture", "image/jpeg", 120, 80)
    assert shows_corners(seen(made, "small"))
    assert all(says_nothing_else(file) for file in made.files)
    assert b"Telefunken" not in b"".join(file.path.read_bytes() for file in made.files)


def with_profile() -> bytes:
    return encoded(drawn(), "PNG", icc_profile=swapped_profile())


def sixteen_bits() -> bytes:
    picture = Image.new("I;16", (64, 8))
    for x in range(64):
        for y in range(8):
            picture.putpixel((x, y), x * 1040)
    return encoded(picture, "PNG")


@pytest.mark.parametrize(
    ("format", "mode"),
    [("JPEG", "RGB"), ("JPEG", "CMYK"), ("PNG", "RGB"), ("PNG", "P"), ("PNG", "RGBA"),
     ("WEBP", "RGB"), ("AVIF", "RGB"), ("GIF", "P")],
)  # fmt: skip
async def test_colours_stay(
    format: str, mode: str, codec: Codec, tmp_path: Path, into: Path
) -> None:
    source = tmp_path / "x"
    source.write_bytes(encoded(drawn(mode=mode), format))
    made = await codec.make(source, into, order(f"x.{format}"))
    assert made.kind == "picture"
    assert shows_corners(seen(made, "small"))


async def test_a_profile_is_applied_and_goes(codec: Codec, tmp_path: Path, into: Path) -> None:
    (tmp_path / "x").write_bytes(with_profile())
    made = await codec.make(tmp_path / "x", into, order("x.png"))
    found = corners(seen(made, "small"))
    assert alike(found[0], BLUE)
    assert alike(found[1], GREEN)
    assert alike(found[2], RED)
    assert says_nothing_else(named(made, "small"))


async def test_sixteen_bits_of_gray(codec: Codec, tmp_path: Path, into: Path) -> None:
    (tmp_path / "x").write_bytes(sixteen_bits())
    made = await codec.make(tmp_path / "x", into, order("x.png"))
    row = seen(made, "small").convert("L").crop((0, 4, 64, 5)).tobytes()
    assert all(abs(row[x] - x * 1040 / 256) < 12 for x in (4, 20, 36, 60))


@pytest.mark.parametrize("mode", ["RGBA", "LA"])
async def test_what_is_transparent_stays_so(
    mode: str, codec: Codec, tmp_path: Path, into: Path
) -> None:
    picture = drawn(mode=mode)
    picture.paste((0,) * len(mode), (0, 0, 60, 40))
    (tmp_path / "x").write_bytes(encoded(picture, "PNG"))
    made = await codec.make(tmp_path / "x", into, order("x.png"))
    alpha = seen(made, "small").convert("RGBA").getchannel("A")
    assert alpha.getpixel((20, 20)) == 0
    assert alpha.getpixel((100, 60)) == 255


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((1, 1), {"small": (1, 1)}),
        ((320, 200), {"small": (320, 200)}),
        ((321, 200), {"small": (320, 199), "medium": (321, 200)}),
        ((900, 1800), {"small": (160, 320), "medium": (640, 1280), "large": (900, 1800)}),
        ((4000, 40), {"small": (320, 3), "medium": (1280, 13), "large": (2560, 26)}),
    ],
)
async def test_sizes(
    size: tuple[int, int],
    expected: dict[str, tuple[int, int]],
    codec: Codec,
    tmp_path: Path,
    into: Path,
) -> None:
    (tmp_path / "x").write_bytes(encoded(drawn(*size), "JPEG"))
    made = await codec.make(tmp_path / "x", into, order("x.jpg"))
    assert (made.width, made.height) == size
    assert {file.rendition: (file.width, file.height) for file in made.files} == expected
    for file in made.files:
        with Image.open(file.path) as picture:
            assert picture.size == expected[file.rendition]
            assert picture.format == "WEBP"
    assert {*into.iterdir()} == {file.path for file in made.files}  # noqa: ASYNC240


async def test_words_in_a_picture_go(codec: Codec, tmp_path: Path, into: Path) -> None:
    words = PngImagePlugin.PngInfo()
    words.add_text("Comment", "hidden words")
    words.add_itxt("XML:com.adobe.xmp", "<x:xmpmeta>hidden words</x:xmpmeta>")
    data = encoded(drawn(), "PNG", pnginfo=words, exif=exif()) + b"PK\x03\x04 hidden words"
    (tmp_path / "x").write_bytes(data)
    made = await codec.make(tmp_path / "x", into, order("x.png"))
    assert says_nothing_else(named(made, "small"))


def moving(format: str, count: int = 4, size: tuple[int, int] = (120, 80)) -> bytes:
    """Frames of one colour each, a tenth of a second long."""
    colours = [CORNERS[n % 4] for n in range(count)]
    frames = [Image.new("RGB", size, colour) for colour in colours]
    for number, frame in enumerate(frames):
        frame.putpixel((number % size[0], 0), (number % 256, 9, 9))
    return encoded(frames[0], format, save_all=True, append_images=frames[1:], duration=100, loop=0)


@pytest.mark.parametrize("format", ["GIF", "WEBP", "PNG", "AVIF"])
async def test_an_animation_keeps_moving(
    format: str, codec: Codec, tmp_path: Path, into: Path
) -> None:
    (tmp_path / "x").write_bytes(moving(format))
    made = await codec.make(tmp_path / "x", into, order(f"x.{format}"))
    assert (made.kind, made.width, made.height, made.duration_ms) == ("animation", 120, 80, 400)
    small = seen(made, "small")
    assert getattr(small, "n_frames", 1) == 4
    for number, colour in enumerate(CORNERS):
        small.seek(number)
        assert alike(corners(small)[3], colour)
    assert getattr(seen(made, "poster"), "n_frames", 1) == 1
    assert all(says_nothing_else(file) for file in made.files)


async def test_an_animation_where_a_picture_is_wanted(
    codec: Codec, tmp_path: Path, into: Path
) -> None:
    (tmp_path / "x").write_bytes(moving("GIF"))
    made = await codec.make(tmp_path / "x", into, order("x.gif", kinds=frozenset({"picture"})))
    assert (made.kind, made.duration_ms) == ("picture", None)
    assert alike(corners(seen(made, "small"))[3], RED)


async def test_a_long_animation_is_kept_smaller(codec: Codec, tmp_path: Path, into: Path) -> None:
    (tmp_path / "x").write_bytes(moving("GIF", 200, (640, 400)))
    made = await codec.make(tmp_path / "x", into, order("x.gif"))
    medium = named(made, "medium")
    assert made.width == 640
    assert medium.width is not None
    assert medium.height is not None
    assert 320 < medium.width < 640
    assert medium.width * medium.height * 200 <= 36_000_000


async def test_an_endless_animation_is_refused(codec: Codec, tmp_path: Path, into: Path) -> None:
    (tmp_path / "x").write_bytes(moving("GIF", 1100, (4, 4)))
    with pytest.raises(CodecRefused) as refused:
        await codec.make(tmp_path / "x", into, order("x.gif"))
    assert refused.value.code == "too_many_frames"
    assert refused.value.params == {"limit": 1000}


def decoded_average(placeholder: str) -> tuple[float, float, float]:
    """The mean colour that a ThumbHash says, as a browser computes it."""
    hash_ = base64.b64decode(placeholder)
    header = int.from_bytes(hash_[:3], "little")
    light = (header & 63) / 63
    yellow = ((header >> 6) & 63) / 31.5 - 1
    red = ((header >> 12) & 63) / 31.5 - 1
    blue = light - 2 / 3 * yellow
    r = (3 * light - blue + red) / 2
    return r * 255, (r - red) * 255, blue * 255


@pytest.mark.parametrize("colour", [*CORNERS, (0, 0, 0), (128, 64, 32)])
def test_the_placeholder_has_the_colour(colour: tuple[int, int, int]) -> None:
    average = decoded_average(placeholder(Image.new("RGB", (90, 60), colour)))
    assert all(abs(a - b) < 12 for a, b in zip(average, colour, strict=True))


def test_the_placeholder_is_that_of_the_description() -> None:
    """Computed with the JavaScript at https://evanw.github.io/thumbhash/."""
    pixels = [(n * 37 % 256, n * 91 % 256, n * 13 % 256, n * 5 % 256) for n in range(96)]
    assert base64.b64encode(thumbhash(12, 8, pixels)) == b"H/iBC4InuHC114qAWRJfXpd3dIdlB5k="


async def test_trailing_bytes_are_not_carried_on(codec: Codec, tmp_path: Path, into: Path) -> None:
    film = b"\0\0\0\x18ftypmp42" + bytes(500) + b"hidden film"
    (tmp_path / "x").write_bytes(encoded(drawn(), "JPEG") + film)
    made = await codec.make(tmp_path / "x", into, order("x.jpg"))
    data = named(made, "small").path.read_bytes()
    assert b"hidden" not in data
    assert Image.open(io.BytesIO(data)).size == (120, 80)
