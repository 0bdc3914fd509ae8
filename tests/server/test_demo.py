"""The demo: the same community each time, its cast, its counts, and the way to ask for it."""

import asyncio
import random
import re
import shutil
import sqlite3
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import httpx
import msgspec
import pytest

from entregent.accounts import page_of_members
from entregent.invitations import waiting
from entregent.kit.settings import Settings
from entregent.live import cursor_of, missed_since
from entregent.messaging import Row, counts, page
from entregent.network import page_of_connections
from entregent.ports.clock import StoppedClock
from entregent.ports.db import Database, Transaction
from entregent.ports.jobs.actions import next_due
from entregent.ports.jobs.model import NEVER
from entregent.profiles import cards, may_see_photo, me, profile_of
from entregent.server.app import build
from entregent.server.demo import cast, known
from entregent.server.demo.almanac import DAY, MINUTE
from entregent.server.demo.community import Plan, plan
from entregent.server.demo.dialogue import BOOKS, book
from entregent.server.demo.filling import NotEmpty, fill
from entregent.server.demo.people import CAST
from entregent.server.demo.pictures import landscape, portrait
from entregent.server.demo.talks import SMALL, Numbers, Talking
from entregent.server.house import House
from entregent.server.schema import migrate
from entregent.stories import reading as stories
from entregent.videos import reading as videos
from tests.servers.postgres import PostgresServer
from tests.world import ORIGIN, World

NOW = 1_795_330_000_000  # a Sunday: the days before it are quiet


def quiet(_done: int, _total: int) -> None:
    """Nobody watches."""


def settings(url: str, **more: str) -> Settings:
    return msgspec.convert(
        {"database": url, "address": ORIGIN, "mail": "memory:", **more}, Settings
    )


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def demo_url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A small demo on either database."""
    if request.param == "sqlite":
        url = f"sqlite:///{copied(request, tmp_path_factory.mktemp('demo'))}"
    else:
        server: PostgresServer = request.getfixturevalue("postgres_server")
        url = server.create("demo")
        migrate(url)
    began = time.monotonic()
    fill(settings(url), plan(NOW, SMALL), quiet)
    print(f"small demo: {time.monotonic() - began:.2f} s")
    return url


@pytest.fixture
def house(demo_url: str) -> Iterator[House]:
    house = House(settings(demo_url))
    yield house
    house.db.close()


@pytest.fixture
def empty_path(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An SQLite database without a member."""
    return copied(request, tmp_path)


def copied(request: pytest.FixtureRequest, folder: Path) -> Path:
    template: Path = request.getfixturevalue("sqlite_template")
    shutil.copy(template, folder / "demo.db")
    return folder / "demo.db"


def members(db: Database) -> dict[str, int]:
    """The cast by part."""
    found = db.read_now(cast)
    return {character.part: one for character, one in zip(CAST, found, strict=True)}


def every_row(tx: Transaction, member: int) -> list[Row]:
    rows, after = page(tx, member, "all", None, 200)
    while after is not None:
        more, after = page(tx, member, "all", after, 200)
        rows += more
    return rows


def test_the_flooded_member_has_as_many_conversations_as_promised(house: House) -> None:
    flooded = members(house.db)["flooded"]

    def look(tx: Transaction) -> None:
        numbers, rows = counts(tx, flooded), every_row(tx, flooded)
        assert numbers.all == len(rows) == SMALL.conversations
        assert numbers.unread == SMALL.unread
        assert numbers.requests
        assert numbers.spam
        assert numbers.archived > 50
        assert numbers.drafts == 14
        assert waiting(tx, flooded) == SMALL.waiting
        assert {row.size for row in rows} >= {2, 3, 4}
        assert {row.kind for row in rows} == {"direct", "group"}

    house.db.read_now(look)


def test_the_newcomer_has_three_contacts_and_almost_nothing_else(house: House) -> None:
    newcomer = members(house.db)["newcomer"]

    def look(tx: Transaction) -> None:
        assert page_of_connections(tx, newcomer).total == 3
        assert me(tx, newcomer).language == "en"
        assert counts(tx, newcomer).all == counts(tx, newcomer).unread == 1

    house.db.read_now(look)


