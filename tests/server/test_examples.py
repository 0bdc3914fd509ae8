"""The examples of docs/reference/api.md, run against a server."""

import asyncio
import json
import os
import re
import shlex
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, NamedTuple

import httpx
import pytest

from entregent.accounts.access import add_token
from entregent.kit.scopes import Scope
from entregent.server.reference import PAGE
from entregent.webhooks.model import new_secret, signature
from tests.live.following import serving
from tests.messaging.talk import begin, say
from tests.world import World

SCOPES: tuple[Scope, ...] = ("messages.read", "messages.write", "network.read", "webhooks")
BLOCK = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)


class Block(NamedTuple):
    language: str
    text: str


def blocks() -> list[Block]:
    return [Block(*found) for found in BLOCK.findall(PAGE.read_text(encoding="utf-8"))]


class Place(NamedTuple):
    """A server, and what the examples are to know of it."""

    environment: dict[str, str]


@pytest.fixture
async def place(world: World) -> AsyncIterator[Place]:
    key = begin(world, world.ana, world.bruno)
    cursor = world.cursor(world.ana)
    say(world, world.bruno, key, "Shall we meet on Tuesday?")
    token = world.do(add_token, world.ana, "My first program", SCOPES, None)
    async with serving(world.house) as served:
        yield Place(
            {
                "ENTREGENT": f"http://127.0.0.1:{served.port}",
                "TOKEN": f"entregent_{token}",
                "CONVERSATION": str(key),
                "CURSOR": str(cursor),
            }
        )


async def curl(command: str, environment: dict[str, str]) -> httpx.Response:
    """What curl does with the options that the page uses."""
    for name, value in environment.items():
        command = command.replace(f"${name}", value)
    program, url, *options = shlex.split(command.replace("\\\n", " "))
    assert program == "curl"
    headers: dict[str, str] = {}
    data: str | None = None
    for option, value in zip(options[::2], options[1::2], strict=True):
        if option == "--header":
            name, _, said = value.partition(": ")
            headers[name] = said
        else:
            assert option == "--data"
            data = value
    async with httpx.AsyncClient() as client:
        method = "GET" if data is None else "POST"
        return await client.request(method, url, headers=headers, content=data)


def same_shape(shown: Any, given: Any, where: str = "") -> None:
    """The answer has the fields that the page shows, of the same types."""
    assert type(shown) is type(given), f"{where}: {shown!r} is shown, {given!r} came"
    if isinstance(shown, dict):
        assert shown.keys() == given.keys(), where
        for name in shown:
            same_shape(shown[name], given[name], f"{where}.{name}")
    elif isinstance(shown, list):
        assert bool(shown) == bool(given), where
        for one, other in zip(shown, given, strict=False):
            same_shape(one, other, where)


async def test_every_request_of_the_page_works(place: Place) -> None:
    shown = blocks()
    asked = 0
    for number, block in enumerate(shown):
        if block.language != "sh":
            continue
        answer = await curl(block.text, place.environment)
        after = shown[number + 1] if number + 1 < len(shown) else None
        refusal = after is not None and after.language == "json" and '"error"' in after.text
        assert (answer.status_code >= 400) is refusal, (block.text, answer.text)
        if after is not None and after.language == "json":
            same_shape(json.loads(after.text), answer.json())
        if refusal:
            assert after is not None
            assert answer.json() == json.loads(after.text)
        asked += 1
    assert asked >= 8


async def test_a_request_sent_again_happens_once(world: World, place: Place) -> None:
    [sending] = [one for one in blocks() if '"text": "Thank you' in one.text]
    first = await curl(sending.text, place.environment)
    again = await curl(sending.text, place.environment)
    assert first.json() == again.json()


async def test_every_program_of_the_page_runs(place: Place, tmp_path: Path) -> None:
    programs = [one.text for one in blocks() if one.language == "python"]
    said = []
    for number, text in enumerate(programs):
        path = tmp_path / f"example{number}.py"
        path.write_text(text, encoding="utf-8")
        child = await asyncio.create_subprocess_exec(
            sys.executable,
            str(path),
            env={**os.environ, **place.environment},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        out, errors = await child.communicate()
        assert child.returncode == 0, errors.decode()
        said.append(out.decode())
    reading, following, checking = said
    assert reading == f"{place.environment['CONVERSATION']} Shall we meet on Tuesday?\n"
    assert following == "message.sent\n"
    assert checking == ""


def test_the_page_checks_signatures_as_we_make_them() -> None:
    [text] = [one.text for one in blocks() if "def is_ours" in one.text]
    namespace: dict[str, Any] = {}
    exec(compile(text, str(PAGE), "exec"), namespace)
    secret, body, now = new_secret(bytes(range(32))), b'{"type":"webhook.ping"}', int(time.time())
    headers = {
        "Webhook-Id": "7",
        "Webhook-Timestamp": str(now),
        "Webhook-Signature": "v1,AAAA " + signature(secret, "7", now, body),
    }
    assert namespace["is_ours"](secret, headers, body)
    assert not namespace["is_ours"](secret, headers, body + b" ")
    assert not namespace["is_ours"](new_secret(bytes(32)), headers, body)
    late = {**headers, "Webhook-Timestamp": str(now - 301)}
    assert not namespace["is_ours"](secret, late, body)
