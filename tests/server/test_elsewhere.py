"""What a member changes about their own is told to their other devices, and to nobody else."""

from typing import Any
from uuid import uuid4

import pytest

from tests.world import World

RULE = {"name": "Mine", "on": True, "when": {"note": "personal"}, "then": "keep"}

WRITES: list[tuple[str, str, str, dict[str, Any]]] = [
    ("invitation_rules", "PUT", "/api/invitations/rules", {"rules": [RULE]}),
    ("invitation_rules", "POST", "/api/invitations/rules/preset", {}),
    ("invitation_settings", "PATCH", "/api/invitations/settings", {"door": "nobody"}),
    ("senders", "PATCH", "/api/senders", {"far": "refuse"}),
    ("tokens", "POST", "/api/tokens", {"name": "Backup", "scopes": ["messages.read"], "days": 7}),
    (
        "webhooks",
        "POST",
        "/api/webhooks",
        {"url": "https://hear.example/", "kinds": ["message.sent"]},
    ),
    ("words", "PUT", "/api/people/{bruno}/mine", {"tags": ["ink"], "note": "", "cadence_days": 7}),
]


def told(world: World, member: int, after: int) -> list[dict[str, Any]]:
    """The parts that a member's pages are told to read again."""
    return [one for one in world.log(member, after) if one["type"] == "part.changed"]


@pytest.mark.parametrize(
    ("part", "method", "path", "body"), WRITES, ids=[f"{one[1]} {one[2]}" for one in WRITES]
)
async def test_a_write_is_told_to_its_member_alone(
    world: World, part: str, method: str, path: str, body: dict[str, Any]
) -> None:
    cursors = {one: world.cursor(one) for one in (world.ana, world.bruno)}
    place = path.format(bruno=world.bruno)
    async with world.client(world.ana) as client:
        sent = body | {"client_id": str(uuid4())}
        answer = await client.request(method, place, json=sent)
        assert answer.status_code == 200, answer.text
        heard = told(world, world.ana, cursors[world.ana])
        assert [one["part"] for one in heard] == [part]
        assert heard[0]["of"] == (str(world.bruno) if part == "words" else None)
        # The same request again changes nothing, and is not told again.
        await client.request(method, place, json=sent)
        assert told(world, world.ana, cursors[world.ana]) == heard
    assert world.log(world.bruno, cursors[world.bruno]) == []


async def test_what_is_taken_back_is_told_too(world: World) -> None:
    async with world.client(world.ana) as client:
        token = {"client_id": str(uuid4()), "name": "Backup", "scopes": ["messages.read"]}
        made = (await client.post("/api/tokens", json=token | {"days": 7})).json()["token"]["id"]
        cursor = world.cursor(world.ana)
        await client.delete(f"/api/tokens/{made}")
        await client.delete(f"/api/tokens/{made}")
    assert [one["part"] for one in told(world, world.ana, cursor)] == ["tokens"]


async def test_each_step_of_the_queue_is_told(world: World) -> None:
    async with world.client(world.emi) as client:
        asked = {
            "client_id": str(uuid4()),
            "member_id": str(world.ana),
            "reason": "same_profession",
        }
        key = (await client.post("/api/invitations", json=asked)).json()["invitation"]["id"]
    async with world.client(world.ana) as client:
        cursor = world.cursor(world.ana)
        body = {"client_id": str(uuid4()), "ids": [key], "verb": "reply", "text": "Hello"}
        place = f"/api/invitations/queue/{key}"
        for method, path, sent in (
            ("POST", "/api/invitations/queue", body),
            ("PATCH", place, {"client_id": str(uuid4()), "text": "Hello again"}),
            ("POST", f"{place}/send", {"client_id": str(uuid4())}),
        ):
            answer = await client.request(method, path, json=sent)
            assert answer.status_code == 200, answer.text
            parts = [one["part"] for one in told(world, world.ana, cursor)]
            assert parts == ["invitation_queue"], path
            cursor = world.cursor(world.ana)
