"""(d) Start-up, memory at rest with the demo, memory of an idle follower with 2,000 of them."""

import argparse
import asyncio
import resource
import shutil
import subprocess
import sys

from entregent.accounts import create_member, open_session
from entregent.server.config import settings
from entregent.server.house import House

from .load import StreamReader, follow
from .send import BARE
from .server import Server, folder
from .table import show, spread

FOLLOWERS = 2_000


def main(chosen: argparse.Namespace) -> None:
    """Runs and prints."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (8192, 8192))
    data = folder()
    subprocess.run(
        [sys.executable, "-P", "-m", "entregent", "demo", "--data", data],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    house = House(settings(data=data))
    cookies = []
    for number in range(FOLLOWERS):
        member = house.db.write_now(
            create_member, f"idle{number}@bench.example", "", f"Idle {number}", "en", True
        )
        cookies.append(house.db.write_now(open_session, member, "local", "bench"))
    house.db.close()
    starts, rests, each, bare_starts, bare_rests = [], [], [], [], []
    for _ in range(chosen.rounds):
        with Server(data, BARE) as server:
            bare_starts.append(server.started_in)
            bare_rests.append(server.memory())
        with Server(data) as server:
            starts.append(server.started_in)
            rests.append(server.memory())
            each.append(asyncio.run(_followers(server, cookies)))
    shutil.rmtree(data)
    show(
        f"Standing still, {chosen.rounds} rounds",
        ["", "Entregent", "bare handler", "ratio"],
        [
            [
                "start to first answer, s",
                spread(starts, 2),
                spread(bare_starts, 2),
                spread([a / b for a, b in zip(starts, bare_starts, strict=True)], 1),
            ],
            [
                "memory at rest with the demo, MB",
                spread(rests, 1),
                spread(bare_rests, 1),
                spread([a / b for a, b in zip(rests, bare_rests, strict=True)], 1),
            ],
            [f"kB for each of {FOLLOWERS:,} idle followers", spread(each, 1), "", ""],
        ],
    )


async def _followers(server: Server, cookies: list[str]) -> float:
    loop = asyncio.get_running_loop()

    async def warm(cookie: str) -> StreamReader:
        _, reader = await loop.create_connection(
            lambda: StreamReader(follow(server.host, cookie), lambda _: None),
            "127.0.0.1",
            server.port,
        )
        await reader.opened
        return reader

    readers = [await warm(cookie) for cookie in cookies[:50]]  # what the first ones cost once
    await asyncio.sleep(1)
    before = server.memory()
    readers += [await warm(cookie) for cookie in cookies[50:]]
    await asyncio.sleep(1)
    grown = server.memory() - before
    for reader in readers:
        reader.transport.close()
    return grown * 1024 / (len(cookies) - 50)