def test_every_count_is_a_recount_and_every_log_complete(house: House) -> None:
    def look(tx: Transaction) -> None:
        for member in cast(tx):
            numbers, rows = counts(tx, member), every_row(tx, member)
            assert numbers.all == len(rows)
            assert numbers.unread == sum(row.unread and row.view == "inbox" for row in rows)
            for view in ("inbox", "archived", "requests", "spam"):
                assert getattr(numbers, view) == sum(row.view == view for row in rows)
            for row in rows:
                assert row.unread == (row.read_seq < row.last_seq)
                assert not row.unread or row.last_author_id != str(member)
            # A fresh state stands at the head of its log, with nothing missed.
            assert missed_since(tx, member, cursor_of(tx, member)).events == []
            assert not missed_since(tx, member, cursor_of(tx, member)).too_old

    house.db.read_now(look)


async def test_an_instance_remembers_that_it_is_a_demo(house: House) -> None:
    before = house.ports.settings
    await house.open()
    after = house.ports.settings
    assert (before.demo, after.demo, after.name) == (False, True, "Cercle Valmeyrac")
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=build(house)),
        base_url=ORIGIN,
        headers={"x-entregent": "1", "origin": ORIGIN},
    ) as client:
        assert (await client.get("/api/demo")).json()["state"] == "ready"
        shown = (await client.get("/api/demo/cast")).json()["cast"]
        assert [card["name"] for card in shown] == [character.name for character in CAST]
        assert all(card["headline"] for card in shown)
        entered = await client.post("/api/demo/sign-in", json={"member_id": shown[1]["id"]})
        boot = entered.json()
        assert boot["host"] == {"name": "Cercle Valmeyrac", "demo": True, "sign_up": "open"}
        assert boot["counts"]["all"] == SMALL.conversations
        assert boot["counts"]["invitations"] == SMALL.waiting
        # The president is the host: somebody has asked everybody something, and reports wait.
        president = next(card for card in shown if card["name"] == "Bertrand Delcourt")
        boot = (await client.post("/api/demo/sign-in", json={"member_id": president["id"]})).json()
        assert boot["reports"] == 1
        (case,) = (await client.get("/api/host/reports")).json()["cases"]
        assert (case["waiting"], case["reporters"]) == (2, 2)
        asked = (await client.get("/api/stories")).json()["prompt"]["text"]
        assert asked == "Qu’avez-vous cessé de faire cette année\u202f?"
    await house.worker.close()


async def test_a_server_that_runs_already_lets_the_demo_be_made_and_opens_its_door(
    house: House,
) -> None:
    """Made by `entregent demo` beside it."""
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app=build(house)), base_url=ORIGIN
    ) as client:
        shown = (await client.get("/api/demo/cast")).json()["cast"]
        assert [card["name"] for card in shown] == [character.name for character in CAST]


