"""What the tests of moderation say and look at."""

from itertools import count
from typing import Any

import httpx

from entregent.moderation import grant
from tests.world import World

_numbers = count(1)


class Seat:
    """Somebody at a browser."""

    def __init__(self, world: World, member: int | None) -> None:
        self.http = world.client(member)

    async def get(self, path: str) -> Any:
        answer = await self.http.get(path)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def post(self, path: str, **body: Any) -> httpx.Response:
        body.setdefault("client_id", f"moderation-{next(_numbers):05}")
        return await self.http.post(path, json=body)

    async def does(self, path: str, **body: Any) -> Any:
        answer = await self.post(path, **body)
        assert answer.status_code == 200, answer.text
        return answer.json()


def host(world: World, name: str = "Hana Host") -> tuple[int, Seat]:
    """Another member, who is a host, at a browser."""
    member = world.member(name)
    world.do(grant, member)
    return member, Seat(world, member)


def code(answer: httpx.Response) -> tuple[str, int]:
    return answer.json()["error"]["code"], answer.status_code
