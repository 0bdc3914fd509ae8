"""The server as a process: what goes over its socket, and how it ends."""

import asyncio
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from entregent.accounts import create_member, open_session
from entregent.kit.settings import Settings
from entregent.server.house import House
from tests.live.following import Tab
from tests.servers.processes import free_port

ENDING = """
import atexit
from entregent.__main__ import main
atexit.register(print, "taken down")
main()
"""


class Running:
    """A server process with one member."""

    def __init__(self, process: asyncio.subprocess.Process, port: int, cookie: str) -> None:
        self.process = process
        self.port = port
        self.cookie = cookie


@pytest.fixture
async def running(sqlite_template: Path, tmp_path: Path) -> AsyncIterator[Running]:
    shutil.copy(sqlite_template, tmp_path / "entregent.db")
    url = f"sqlite:///{tmp_path / 'entregent.db'}"
    house = House(Settings(database=url, data=str(tmp_path), mail="memory:"), node=900)
    member = house.db.write_now(create_member, "ana@example.org", "!", "Ana Lima", "fr")
    cookie = house.db.write_now(open_session, member, "local", "a test")
    house.db.close()
    port = free_port()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-P", "-m", "entregent", "serve", "--port", str(port),
        env={**os.environ, "ENTREGENT_DATA": str(tmp_path)},
        cwd=Path(__file__).parents[2],
        stdout=asyncio.subprocess.PIPE,
    )  # fmt: skip
    assert process.stdout
    assert b"is ready at" in await process.stdout.readline()
    yield Running(process, port, cookie)
    if process.returncode is None:
        process.kill()
    await process.communicate()


async def test_a_server_refuses_what_is_too_large_and_says_goodbye(running: Running) -> None:
    async with httpx.AsyncClient(
        base_url=f"http://127.0.0.1:{running.port}",
        headers={"x-entregent": "1"},
        cookies={"entregent": running.cookie},
    ) as client:
        for size in (1_100_000, 8_000_000):
            answer = await client.post(
                "/api/conversations/1/messages", content=b'{"text":"%s"}' % (b"x" * size)
            )
            assert answer.status_code == 413
            assert answer.json()["error"]["code"] == "kit.too_large"
        assert (await client.get("/healthz")).json()["status"] == "ok"
        page = await client.get("/", headers={"accept-encoding": "identity"})
        assert page.headers["content-type"].startswith("text/html")
        assert "server" not in page.headers

        start = (await client.get("/api/boot")).json()["cursor"]
        tab = await Tab(running.port, running.cookie).open(start)
        begun = asyncio.get_running_loop().time()
        running.process.send_signal(signal.SIGTERM)
        told = await tab.next()
        assert (told.kind, told.data) == ("bye", "shutdown")
        assert await tab.ended()
        await tab.close()
    assert await asyncio.wait_for(running.process.wait(), 10) in {0, -signal.SIGTERM}
    assert asyncio.get_running_loop().time() - begun < 4  # the stream did not keep it waiting


@pytest.mark.parametrize(("word", "code"), [("--version", 0), ("--nonsense", 2)])
def test_a_command_is_over_when_it_has_done_its_work(word: str, code: int) -> None:
    """What libraries would do while the interpreter is taken down has aborted finished exports."""
    done = subprocess.run(
        [sys.executable, "-P", "-c", ENDING, word],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        check=False,
    )
    assert done.returncode == code
    assert b"taken down" not in done.stdout
    assert b"entregent" in (done.stderr if code else done.stdout)
