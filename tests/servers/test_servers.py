"""The servers that other tests rely on start, answer and end."""

import asyncio
import os
import smtplib
import subprocess
import sys
import time
from email.message import EmailMessage
from pathlib import Path
from urllib.request import Request, urlopen

import nats
import psycopg
import pytest
from nats.aio.msg import Msg
from starlette.types import Message, Receive, Scope, Send

from tests.browser.site import Site
from tests.servers import browser, no_skips, postgres
from tests.servers.nats import NatsServer
from tests.servers.slow import Delays, Slow
from tests.servers.smtp import SmtpServer

PROGRAMS = {"found first": postgres.find_programs(), "of our lock": postgres.candidates()[-1]}


@pytest.mark.parametrize("programs", PROGRAMS.values(), ids=PROGRAMS)
def test_postgres_starts_and_recovers(tmp_path: Path, programs: Path) -> None:
    with postgres.PostgresServer(tmp_path, programs) as server:
        with psycopg.connect(server.create("house")) as connection:
            connection.execute("create table rooms (name text primary key)")
            connection.execute("insert into rooms values ('kitchen')")
        server.stop()
        server.start()
        with psycopg.connect(server.url_of("house")) as connection:
            assert connection.execute("select name from rooms").fetchall() == [("kitchen",)]
            assert connection.info.server_version >= postgres.FLOOR * 10_000


def test_postgres_of_our_lock_is_new_enough() -> None:
    packaged = postgres.candidates()[-1]
    assert (
        packaged.is_relative_to(Path(no_skips.__file__).parents[2] / ".venv") or packaged.exists()
    )
    assert postgres.version(packaged) >= postgres.FLOOR


def test_an_absent_postgres_has_no_version(tmp_path: Path) -> None:
    assert postgres.version(tmp_path) == 0


async def test_nats_passes_on_what_it_is_told(tmp_path: Path) -> None:
    with NatsServer(tmp_path) as server:
        connection = await nats.connect(server.url)
        heard: asyncio.Queue[bytes] = asyncio.Queue()

        async def hear(message: Msg) -> None:
            await heard.put(message.data)

        await connection.subscribe("news", cb=hear)
        await connection.publish("news", b"hello")
        assert await asyncio.wait_for(heard.get(), 5) == b"hello"
        await connection.close()


def test_smtp_keeps_what_it_takes_and_refuses_whom_it_must() -> None:
    letter = EmailMessage()
    letter["From"], letter["To"], letter["Subject"] = "a@example.org", "b@example.org", "Été"
    letter.set_content("Bonjour")
    with SmtpServer() as server, smtplib.SMTP("127.0.0.1", server.port) as client:
        client.send_message(letter)
        server.refused.add("c@example.org")
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            client.sendmail("a@example.org", ["c@example.org"], "Subject: no\n\nno")
        assert [kept["Subject"] for kept in server.received] == ["Été"]


def test_the_browser_starts_and_shows_a_page() -> None:
    with browser.running() as started:
        page = started.new_page()
        page.set_content("<h1>Entregent</h1>")
        assert page.text_content("h1") == "Entregent"


def test_a_browser_named_wrongly_is_not_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMIUM", "/nowhere/chromium")
    with pytest.raises(FileNotFoundError, match="CHROMIUM names /nowhere/chromium"):
        browser.named()


PROBE = """
import pytest
def test_left_out(): pytest.skip("no reason at all")
def test_done(): pass
"""


@pytest.mark.parametrize(("ci", "outcome"), [("1", "failed"), ("", "skipped")])
def test_with_ci_a_skip_is_a_failure(tmp_path: Path, ci: str, outcome: str) -> None:
    probe, counts = tmp_path / "test_probe.py", tmp_path / "counts"
    probe.write_text(PROBE)
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "tests.servers.no_skips", probe],
        env={**os.environ, "CI": ci, "ENTREGENT_TEST_COUNTS": str(counts)},
        cwd=tmp_path,
        check=False,
    )
    counted = dict(line.split() for line in counts.read_text().splitlines())
    assert (counted["passed"], counted[outcome]) == ("1", "1")


def test_what_failed_before_pytest_is_counted() -> None:
    counts = "passed 12\nfailed 1\nerror 2\nskipped 0\n"
    assert no_skips.closing_line(counts, "lint, types") == "12 passed, 5 failed"


ASKED = ("one cookie", "GET", "/api/people/7")


def test_what_is_late_is_as_late_again_for_the_next_session() -> None:
    delays = Delays("seed=3 reads=2 events=1")
    first = [delays.next("reads", *ASKED) for _ in range(20)]
    assert first == [delays.next("reads", "another", "GET", "/api/people/8") for _ in range(20)]
    assert first != [Delays("seed=4 reads=2").next("reads", *ASKED) for _ in range(20)]
    assert 0 in first
    assert all(late == 0 or 0.2 <= late <= 2 for late in first)
    assert {delays.next("writes", *ASKED) for _ in range(20)} == {0}


def test_a_delay_of_nothing_we_know_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="nothing is called answers"):
        Delays("answers=1")


async def test_events_come_late_and_in_order() -> None:
    """Each may be late; none overtakes, and the stream ends when all are out."""

    async def tell(_scope: Scope, _receive: Receive, send: Send) -> None:
        for number in range(8):
            await send({"type": "http.response.body", "body": b"%d" % number, "more_body": True})

    came: list[tuple[float, bytes]] = []

    async def hear(message: Message) -> None:
        came.append((asyncio.get_running_loop().time(), message["body"]))

    async def nothing() -> Message:
        return {"type": "http.disconnect"}

    words = "seed=1 events=0.2"
    scope: Scope = {
        "type": "http",
        "method": "GET",
        "path": "/api/stream",
        "headers": [(b"sec-fetch-mode", b"cors")],
    }
    began = asyncio.get_running_loop().time()
    await Slow(tell, Delays(words))(scope, nothing, hear)
    own = Delays(words)
    late = [own.next("events", "", "GET", "/api/stream") for _ in range(8)]
    assert [body for _, body in came] == [b"%d" % number for number in range(8)]
    assert max(late) > 0
    assert all(at - began >= least for (at, _), least in zip(came, late, strict=True))


def test_a_slow_site_is_slow_to_its_pages(tmp_path: Path) -> None:
    words = "seed=2 requests=0.4 reads=0.4"
    own, path = Delays(words), "/api/openapi.json"
    least = sum(own.next(kind, "", "GET", path) for _ in range(6) for kind in ("requests", "reads"))
    assert least > 0
    with Site(tmp_path / "slow", late=words) as site:
        began = time.monotonic()
        for _ in range(6):
            with urlopen(Request(site.url + path, headers={"Sec-Fetch-Mode": "cors"})) as answer:
                assert answer.status == 200
        assert time.monotonic() - began >= least
