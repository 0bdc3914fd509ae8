"""The server killed at every stage of an upload and of the work on it: nothing stays stuck, nothing
is shown by half, no byte lies in the store that nobody knows of."""

import asyncio
import textwrap
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from entregent.accounts import open_session
from entregent.media.actions import Allowed, Begin, add, drop, finish, found, one
from entregent.media.spool import Spool
from entregent.media.tables import blob_claims, blobs
from entregent.ports.db import Transaction, statement
from tests.media.bringing import announce, offset, part, png, sweep
from tests.servers.seaweed import SeaweedServer
from tests.servers.warm import Warm
from tests.world import World

# A worker that says each step before it takes it, and waits there for its end at the one asked for.
WORKER = textwrap.dedent(
    """
    import asyncio, pathlib, signal, sys
    import httpx
    from entregent.kit.settings import Settings
    from entregent.media.spool import Spool
    from entregent.ports.clock import StoppedClock
    from entregent.server.app import build
    from entregent.server.house import House
    from tests.media.bringing import part
    from tests.world import ORIGIN

    data, database, store, moment, step, *upload = sys.argv[1:]

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
            made = asyncio.create_task(self.inner.make(*given))
            while step.startswith("drawn") and not made.done():
                # What the codec's process has made so far, beside its last words.
                drawn = [*given[1].glob(".codec-*/[0-9a-z]*")]
                if len(drawn) > int(step[-1]):
                    at(step)
                await asyncio.sleep(0)
            if step.startswith("drawn"):
                at(step)  # it was too quick to be seen at it
            at("after the codec")
            return await made

    class Blobs(Watched):
        count = 0

        async def put(self, content):
            at(f"before put {self.count}")
            async def pieces():
                async for piece in content:
                    half = len(piece) // 2
                    yield piece[:half]
                    at(f"half put {self.count}")
                    yield piece[half:]
            blob = await self.inner.put(pieces())
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

    def unlink(path, **named):
        gone(path, **named)
        if path.suffix == ".part":
            at("original removed")

    gone, pathlib.Path.unlink = pathlib.Path.unlink, unlink

    async def append(self, key, begin, pieces, length):
        async def some():
            async for piece in pieces:
                yield piece
            at("part received")
        reached = await keep(self, key, begin, some(), length)
        at("part kept")
        return reached

    keep, Spool.append = Spool.append, append

    async def main():
        settings = Settings(
            data=data, database=database, blobs=store, mail="memory:", push="none:", address=ORIGIN
        )
        house = House(settings, clock=StoppedClock(int(moment)), node=900)
        ports = house.ports
        ports.codec = Codec(ports.codec)
        ports.blobs = Blobs(ports.blobs)
        if upload:
            cookie, place, begin, source = upload
            client = httpx.AsyncClient(
                transport=httpx.ASGITransport(app=build(house)),
                base_url=ORIGIN,
                headers={"x-entregent": "1", "origin": ORIGIN},
                cookies={"entregent": cookie},
            )
            house.db = ports.db = Database(ports.db)
            await part(client, place, int(begin), pathlib.Path(source).read_bytes())
        else:
            ports.db = Database(ports.db)
            await house.worker.run_due()
        print("done", flush=True)

    asyncio.run(main())
    """
)

RECEIVING = ["part received", "part kept", "before finish", "after finish"]
WORKING = [
    "after begin_work",
    "drawn 1",
    "drawn 2",
    "after the codec",
    "after claim",
    "half put 0",
    "after put 0",
    "half put 1",
    "after put 1",
    "before settle",
    "after settle",
    "original removed",
]
REFUSING = ["before refuse", "after refuse", "original removed"]
REMOVING = ["after start_removal", "after delete 0", "after end_removal", "before delete 1"]
PHOTO = png(700, 500)


class Home:
    """One house's data, worked on by one process after the other, each killed."""

    def __init__(self, world: World, warm: Warm) -> None:
        self.world = world
        self.warm = warm
        self.clock = world.clock
        self.house = world.house
        self.spool = Spool(world.ports.settings)

    async def killed_at(self, step: str, *upload: str) -> None:
        """Has a process of its own work (or receive a part) until this step, and kills it there."""
        settings = self.world.ports.settings
        given = settings.data, settings.database, settings.blobs, str(self.clock.now())
        process = self.warm.run(WORKER, *given, step, *upload)
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
def home(
    request: pytest.FixtureRequest,
    world_url: str,
    make_world: Callable[..., World],
    tmp_path: Path,
    warm: Warm,
) -> Home:
    """SQLite with a folder, PostgreSQL with S3: database and store know nothing of each other."""
    store = (tmp_path / "blobs").as_uri()
    if not world_url.startswith("sqlite"):
        server: SeaweedServer = request.getfixturevalue("seaweed")
        store = server.url.replace("?", f"/killed-{hash(request.node.name) & 0xFFFFFF}?", 1)
    return Home(make_world(data=str(tmp_path / "data"), blobs=store), warm)


