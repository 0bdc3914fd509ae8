"""A file dropped in the browser: taken in, read in a process of its own, told of, taken back."""

import io
import os
import uuid
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from entregent.messaging import counts
from entregent.ports.jobs import HOUSE, enqueue
from entregent.transfer.actions import start
from entregent.transfer.jobnames import SweepSpool
from entregent.transfer.spooling import work_folder
from tests.media.bringing import brought, png
from tests.world import World

FULL = "linkedin/Complete_LinkedInDataExport_03-09-2026.zip"


@pytest.fixture
def here(make_world: Callable[..., World], tmp_path: Path) -> World:
    """The world with a folder of its own."""
    return make_world(data=str(tmp_path / "data"))


def spooled(world: World) -> list[Path]:
    return list(work_folder(world.ports.settings).glob("*.part"))


async def send(
    client: httpx.AsyncClient, content: bytes, name: str = "archive.zip", key: str = ""
) -> httpx.Response:
    return await client.post(
        "/api/imports",
        params={"client_id": key or uuid.uuid4().hex},
        headers={"x-file-name": name, "content-type": "application/zip"},
        content=content,
    )


def told(world: World, me: int, after: int) -> list[dict[str, Any]]:
    return [event for event in world.log(me, after) if event["type"] == "import.progressed"]


async def test_from_the_drop_to_the_undo(here: World, shared_data: Path) -> None:
    me = here.emi
    content = (shared_data / FULL).read_bytes()
    before = here.cursor(me)
    async with here.client(me) as client:
        sent = await send(client, content, name="%C3%89t%C3%A9.zip", key="one-and-only")
        assert sent.status_code == 200
        begun = sent.json()["import"]
        assert (begun["state"], begun["file_name"]) == ("reading", "Été.zip")
        busy = await send(client, content)
        assert (busy.status_code, busy.json()["error"]["code"]) == (409, "transfer.already_running")
        assert len(spooled(here)) == 1
        await here.house.worker.run_due()
        assert spooled(here) == []
        answer = (await client.get(f"/api/imports/{begun['id']}")).json()
        done = answer["import"]
        assert (done["state"], done["refusal"]) == ("done", None)
        assert done["progress"]["done"] == done["progress"]["total"] > 749
        assert done["totals"]["imported"]["messages"] == 749
        files = {file["name"]: file for file in answer["report"]["files"]}
        assert (files["messages.csv"]["imported"], files["messages.csv"]["duplicates"]) == (749, 0)
        assert files["SearchQueries.csv"]["ignored"] == "sensitive"
        assert files["Invitations.csv"]["notes"] == ["not_shown_yet"]
        inbox = (await client.get("/api/inbox")).json()
        assert inbox["total"] == here.see(counts, me).inbox > 100
        assert {card["kind"] for card in inbox["cards"]} >= {"contact"}
        again = await send(client, content, key="one-and-only")
        assert again.json()["import"]["id"] == begun["id"]
        events = told(here, me, before)
        assert [event["import"]["state"] for event in events][-1] == "done"
        steps = [event["import"]["progress"]["done"] for event in events]
        assert steps == sorted(steps)
        assert len(set(steps)) > 3
        assert "inbox.refreshed" in [event["type"] for event in here.log(me, before)[-3:]]
        undo = {"client_id": uuid.uuid4().hex}
        undone = await client.post(f"/api/imports/{begun['id']}/undo", json=undo)
        assert undone.json()["import"]["state"] == "undoing"
        await here.house.worker.run_due()
        (one,) = (await client.get("/api/imports")).json()["imports"]
        assert one["state"] == "undone"
        assert (await client.get("/api/inbox")).json()["total"] == 0
        assert here.log(me, before)[-1]["type"] == "inbox.refreshed"
    async with here.client(here.ana) as stranger:
        assert (await stranger.get(f"/api/imports/{begun['id']}")).status_code == 404


