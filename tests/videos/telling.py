"""Videos over HTTP as a browser publishes, watches and answers them."""

import tempfile
import uuid
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

import httpx
import pytest

from entregent.ports.db import Transaction
from entregent.videos import queries
from tests.media.bringing import bring
from tests.ports.codec.samples import film
from tests.world import World


def key() -> str:
    """A client id."""
    return uuid.uuid4().hex


@lru_cache
def clip(seconds: float = 1.0) -> bytes:
    """A film of a moment, with a picture and a tone."""
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "clip.mp4"
        return film(path, "mp4", picture="mpeg4", sound="aac", seconds=seconds).read_bytes()


@lru_cache
def sound() -> bytes:
    """A tone of a moment."""
    with tempfile.TemporaryDirectory() as place:
        return film(Path(place) / "sound.m4a", "mp4", sound="aac").read_bytes()


def set_live(tx: Transaction, author: int, video: int) -> None:
    """As if its film had been worked on: what the tests of words need not wait for."""
    state = {"new_state": "live", "new_published_at": tx.now}
    tx.run(queries.SET_STATE, author=author, video=video, **state)


class Speaker:
    """One member's browser, as far as videos go."""

    def __init__(self, world: World, member: int) -> None:
        self.world = world
        self.member = member

    async def send(self, method: str, path: str, **body: Any) -> httpx.Response:
        """Asks for something; the client id comes by itself."""
        async with self.world.client(self.member) as client:
            sent = {"client_id": key(), **body} if method in ("POST", "PUT", "PATCH") else None
            return await client.request(method, path, json=sent)

    async def ask(self, method: str, path: str, expect: int = 200, **body: Any) -> Any:
        answer = await self.send(method, path, **body)
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def get(self, path: str, expect: int = 200) -> Any:
        return await self.ask("GET", path, expect)

    async def bring(self, content: bytes = b"", **said: str) -> str:
        """A film that has been received, and is not worked on yet."""
        async with self.world.client(self.member) as client:
            given = {"filetype": "video/mp4", **said}
            return await bring(client, content or clip(), "clip.mp4", **given)

    async def publish(self, worked: bool = False, **more: Any) -> dict[str, Any]:
        """Publishes a video; `worked` has its film worked on."""
        media = more.pop("media_id", None) or await self.bring()
        said = {"media_id": media, "title": "How we test", **more}
        answer = await self.ask("POST", "/api/videos", **said)
        video: dict[str, Any] = answer["video"]
        if worked:
            await self.due()
        else:
            self.world.do(set_live, self.member, int(video["id"]))
        shown: dict[str, Any] = await self.open(video)
        return shown

    async def open(self, video: dict[str, Any], expect: int = 200) -> Any:
        found = await self.get(path_of(video), expect)
        return found["video"] if expect == 200 else found

    async def list(self, handle: str, rest: str = "", expect: int = 200) -> Any:
        return await self.get(f"/api/profiles/{handle}/videos{rest}", expect)

    async def say(self, video: dict[str, Any], text: str = "Well said", **more: Any) -> Any:
        return (await self.ask("POST", path_of(video, "/replies"), text=text, **more))["reply"]

    async def thread(self, video: dict[str, Any], rest: str = "", expect: int = 200) -> Any:
        return await self.get(path_of(video, f"/replies{rest}"), expect)

    async def fetch(self, url: str) -> httpx.Response:
        async with self.world.client(self.member) as client:
            return await client.get(url)

    async def due(self) -> None:
        """Has the jobs done, those too that wait a moment."""
        await self.world.house.worker.run_due()
        self.world.clock.forward(seconds=3)
        await self.world.house.worker.run_due()


def path_of(video: dict[str, Any], rest: str = "") -> str:
    """Where a video is."""
    return f"/api/videos/{video['author_id']}/{video['id']}{rest}"


@pytest.fixture
def house(make_world: Callable[..., World], tmp_path: Path, conversions_kept: None) -> World:
    """The world on both databases, with a store of its own."""
    return make_world(data=str(tmp_path / "data"), blobs=(tmp_path / "blobs").as_uri())
