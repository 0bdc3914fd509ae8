"""A letter as the bytes that travel: correctly encoded, and nothing smuggled into its head."""

import re
import unicodedata
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import NamedTuple

from entregent.ports.clock import Clock
from entregent.ports.ids import Ids

from . import wire
from .model import Letter, Mailbox, MailRefused

MAX_ADDRESS = 254
MAX_LINE = 998
_HEADER_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]*")
_LOCAL_PART = re.compile(r"[^\s\"(),:;<>@\[\\\]]+")
_DOMAIN_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
_OURS = {
    "auto-submitted", "bcc", "cc", "date", "from", "message-id", "mime-version", "received",
    "return-path", "sender", "subject", "to",
}  # fmt: skip


class Composed(NamedTuple):
    """A letter ready for the wire."""

    message_id: str
    number: int
    sender: str
    recipient: str
    content: bytes
    international: bool  # An address is not ASCII: the server must know SMTPUTF8.


class Composer:
    """Makes wire bytes of letters; the clock and the ids make them repeatable."""

    def __init__(self, sender: Mailbox, clock: Clock, ids: Ids) -> None:
        self._sender = checked(sender)
        self._clock = clock
        self._ids = ids

    def compose(self, letter: Letter) -> Composed:
        """The letter as bytes; raises MailRefused for one that must not be sent."""
        sender = checked(letter.sender) if letter.sender else self._sender
        to = checked(letter.to)
        number = self._ids.new() if letter.number is None else letter.number
        message_id = f"<{number}@{sender.address.rpartition('@')[2]}>"
        now = datetime.fromtimestamp(self._clock.now() / 1000, UTC)
        head = [
            f"From: {wire.mailbox(sender.name, sender.address)}",
            f"To: {wire.mailbox(to.name, to.address)}",
            f"Subject: {wire.words(_line(letter.subject, 'subject'))}",
            f"Date: {format_datetime(now)}",
            f"Message-ID: {message_id}",
            "Auto-Submitted: auto-generated",
            *(_header(name, value) for name, value in letter.headers.items()),
            "MIME-Version: 1.0",
        ]
        text = _body(letter.text)
        if letter.html is None:
            body = wire.part("plain", text)
        else:
            body = wire.alternatives(text, _body(letter.html), boundary=f"=_{number}")
        content = "\r\n".join(head) + "\r\n" + body
        international = not (sender.address + to.address).isascii()
        return Composed(
            message_id, number, sender.address, to.address, content.encode(), international
        )


def _header(name: str, value: str) -> str:
    lower = name.lower()
    if not _HEADER_NAME.fullmatch(name) or lower in _OURS or lower.startswith("content-"):
        raise MailRefused(f"not a header for a letter: {name!r}")
    if len(name) + len(value) > MAX_LINE - 2 or not value.isascii():
        raise MailRefused(f"the value of {name} cannot be sent")
    return f"{name}: {_line(value, name)}"


def checked(mailbox: Mailbox) -> Mailbox:
    """The mailbox with its domain in lower-case ASCII; refuses what is not an address."""
    local, at, _ = mailbox.address.rpartition("@")
    _line(mailbox.name, "name")
    if not at or len(mailbox.address) > MAX_ADDRESS:
        raise MailRefused("not an address")
    parts = local.split(".")
    if not all(_LOCAL_PART.fullmatch(part) and _line(part, "address") for part in parts):
        raise MailRefused("not an address")
    return Mailbox(f"{local}@{to_ascii_domain(mailbox.address)}", mailbox.name)


def to_ascii_domain(address: str) -> str:
    """The domain of an address as the DNS knows it."""
    domain = address.rpartition("@")[2]
    try:
        domain = domain.encode("idna").decode().lower()
    except UnicodeError:
        raise MailRefused("not a domain") from None
    if not all(_DOMAIN_LABEL.fullmatch(label) for label in domain.split(".")):
        raise MailRefused("not a domain")
    return domain


def _line(value: str, what: str) -> str:
    """The value if it is one line. What would begin a new one could forge a header."""
    if any(unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} for c in value):
        raise MailRefused(f"control characters in {what}")
    return value


def _body(text: str) -> str:
    if any(unicodedata.category(c) == "Cs" or c == "\0" for c in text):
        raise MailRefused("the text cannot be sent")
    return text.replace("\r\n", "\n").replace("\r", "\n")
