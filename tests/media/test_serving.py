"""Files on their way out: to whom, in which part, and under which name."""

import hashlib
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from entregent.accounts.access import add_token
from entregent.kit.errors import Refusal
from entregent.kit.scopes import Scope
from entregent.media import Media, Use, attach, detach, pass_on, release, seen_through
from entregent.media.model import clean_name, disposition, saved_as, span_of
from entregent.ports.db import Transaction
from entregent.ports.ports import Door
from tests.media.bringing import TEXT, bring, brought, stored, sweep
from tests.world import World

WEEK = 7 * 86_400


class Shelf:
    """Something that has files, and a list of who may see them: stands in for a slice above."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.readers: set[int | None] = set()
        doors = {**world.ports.doors, "message": Door(self.may_see, frozenset({"messages.read"}))}
        world.ports.doors = doors

    def may_see(self, _tx: Transaction, viewer: int | None, _ref: str) -> bool:
        return viewer in self.readers

    def put(self, key: str, ref: str = "77.1", by: int = 0) -> Media:
        use = Use("message", ref)
        (media,) = self.world.do(attach, by or self.world.ana, [key], use)
        return media

    def see(self, ref: str = "77.1") -> list[Media]:
        use = Use("message", ref)
        return self.world.see(seen_through, [use])[use]


@pytest.fixture
def shelf(anywhere: World) -> Shelf:
    return Shelf(anywhere)


async def statuses(world: World, url: str, *members: int | None) -> list[int]:
    found = []
    for member in members:
        async with world.client(member) as client:
            found.append((await client.get(url)).status_code)
    return found


async def test_only_who_may_see_it_at_that_moment(shelf: Shelf) -> None:
    world = shelf.world
    async with world.client(world.ana) as client:
        key = (await brought(world, client, TEXT))["id"]
    shelf.put(key)
    (media,) = shelf.see()
    assert media.url is not None
    url = media.url
    everybody = (world.ana, world.bruno, world.emi, None)
    assert await statuses(world, url, *everybody) == [404, 404, 404, 404]
    shelf.readers = {world.ana, world.bruno}
    assert await statuses(world, url, *everybody) == [200, 200, 404, 404]
    shelf.readers = {world.ana}  # a link handed on stops when its reader loses the right
    assert await statuses(world, url, *everybody) == [200, 404, 404, 404]
    shelf.readers = {None}
    assert await statuses(world, url, None) == [200]


async def test_a_refused_viewer_learns_nothing(shelf: Shelf) -> None:
    """The same answer for what is not for them, for what does not exist and for a bad link."""
    world = shelf.world
    async with world.client(world.ana) as client:
        key = (await brought(world, client, TEXT))["id"]
    url = shelf.put(key).url
    assert url is not None
    bad = [
        url,
        url[:-1] + ("A" if url[-1] != "A" else "B"),
        url.replace("77.1", "77.2"),
        url.replace(key, str(int(key) + 1)),
        url.replace("original", "small"),
        url.replace("until=", "until=9"),
        url.replace("/message/", "/story/"),
        url.partition("?")[0],
        url.replace("77.1", "x" * 30),
        url.replace("77.1", "9" * 40),
    ]
    async with world.client(world.emi) as client:
        answers = [await client.get(one) for one in bad]
    assert {answer.status_code for answer in answers} == {404}
    assert {answer.content for answer in answers} == {answers[0].content}
    assert {tuple(sorted(answer.headers)) for answer in answers} == {
        tuple(sorted(answers[0].headers))
    }


async def test_links_end(shelf: Shelf) -> None:
    world = shelf.world
    shelf.readers = {world.ana}
    async with world.client(world.ana) as client:
        key = (await brought(world, client, TEXT))["id"]
        url = shelf.put(key).url
        assert url is not None
        world.clock.forward(seconds=WEEK - 60)
        assert (await client.get(url)).status_code == 200
        world.clock.forward(seconds=WEEK + 60)
        assert (await client.get(url)).status_code == 404
        (media,) = shelf.see()
        assert media.url not in (url, None)
        assert (await client.get(str(media.url))).status_code == 200


async def test_a_link_is_the_same_all_week(shelf: Shelf) -> None:
    """So that a browser shows what it has."""
    async with shelf.world.client(shelf.world.ana) as client:
        key = (await brought(shelf.world, client, TEXT))["id"]
    shelf.put(key)
    assert shelf.see() == shelf.see()


async def test_one_use_opens_no_other(shelf: Shelf) -> None:
    world = shelf.world
    shelf.readers = {world.bruno}
    async with world.client(world.ana) as client:
        own = await brought(world, client, TEXT)
    shelf.put(own["id"])
    assert await statuses(world, own["url"], world.ana, world.bruno, None) == [200, 404, 404]


SCOPES: tuple[tuple[Scope, int], ...] = (("messages.read", 200), ("network.read", 404))


async def test_a_token_needs_the_scope(shelf: Shelf) -> None:
    world = shelf.world
    shelf.readers = {world.ana}
    async with world.client(world.ana) as client:
        key = (await brought(world, client, TEXT))["id"]
    url = str(shelf.put(key).url)
    async with world.client() as client:
        for scope, status in SCOPES:
            token = world.do(add_token, world.ana, scope, [scope], None)
            headers = {"authorization": f"Bearer entregent_{token}"}
            assert (await client.get(url, headers=headers)).status_code == status


async def test_what_is_not_ready_has_no_link(shelf: Shelf) -> None:
    world = shelf.world
    shelf.readers = {world.ana}
    async with world.client(world.ana) as client:
        key = await bring(client, TEXT)
        assert (await client.get(f"/api/media/{key}")).json()["url"] is None
        media = shelf.put(key)
        assert (media.state, media.url, media.files) == ("processing", None, [])
        await world.house.worker.run_due()
        (media,) = shelf.see()
        assert media.state == "ready"
        assert (await client.get(str(media.url))).content == TEXT


# -- headers -------------------------------------------------------------------------------------


async def test_nothing_runs_where_files_are(here: World) -> None:
    page = b"<!doctype html><script>alert(document.cookie)</script>"
    async with here.client(here.ana) as client:
        media = await brought(here, client, page, "page.html", filetype="text/html")
        assert media["type"] == "text/html"
        got = await client.get(media["url"])
    assert got.content == page
    assert got.headers["content-type"] == "application/octet-stream"
    assert got.headers["content-disposition"].startswith('attachment; filename="page.html"')
    assert got.headers["x-content-type-options"] == "nosniff"
    assert got.headers["content-security-policy"] == "sandbox; default-src 'none'"
    assert got.headers["cross-origin-resource-policy"] == "same-origin"
    assert got.headers["cache-control"] == "private, max-age=60, must-revalidate"
    assert "set-cookie" not in got.headers


CONTENT = bytes(range(256)) * 4
RANGES = [
    ("bytes=0-0", 206, slice(0, 1)),
    ("bytes=10-19", 206, slice(10, 20)),
    ("bytes=1000-", 206, slice(1000, None)),
    ("bytes=-5", 206, slice(-5, None)),
    ("bytes=-5000", 206, slice(None)),
    ("bytes=1000-99999", 206, slice(1000, None)),
    ("bytes=1024-", 416, slice(0, 0)),
    ("bytes=-0", 416, slice(0, 0)),
    ("bytes=9999-10000", 416, slice(0, 0)),
    ("bytes=20-10", 200, slice(None)),
    ("bytes=-", 200, slice(None)),
    ("bytes=0-1,5-6", 200, slice(None)),
    ("lines=1-2", 200, slice(None)),
    ("bytes=" + "9" * 40 + "-", 200, slice(None)),
]


async def test_ranges(anywhere: World) -> None:
    async with anywhere.client(anywhere.ana) as client:
        url = (await brought(anywhere, client, CONTENT, "x.bin"))["url"]
        whole = await client.get(url)
        tag = whole.headers["etag"]
        assert whole.headers["accept-ranges"] == "bytes"
        for asked, status, wanted in RANGES:
            got = await client.get(url, headers={"range": asked})
            assert (got.status_code, got.content) == (status, CONTENT[wanted]), asked
            assert int(got.headers["content-length"]) == len(CONTENT[wanted])
            if status == 206:
                said = got.headers["content-range"]
                assert said.endswith("/1024")
                first, _, last = said.removeprefix("bytes ").partition("/")[0].partition("-")
                assert CONTENT[int(first) : int(last) + 1] == got.content
            elif status == 416:
                assert got.headers["content-range"] == "bytes */1024"
        same = await client.get(url, headers={"range": "bytes=0-3", "if-range": tag})
        assert (same.status_code, len(same.content)) == (206, 4)
        other = await client.get(url, headers={"range": "bytes=0-3", "if-range": '"other"'})
        assert (other.status_code, len(other.content)) == (200, 1024)
        for known in (tag, f'"x", W/{tag}'):
            unchanged = await client.get(url, headers={"if-none-match": known})
            assert (unchanged.status_code, unchanged.content) == (304, b"")
        head = await client.head(url)
        assert (head.status_code, head.content) == (200, b"")
        assert head.headers["content-length"] == "1024"


def test_spans() -> None:
    assert span_of("bytes=0-", 0) == (0, 0)
    assert span_of("bytes=-1", 0) == (0, 0)
    assert span_of("", 10) is None
    assert span_of("bytes=3-3", 10) == (3, 4)


# -- names ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../../../etc/passwd.jpg", "passwd.jpg"),
        ("..\\..\\windows\\win.ini.jpg", "win.ini.jpg"),
        ("/etc/cron.d/x.jpg", "x.jpg"),
        ("CON.jpg", "_CON.jpg"),
        ("nul", "_nul"),
        (".htaccess", "htaccess"),
        ("a" * 400 + ".jpg", "a" * 146 + ".jpg"),
        ("été à la plage 🏖️.jpg", "été à la plage 🏖️.jpg"),
        ("\u202egpj.exe", "gpj.exe"),
        ("<img src=x onerror=alert(1)>.jpg", "_img src=x onerror=alert(1)_.jpg"),
        ('"; rm -rf ~; ".jpg', "_; rm -rf ~; _.jpg"),
        ("$(touch pwned).jpg", "$(touch pwned).jpg"),
        ("photo.jpg ", "photo.jpg"),
        ("写真.heic", "写真.heic"),
        ("", "file"),
        ("...", "file"),
        ("a\x00b\r\nSet-Cookie: x", "abSet-Cookie_ x"),
    ],
)
def test_names_are_harmless(given: str, kept: str) -> None:
    assert clean_name(given) == kept


def test_an_ending_says_what_it_is_now() -> None:
    assert saved_as("写真.heic", "image/jpeg") == "写真.jpg"
    assert saved_as("photo.JPG", "image/jpeg") == "photo.JPG"
    assert saved_as("photo", "image/webp") == "photo.webp"
    assert saved_as("Voice of v1.2 final", "audio/mp4") == "Voice of v1.2 final.m4a"
    assert disposition("写真.heic", "image/jpeg") == (
        "inline; filename=\"__.jpg\"; filename*=UTF-8''%E5%86%99%E7%9C%9F.jpg"
    )


async def test_hostile_names(here: World, shared_data: Path) -> None:
    lines = (shared_data / "media/hostile/FILENAMES_to_send.txt").read_text(encoding="utf-8")
    async with here.client(here.ana) as client:
        for name in filter(None, lines.split("\n")):
            media = await brought(here, client, f"not a picture: {name}".encode(), f"{name}.txt")
            got = await client.get(media["url"])
            assert got.status_code == 200
            said = got.headers["content-disposition"]
            way, plain, full = said.split("; filename", 2)
            assert (way, plain[:2], full[:9]) == ("attachment", '="', "*=UTF-8''"), said
            assert not set(plain[2:-1]) & set('"\\/%\r\n')
            saved = unquote(full[9:])
            assert saved == media["name"]
            assert not set(saved) & set('/\\\u202e"<>|?*:')
            assert saved.strip(". ") == saved != ""
            assert len(saved) <= 150


# -- uses ----------------------------------------------------------------------------------------


async def test_the_last_use_takes_the_bytes_with_it(shelf: Shelf) -> None:
    world = shelf.world
    async with world.client(world.ana) as client:
        key = (await brought(world, client, TEXT))["id"]
        shelf.put(key, "77.1")
        shelf.put(key, "78.4")
        assert refused(await client.delete(f"/api/media/{key}")) == (409, "media.in_use")
        world.clock.forward(seconds=4 * WEEK)
        await sweep(world)
        assert len(await stored(world)) == 1
        world.do(detach, Use("message", "77.1"))
        await world.house.worker.run_due()
        assert (shelf.see("77.1"), len(shelf.see("78.4"))) == ([], 1)
        assert len(await stored(world)) == 1
        world.do(detach, Use("message", "78.4"))
        await world.house.worker.run_due()
        assert await stored(world) == {}
        assert (await client.get(f"/api/media/{key}")).status_code == 404


def refused(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["error"]["code"]


async def test_the_same_bytes_are_kept_once(shelf: Shelf) -> None:
    world = shelf.world
    async with world.client(world.ana) as ana, world.client(world.bruno) as bruno:
        mine = (await brought(world, ana, TEXT, "mine.txt"))["id"]
        theirs = (await brought(world, bruno, TEXT, "theirs.txt"))["id"]
        assert await stored(world) == {hashlib.sha256(TEXT).hexdigest(): len(TEXT)}
        await ana.delete(f"/api/media/{mine}")
        await world.house.worker.run_due()
        assert len(await stored(world)) == 1
        left = (await bruno.get(f"/api/media/{theirs}")).json()
        assert (await bruno.get(left["url"])).content == TEXT
        await bruno.delete(f"/api/media/{theirs}")
        await world.house.worker.run_due()
        assert await stored(world) == {}
        again = await brought(world, ana, TEXT)
        assert (await ana.get(again["url"])).content == TEXT


async def test_a_file_is_passed_on_and_released(shelf: Shelf) -> None:
    world = shelf.world
    async with world.client(world.ana) as client:
        key = (await brought(world, client, TEXT))["id"]
    shelf.put(key, "77.1")
    world.do(pass_on, Use("message", "77.1"), Use("message", "90.1"))
    world.do(release, Use("message", "77.1"))
    assert (shelf.see("77.1"), len(shelf.see("90.1"))) == ([], 1)
    world.do(release, Use("message", "90.1"))
    await world.house.worker.run_due()
    assert len(await stored(world)) == 1
    shelf.put(key, "77.2")
    world.clock.forward(seconds=2 * WEEK)
    await sweep(world)
    assert len(shelf.see("77.2")) == 1
    world.do(release, Use("message", "77.2"))
    world.clock.forward(seconds=2 * WEEK)
    await sweep(world)
    assert await stored(world) == {}


async def test_what_cannot_be_attached(shelf: Shelf) -> None:
    world = shelf.world
    async with world.client(world.ana) as ana, world.client(world.bruno) as bruno:
        whole = await bring(ana, TEXT)
        theirs = await bring(bruno, TEXT)
        broken = (await brought(world, ana, b"no picture", "photo.jpg"))["id"]
        for key, code in (
            (theirs, "media.not_yours"),
            ("12345", "media.not_yours"),
            ("9" * 19, "media.not_yours"),
            (broken, "media.was_refused"),
        ):
            answer = world.db.write_now(_tried, world.ana, [whole, key])
            assert answer == code
    assert shelf.see() == []


def _tried(tx: Transaction, me: int, keys: list[str]) -> str:
    try:
        attach(tx, me, keys, Use("message", "77.1"))
    except Refusal as refusal:
        return refusal.code
    return ""


async def test_leaving_takes_everything_along(shelf: Shelf) -> None:
    world = shelf.world
    async with world.client(world.ana) as client:
        key = (await brought(world, client, TEXT))["id"]
        shelf.put(key)
        await bring(client, b"half-way")
        body = {"client_id": "leaving-now-1", "password": "four words at random"}
        closed = await client.post("/api/accounts/close", json=body)
        assert closed.status_code == 200, closed.text
    await world.house.worker.run_due()
    assert await stored(world) == {}
    assert shelf.see() == []
