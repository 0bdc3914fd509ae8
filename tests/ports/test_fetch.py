"""The contract of fetching, from a recording and over a real connection."""

import asyncio
import gzip
import ssl
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from pathlib import Path

import pytest
import trustme

from entregent.ports.fetch import (
    Fetch,
    FetchFailed,
    FetchRefused,
    PublicFetch,
    RecordedFetch,
    Recording,
    Request,
    open_fetch,
)

Handler = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]
HERE = "127.0.0.1"


class Site:
    """A tiny web server that says exactly what it is told to, and remembers what it was asked."""

    def __init__(self) -> None:
        self.pages: dict[str, bytes | Handler] = {}
        self.asked: list[bytes] = []
        self.port = 0
        self._server: asyncio.Server | None = None

    async def start(self, tls: ssl.SSLContext | None = None) -> None:
        self._server = await asyncio.start_server(self._serve, HERE, 0, ssl=tls)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            for line in head.lower().split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    head += await reader.readexactly(int(line.split(b":")[1]))
            self.asked.append(head)
            page = self.pages.get(head.split(b" ")[1].decode(), said(404))
            if isinstance(page, bytes):
                writer.write(page)
            else:
                await page(head, writer)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError):
            return
        finally:
            writer.close()


def said(status: int = 200, body: bytes = b"", **headers: str) -> bytes:
    """An answer as it goes over the wire."""
    lines = [f"HTTP/1.1 {status} Whatever", f"Content-Length: {len(body)}"]
    lines += [f"{name.replace('_', '-')}: {value}" for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


class Names:
    """A name server under our control; each name has a list of answers, the last one stays."""

    def __init__(self) -> None:
        self.answers: dict[str, list[list[str]]] = {}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append(host)
        answers = self.answers.get(host, [[]])
        return answers.pop(0) if len(answers) > 1 else answers[0]


@pytest.fixture
async def site() -> AsyncIterator[Site]:
    served = Site()
    await served.start()
    yield served
    await served.stop()


@pytest.fixture
def names() -> Names:
    made = Names()
    made.answers = {"site.example": [[HERE]], "other.example": [[HERE]]}
    return made


@pytest.fixture
async def fetch(site: Site, names: Names) -> AsyncIterator[PublicFetch]:
    """The real thing, allowed to speak to our site."""
    opened = PublicFetch(trusted=[(HERE, site.port)], resolve=names)
    yield opened
    await opened.close()


# -- the contract that both adapters keep ------------------------------------------------------

PAGES: dict[str, tuple[int, dict[str, str], str]] = {
    "/": (200, {"Content-Type": "text/html; charset=utf-8", "X-A": "b"}, "<title>é</title>"),
    "/empty": (204, {}, ""),
    "/error": (503, {"Retry-After": "60"}, "later"),
    "/long": (200, {}, "x" * 1000),
    "/moved": (301, {"Location": "/?q=1"}, ""),
    "/?q=1": (200, {}, "found"),
    "/one": (302, {"Location": "two"}, ""),
    "/two": (307, {"Location": "/one"}, ""),
    "/nowhere": (302, {}, "no location"),
    "/private": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, ""),
    "/local": (302, {"Location": "http://localhost/"}, ""),
    "/port": (302, {"Location": "http://8.8.8.8:22/"}, ""),
    "/file": (302, {"Location": "file:///etc/passwd"}, ""),
}


class Way:
    """An adapter, and the address under which it has the pages."""

    def __init__(self, fetch: Fetch, base: str) -> None:
        self.fetch = fetch
        self.base = base


@pytest.fixture(params=["recorded", "public"])
async def way(request: pytest.FixtureRequest, site: Site) -> AsyncIterator[Way]:
    if request.param == "recorded":
        base = "http://site.example"
        recordings = {
            base + path: Recording(status, headers, text)
            for path, (status, headers, text) in PAGES.items()
        }
        yield Way(RecordedFetch(recordings), base)
        return
    site.pages = {
        path: said(status, text.encode(), **{k.replace("-", "_"): v for k, v in headers.items()})
        for path, (status, headers, text) in PAGES.items()
    }
    names = Names()
    names.answers = {"site.example": [[HERE]], "localhost": [[HERE]], "8.8.8.8": [["8.8.8.8"]]}
    names.answers |= {"169.254.169.254": [["169.254.169.254"]]}
    opened = PublicFetch(trusted=[(HERE, site.port)], resolve=names)
    yield Way(opened, f"http://site.example:{site.port}")
    await opened.close()