async def test_some_have_a_photo_tell_a_story_and_show_a_film(empty_path: Path) -> None:
    """Files wait like any upload, and stand on profiles and cards once the server has looked; the
    stories that last a week are in the row then."""
    folder = str(empty_path.parent / "data")
    mine = settings(f"sqlite:///{empty_path}", data=folder, blobs=f"file://{folder}/blobs")
    paper = plan(NOW, SMALL._replace(pictured=6))
    # Filled where no server runs: as the command does, on a thread without a loop.
    await asyncio.to_thread(fill, mine, paper, quiet)
    names = [person.name for person in paper.pictured]
    assert len(names) == 6
    assert names[:5] == [one.name for one in CAST if one.part != "newcomer"]
    house = House(mine, clock=StoppedClock(NOW + DAY))
    flooded, newcomer = (members(house.db)[part] for part in ("flooded", "newcomer"))
    assert house.db.read_now(me, flooded).photo is None
    # A server that runs already keeps off the long films, on which the demo works itself.
    assert NOW < house.db.read_now(next_due, ["media.work_on_long_film"]) < NEVER
    await house.worker.run_due()
    assert house.db.read_now(me, newcomer).photo is None
    shown = house.db.read_now(me, flooded).photo
    profile = house.db.read_now(profile_of, flooded, flooded)
    assert shown is not None
    assert shown.placeholder
    assert profile.photo is not None
    assert profile.photo.kind == "picture"
    assert profile.cover is not None
    assert (profile.cover.width, profile.cover.height) == (1200, 300)
    assert house.db.read_now(may_see_photo, None, str(flooded))  # where the cast is chosen from
    told = house.db.read_now(stories.row, flooded, "fr")
    assert told.own is not None
    assert told.unseen == len(told.tellers) > 0
    assert {teller.card.name for teller in told.tellers} < {*names}
    everyone = [one for one, _ in house.db.read_now(page_of_members, 0, 1_000)]
    seen = house.db.read_now(cards, newcomer, everyone)
    assert {card.name for card in seen if card.photo} == {*names}
    films = [
        one
        for face in seen
        if face.photo and face.handle
        for one in house.db.read_now(videos.videos, flooded, face.handle, "fr", "", 50).videos
    ]
    assert len(films) == 2
    for video in films:
        assert (video.state, video.media and video.media.kind) == ("live", "video")
        assert [one.language for one in video.subtitles] == [video.language]
        assert video.likes > 0
        below = house.db.read_now(
            videos.thread, flooded, (int(video.author_id), int(video.id)), 0, "", 50
        )
        spoken = [one for one in below.chapters if one.media and one.media.state == "ready"]
        assert len(spoken) == 1
        assert below.total > 2
        assert video.replies_total >= 4
    house.db.close()


def test_a_portrait_is_the_same_each_time() -> None:
    for draw in (lambda name: portrait(name, long_hair=True), landscape):
        assert draw("Maeve") == draw("Maeve") != draw("Idriss")


def test_a_demo_is_made_in_an_empty_instance_only(world: World, world_url: str) -> None:
    with pytest.raises(NotEmpty):
        fill(settings(world_url), plan(NOW, SMALL), quiet)
    assert world.see(cast) == []
    assert not world.see(known, world.ports.settings).demo


def test_the_same_seed_and_day_give_the_same_community(
    sqlite_template: Path, tmp_path: Path
) -> None:
    dumps = []
    for name in ("one", "two"):
        path = tmp_path / f"{name}.db"
        shutil.copy(sqlite_template, path)
        fill(settings(f"sqlite:///{path}"), plan(NOW, SMALL), quiet)
        db = sqlite3.connect(path)
        dumps.append(
            {
                table: db.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
                for table in ("accounts", "profiles", "connections", "messages", "mailbox")
            }
        )
        db.close()
    assert dumps[0] == dumps[1]
    assert words(plan(NOW, SMALL)) != words(plan(NOW, SMALL, seed=2))


def words(paper: Plan) -> list[str]:
    return [word.text for talk in paper.talks for word in talk.words]


def test_the_whole_community_keeps_its_promises() -> None:
    began = time.monotonic()
    paper = plan(NOW)
    print(f"the whole plan: {time.monotonic() - began:.2f} s")
    network, numbers = paper.network, Numbers()
    flooded, newcomer = network.part("flooded"), network.part("newcomer")
    mine = [talk for talk in paper.talks if flooded in talk.people]
    assert len(paper.people) == len({person.email for person in paper.people}) == 400
    assert len(mine) == 5_000
    assert sum(flooded in talk.unread for talk in mine) == numbers.unread
    assert len(network.near[newcomer.number]) == 3
    # Whoever waits at her door is not there already: nobody could accept them.
    assert len(paper.knocks) == numbers.waiting
    assert not [knock for knock in paper.knocks if flooded in knock.knows]
    assert {talk.language for talk in mine} == set(BOOKS)
    assert sum(len(talk.people) == 2 for talk in mine) > 4_000
    assert max(len(talk.words) for talk in mine) > 60
    for talk in paper.talks:
        moments = [word.at for word in talk.words]
        assert moments == sorted(moments)
        assert all(word.author in talk.people for word in talk.words)
    newest = max(talk.last.at for talk in paper.talks)
    assert NOW - DAY / 2 < newest < NOW
    assert NOW - min(talk.words[0].at for talk in paper.talks) > 400 * DAY
    text = "\n".join(words(paper))
    assert re.findall(r"[{}|]|  ", text) == []
    french = [w.text for t in paper.talks if t.language == "fr" for w in t.words]
    assert re.findall(r"\bde [AEIOUÉaeiouéê]\w+|\b[dl]’ ", "\n".join(french)) == []


