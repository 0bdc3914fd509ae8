"""The server killed at every stage of an upload and of the work on it: nothing stays stuck, nothing
is shown by half, no byte lies in the store that nobody knows of."""

import asyncio
import shutil
import textwrap
from pathlib import Path

import pytest
from sqlalchemy import select

from entregent.accounts import create_member
from entregent.kit.settings import Settings
from entregent.media.actions import Allowed, Begin, add, drop, finish, found, one
from entregent.media.spool import Spool
from entregent.media.tables import blob_claims, blobs
from entregent.ports.clock import StoppedClock
from entregent.ports.db import Transaction, statement
from entregent.server.house import House
from tests.media.bringing import png
from tests.servers.warm import Warm

# A worker that says each step before it takes it, and waits there for its end at the one asked for.
WORKER = textwrap.dedent(
    """
    import asyncio, signal, sys
    from entregent.kit.settings import Settings
    from entregent.ports.clock import StoppedClock
    from entregent.server.house import House

    step = sys.argv[2]

    def at(name):
        if name == step:
            print("here", flush=True)
            signal.pause()

    class Watched:
        def __init__(self, inner):
            self.inner = inner

        def __getattr__(self, name):
            return getattr(self.inner, name)

    class Codec(Watched):
        async def make(self, *given):
            at("before the codec")
            made = await self.inner.make(*given)
            at("after the codec")
            return made

    class Blobs(Watched):
        count = 0

        async def put(self, content):
            at(f"before put {self.count}")
            blob = await self.inner.put(content)
            at(f"after put {self.count}")
            self.count += 1
            return blob

        async def delete(self, key):
            at(f"before delete {self.count}")
            await self.inner.delete(key)
            at(f"after delete {self.count}")
            self.count += 1

    class Database(Watched):
        async def write(self, action, *args, **named):
            name = getattr(action, "__name__", "")
            at(f"before {name}")
            answer = await self.inner.write(action, *args, **named)
            at(f"after {name}")
            return answer

    async def main():
        data = sys.argv[1]
        settings = Settings(
            data=data,
            database=f"sqlite:///{data}/entregent.db",
            blobs=f"file://{data}/blobs",
            mail="memory:",
            push="none:",
        )
        house = House(settings, clock=StoppedClock(int(sys.argv[3])), node=900)
        ports = house.ports
        ports.codec = Codec(ports.codec)
        ports.blobs = Blobs(ports.blobs)
        ports.db = Database(ports.db)
        await house.worker.run_due()
        print("done", flush=True)

    asyncio.run(main())
    """
)

WORKING = [
    "after begin_work",
    "after the codec",
    "after claim",
    "after put 0",
    "before settle",
    "after settle",
]
REMOVING = ["after start_removal", "after delete 0"]


class Home:
    """One house's data, opened anew after each death."""

    def __init__(self, data: Path, template: Path, warm: Warm) -> None:
        self.data = data
        self.warm = warm
        self.clock = StoppedClock()
        data.mkdir()
        shutil.copy(template, data / "entregent.db")
        self.house = self.open()

    def open(self) -> House:
        url = f"sqlite:///{self.data / 'entregent.db'}"
        settings = Settings(
            data=str(self.data),
            database=url,
            blobs=(self.data / "blobs").as_uri(),
            mail="memory:",
            push="none:",
        )
        return House(settings, clock=self.clock)

    async def killed_at(self, step: str) -> None:
        """Has a worker of its own work until this step, and kills it there."""
        process = self.warm.run(WORKER, str(self.data), step, str(self.clock.now()))
        said = (await asyncio.to_thread(process.stdout.readline)).strip()
        await asyncio.to_thread(process.kill)
        assert said == "here", f"it never came to: {step}"

    async def work(self) -> None:
        """What another process does once the lease of the dead one has ended."""
        for _ in range(3):
            self.clock.forward(seconds=120)
            await self.house.worker.run_due()

    async def stored(self) -> set[str]:
        assert self.house.ports.blobs is not None
        every = self.house.ports.blobs.keys()
        return {blob.key async for blob in every}

    def known(self) -> tuple[set[str], set[str]]:
        """The blobs that have a row, and those that somebody claims."""
        return self.house.db.read_now(_known)


