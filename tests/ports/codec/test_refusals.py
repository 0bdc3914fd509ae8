"""What is refused, with which word, and what passes as a plain file."""

from pathlib import Path

import pytest

from entregent.ports.codec import REFUSALS, Codec, CodecRefused, Kind, open_codec
from entregent.ports.codec.content import claimed, content_of
from tests.ports.codec.samples import drawn, encoded, film, order


async def refusal(codec: Codec, source: Path, into: Path, **changes: object) -> str:
    with pytest.raises(CodecRefused) as refused:
        await codec.make(source, into, order(**changes))  # type: ignore[arg-type]
    assert list(into.iterdir()) == []  # noqa: ASYNC240
    assert refused.value.code in REFUSALS
    return refused.value.code


JPEG = encoded(drawn(), "JPEG")
PNG = encoded(drawn(), "PNG")


@pytest.mark.parametrize(
    ("content", "changes", "code"),
    [
        (b"", {"name": "x.jpg"}, "empty"),
        (b"", {"name": "x.bin"}, "empty"),
        (JPEG, {"name": "x.jpg", "max_bytes": 100}, "too_large"),
        (JPEG, {"name": "x.jpg", "max_pixels": 9_599}, "too_many_pixels"),
        (JPEG[:400], {"name": "x.jpg"}, "broken"),
        (JPEG[:3], {"name": "x.jpg"}, "broken"),
        (PNG[:150], {"name": "x.png"}, "broken"),
        (JPEG, {"name": "x.mp4"}, "mismatch"),
        (JPEG, {"name": "x.jpg", "type": "video/mp4", "kinds": frozenset({"video"})}, "not_wanted"),
        (b"text", {"name": "x.JPG"}, "mismatch"),
        (b"text", {"name": "x", "type": "image/png; q=1"}, "mismatch"),
        (b"text", {"name": "x.mp3"}, "mismatch"),
        (b"\xff\xfb\x90" + b"text" * 99, {"name": "x.mp3"}, "broken"),
        (JPEG, {"name": "x.jpg", "kinds": frozenset({"audio", "video"})}, "not_wanted"),
        (b"text", {"name": "x.txt", "kinds": frozenset({"picture"})}, "not_wanted"),
        (b"<svg/>", {"name": "x.svg", "kinds": frozenset({"picture"})}, "not_wanted"),
    ],
)
async def test_refused(
    content: bytes, changes: dict[str, object], code: str, codec: Codec, tmp_path: Path, into: Path
) -> None:
    (tmp_path / "x").write_bytes(content)
    assert await refusal(codec, tmp_path / "x", into, **changes) == code


async def test_an_animation_alone(codec: Codec, tmp_path: Path, into: Path) -> None:
    (tmp_path / "x").write_bytes(JPEG)
    kinds: frozenset[Kind] = frozenset({"animation"})
    assert await refusal(codec, tmp_path / "x", into, kinds=kinds) == "not_wanted"


async def test_a_film_where_sound_is_wanted(codec: Codec, tmp_path: Path, into: Path) -> None:
    source = film(tmp_path / "x", "mp4", picture="libx264", seconds=0.2)
    assert await refusal(codec, source, into, kinds=frozenset({"audio"})) == "not_wanted"
    sound = film(tmp_path / "y", "ogg", sound="libopus", seconds=0.2)
    assert await refusal(codec, sound, into, kinds=frozenset({"video"})) == "not_wanted"


@pytest.mark.parametrize(
    ("name", "type", "content"),
    [
        ("report.pdf", "application/pdf", b"%PDF-1.7 ..."),
        ("logo.svg", "image/svg+xml", b"<svg onload='alert(1)'/>"),
        ("scan.tiff", "image/tiff", b"II*\0 ..."),
        ("notes", "", b"\xff\xfe\x41\0 UTF-16"),
        ("noise.bin", "", b"\xff\xfb\x90" + b"x" * 500),
        ("archive.zip", "application/zip", b"PK\x03\x04"),
    ],
)
async def test_other_files_pass_as_they_are(
    name: str, type: str, content: bytes, codec: Codec, tmp_path: Path, into: Path
) -> None:
    source = tmp_path / "x"
    source.write_bytes(content)
    made = await codec.make(source, into, order(name, type=type))
    assert (made.kind, made.type) == ("file", "application/octet-stream")
    assert [(file.rendition, file.path, file.bytes) for file in made.files] == [
        ("original", source, len(content))
    ]


async def test_a_wrong_ending_inside_a_family_is_no_matter(
    codec: Codec, tmp_path: Path, into: Path
) -> None:
    (tmp_path / "x").write_bytes(PNG)
    made = await codec.make(tmp_path / "x", into, order("x.gif", type="image/jpeg"))
    assert (made.kind, made.type) == ("picture", "image/png")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"\0\0\0\x1cftypavif\0\0\0\0mif1avif", "AVIF"),
        (b"\0\0\0\x1cftypmif1\0\0\0\0mif1avif", "AVIF"),
        (b"\0\0\0\x18ftypheic\0\0\0\0mif1heic", "HEIF"),
        (b"\0\0\0\x18ftypmif1\0\0\0\0mif1heic", "HEIF"),
        (b"\0\0\0\x14ftypqt  \0\0\0\0qt  ", "mov"),
        (b"\0\0\0\x08wide\0\0\0\0mdat", "mov"),
        (b"RIFF\0\0\0\0WAVE", "wav"),
        (b"RIFF\0\0\0\0CDDA", None),
        (b"\xff\xf1\x50\x80", "aac"),
        (b"#EXTM3U\n", None),
        (b"ffconcat version 1.0", None),
        (b"", None),
        (b"\xff", None),
    ],
)
def test_content_is_told_by_its_first_bytes(head: bytes, name: str | None) -> None:
    found = content_of(head)
    assert (found.name if found else None) == name


def test_claims() -> None:
    assert claimed("a.b.JPEG", "") == {"picture"}
    assert claimed("voice.webm", "audio/webm;codecs=opus") == {"film"}
    assert claimed("x.png", "video/mp4") == {"picture", "film"}
    assert claimed("jpg", "application/octet-stream") == set()


@pytest.mark.parametrize("url", ["", "child", "child://host", "child:?colour=red", "gpu:"])
def test_a_url_that_names_no_codec_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        open_codec(url)
