"""Stories over HTTP as a browser tells and watches them."""

import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.media.bringing import bring, png
from tests.world import World

HOUR = 3_600


def key() -> str:
    """A client id."""
    return uuid.uuid4().hex


def card(text: str = "A tip for today", **more: Any) -> dict[str, Any]:
    """A text card."""
    return {"kind": "text", "text": text, "look": "sea", **more}


def sticker(kind: str, name: str = "s1", **more: Any) -> dict[str, Any]:
    """Something put in the middle of a frame."""
    return {"id": name, "kind": kind, "x": 500, "y": 500, **more}


class Teller:
    """One member's browser, as far as stories go."""

    def __init__(self, world: World, member: int) -> None:
        self.world = world
        self.member = member

    async def ask(self, method: str, path: str, expect: int = 200, **body: Any) -> Any:
        """Asks for something; the client id comes by itself."""
        async with self.world.client(self.member) as client:
            sent = {"client_id": key(), **body} if method in ("POST", "PUT", "PATCH") else None
            answer = await client.request(method, path, json=sent)
        assert answer.status_code == expect, answer.text
        return answer.json()

    async def get(self, path: str, expect: int = 200) -> Any:
        return await self.ask("GET", path, expect)

    async def tell(
        self,
        *frames: dict[str, Any],
        who: str = "connections",
        ref: str | None = None,
        hidden: tuple[int, ...] = (),
        settle: bool = True,
        **more: Any,
    ) -> dict[str, Any]:
        """Publishes a story, and has the jobs done."""
        audience = {"who": who, "ref": ref, "hidden_from": [str(one) for one in hidden]}
        said = {"frames": list(frames) or [card()], "audience": audience, **more}
        answer: dict[str, Any] = (await self.ask("POST", "/api/stories", **said))["story"]
        if settle:
            await self.world.house.worker.run_due()
        return answer

    async def row(self) -> dict[str, Any]:
        found: dict[str, Any] = await self.get("/api/stories")
        return found

    async def rings(self) -> list[str]:
        """Whose rings there are."""
        return [one["card"]["id"] for one in (await self.row())["tellers"]]

    async def open(self, author: int, expect: int = 200) -> Any:
        return await self.get(f"/api/stories/{author}", expect)

    async def see(self, story: dict[str, Any], frames: int = 1) -> None:
        seen = {"author_id": story["author_id"], "story_id": story["id"], "frames": frames}
        await self.ask("POST", "/api/stories/seen", seen=[seen])

    async def bring(self, width: int = 40) -> str:
        """A picture that has been received, and is not worked on yet."""
        async with self.world.client(self.member) as client:
            return await bring(client, png(width), "photo.png", filetype="image/png")

    async def fetch(self, url: str, known: str | None = None) -> httpx.Response:
        """A file; `known` is the tag of what the browser has of it already."""
        headers = {} if known is None else {"if-none-match": known}
        async with self.world.client(self.member) as client:
            return await client.get(url, headers=headers)


def path_of(story: dict[str, Any], rest: str = "") -> str:
    """Where a story is."""
    return f"/api/stories/{story['author_id']}/{story['id']}{rest}"


@pytest.fixture
def house(make_world: Callable[..., World], tmp_path: Path, conversions_kept: None) -> World:
    """The world on both databases, with a store of its own."""
    return make_world(data=str(tmp_path / "data"), blobs=(tmp_path / "blobs").as_uri())
