"""The mail seam: letters to members.

`file:///folder` writes `.eml` files, `smtp://user:password@host:587` and `smtps://…` hand them
to a server, `memory:` keeps them in a list for tests.
"""

from pathlib import Path
from urllib.parse import unquote, urlsplit

from entregent.ports.clock import Clock
from entregent.ports.ids import Ids

from .compose import Composer
from .folder import FolderMail
from .listed import ListedMail
from .model import Letter, Mail, Mailbox, MailRefused, MailUnavailable
from .smtp import SmtpMail, SmtpPlace

__all__ = [
    "FolderMail",
    "Letter",
    "ListedMail",
    "Mail",
    "MailRefused",
    "MailUnavailable",
    "Mailbox",
    "SmtpMail",
    "open_mail",
]


def open_mail(url: str, *, sender: Mailbox, clock: Clock, ids: Ids) -> Mail:
    """The way of sending that a URL names; `sender` is the instance's own address."""
    composer = Composer(sender, clock, ids)
    parts = urlsplit(url)
    if parts.scheme == "file" and not parts.netloc and parts.path.startswith("/"):
        return FolderMail(Path(unquote(parts.path)), composer)
    if parts.scheme in ("smtp", "smtps"):
        return SmtpMail(SmtpPlace.parse(url), composer)
    if parts.scheme == "memory":
        return ListedMail(composer)
    raise ValueError(f"no such mail: {parts.scheme}: (file:///folder, smtp://host or memory:)")
