"""Every file of the shared data, brought over HTTP as a member would: each ends as the list beside
them says, and what is shown of it holds nothing that its sender did not mean to show."""

import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.media.bringing import bring, stored, sweep, waiting
from tests.world import World

# What browsers say of a file by its ending.
TYPES = {
    "jpg": "image/jpeg", "png": "image/png", "gif": "image/gif", "webp": "image/webp",
    "avif": "image/avif", "heic": "image/heic", "svg": "image/svg+xml", "mp4": "video/mp4",
    "mov": "video/quicktime", "webm": "video/webm", "avi": "video/x-msvideo", "m4a": "audio/mp4",
    "ogg": "audio/ogg", "opus": "audio/ogg", "wav": "audio/wav", "mp3": "audio/mpeg",
}  # fmt: skip
# What must not be left of any of them: places, devices, comments, scripts, files within files.
TRACES = (
    b"Exif\x00", b"GPSL", b"<?xpacket", b"http://ns.adobe.com", b"<script", b"<?php", b"alert(",
    b"com.apple.quicktime", b"\xa9xyz", b"MotionPhoto", b"PK\x03\x04", b"%PDF", b"iPhone",
    b"samsung", b"Pixel",
)  # fmt: skip
SHOWN = {
    "picture": ("image/",),
    "animation": ("image/", "video/mp4"),
    "audio": ("audio/mp4",),
    "video": ("video/mp4", "image/"),
}


def wanted(shared: Path) -> dict[str, dict[str, Any]]:
    """The list, without the file of names."""
    found: dict[str, dict[str, Any]] = json.loads(
        (shared / "media/expected.json").read_text(encoding="utf-8")
    )
    return {name: one for name, one in found.items() if one["expect"] != "n/a"}


def family(name: str) -> str:
    """Half a dozen groups of files, so that no test takes long."""
    top, _, rest = name.partition("/")
    return f"{top} {rest[:4]}" if top == "hostile" and rest[:4] in ("bomb", "ffmp", "svg_") else top


FAMILIES = ["audio", "image", "video", "hostile", "hostile bomb", "hostile ffmp", "hostile svg_"]


async def judged(
    client: httpx.AsyncClient, name: str, expected: dict[str, Any], media: dict[str, Any] | None
) -> list[str]:
    """What is wrong with how a file ended; None: it was refused before its first byte."""
    expect = expected["expect"]
    if media is None:
        return [] if expect == "reject" else ["refused at once"]
    if media["state"] == "refused":
        reason = media["refusal"]
        faults = [] if "reject" in expect else [f"refused: {reason}"]
        return faults + ([] if reason["message"] and not media["files"] else ["half shown"])
    if media["state"] != "ready":
        return [f"stuck: {media['state']}"]
    if media["kind"] == "file":
        got = await client.get(media["url"])
        safe = (
            name.endswith(".svg")  # no picture, but whatever is no picture may be downloaded
            and got.headers["content-disposition"].startswith("attachment")
            and got.headers["content-type"] == "application/octet-stream"
            and "sandbox" in got.headers["content-security-policy"]
        )
        return [] if safe else [f"taken as a plain file of {media['type']}"]
    if expect == "reject":
        return [f"taken as {media['kind']}"]
    faults = []
    for file in media["files"]:
        got = await client.get(file["url"])
        if got.status_code != 200 or len(got.content) != file["size"]:
            faults.append(f"{file['rendition']}: {got.status_code}")
        if not file["type"].startswith(SHOWN[media["kind"]]):
            faults.append(f"{file['rendition']} is {file['type']}")
        faults += [
            f"{file['rendition']} holds {trace!r}" for trace in TRACES if trace in got.content
        ]
    if media["kind"] != "audio" and not (media["width"] and media["height"]):
        faults.append("has no size")
    return faults


@pytest.mark.timeout(600)
@pytest.mark.parametrize("group", FAMILIES)
async def test_every_file_ends_as_it_should(
    small_world: World, shared_data: Path, group: str
) -> None:
    here = small_world
    some = {name: one for name, one in wanted(shared_data).items() if family(name) == group}
    assert some
    faults = []
    async with here.client(here.ana) as client:
        for name, expected in some.items():
            content = (shared_data / "media" / name).read_bytes()
            kind = TYPES[name.rpartition(".")[2]]
            key = ""
            if content:
                key = await bring(client, content, Path(name).name, filetype=kind)
                await here.house.worker.run_due()
                media = (await client.get(f"/api/media/{key}")).json()
            else:
                media = None
            faults += [f"{name}: {fault}" for fault in await judged(client, name, expected, media)]
            if key:
                assert (await client.delete(f"/api/media/{key}")).status_code == 200
    await here.house.worker.run_due()
    await sweep(here)
    assert faults == []
    assert await stored(here) == {}
    assert waiting(here) == []


async def test_no_svg_becomes_a_photo(small_world: World, shared_data: Path) -> None:
    here = small_world
    async with here.client(here.ana) as client:
        for place in sorted((shared_data / "media/hostile").glob("svg_*")):
            kind = TYPES[place.suffix[1:]]
            key = await bring(client, place.read_bytes(), place.name, filetype=kind)
            await here.house.worker.run_due()
            body = {"client_id": f"put-{key}", "media_id": key}
            answer = await client.put("/api/profile/photo", json=body)
            assert answer.status_code in (409, 422), place.name