async def test_a_page(way: Way) -> None:
    answer = await way.fetch.send(Request(url=way.base))
    assert (answer.status, answer.url) == (200, way.base + "/")
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["x-a"] == "b"
    assert answer.body.decode() == "<title>é</title>"


@pytest.mark.parametrize(
    ("path", "status", "body"), [("/empty", 204, b""), ("/error", 503, b"later")]
)
async def test_every_status_is_an_answer(way: Way, path: str, status: int, body: bytes) -> None:
    answer = await way.fetch.send(Request(url=way.base + path))
    assert (answer.status, answer.body) == (status, body)


async def test_head_has_no_body(way: Way) -> None:
    site_says = await way.fetch.send(Request(url=way.base + "/long", method="HEAD", limit=10))
    assert (site_says.status, site_says.body) == (200, b"")


async def test_redirects_are_followed(way: Way) -> None:
    answer = await way.fetch.send(Request(url=way.base + "/moved"))
    assert (answer.url, answer.body) == (way.base + "/?q=1", b"found")


async def test_redirects_are_not_followed_where_nobody_wants_them(way: Way) -> None:
    assert (await way.fetch.send(Request(url=way.base + "/moved", redirects=0))).status == 301
    posted = Request(url=way.base + "/moved", method="POST", body=b"x")
    assert (await way.fetch.send(posted)).status == 301
    assert (await way.fetch.send(Request(url=way.base + "/nowhere"))).status == 302


async def test_redirects_in_a_circle_end(way: Way) -> None:
    with pytest.raises(FetchRefused, match="too often"):
        await way.fetch.send(Request(url=way.base + "/one"))


@pytest.mark.parametrize("path", ["/private", "/local", "/port", "/file"])
async def test_a_redirect_leads_nowhere_that_could_not_be_asked(way: Way, path: str) -> None:
    with pytest.raises(FetchRefused):
        await way.fetch.send(Request(url=way.base + path))


async def test_the_limit_is_exact(way: Way) -> None:
    whole = await way.fetch.send(Request(url=way.base + "/long", limit=1000))
    assert len(whole.body) == 1000
    with pytest.raises(FetchRefused, match="too large"):
        await way.fetch.send(Request(url=way.base + "/long", limit=999))
    beginning = await way.fetch.send(Request(url=way.base + "/long", limit=999, cut=True))
    assert len(beginning.body) == 999


@pytest.mark.parametrize(
    "request_",
    [
        Request(url="http://site.example/", method="CONNECT"),
        Request(url="http://site.example/", method="get"),
        Request(url="http://site.example/", headers={"Host": "other.example"}),
        Request(url="http://site.example/", headers={"cookie": "a=b"}),
        Request(url="http://site.example/", headers={"Transfer-Encoding": "chunked"}),
        Request(url="http://site.example:22/"),
        Request(url="http://site.example:8080/"),
        Request(url="http://user:secret@site.example/"),
        Request(url="ftp://site.example/"),
    ],
)
async def test_improper_questions_are_refused(way: Way, request_: Request) -> None:
    with pytest.raises(FetchRefused):
        await way.fetch.send(request_)


async def test_what_is_not_there_has_failed(way: Way) -> None:
    with pytest.raises(FetchFailed):
        await way.fetch.send(Request(url="http://nowhere.example/"))


