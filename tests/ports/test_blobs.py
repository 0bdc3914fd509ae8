"""The contract of the blobs, in a folder and in a bucket."""

import asyncio
import contextlib
import hashlib
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from entregent.ports.blobs import (
    Blob,
    BlobMissing,
    Blobs,
    BlobsUnavailable,
    BlobTooLarge,
    open_blobs,
)
from tests.servers.seaweed import SeaweedServer

NOTHING = hashlib.sha256(b"").hexdigest()
ABSENT = "0" * 64


@pytest.fixture(scope="module")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedServer]:
    with SeaweedServer(tmp_path_factory.mktemp("seaweed")) as server:
        yield server


@pytest.fixture(params=["folder", "s3"])
def blobs(request: pytest.FixtureRequest, tmp_path: Path) -> Blobs:
    """An empty store of each kind."""
    if request.param == "folder":
        return open_blobs((tmp_path / "blobs of this test").as_uri())
    server: SeaweedServer = request.getfixturevalue("seaweed")
    return open_blobs(server.url.replace("?", f"/{hash(request.node.name) & 0xFFFFFF}?", 1))


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def pieces(content: bytes, size: int) -> AsyncIterator[bytes]:
    for start in range(0, len(content), size):
        yield content[start : start + size]


async def keys(blobs: Blobs, beginning: str = "", kept_before: int | None = None) -> set[str]:
    return {blob.key async for blob in blobs.keys(beginning, kept_before=kept_before)}


def left_aside(folder: Path) -> list[Path]:
    return list(folder.rglob("incoming-*"))


@pytest.mark.parametrize("size", [0, 1, 65_536, 3_000_000])
async def test_what_is_put_is_got(blobs: Blobs, size: int) -> None:
    content = os.urandom(size)
    blob = await blobs.put(content)
    assert blob == Blob(digest(content), size)
    assert await blobs.get(blob.key) == content
    assert await blobs.head(blob.key) == blob
    assert b"".join([piece async for piece in blobs.stream(blob.key)]) == content


@pytest.mark.parametrize(
    ("size", "piece"), [(0, 1), (5, 1), (1_000_000, 65_536), (7_000_000, 1_000_000)]
)
async def test_a_stream_is_put_like_bytes(blobs: Blobs, size: int, piece: int) -> None:
    content = os.urandom(size)
    blob = await blobs.put(pieces(content, piece), limit=size)
    assert blob == Blob(digest(content), size)
    assert await blobs.get(blob.key) == content


@pytest.mark.parametrize(
    ("start", "end"),
    [(0, 1), (0, None), (3, 7), (999, 1000), (999, None), (990, 5000), (5, 5), (7, 3),
     (1000, None), (1000, 1001), (5000, 6000), (0, 0)],
)  # fmt: skip
async def test_ranges_are_those_of_python(blobs: Blobs, start: int, end: int | None) -> None:
    content = bytes(range(250)) * 4
    key = (await blobs.put(content)).key
    assert await blobs.get(key, start, end) == content[start:end]
    assert b"".join([p async for p in blobs.stream(key, start, end)]) == content[start:end]


async def test_a_range_from_the_end_is_refused(blobs: Blobs) -> None:
    key = (await blobs.put(b"content")).key
    with pytest.raises(ValueError, match="beginning"):
        await blobs.get(key, -3)


async def test_a_large_blob_is_streamed_in_pieces(blobs: Blobs) -> None:
    content = os.urandom(4_000_000)
    key = (await blobs.put(content)).key
    sizes = [len(piece) async for piece in blobs.stream(key, 10)]
    assert sum(sizes) == len(content) - 10
    assert len(sizes) > 2


async def test_the_same_content_is_kept_once(blobs: Blobs) -> None:
    first = await blobs.put(b"the same")
    assert await blobs.put(pieces(b"the same", 3)) == first
    assert await keys(blobs) == {first.key}
    assert await blobs.get(first.key) == b"the same"


async def test_many_at_once(blobs: Blobs) -> None:
    contents = [os.urandom(50_000) for _ in range(20)]
    kept = await asyncio.gather(*(blobs.put(pieces(c, 9_000)) for c in contents + contents))
    assert {blob.key for blob in kept} == {digest(c) for c in contents} == await keys(blobs)


async def test_what_is_too_large_is_refused_at_once_and_leaves_nothing(blobs: Blobs) -> None:
    asked = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal asked
        while True:
            asked += 1
            yield bytes(10_000)

    with pytest.raises(BlobTooLarge):
        await blobs.put(endless(), limit=25_000)
    assert asked == 3
    with pytest.raises(BlobTooLarge):
        await blobs.put(bytes(101), limit=100)
    assert (await blobs.put(bytes(100), limit=100)).size == 100
    assert await keys(blobs) == {digest(bytes(100))}


async def test_a_blob_is_there_only_when_complete(blobs: Blobs) -> None:
    go_on = asyncio.Event()

    async def slow() -> AsyncIterator[bytes]:
        yield b"first half, "
        await go_on.wait()
        yield b"second half"

    putting = asyncio.create_task(blobs.put(slow()))
    await asyncio.sleep(0.02)
    assert await keys(blobs) == set()
    go_on.set()
    assert await keys(blobs) <= {(await putting).key}
    assert await blobs.get(putting.result().key) == b"first half, second half"