def test_who_would_begin_to_talk_this_moment_has_begun_by_now() -> None:
    """One small demo of 150 was not made for this."""
    network = plan(NOW, SMALL).network
    flooded = network.part("flooded")
    other = network.near[flooded.number][0]
    tie = network.tie(flooded, other)
    assert tie is not None
    for minutes, seeds in ((10, range(40)), (2, range(4))):
        for seed in seeds:
            talking = Talking(network, 1)
            talking.now = tie.at + minutes * MINUTE
            talk = talking.direct(flooded, other, 1, random.Random(seed))
            # Whom one has known for two minutes one has not written to.
            assert (talk is not None and len(talk.words) > 0) == (minutes > 2)


def test_no_way_of_saying_something_is_left_out_by_mistake() -> None:
    """An answer that goes way for way with a line has as many ways as that line leaves open."""
    for language in BOOKS:
        for theme in book(language).values():
            lines = [
                line
                for exchange in (theme.opening, *theme.further, theme.closing)
                for line in exchange
            ]
            for before, line in pairwise(lines):
                if line.answers:
                    left = len(before.ways) - len(before.last)
                    assert len(line.ways) == left, f"{language} {theme.name}: {line.ways[0]}"


# -- asking for it over HTTP -----------------------------------------------------------------------


def ask(house: House, address: str = "127.0.0.1", **headers: str) -> httpx.AsyncClient:
    return httpx.AsyncClient(
        transport=httpx.ASGITransport(app=build(house), client=(address, 1)),
        base_url=ORIGIN,
        headers={"x-entregent": "1", "origin": ORIGIN, **headers},
        timeout=60,
    )


async def test_asking_fills_an_empty_instance(empty_path: Path) -> None:
    house = House(settings(f"sqlite:///{empty_path}", data=str(empty_path.parent)))
    async with ask(house) as client:
        assert (await client.get("/api/demo")).json()["state"] == "offered"
        assert (await client.get("/api/demo/cast")).status_code == 404
        made = await client.post("/api/demo", json={"client_id": "try-the-demo", "small": True})
        assert made.json()["state"] == "ready"
        assert len((await client.get("/api/demo/cast")).json()["cast"]) == len(CAST)
        again = await client.post("/api/demo", json={"client_id": "try-the-demo"})
        assert again.json()["state"] == "ready"
    house.db.close()


async def test_only_this_machine_may_ask(empty_path: Path) -> None:
    house = House(settings(f"sqlite:///{empty_path}"))
    for client in (ask(house, "203.0.113.9"), ask(house, **{"x-forwarded-for": "127.0.0.1"})):
        async with client:
            assert (await client.get("/api/demo")).json()["state"] == "none"
            refused = await client.post("/api/demo", json={"client_id": "try-the-demo"})
            assert refused.status_code == 403
            assert refused.json()["error"]["code"] == "server.demo_from_here_only"
    house.db.close()


async def test_an_instance_with_members_offers_none(world: World) -> None:
    async with world.client() as client:
        assert (await client.get("/api/demo")).json()["state"] == "none"
        refused = await client.post("/api/demo", json={"client_id": "try-the-demo"})
        assert refused.json()["error"]["code"] == "server.demo_not_empty"
        assert (await client.get("/api/demo/cast")).status_code == 404


def test_the_cast_is_seen_by_everyone(house: House) -> None:
    found = members(house.db)

    def look(tx: Transaction) -> None:
        seen = cards(tx, found["bilingual"], list(found.values()))
        assert {card.kind for card in seen} == {"member"}

    house.db.read_now(look)