# -- nothing private is reached ----------------------------------------------------------------


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1", "127.1", "0x7f.1", "0177.0.0.1", "2130706433", "0", "0.0.0.0", "localhost",
        "localhost.", "LOCALHOST", "１２７.0.0.1", "[::1]", "[::]", "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]", "[64:ff9b::127.0.0.1]", "[fe80::1]", "[fd00::1]", "10.0.0.1",
        "192.168.0.1", "169.254.169.254", "100.64.0.1", "224.0.0.1", "255.255.255.255",
    ],
)  # fmt: skip
async def test_no_notation_of_a_private_address_is_reached(host: str) -> None:
    fetch = PublicFetch()
    with pytest.raises((FetchRefused, FetchFailed)) as caught:
        await fetch.send(Request(url=f"http://{host}/"))
    if caught.type is FetchFailed:  # Not every machine's resolver knows every notation.
        assert "has no address" in str(caught.value)
    await fetch.close()


async def test_a_name_with_one_private_address_is_refused(site: Site, names: Names) -> None:
    names.answers["mixed.example"] = [["93.184.216.34", HERE]]
    names.answers["hidden.example"] = [["::ffff:10.0.0.1"]]
    fetch = PublicFetch(resolve=names)
    for host in ("mixed.example", "hidden.example", "site.example"):
        with pytest.raises(FetchRefused, match="public Internet"):
            await fetch.send(Request(url=f"http://{host}/"))
    assert site.asked == []
    await fetch.close()


async def test_another_port_of_a_trusted_server_is_refused(site: Site, fetch: Fetch) -> None:
    with pytest.raises(FetchRefused):
        await fetch.send(Request(url="http://site.example/"))
    with pytest.raises(FetchRefused, match="port"):
        await fetch.send(Request(url=f"http://site.example:{site.port + 1}/"))


async def test_a_name_that_changes_its_address_gains_nothing(site: Site, names: Names) -> None:
    """Rebinding: the name is looked up once a hop, and what was checked is connected to."""
    trusted_ip, other_ip = "127.0.0.2", HERE
    names.answers["rebind.example"] = [[trusted_ip], [other_ip]]
    fetch = PublicFetch(trusted=[(trusted_ip, site.port)], resolve=names)
    url = f"http://rebind.example:{site.port}/"
    with pytest.raises(FetchFailed):  # Nobody listens there; the second answer is not tried.
        await fetch.send(Request(url=url))
    assert names.asked == ["rebind.example"]
    with pytest.raises(FetchRefused):
        await fetch.send(Request(url=url))
    assert site.asked == []
    await fetch.close()


async def test_each_hop_is_looked_up_and_checked_anew(
    site: Site, fetch: Fetch, names: Names
) -> None:
    names.answers["site.example"] = [[HERE], ["10.0.0.1"]]
    site.pages["/"] = said(302, Location="/again")
    with pytest.raises(FetchRefused, match="public Internet"):
        await fetch.send(Request(url=f"http://site.example:{site.port}/"))
    assert len(site.asked) == 1


async def test_the_next_address_is_tried_where_the_first_is_silent(
    site: Site, names: Names
) -> None:
    names.answers["two.example"] = [["127.0.0.3", HERE]]
    fetch = PublicFetch(trusted=[("127.0.0.3", site.port), (HERE, site.port)], resolve=names)
    site.pages["/"] = said(200, b"here")
    assert (await fetch.send(Request(url=f"http://two.example:{site.port}/"))).body == b"here"
    await fetch.close()


async def test_proxies_of_the_environment_are_not_asked(
    site: Site, fetch: Fetch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "https_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:1")
    site.pages["/"] = said(200, b"direct")
    assert (await fetch.send(Request(url=f"http://site.example:{site.port}/"))).body == b"direct"


# -- what is said ------------------------------------------------------------------------------


