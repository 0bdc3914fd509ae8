"""Trying the demo from the page: only on this machine, and only while there is nobody here."""

import asyncio
import os
import sys
from dataclasses import dataclass
from ipaddress import ip_address
from typing import Literal

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Routes
from entregent.kit.settings import Settings

from .fact import is_empty, is_made

routes = Routes("server")


class DemoState(msgspec.Struct):
    """`offered`: it can be made; `filling`: it is being made; `ready`: sign in as one of the cast;
    `none`: this is no place for one. Progress is `done` of `total`."""

    state: Literal["offered", "filling", "ready", "none"]
    done: int = 0
    total: int = 0


class MakeDemo(msgspec.Struct):
    """Asks for a demo; a small one is ready at once."""

    client_id: ClientId
    small: bool = False


@dataclass
class _Filling:
    task: asyncio.Task[None] | None = None
    done: int = 0
    total: int = 0


_under_way: dict[str, _Filling] = {}  # by database


@routes.get("/api/demo", access="anyone")
async def state(call: Call) -> DemoState:
    """How this instance stands to the demo."""
    ports = call.ports
    if await is_made(ports):
        return DemoState("ready")
    filling = _under_way.get(ports.settings.database)
    if filling is not None:
        return DemoState("filling", filling.done, filling.total)
    offered = _is_near(call) and await ports.db.read(is_empty)
    return DemoState("offered" if offered else "none")


@routes.post("/api/demo", access="anyone")
async def make(call: Call, body: MakeDemo) -> DemoState:
    """Fills an empty instance with the demo, and answers when it is ready."""
    if not _is_near(call):
        raise Refusal("server.demo_from_here_only", status=403)
    if await is_made(call.ports):
        return DemoState("ready")
    settings = call.ports.settings
    filling = _under_way.get(settings.database)
    if filling is None:
        if not await call.ports.db.read(is_empty):
            raise Refusal("server.demo_not_empty", status=409)
        filling = _under_way.setdefault(settings.database, _Filling())
        if filling.task is None:
            filling.task = asyncio.create_task(_fill(settings, filling, body.small))
            filling.task.add_done_callback(lambda _: _under_way.pop(settings.database))
    assert filling.task is not None
    await asyncio.shield(filling.task)  # whoever asked may leave; what was begun is finished
    await is_made(call.ports)
    return DemoState("ready")


async def _fill(settings: Settings, filling: _Filling, small: bool) -> None:
    """Runs `entregent demo` as a process: its memory and its work are not the server's."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-P", "-m", "entregent", "demo", "--progress", *(["--small"] if small else [])),
        env=os.environ
        | {
            "ENTREGENT_DATABASE": settings.database,
            "ENTREGENT_DATA": settings.data,
            "ENTREGENT_MAIL": "memory:",
            "ENTREGENT_BLOBS": settings.blobs,
        },
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdout is not None
    async for line in process.stdout:
        done, _, total = line.decode().partition(" ")
        filling.done, filling.total = int(done), int(total)
    if await process.wait():
        raise Refusal("server.demo_failed", status=500)


def _is_near(call: Call) -> bool:
    """Whether the request comes from this machine, and from no proxy on it."""
    if b"x-forwarded-for" in call.headers or b"forwarded" in call.headers:
        return False
    try:
        return ip_address(call.address).is_loopback
    except ValueError:
        return False
