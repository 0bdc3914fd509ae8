"""What a letter is, and what sending one means."""

from email.utils import parseaddr
from typing import Protocol

import msgspec


class Mailbox(msgspec.Struct, frozen=True):
    """An address, with the name shown beside it."""

    address: str
    name: str = ""

    @classmethod
    def parse(cls, text: str) -> "Mailbox":
        """Reads `Name <address>` or a bare address; raises ValueError for anything else."""
        name, address = parseaddr(text)
        if "@" not in address:
            raise ValueError(f"not a mail address: {text!r}")
        return cls(address, name)


class Letter(msgspec.Struct, frozen=True, kw_only=True):
    """A mail to one person. Text is what everybody can read; HTML is the same, prettier."""

    to: Mailbox
    subject: str
    text: str
    html: str | None = None
    sender: Mailbox | None = None  # None: the instance's own address
    headers: dict[str, str] = {}  # such as List-Unsubscribe
    number: int | None = None  # one sent again under its number is the same letter, told by its id


class MailRefused(ValueError):
    """This letter can never be sent: it is not a proper one, or the other side wants none of it."""


class MailUnavailable(OSError):
    """It could not be sent now; trying later may help."""


class Mail(Protocol):
    """Sends letters."""

    async def send(self, letter: Letter) -> str:
        """Hands the letter over and returns its Message-ID.

        Raises MailRefused or MailUnavailable; only after the latter is it worth trying again.
        """
        ...
