"""What pages behind links say of themselves: fetched later, once, and safely."""

from collections.abc import Callable, Mapping

import pytest

from entregent.messaging.markup import links
from entregent.messaging.previews import preview_of
from entregent.ports.fetch import RecordedFetch, Recording
from tests.messaging.talk import begin
from tests.messaging.test_changing import Pen, last
from tests.world import World

PAGE = """<!doctype html><html><head><title>Ignored &amp; long</title>
<meta property="og:title" content="The choir&#39;s summer">
<meta name="description" content="Rehearsals in   June.">
<meta property="og:site_name" content="Choir of Lyon"></head><body>…</body></html>"""
HTML = {"Content-Type": "text/html; charset=utf-8"}
URL = "https://choir.example/summer"
CARD = {
    "url": URL,
    "title": "The choir's summer",
    "description": "Rehearsals in June.",
    "site": "Choir of Lyon",
    "image": None,
}


def pages(world: World, recorded: Mapping[str, Recording | bytes]) -> RecordedFetch:
    """What is there to be fetched."""
    world.ports.fetch = fetch = RecordedFetch(recorded)
    return fetch


async def settle(world: World) -> None:
    await world.house.worker.run_due()


async def test_a_preview_comes_after_the_message_and_is_kept(world: World) -> None:
    fetch = pages(world, {URL: Recording(headers=HTML, text=PAGE)})
    ana, bruno = Pen(world, world.ana), Pen(world, world.bruno)
    key = begin(world, world.ana, world.bruno)
    assert (await ana.said(key, f"Look: {URL}."))["previews"] == []
    await settle(world)
    [message] = await bruno.thread(key)
    assert message["previews"] == [CARD]
    for member in (world.ana, world.bruno):
        assert last(world, member, "message.changed")["message"] == message
    assert message["edited_at"] is None
    # The same address is not asked again, until it is old.
    await bruno.said(key, f"{URL} indeed")
    await settle(world)
    assert [one["previews"] for one in await ana.thread(key)] == [[CARD], [CARD]]
    assert len(fetch.asked) == 1
    world.clock.forward(days=8)
    await bruno.said(key, URL)
    await settle(world)
    assert len(fetch.asked) == 2
    assert (fetch.asked[0].limit, fetch.asked[0].cut, fetch.asked[0].redirects) == (
        300_000,
        True,
        3,
    )


async def test_a_preview_goes_with_its_link(world: World) -> None:
    other = "https://other.example/"
    pages(
        world,
        {
            URL: Recording(headers=HTML, text=PAGE),
            other: Recording(headers=HTML, text="<title>Other</title>"),
        },
    )
    ana = Pen(world, world.ana)
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, URL)
    await settle(world)
    await ana.edit(key, 1, f"{other} instead")
    assert (await ana.thread(key))[0]["previews"] == []
    await settle(world)
    assert [one["title"] for one in (await ana.thread(key))[0]["previews"]] == ["Other"]
    await ana.edit(key, 1, f"{URL} and {other}")
    await ana.delete(key, 1, "everyone")
    await settle(world)
    assert (await ana.thread(key))[0]["previews"] == []


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "http://localhost/",
        "http://[::1]/",
        "http://10.0.0.7/",
        "http://169.254.169.254/latest/meta-data",
        "https://choir.example:8443/",
        "https://user:secret@choir.example/",
        "https://nowhere.example/",
        "https://moved.example/",
        "https://picture.example/",
        "https://gone.example/",
        "https://untitled.example/",
    ],
)
async def test_what_is_not_shown(world: World, url: str) -> None:
    pages(
        world,
        {
            "https://moved.example/": Recording(302, {"Location": "http://192.168.1.1/"}),
            "https://picture.example/": Recording(headers={"Content-Type": "image/png"}, text="x"),
            "https://gone.example/": Recording(404, HTML, PAGE),
            "https://untitled.example/": Recording(headers=HTML, text="<p>Hello"),
        },
    )
    ana = Pen(world, world.ana)
    key = begin(world, world.ana, world.bruno)
    before = world.cursor(world.ana)
    await ana.said(key, url)
    await settle(world)
    assert (await ana.thread(key))[0]["previews"] == []
    assert [one["type"] for one in world.log(world.ana, before)] == ["message.sent"]


async def test_a_host_who_fetches_nothing_asks_nobody(make_world: Callable[..., World]) -> None:
    world = make_world(fetch="none:")
    fetch = pages(world, {URL: Recording(headers=HTML, text=PAGE)})
    ana = Pen(world, world.ana)
    key = begin(world, world.ana, world.bruno)
    await ana.said(key, URL)
    await settle(world)
    assert fetch.asked == []


def test_hostile_pages_are_read_safely() -> None:
    def read(text: str, kind: str = "text/html") -> str | None:
        found = preview_of("https://a.example/", "a.example", kind, text.encode())
        return found.title if found else None

    assert read("<title>\u202eevil\u2066 \x00text\n\n</title>") == "evil text"
    assert read("<title>&lt;script&gt;alert(1)&lt;/script&gt;</title>") == (
        "<script>alert(1)</script>"  # text, and shown as such
    )
    assert len(read("<title>" + "x" * 1_000_000) or "") <= 200
    assert len(read(f"<title>{'é' * 5_000}</title>") or "") == 200
    assert read("<" * 100_000) is None
    assert read("<meta " * 20_000) is None
    assert read('<meta content="<meta ' * 15_000) is None
    assert read("<title>a</title>" * 9_000) == "a"
    assert read("<META CONTENT='a > b' NAME=og:title>") == "a > b"
    assert read("<meta property='og:title' content='  '><title>b</title>") == "b"
    assert read("<title>a</title>", "application/pdf") is None
    assert read("<title>a</title>", "text/html; charset=no-such-thing") == "a"
    found = preview_of("u", "h", "text/html; charset=iso-8859-1", "<title>é</title>".encode("l1"))
    assert found
    assert (found.title, found.site) == ("é", "h")
    assert preview_of("u", "h", "text/html; charset=utf-16", b"<title>\xff\xff\xd8") is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see https://a.example/b.", ["https://a.example/b"]),
        ("(https://a.example/b_(c))", ["https://a.example/b_(c)"]),
        ("[x](https://a.example/b)", ["https://a.example/b"]),
        ("*https://a.example*, HTTP://B.example!", ["https://a.example", "HTTP://B.example"]),
        ("https://a.example https://a.example", ["https://a.example"]),
        ("javascript://a file:///etc ftp://b http://", []),
        (
            " ".join(f"https://{n}.example" for n in "abcde"),
            [f"https://{n}.example" for n in "abc"],
        ),
        ("https://" + "." * 50, []),
    ],
)
def test_links_are_found_as_people_write_them(text: str, found: list[str]) -> None:
    assert links(text) == found
