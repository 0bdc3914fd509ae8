"""Bringing files over HTTP as the browser does, and looking at what is left of them."""

import base64
import shutil
import uuid
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx
import pytest

from entregent.media.jobnames import Sweep
from entregent.media.spool import Spool
from entregent.ports.jobs import HOUSE, enqueue
from tests.servers.seaweed import SeaweedServer
from tests.world import World

TUS = {"tus-resumable": "1.0.0"}
PART = {**TUS, "content-type": "application/offset+octet-stream"}
TEXT = b"plain text, as members send it\n"


def metadata(**said: str) -> str:
    """`Upload-Metadata` as tus has it."""
    return ",".join(
        f"{name} {base64.b64encode(value.encode()).decode()}" for name, value in said.items()
    )


async def announce(
    client: httpx.AsyncClient, length: int, name: str = "file.txt", key: str = "", **said: str
) -> httpx.Response:
    """Says that a file is about to come."""
    client_id = key or uuid.uuid4().hex
    headers = {
        **TUS,
        "upload-length": str(length),
        "upload-metadata": metadata(client_id=client_id, filename=name, **said),
    }
    return await client.post("/api/uploads", headers=headers)


async def part(
    client: httpx.AsyncClient, place: str, offset: int, content: bytes, **headers: str
) -> httpx.Response:
    """Sends a part of it."""
    sent = {**PART, "upload-offset": str(offset), **headers}
    return await client.patch(place, headers=sent, content=content)


async def offset(client: httpx.AsyncClient, place: str) -> int:
    """How far the server says it has come."""
    answer = await client.head(place, headers=TUS)
    assert answer.status_code == 200, answer.status_code
    return int(answer.headers["upload-offset"])


async def bring(
    client: httpx.AsyncClient, content: bytes, name: str = "file.txt", **said: str
) -> str:
    """Brings a whole file; gives its id."""
    announced = await announce(client, len(content), name, **said)
    assert announced.status_code == 201, announced.text
    place = announced.headers["location"]
    if content:
        sent = await part(client, place, 0, content)
        assert sent.status_code == 204, sent.text
    return place.rpartition("/")[2]


async def brought(
    world: World, client: httpx.AsyncClient, content: bytes, name: str = "file.txt", **said: str
) -> dict[str, Any]:
    """Brings a file and has it worked on; gives what its owner sees then."""
    key = await bring(client, content, name, **said)
    await world.house.worker.run_due()
    found: dict[str, Any] = (await client.get(f"/api/media/{key}")).json()
    return found


async def stored(world: World) -> dict[str, int]:
    """What the store holds: key and size."""
    assert world.ports.blobs is not None
    every = world.ports.blobs.keys()
    return {blob.key: blob.size async for blob in every}


def waiting(world: World) -> list[Path]:
    """What lies in the spool."""
    folder = Spool(world.ports.settings).folder
    return sorted(folder.iterdir()) if folder.is_dir() else []


async def sweep(world: World) -> None:
    """Does the chore now."""
    world.do(enqueue, Sweep(), owner=HOUSE, key="every", at=world.clock.now())
    await world.house.worker.run_due()


def in_path(text: str) -> str:
    """A text as a part of a path."""
    return quote(text, safe="")


@pytest.fixture
def here(make_world: Callable[..., World], tmp_path: Path, conversions_kept: None) -> World:
    """The world on both databases, with a folder and a store of its own."""
    return make_world(data=str(tmp_path / "data"), blobs=(tmp_path / "blobs").as_uri())


@pytest.fixture
def small_world(tmp_path: Path, sqlite_template: Path, conversions_kept: None) -> Iterator[World]:
    """The same on SQLite only, for what no database decides."""
    shutil.copy(sqlite_template, tmp_path / "world.db")
    data, blobs = str(tmp_path / "data"), (tmp_path / "blobs").as_uri()
    world = World(f"sqlite:///{tmp_path / 'world.db'}", data=data, blobs=blobs)
    yield world
    world.close()


@pytest.fixture(params=["folder", "s3"])
def anywhere(
    request: pytest.FixtureRequest,
    make_world: Callable[..., World],
    tmp_path: Path,
    conversions_kept: None,
) -> World:
    """The same with each kind of store."""
    if request.param == "folder":
        return make_world(data=str(tmp_path / "data"), blobs=(tmp_path / "blobs").as_uri())
    server: SeaweedServer = request.getfixturevalue("seaweed")
    place = f"/{hash(request.node.name) & 0xFFFFFF}?"
    return make_world(data=str(tmp_path / "data"), blobs=server.url.replace("?", place, 1))


def png(width: int = 40, height: int = 30, colour: bytes = b"\x20\x80\xc0") -> bytes:
    """A picture of one colour."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        check = zlib.crc32(kind + body).to_bytes(4, "big")
        return len(body).to_bytes(4, "big") + kind + body + check

    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\x00\x00\x00"
    rows = zlib.compress((b"\x00" + colour * width) * height)
    parts = (chunk(b"IHDR", head), chunk(b"IDAT", rows), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)
