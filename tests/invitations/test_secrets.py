"""The sender never learns of ignored, rule, template or strength: all that the API and the stream
tell is the same whatever the receiver did in silence."""

import json
import shutil
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from entregent.invitations import Rules
from entregent.invitations.actions.arranging import set_rules
from entregent.invitations.actions.running import undo
from entregent.invitations.desk import Condition, RuleDraft
from tests.invitations.asking import asked, do, finish
from tests.world import Cast, World

SECRET = (
    "ignored", "template", "closeness", "alike", "mass_inviter", "empty_profile", "no_photo",
    "held",
    "rule_id", "rule_name", "said_unknown", "unknown", "strength", "wrote", "rate",
)  # fmt: skip
NOTE = "I would be honoured to join your prestigious network of professionals!"

Doing = Callable[[World, int], Awaitable[None]]


async def nothing(world: World, key: int) -> None:
    """The receiver has not looked."""


async def ignoring(world: World, key: int) -> None:
    do(world, world.ana, [key], "ignore")


async def following(world: World, key: int) -> None:
    do(world, world.ana, [key], "follow")


async def not_knowing(world: World, key: int) -> None:
    do(world, world.ana, [key], "unknown")


async def reporting(world: World, key: int) -> None:
    do(world, world.ana, [key], "report", "spam")


async def thinking_better(world: World, key: int) -> None:
    run = do(world, world.ana, [key], "ignore")
    world.do(undo, world.ana, int(run.id), Rules())


async def ruling(world: World, key: int) -> None:
    draft = RuleDraft(name="bare", when=Condition(), then="ignore")
    world.do(set_rules, world.ana, [draft])
    async with world.client(world.ana) as client:
        body = {"client_id": "rules-run-1"}
        assert (await client.post("/api/invitations/rules/run", json=body)).status_code == 200
    await finish(world)


async def copying(world: World, key: int) -> None:
    """The note turns out to be a template."""
    for one in world.members(6):
        asked(world, one, world.ana, NOTE)


async def writing_down(world: World, key: int) -> None:
    async with world.client(world.ana) as client:
        body: dict[str, Any] = {
            "client_id": "words-0001",
            "tags": ["bore"],
            "note": "Why?",
            "cadence_days": None,
        }
        await client.put(f"/api/people/{world.emi}/mine", json=body)
        await client.get(f"/api/people/{world.emi}/tie")
        await client.get(f"/api/invitations/{key}")


SILENT = [
    ignoring, following, not_knowing, reporting, thinking_better, ruling, copying, writing_down,
]  # fmt: skip


async def everything_told(world: World, me: int, other: int, key: int) -> dict[str, Any]:
    """All that a sender can ask about, with the statuses."""
    told: dict[str, Any] = {}
    async with world.client(me) as client:
        for path in (
            "/api/boot",
            "/api/counts",
            "/api/invitations?box=sent",
            "/api/invitations",
            "/api/invitations?box=archive",
            f"/api/invitations/{key}",
            f"/api/invitations/to/{other}",
            "/api/invitations/runs",
            "/api/inbox?view=all",
            f"/api/cards?ids={other}",
            f"/api/people/{other}/tie",
            f"/api/people/{other}/mine",
            "/api/profiles/ana-lima",
            "/api/connections",
            "/api/follows",
            "/api/suggestions",
            "/api/notices",
        ):
            answer = await client.get(path)
            told[path] = (answer.status_code, answer.json())
        body = {"client_id": "again-0001", "member_id": str(other), "reason": "other"}
        answer = await client.post("/api/invitations", json=body)
        told["again"] = (answer.status_code, answer.json())
        for verb in ("accept", "refuse", "release"):
            tried = {"client_id": f"try-{verb}-1", "ids": [str(key)], "verb": verb}
            answer = await client.post("/api/invitations/actions", json=tried)
            told[verb] = (answer.status_code, answer.json())
    told["log"] = world.log(me)
    return told


async def seen_after(template: Path, cast: Cast, place: Path, doing: Doing) -> Any:
    """What the sender is told after the receiver has done something, in a world of its own."""
    path = place / f"{doing.__name__}.db"
    shutil.copy(template, path)
    world = World(f"sqlite:///{path}", cast)
    key = asked(world, world.emi, world.ana, NOTE)
    await doing(world, key)
    world.clock.at = world.clock.now() // 3_600_000 * 3_600_000 + 3_600_000
    told = await everything_told(world, world.emi, world.ana, key)
    async with world.client(world.emi) as client:
        body = {"client_id": "withdraw-1"}
        answer = await client.post(f"/api/invitations/{key}/withdraw", json=body)
        told["withdrawn"] = (answer.status_code, answer.json())
    told["log at last"] = world.log(world.emi)
    world.close()
    return without_ids(told, {})


def without_ids(told: Any, known: dict[str, str]) -> Any:
    """The same with each id replaced by the order in which it was met, and no moments."""
    if isinstance(told, dict):
        return {
            key: "…"
            if key in {"cursor", "at", "expires_at", "resets_at", "again_at", "retry_after"}
            else without_ids(value, known)
            for key, value in told.items()
        }
    if isinstance(told, (list, tuple)):
        return [without_ids(one, known) for one in told]
    if isinstance(told, str) and told.isdigit() and len(told) > 12:
        return known.setdefault(told, f"id {len(known)}")
    return told


@pytest.mark.parametrize("doing", SILENT, ids=[one.__name__ for one in SILENT])
async def test_the_sender_is_told_the_same(
    sqlite_world: tuple[Path, Cast], tmp_path: Path, doing: Doing
) -> None:
    quiet = await seen_after(*sqlite_world, tmp_path, nothing)
    loud = await seen_after(*sqlite_world, tmp_path, doing)
    assert loud == quiet
    text = json.dumps(loud["/api/invitations?box=sent"]) + json.dumps(loud["log"])
    for word in SECRET:
        assert f'"{word}"' not in text, word


async def test_a_held_one_is_like_any_other_to_its_sender(make_world: Callable[..., World]) -> None:
    world = make_world()
    async with world.client(world.ana) as client:
        body = {"client_id": "settings-1", "door": "nobody"}
        await client.patch("/api/invitations/settings", json=body)
    async with world.client(world.emi) as emi, world.client(world.chloe) as chloe:
        asked_held = {"client_id": "ask-00001", "member_id": str(world.ana), "reason": "other"}
        held = (await emi.post("/api/invitations", json=asked_held)).json()
        before = (await emi.get(f"/api/invitations/to/{world.ana}")).json()
        body = asked_held | {"member_id": str(world.bruno)}
        shown = (await emi.post("/api/invitations", json=body | {"client_id": "ask-00002"})).json()
        assert held["invitation"].keys() == shown["invitation"].keys()
        assert held["invitation"]["about"] is shown["invitation"]["about"] is None
        assert before["why_not"] == "sent"
        fresh = (await chloe.get(f"/api/invitations/to/{world.ana}")).json()
        assert (fresh["why_not"], fresh["line"], fresh["asks_email"]) == (None, "", False)


async def test_nobody_else_hears_of_an_acceptance(world: World) -> None:
    """Quiet by default (N2)."""
    key = asked(world, world.emi, world.ana)
    others = (world.bruno, world.chloe, world.diego)
    heard = [world.cursor(one) for one in others]
    do(world, world.ana, [key], "accept")
    await finish(world)
    assert [world.cursor(one) for one in others] == heard