async def test_what_a_server_is_asked(site: Site, fetch: Fetch) -> None:
    site.pages["/p?q=%C3%A9"] = said(201)
    await fetch.send(
        Request(
            url=f"http://site.example:{site.port}/p?q=é#here",
            method="POST",
            headers={"content-type": "application/octet-stream", "ttl": "60"},
            body=b"\x00\r\n\xff",
        )
    )
    head, _, body = site.asked[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    assert lines[0] == b"POST /p?q=%C3%A9 HTTP/1.1"
    assert {line.lower() for line in lines[1:]} == {
        f"host: site.example:{site.port}".encode(),
        b"user-agent: entregent",
        b"accept: */*",
        b"content-type: application/octet-stream",
        b"ttl: 60",
        b"accept-encoding: gzip",
        b"connection: close",
        b"content-length: 4",
    }
    assert body == b"\x00\r\n\xff"


async def test_no_cookie_comes_back(site: Site, fetch: Fetch) -> None:
    site.pages["/"] = said(302, Location="/next", Set_Cookie="a=b")
    await fetch.send(Request(url=f"http://site.example:{site.port}/"))
    await fetch.send(Request(url=f"http://site.example:{site.port}/"))
    assert not any(b"cookie" in head.lower() for head in site.asked)


async def test_secrets_do_not_go_to_another_server(site: Site, fetch: Fetch) -> None:
    base = f"http://site.example:{site.port}"
    site.pages["/"] = said(302, Location="/same")
    site.pages["/same"] = said(302, Location=f"http://other.example:{site.port}/there")
    await fetch.send(Request(url=base, headers={"Authorization": "Bearer x", "X-Kept": "y"}))
    assert [b"Authorization: Bearer x" in head for head in site.asked] == [True, True, False]
    assert [b"X-Kept: y" in head for head in site.asked] == [True, True, True]


@pytest.mark.parametrize("name", ["a\r\nHost: x", "a b", "", "é"])
async def test_a_header_cannot_be_split(site: Site, fetch: Fetch, name: str) -> None:
    base = f"http://site.example:{site.port}"
    for headers in ({name: "x"}, {"x-a": f"{name}\r\nx: y"}):
        with pytest.raises(FetchRefused):
            await fetch.send(Request(url=base, headers=headers))
    assert site.asked == []


# -- bad servers -------------------------------------------------------------------------------


async def test_packed_answers_are_unpacked_up_to_the_limit(site: Site, fetch: Fetch) -> None:
    url = f"http://site.example:{site.port}/"
    content = b"text " * 1000
    packed = gzip.compress(content)
    site.pages["/"] = said(200, packed, Content_Encoding="gzip")
    assert (await fetch.send(Request(url=url))).body == content
    assert (await fetch.send(Request(url=url, limit=5000))).body == content
    with pytest.raises(FetchRefused, match="too large"):
        await fetch.send(Request(url=url, limit=4999))
    assert (await fetch.send(Request(url=url, limit=99, cut=True))).body == content[:99]
    site.pages["/"] = said(200, gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    start = time.perf_counter()
    with pytest.raises(FetchRefused, match="too large"):
        await fetch.send(Request(url=url))
    assert time.perf_counter() - start < 1
    for wrong in (packed[:-20], b"not packed at all"):
        site.pages["/"] = said(200, wrong, Content_Encoding="gzip")
        with pytest.raises(FetchFailed):
            await fetch.send(Request(url=url))
    site.pages["/"] = said(200, packed, Content_Encoding="br")
    with pytest.raises(FetchFailed, match="did not ask"):
        await fetch.send(Request(url=url))


async def endless_body(head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(bytes(10_000))
        await writer.drain()


async def endless_head(head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n")
    while True:
        writer.write(b"X-More: " + b"x" * 1000 + b"\r\n")
        await writer.drain()


async def endless_hints(head: bytes, writer: asyncio.StreamWriter) -> None:
    while True:
        writer.write(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n")
        await writer.drain()
        await asyncio.sleep(0)


async def drip(head: bytes, writer: asyncio.StreamWriter) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
    while True:
        writer.write(b"x")
        await writer.drain()
        await asyncio.sleep(0.02)


async def silence(head: bytes, writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(30)


@pytest.mark.parametrize(
    ("page", "error"),
    [
        (endless_body, FetchRefused),
        (endless_head, FetchFailed),
        (endless_hints, FetchFailed),
        (drip, FetchFailed),
        (silence, FetchFailed),
        (b"", FetchFailed),
        (b"SSH-2.0-OpenSSH\r\n", FetchFailed),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nshort", FetchFailed),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", FetchFailed),
        (b"HTTP/1.1 200 OK\r\nContent-Length: " + b"9" * 5000 + b"\r\n\r\n", FetchFailed),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\n\r\n", FetchRefused),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", FetchFailed),
        (b"HTTP/1.1 200 OK\r\nX: \x00\r\n\r\n", FetchFailed),
        (b"\xff" * 1000, FetchFailed),
    ],
)
async def test_a_bad_server_costs_little(
    site: Site, fetch: Fetch, page: bytes | Handler, error: type[Exception]
) -> None:
    site.pages["/"] = page
    start = time.perf_counter()
    with pytest.raises(error):
        await fetch.send(Request(url=f"http://site.example:{site.port}/", seconds=0.4))
    assert time.perf_counter() - start < 1.5


async def test_the_beginning_of_an_endless_answer_can_be_had(site: Site, fetch: Fetch) -> None:
    site.pages["/"] = endless_body
    url = f"http://site.example:{site.port}/"
    assert len((await fetch.send(Request(url=url, limit=25_000, cut=True))).body) == 25_000


async def test_a_chunked_answer_with_hints_before_it(site: Site, fetch: Fetch) -> None:
    site.pages["/"] = (
        b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n"
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA: 1\r\nA: 2\r\n\r\n"
        b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
    )
    answer = await fetch.send(Request(url=f"http://site.example:{site.port}/"))
    assert (answer.body, answer.headers["a"]) == (b"abcde", "1, 2")


async def test_a_slow_name_server_is_not_waited_for() -> None:
    async def slow(host: str, port: int) -> Sequence[str]:
        await asyncio.sleep(30)
        return []

    fetch = PublicFetch(resolve=slow)
    with pytest.raises(FetchFailed, match=r"within 0\.1 seconds"):
        await fetch.send(Request(url="http://site.example/", seconds=0.1))
    await fetch.close()


# -- encryption --------------------------------------------------------------------------------


async def test_certificates_are_those_of_the_name(names: Names) -> None:
    authority = trustme.CA()
    served = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("site.example").configure_cert(served)
    ours = ssl.create_default_context()
    authority.configure_trust(ours)
    site = Site()
    site.pages["/"] = said(200, b"secret")
    await site.start(served)
    trusted = [(HERE, site.port)]
    fetch = PublicFetch(trusted=trusted, resolve=names, tls=ours)
    assert (await fetch.send(Request(url=f"https://site.example:{site.port}/"))).body == b"secret"
    with pytest.raises(FetchFailed, match="certificate"):
        await fetch.send(Request(url=f"https://other.example:{site.port}/"))
    with pytest.raises(FetchFailed, match="certificate"):
        await PublicFetch(trusted=trusted, resolve=names).send(
            Request(url=f"https://site.example:{site.port}/")
        )
    assert len(site.asked) == 1
    await fetch.close()
    await site.stop()


# -- opening -----------------------------------------------------------------------------------


async def test_a_recording_is_read_from_a_file(tmp_path: Path) -> None:
    path = tmp_path / "recording.json"
    path.write_text('{"https://example.org": {"text": "hello"}}')
    fetch = open_fetch(f"recorded://{path}")
    assert (await fetch.send(Request(url="https://example.org/"))).body == b"hello"
    assert isinstance(fetch, RecordedFetch)
    assert [request.url for request in fetch.asked] == ["https://example.org/"]


async def test_none_asks_nobody() -> None:
    with pytest.raises(FetchFailed):
        await open_fetch("none:").send(Request(url="https://example.org/"))


async def test_public_is_the_real_thing() -> None:
    fetch = open_fetch("public:")
    with pytest.raises(FetchRefused):
        await fetch.send(Request(url="http://127.0.0.1/"))
    await fetch.close()


@pytest.mark.parametrize("url", ["", "http://proxy", "recorded:x"])
def test_a_url_that_names_no_way_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        open_fetch(url)