def received(home: Home, content: bytes = PHOTO) -> tuple[int, int]:
    """A picture that has been received whole; its owner and its id."""
    write, me = home.house.db.write_now, home.world.ana
    asked = Begin("client-0001", len(content), "photo.png", "image/png")
    key = write(add, me, asked, Allowed(1 << 20, 1 << 30, 86_400_000))
    place = home.spool.place(key)
    place.parent.mkdir(exist_ok=True, parents=True)
    place.write_bytes(content)
    write(finish, me, key)
    return me, key


async def half_brought(home: Home, client: httpx.AsyncClient, path: Path, step: str) -> str:
    """The first half of a picture has come; with the second the server is killed."""
    answer = await announce(client, len(PHOTO), "photo.png", filetype="image/png")
    place, half = answer.headers["location"], len(PHOTO) // 2
    await part(client, place, 0, PHOTO[:half])
    await asyncio.to_thread(path.write_bytes, PHOTO[half:])
    cookie = home.world.do(open_session, home.world.ana, "127.0.0.1", "a test")
    await home.killed_at(step, cookie, place, str(half), str(path))
    return place


@pytest.mark.parametrize("step", RECEIVING)
async def test_killed_while_receiving(home: Home, tmp_path: Path, step: str) -> None:
    async with home.world.client(home.world.ana) as client:
        place = await half_brought(home, client, tmp_path / "half", step)
        come = await offset(client, place)
        assert come == (len(PHOTO) // 2 if step == "part received" else len(PHOTO))
        if come < len(PHOTO):
            assert (await part(client, place, come, PHOTO[come:])).status_code == 204
        await home.work()
        key = place.rpartition("/")[2]
        assert (await client.get(f"/api/media/{key}")).json()["state"] == "ready"
    assert list(home.spool.folder.iterdir()) == []


@pytest.mark.parametrize("step", RECEIVING[:3])
async def test_nobody_comes_back_to_it(home: Home, tmp_path: Path, step: str) -> None:
    """An upload that is never resumed goes with its bytes when its time is over."""
    async with home.world.client(home.world.ana) as client:
        place = await half_brought(home, client, tmp_path / "half", step)
        home.clock.forward(seconds=home.world.ports.settings.upload_hours * 3_600 + 1)
        await sweep(home.world)
        await home.work()
        assert (await client.head(place, headers={"tus-resumable": "1.0.0"})).status_code == 404
    assert list(home.spool.folder.iterdir()) == []
    assert await home.stored() == set()


@pytest.mark.parametrize("step", WORKING)
async def test_killed_while_working(home: Home, step: str) -> None:
    me, key = received(home)
    await home.killed_at(step)
    read = home.house.db.read_now
    row = read(found, me, key)
    media = read(one, me, key)
    assert row.state == media.state
    assert (media.state == "ready") is (step in ("after settle", "original removed"))
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
    assert list(home.spool.folder.iterdir()) == []
    home.house.db.write_now(drop, me, key)
    await home.work()
    assert await home.stored() == set()
    assert home.known() == (set(), set())


@pytest.mark.parametrize("step", REMOVING)
async def test_killed_while_removing(home: Home, step: str) -> None:
    me, key = received(home)
    await home.work()
    assert len(await home.stored()) > 1
    home.house.db.write_now(drop, me, key)
    await home.killed_at(step)
    await home.work()
    assert await home.stored() == set()
    assert home.known() == (set(), set())
    # The same bytes can come again.
    again = Begin("client-0002", len(PHOTO), "photo.png", "image/png")
    other = home.house.db.write_now(add, me, again, Allowed(1 << 20, 1 << 30, 86_400_000))
    home.spool.place(other).write_bytes(PHOTO)
    home.house.db.write_now(finish, me, other)
    await home.work()
    assert home.house.db.read_now(one, me, other).state == "ready"


@pytest.mark.parametrize("step", REFUSING)
async def test_killed_while_refusing(home: Home, step: str) -> None:
    me, key = received(home, PHOTO[:200])
    await home.killed_at(step)
    await home.work()
    media = home.house.db.read_now(one, me, key)
    assert media.refusal is not None
    assert (media.state, media.refusal.code) == ("refused", "media.broken")
    assert list(home.spool.folder.iterdir()) == []
    assert await home.stored() == set()


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
    assert list(home.spool.folder.iterdir()) == []


async def test_removed_while_it_is_put(home: Home) -> None:
    """Its owner removes it while the worker, soon to be killed, puts its bytes."""
    me, key = received(home)
    await home.killed_at("after put 0")
    home.house.db.write_now(drop, me, key)
    await home.work()
    assert await home.stored() == set()
    assert home.known() == (set(), set())


async def test_a_file_that_was_lost_is_refused(home: Home) -> None:
    me, key = received(home, png())
    home.spool.place(key).unlink()
    await home.work()
    media = home.house.db.read_now(one, me, key)
    assert media.refusal is not None
    assert (media.state, media.refusal.code) == ("refused", "media.lost")