def _known(tx: Transaction) -> tuple[set[str], set[str]]:
    rows = tx.all(statement(select(blobs.c.blob_key)))
    claims = tx.all(statement(select(blob_claims.c.blob_key)))
    return {row.blob_key for row in rows}, {row.blob_key for row in claims}


@pytest.fixture
def home(tmp_path: Path, sqlite_template: Path, warm: Warm) -> Home:
    return Home(tmp_path / "data", sqlite_template, warm)


def received(home: Home, content: bytes) -> tuple[int, int]:
    """A picture that has been received whole; its owner and its id."""
    write = home.house.db.write_now
    me = write(create_member, "ana@example.org", "!", "Ana Lima", "en")
    asked = Begin("client-0001", len(content), "photo.png", "image/png")
    key = write(add, me, asked, Allowed(1 << 20, 1 << 30, 86_400_000))
    place = Spool(home.house.ports.settings).place(key)
    place.parent.mkdir(exist_ok=True)
    place.write_bytes(content)
    write(finish, me, key)
    return me, key


@pytest.mark.parametrize("step", WORKING)
async def test_killed_while_working(home: Home, step: str) -> None:
    me, key = received(home, png(700, 500))
    await home.killed_at(step)
    read = home.house.db.read_now
    row = read(found, me, key)
    media = read(one, me, key)
    assert row.state == media.state
    assert (media.state == "ready") is (step == "after settle")
    assert bool(media.files) is (media.state == "ready"), "shown by half"
    assert await home.stored() <= home.known()[0], "bytes that nobody knows of"
    await home.work()
    media = read(one, me, key)
    assert (media.state, media.refusal) == ("ready", None)
    stored = await home.stored()
    rows, claims = home.known()
    assert len(media.files) > 1
    assert stored == rows == claims
    assert len(stored) == len({file.url for file in media.files})
    assert list(Spool(home.house.ports.settings).folder.iterdir()) == []
    home.house.db.write_now(drop, me, key)
    await home.work()
    assert await home.stored() == set()
    assert home.known() == (set(), set())


@pytest.mark.parametrize("step", REMOVING)
async def test_killed_while_removing(home: Home, step: str) -> None:
    me, key = received(home, png(700, 500))
    await home.work()
    assert len(await home.stored()) > 1
    home.house.db.write_now(drop, me, key)
    await home.killed_at(step)
    await home.work()
    assert await home.stored() == set()
    assert home.known() == (set(), set())
    # The same bytes can come again.
    again = Begin("client-0002", len(png(700, 500)), "photo.png", "image/png")
    other = home.house.db.write_now(add, me, again, Allowed(1 << 20, 1 << 30, 86_400_000))
    Spool(home.house.ports.settings).place(other).write_bytes(png(700, 500))
    home.house.db.write_now(finish, me, other)
    await home.work()
    assert home.house.db.read_now(one, me, other).state == "ready"


async def test_what_kills_the_worker_each_time_is_refused(home: Home) -> None:
    me, key = received(home, png())
    for _ in range(4):
        await home.killed_at("before the codec")
        home.clock.forward(seconds=120)
    await home.work()
    media = home.house.db.read_now(one, me, key)
    assert media.refusal is not None
    assert (media.state, media.refusal.code) == ("refused", "media.gave_up")
    assert await home.stored() == set()
    assert list(Spool(home.house.ports.settings).folder.iterdir()) == []


async def test_removed_while_it_is_put(home: Home) -> None:
    """Its owner removes it while the worker, soon to be killed, puts its bytes."""
    me, key = received(home, png(700, 500))
    await home.killed_at("after put 0")
    home.house.db.write_now(drop, me, key)
    await home.work()
    assert await home.stored() == set()
    assert home.known() == (set(), set())


async def test_a_file_that_was_lost_is_refused(home: Home) -> None:
    me, key = received(home, png())
    Spool(home.house.ports.settings).place(key).unlink()
    await home.work()
    media = home.house.db.read_now(one, me, key)
    assert media.refusal is not None
    assert (media.state, media.refusal.code) == ("refused", "media.lost")