async def test_an_upload_that_breaks_off_leaves_nothing(blobs: Blobs, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield bytes(700_000)
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await blobs.put(broken())
    assert await keys(blobs) == set()
    assert left_aside(tmp_path) == []


async def test_a_cancelled_upload_leaves_nothing(blobs: Blobs, tmp_path: Path) -> None:
    async def stuck() -> AsyncIterator[bytes]:
        yield bytes(700_000)
        await asyncio.sleep(60)

    putting = asyncio.create_task(blobs.put(stuck()))
    await asyncio.sleep(0.05)
    putting.cancel()
    with contextlib.suppress(asyncio.CancelledError):
        await putting
    assert await keys(blobs) == set()
    assert left_aside(tmp_path) == []


async def test_what_is_not_there_is_missing(blobs: Blobs) -> None:
    for key in (ABSENT, "", "ab", "../../etc/passwd", "AB" * 32, f"{NOTHING}/x", "a" * 63 + "\n"):
        with pytest.raises(BlobMissing):
            await blobs.head(key)
        with pytest.raises(BlobMissing):
            await blobs.get(key)
        with pytest.raises(BlobMissing):
            await blobs.get(key, 3, 5)
        with pytest.raises(BlobMissing):
            await blobs.get(key, 5, 5)
        with pytest.raises(BlobMissing):
            _ = [piece async for piece in blobs.stream(key)]
        await blobs.delete(key)


async def test_what_is_deleted_is_gone_and_can_be_put_again(blobs: Blobs) -> None:
    blob = await blobs.put(b"content")
    other = await blobs.put(b"other")
    await blobs.delete(blob.key)
    await blobs.delete(blob.key)
    with pytest.raises(BlobMissing):
        await blobs.get(blob.key)
    assert await keys(blobs) == {other.key}
    assert await blobs.put(b"content") == blob
    assert await blobs.get(blob.key) == b"content"


async def test_keys_are_listed_by_beginning(blobs: Blobs) -> None:
    made = {(await blobs.put(str(n).encode())).key for n in range(40)}
    assert await keys(blobs) == made
    for beginning in (
        "a",
        "5f",
        *[key[:2] for key in made][:3],
        min(made),
        min(made)[:9],
        "f" * 64,
    ):
        assert await keys(blobs, beginning) == {key for key in made if key.startswith(beginning)}
    for wrong in ("x", "A", "../", "0" * 65):
        with pytest.raises(ValueError, match="begins"):
            await keys(blobs, wrong)


async def test_a_sweep_can_leave_alone_what_is_young(blobs: Blobs) -> None:
    old = await blobs.put(b"old")
    renewed = await blobs.put(b"renewed")
    await asyncio.sleep(1.1)  # S3 counts whole seconds.
    moment = int(time.time()) * 1000
    await blobs.put(b"renewed")
    await blobs.put(b"new")
    assert await keys(blobs, kept_before=moment) == {old.key}
    assert renewed.key in await keys(blobs, kept_before=moment + 60_000)


async def test_a_store_that_is_down_says_so() -> None:
    blobs = open_blobs("s3://key:secret@bucket?endpoint=http://127.0.0.1:1")
    with pytest.raises(BlobsUnavailable):
        await blobs.get(ABSENT)


async def test_wrong_credentials_say_so(seaweed: SeaweedServer) -> None:
    blobs = open_blobs(seaweed.url.replace("not-a-secret", "wrong"))
    with pytest.raises(BlobsUnavailable):
        await blobs.put(b"content")
    with pytest.raises(BlobsUnavailable):
        await blobs.get(ABSENT)


def test_a_killed_process_leaves_no_half_blob(tmp_path: Path) -> None:
    program = textwrap.dedent(
        """
        import asyncio, os, sys
        from entregent.ports.blobs import open_blobs

        async def main():
            blobs = open_blobs(sys.argv[1])
            async def content():
                for _ in range(100):
                    yield os.urandom(100_000)
            print("started", flush=True)
            while True:
                print((await blobs.put(content())).key, flush=True)

        asyncio.run(main())
        """
    )
    url = (tmp_path / "blobs").as_uri()
    with subprocess.Popen(
        [sys.executable, "-c", program, url],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    ) as process:
        assert process.stdout is not None
        acknowledged = [process.stdout.readline().strip() for _ in range(3)][1:]
        time.sleep(0.03)
        process.send_signal(signal.SIGKILL)
        acknowledged += process.stdout.read().split()

    async def check() -> set[str]:
        blobs = open_blobs(url)
        found = await keys(blobs)
        for key in found:
            assert digest(await blobs.get(key)) == key
        return found

    assert set(acknowledged) <= asyncio.run(check())


async def test_what_was_abandoned_is_swept_after_a_day(tmp_path: Path) -> None:
    open_blobs(tmp_path.as_uri())
    old, young = (tmp_path / ".incoming" / name for name in ("incoming-old", "incoming-young"))
    for path in (old, young):
        path.write_bytes(b"half")
    os.utime(old, (time.time() - 90_000,) * 2)
    open_blobs(tmp_path.as_uri())
    assert not old.exists()
    assert young.exists()


@pytest.mark.parametrize(
    "url",
    ["", "/folder", "file:folder", "file://host/folder", "s3://", "s3://b?colour=red", "gs://b"],
)
def test_a_url_that_names_no_store_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        open_blobs(url)