async def test_what_is_hostile_is_refused_with_a_sentence(here: World, shared_data: Path) -> None:
    folder = shared_data / "linkedin" / "hostile"
    async with here.client(here.bruno) as client:
        content = (folder / "bomb_overlapping_entries.zip").read_bytes()
        begun = (await send(client, content)).json()["import"]
        await here.house.worker.run_due()
        one = (await client.get(f"/api/imports/{begun['id']}")).json()["import"]
        assert (one["state"], one["refusal"]["code"]) == ("refused", "transfer.corrupt")
        assert one["refusal"]["message"].startswith("Cette archive")  # Bruno reads French
        undo = {"client_id": uuid.uuid4().hex}
        answer = await client.post(f"/api/imports/{begun['id']}/undo", json=undo)
        assert answer.status_code == 409
        assert spooled(here) == []
        assert here.see(counts, here.bruno).all == 0


async def test_nothing_and_too_much_are_refused_at_once(
    make_world: Callable[..., World], tmp_path: Path
) -> None:
    world = make_world(data=str(tmp_path / "data"), max_import=1_000)
    async with world.client(world.emi) as client:
        empty = await send(client, b"")
        assert (empty.status_code, empty.json()["error"]["code"]) == (422, "transfer.empty")
        large = await send(client, b"x" * 1_001)
        assert (large.status_code, large.json()["error"]["code"]) == (413, "kit.too_large")
        assert spooled(world) == []
        assert (await client.get("/api/imports")).json() == {"imports": []}


async def test_a_copy_that_is_gone_is_refused(here: World) -> None:
    async with here.client(here.emi) as client:
        begun = (await send(client, b"PK\x05\x06" + bytes(18))).json()["import"]
        for path in spooled(here):
            path.unlink()
        await here.house.worker.run_due()
        one = (await client.get(f"/api/imports/{begun['id']}")).json()["import"]
        assert (one["state"], one["refusal"]["code"]) == ("refused", "transfer.unreadable")


async def test_a_file_at_which_the_process_ends_each_time_is_given_up(here: World) -> None:
    async with here.client(here.emi) as client:
        begun = (await send(client, b"PK\x05\x06" + bytes(18))).json()["import"]
        for _ in range(3):
            here.do(start, here.emi, int(begun["id"]))
        await here.house.worker.run_due()
        one = (await client.get(f"/api/imports/{begun['id']}")).json()["import"]
        assert (one["state"], one["refusal"]["code"]) == ("refused", "transfer.gave_up")
    assert spooled(here) == []


async def test_files_that_nobody_needs_are_swept(here: World) -> None:
    folder = work_folder(here.ports.settings)
    folder.mkdir(parents=True)
    old, new = folder / "old.part", folder / "new.part"
    for path in (old, new):
        path.touch()
    os.utime(old, (0, 0))
    here.do(enqueue, SweepSpool(), owner=HOUSE)
    await here.house.worker.run_due()
    assert spooled(here) == [new]


async def test_the_export_is_a_zip(here: World) -> None:
    async with here.client(here.emi) as client:
        answer = await client.get("/api/export")
    assert answer.headers["content-type"] == "application/zip"
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        assert {"Profile.csv", "x_entregent.json"} <= set(archive.namelist())
    assert spooled(here) == []


async def test_the_export_holds_the_files(make_world: Callable[..., World], tmp_path: Path) -> None:
    blobs = (tmp_path / "blobs").as_uri()
    world = make_world(data=str(tmp_path / "data"), blobs=blobs)
    async with world.client(world.emi) as client, world.client(world.ana) as other:
        mine = await brought(world, client, b"notes of mine", "été.txt")
        picture = await brought(world, client, png(), "me.png", filetype="image/png")
        await brought(world, other, b"not mine", "theirs.txt")
        answer = await client.get("/api/export")
    assert answer.status_code == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.content)) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if "media/" in name}
    assert files.pop(f"media/{mine['id']} été.txt") == b"notes of mine"
    ((name, content),) = files.items()
    assert name.startswith(f"media/{picture['id']} me.")
    assert content
