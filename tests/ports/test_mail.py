"""The contract of mail: a list, a folder, and SMTP with and without encryption."""

import asyncio
import email
import email.policy
import re
import ssl
from collections.abc import AsyncIterator, Callable
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from hypothesis import given, settings
from hypothesis import strategies as st

from entregent.ports.clock import StoppedClock
from entregent.ports.ids import NodeIds
from entregent.ports.mail import (
    Letter,
    ListedMail,
    Mail,
    Mailbox,
    MailRefused,
    MailUnavailable,
    open_mail,
)
from entregent.ports.mail.compose import Composer
from tests.servers.processes import free_port

HOUSE = Mailbox("post@house.example", "The House")
ANNA = Mailbox("anna@example.org", "Anna")
LETTER = Letter(to=ANNA, subject="Welcome", text="Hello Anna.\n")
CLOCK = StoppedClock(1_790_000_000_000)  # 2026-09-21T14:13:20Z


def opened(url: str) -> Mail:
    return open_mail(url, sender=HOUSE, clock=CLOCK, ids=NodeIds(CLOCK))


class Postbox:
    """What the other side received."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.answer = "250 OK"
        self.delay = 0.0
        self.encrypted: list[bool] = []

    async def handle_RCPT(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: Any
    ) -> str:
        if address.startswith("nobody"):
            return "550 5.1.1 there is no such person"
        if address.startswith("greylisted"):
            return "451 4.7.1 come back later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - the library's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        await asyncio.sleep(self.delay)
        self.encrypted.append(session.ssl is not None)
        self.envelopes.append(envelope)
        return self.answer


class Ways:
    """One way of sending, with a view of what arrived."""

    def __init__(self, mail: Mail, arrived: Callable[[], list[bytes]]) -> None:
        self.mail = mail
        self.arrived = arrived

    def letters(self) -> list[EmailMessage]:
        return [
            email.message_from_bytes(content, policy=email.policy.default)
            for content in self.arrived()
        ]


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return path


@pytest.fixture(scope="module")
def tls(authority: trustme.CA) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("127.0.0.1", "localhost").configure_cert(context)
    return context


class Servers:
    """Starts SMTP servers and stops them at the end of the test."""

    def __init__(self) -> None:
        self._running: list[Controller] = []

    def start(self, postbox: Postbox, **options: Any) -> int:
        controller = Controller(postbox, hostname="127.0.0.1", port=free_port(), **options)
        controller.start()
        self._running.append(controller)
        return int(controller.port)

    def stop(self) -> None:
        for controller in self._running:
            controller.stop(no_assert=True)


@pytest.fixture
async def servers() -> AsyncIterator[Servers]:
    started = Servers()
    yield started
    await asyncio.to_thread(started.stop)


def in_files(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in sorted(folder.glob("*.eml"))]


@pytest.fixture(params=["folder", "smtp", "starttls", "smtps"])
def way(
    request: pytest.FixtureRequest,
    tmp_path: Path,
    servers: Servers,
    tls: ssl.SSLContext,
    ca_file: Path,
) -> Ways:
    """Each adapter through which bytes arrive somewhere."""
    if request.param == "folder":
        folder = tmp_path / "mail out"
        return Ways(opened(folder.as_uri()), lambda: in_files(folder))
    postbox = Postbox()
    ca = quote(str(ca_file))
    options: dict[str, Any] = {"enable_SMTPUTF8": True}
    if request.param == "smtp":
        url = f"smtp://127.0.0.1:{servers.start(postbox, **options)}"
    elif request.param == "starttls":
        port = servers.start(postbox, tls_context=tls, require_starttls=True, **options)
        url = f"smtp://127.0.0.1:{port}?starttls=yes&ca={ca}"
    else:
        url = f"smtps://127.0.0.1:{servers.start(postbox, ssl_context=tls, **options)}?ca={ca}"
    contents = lambda: [e.original_content or b"" for e in postbox.envelopes]  # noqa: E731
    return Ways(opened(url), contents)


@pytest.fixture(params=["list", "folder"])
def mail(request: pytest.FixtureRequest, tmp_path: Path) -> Mail:
    """The adapters that need no server, for what is refused before sending."""
    return opened("memory:" if request.param == "list" else tmp_path.as_uri())


async def test_a_letter_arrives_as_it_was_written(way: Ways) -> None:
    message_id = await way.mail.send(LETTER)
    [letter] = way.letters()
    assert letter["From"] == "The House <post@house.example>"
    assert letter["To"] == "Anna <anna@example.org>"
    assert letter["Subject"] == "Welcome"
    assert letter["Date"] == "Mon, 21 Sep 2026 14:13:20 +0000"
    assert letter["Message-ID"] == message_id
    assert message_id.endswith("@house.example>")
    assert letter["Auto-Submitted"] == "auto-generated"
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == "Hello Anna.\n"


async def test_the_bytes_are_the_same_for_every_adapter_and_every_time(
    way: Ways, tmp_path: Path
) -> None:
    letter = Letter(to=ANNA, subject="Grüße", text="é\n" * 5, html="<p>é</p>")
    await way.mail.send(letter)
    await opened((tmp_path / "again").as_uri()).send(letter)
    assert way.arrived() == in_files(tmp_path / "again")


async def test_what_is_not_ascii_arrives(way: Ways) -> None:
    name = "Zoë Çelik-Łukasiewicz « 王小明 » 🙂, Dr."
    subject = "Réponse à « Où en est-on ? » — " + "très " * 40
    text = "Bonjour Zoë,\n\n.\n.. un point seul, puis “guillemets” et 王小明.\n" + "é" * 3000
    await way.mail.send(Letter(to=Mailbox("zoe@example.org", name), subject=subject, text=text))
    [letter] = way.letters()
    # The modern parser puts spaces around encoded commas; the older one reads them as they are.
    raw = email.message_from_bytes(way.arrived()[0])["To"]
    assert str(make_header(decode_header(raw))) == f"{name} <zoe@example.org>"
    [to] = letter["To"].addresses
    assert to.addr_spec == "zoe@example.org"
    assert letter["Subject"] == subject
    assert letter.get_content().replace("\r\n", "\n").rstrip("\n") == text
    assert all(len(line) <= 998 for line in way.arrived()[0].split(b"\r\n"))
    assert way.arrived()[0].isascii()


async def test_text_and_html_are_two_forms_of_one_letter(way: Ways) -> None:
    await way.mail.send(
        Letter(to=ANNA, subject="Both", text="plain é\n", html="<p lang=fr>joli é</p>\n")
    )
    [letter] = way.letters()
    assert letter.get_content_type() == "multipart/alternative"
    plain, pretty = letter.iter_parts()
    assert (plain.get_content_type(), pretty.get_content_type()) == ("text/plain", "text/html")
    assert plain.get_content().strip() == "plain é"
    assert pretty.get_content().strip() == "<p lang=fr>joli é</p>"


@given(
    name=st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=80),
    subject=st.text(st.characters(exclude_categories=["C", "Z"]) | st.just(" "), max_size=120),
    text=st.text(
        st.characters(min_codepoint=1, exclude_categories=["Cs"], exclude_characters="\r")
    ),
    html=st.none() | st.text(st.sampled_from("=_-.<>é \n")),
)
@settings(max_examples=40, deadline=None)
def test_any_text_comes_back(name: str, subject: str, text: str, html: str | None) -> None:
    composer = Composer(HOUSE, CLOCK, NodeIds(CLOCK))
    letter = Letter(to=Mailbox("a@b.c", name), subject=subject, text=text, html=html)
    content = composer.compose(letter).content
    assert re.search(rb"(?<!\r)\n|\r(?!\n)", content) is None
    old = email.message_from_bytes(content)
    assert str(make_header(decode_header(old["Subject"]))).strip() == subject.strip()
    read = email.message_from_bytes(content, policy=email.policy.default)
    assert [address.addr_spec for address in read["To"].addresses] == ["a@b.c"]
    assert read.defects == []
    forms = list(read.iter_parts()) if html is not None else [read]
    bodies = [form.get_content().replace("\r\n", "\n").rstrip("\n") for form in forms]
    assert bodies == [body.rstrip("\n") for body in (text, html) if body is not None]


async def test_headers_and_another_sender(way: Ways) -> None:
    await way.mail.send(
        Letter(
            to=ANNA,
            sender=Mailbox("jobs@house.example", "Jobs"),
            subject="Digest",
            text="…",
            headers={
                "List-Unsubscribe": "<https://house.example/u/" + "a" * 200 + ">",
                "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            },
        )
    )
    [letter] = way.letters()
    assert letter["From"] == "Jobs <jobs@house.example>"
    assert letter["List-Unsubscribe"] == "<https://house.example/u/" + "a" * 200 + ">"
    assert letter["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


async def test_international_addresses(way: Ways) -> None:
    await way.mail.send(Letter(to=Mailbox("anna@bücher.example"), subject="s", text="t"))
    await way.mail.send(Letter(to=Mailbox("zoë@example.org", "Zoë"), subject="é", text="t"))
    assert way.letters()[0]["To"] == "anna@xn--bcher-kva.example"
    assert "\r\n <zoë@example.org>\r\n".encode() in way.arrived()[1]


async def test_letters_keep_their_order_and_their_names(way: Ways) -> None:
    sent = [await way.mail.send(Letter(to=ANNA, subject=str(n), text="")) for n in range(12)]
    assert [letter["Subject"] for letter in way.letters()] == [str(n) for n in range(12)]
    assert len(set(sent)) == 12


@pytest.mark.parametrize(
    "letter",
    [
        Letter(to=ANNA, subject="a\r\nBcc: all@example.org", text=""),
        Letter(to=ANNA, subject="a\nb", text=""),
        Letter(to=ANNA, subject="a\rb", text=""),
        Letter(to=ANNA, subject="a\x00b", text=""),
        Letter(to=ANNA, subject="a\u2028b", text=""),
        Letter(to=ANNA, subject="a\x85b", text=""),
        Letter(to=ANNA, subject="\ud800", text=""),
        Letter(to=ANNA, subject="", text="\ud800"),
        Letter(to=Mailbox("anna@example.org", "A\r\nBcc: x@y.z"), subject="", text=""),
        Letter(to=Mailbox("anna@example.org\r\nBcc: x@y.z"), subject="", text=""),
        Letter(to=Mailbox("anna@example.org> SIZE=1"), subject="", text=""),
        Letter(to=Mailbox("a@example.org,b@example.org"), subject="", text=""),
        Letter(to=Mailbox("a@example.org b@example.org"), subject="", text=""),
        Letter(to=Mailbox("<a@example.org>"), subject="", text=""),
        Letter(to=Mailbox("a b@example.org"), subject="", text=""),
        Letter(to=Mailbox("a..b@example.org"), subject="", text=""),
        Letter(to=Mailbox("@example.org"), subject="", text=""),
        Letter(to=Mailbox("anna@"), subject="", text=""),
        Letter(to=Mailbox("anna@exa mple.org"), subject="", text=""),
        Letter(to=Mailbox("anna@-example.org"), subject="", text=""),
        Letter(to=Mailbox("anna@[127.0.0.1]"), subject="", text=""),
        Letter(to=Mailbox("anna"), subject="", text=""),
        Letter(to=Mailbox("a" * 250 + "@example.org"), subject="", text=""),
        Letter(to=ANNA, sender=Mailbox("x@y.z\n"), subject="", text=""),
        Letter(to=ANNA, subject="", text="", headers={"List-Id": "a\r\nBcc: x@y.z"}),
        Letter(to=ANNA, subject="", text="", headers={"List-Id: x\r\nBcc": "x@y.z"}),
        Letter(to=ANNA, subject="", text="", headers={"Bcc": "x@y.z"}),
        Letter(to=ANNA, subject="", text="", headers={"content-type": "text/html"}),
        Letter(to=ANNA, subject="", text="", headers={"FROM": "x@y.z"}),
        Letter(to=ANNA, subject="", text="", headers={"X-Long": "x" * 1000}),
    ],
)
async def test_nothing_can_be_smuggled_in(mail: Mail, letter: Letter, tmp_path: Path) -> None:
    with pytest.raises(MailRefused):
        await mail.send(letter)
    assert in_files(tmp_path) == []
    if isinstance(mail, ListedMail):
        assert mail.sent == []


async def test_the_list_keeps_letters() -> None:
    mail = opened("memory:")
    assert isinstance(mail, ListedMail)
    await mail.send(LETTER)
    assert mail.sent == [LETTER]


async def test_a_folder_that_is_gone_is_unavailable(tmp_path: Path) -> None:
    mail = opened((tmp_path / "out").as_uri())
    (tmp_path / "out").rmdir()
    with pytest.raises(MailUnavailable):
        await mail.send(LETTER)


async def test_the_password_is_given_over_tls(
    servers: Servers, tls: ssl.SSLContext, ca_file: Path
) -> None:
    seen: list[Any] = []

    def authenticate(
        server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        seen.append(data)
        right = isinstance(data, LoginPassword) and data.password == b"p@ss:w/rd"
        return AuthResult(success=right, handled=False)

    postbox = Postbox()
    port = servers.start(
        postbox, tls_context=tls, require_starttls=True, auth_required=True,
        authenticator=authenticate,
    )  # fmt: skip
    place = f"127.0.0.1:{port}?ca={quote(str(ca_file))}"
    await opened(f"smtp://house:p%40ss%3Aw%2Frd@{place}").send(LETTER)
    assert postbox.encrypted == [True]
    with pytest.raises(MailUnavailable, match="password"):
        await opened(f"smtp://house:wrong@{place}").send(LETTER)


async def test_a_password_never_travels_in_the_clear(servers: Servers) -> None:
    postbox = Postbox()
    port = servers.start(postbox)
    with pytest.raises(MailUnavailable, match="STARTTLS"):
        await opened(f"smtp://house:secret@127.0.0.1:{port}").send(LETTER)
    assert postbox.envelopes == []


async def test_encryption_is_used_where_it_is_offered(
    servers: Servers, tls: ssl.SSLContext, ca_file: Path
) -> None:
    postbox = Postbox()
    port = servers.start(postbox, tls_context=tls)
    await opened(f"smtp://127.0.0.1:{port}?ca={quote(str(ca_file))}").send(LETTER)
    await opened(f"smtp://127.0.0.1:{port}?starttls=no").send(LETTER)
    assert postbox.encrypted == [True, False]


@pytest.mark.parametrize("scheme", ["smtp", "smtps"])
async def test_a_certificate_that_nobody_vouches_for_is_refused(
    servers: Servers, tls: ssl.SSLContext, scheme: str
) -> None:
    postbox = Postbox()
    option = {"ssl_context": tls} if scheme == "smtps" else {"tls_context": tls}
    port = await asyncio.to_thread(servers.start, postbox, **option)
    with pytest.raises(MailUnavailable, match=r"(?i)certificate"):
        await opened(f"{scheme}://127.0.0.1:{port}").send(LETTER)
    assert postbox.envelopes == []


async def test_what_the_server_says_decides_whether_to_try_again(servers: Servers) -> None:
    postbox = Postbox()
    mail = opened(f"smtp://127.0.0.1:{servers.start(postbox)}")
    with pytest.raises(MailRefused, match="550"):
        await mail.send(Letter(to=Mailbox("nobody@example.org"), subject="", text=""))
    with pytest.raises(MailUnavailable, match="451"):
        await mail.send(Letter(to=Mailbox("greylisted@example.org"), subject="", text=""))
    postbox.answer = "554 5.7.1 this is spam"
    with pytest.raises(MailRefused, match="554"):
        await mail.send(LETTER)
    postbox.answer = "452 4.3.1 disk full"
    with pytest.raises(MailUnavailable, match="452"):
        await mail.send(LETTER)
    postbox.answer = "250 OK"
    await mail.send(LETTER)


async def test_international_addresses_need_a_server_that_knows_them(servers: Servers) -> None:
    mail = opened(f"smtp://127.0.0.1:{servers.start(Postbox(), enable_SMTPUTF8=False)}")
    with pytest.raises(MailRefused, match="international"):
        await mail.send(Letter(to=Mailbox("zoë@example.org"), subject="", text=""))


async def test_a_server_that_is_down_or_stuck_is_unavailable(servers: Servers) -> None:
    with pytest.raises(MailUnavailable):
        await opened("smtp://127.0.0.1:1").send(LETTER)
    postbox = Postbox()
    postbox.delay = 1.0
    port = servers.start(postbox)
    with pytest.raises(MailUnavailable, match="timed out"):
        await opened(f"smtp://127.0.0.1:{port}?timeout=0.2").send(LETTER)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "/folder",
        "file:folder",
        "smtp://",
        "smtp://h?starttls=maybe",
        "smtp://h?x=1",
        "imap://h",
    ],
)
def test_a_url_that_names_no_mail_is_refused(url: str) -> None:
    with pytest.raises(ValueError):
        opened(url)


def test_mailboxes_are_read_from_settings() -> None:
    assert Mailbox.parse("House <post@house.example>") == Mailbox("post@house.example", "House")
    assert Mailbox.parse("post@house.example") == Mailbox("post@house.example")
    for wrong in ("", "House", "House <post>"):
        with pytest.raises(ValueError, match="address"):
            Mailbox.parse(wrong)
