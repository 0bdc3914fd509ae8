"""Mail through an SMTP server."""

import asyncio
import smtplib
import ssl
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

import msgspec

from .compose import Composed, Composer
from .model import Letter, MailRefused, MailUnavailable

TIMEOUT_SECONDS = 20.0
WORKERS = 4
_OPTIONS = {"starttls", "ca", "timeout"}


class SmtpPlace(msgspec.Struct, frozen=True, kw_only=True):
    """Where the server is and how to speak to it."""

    host: str
    port: int
    user: str = ""
    password: str = ""
    encryption: Literal["tls", "starttls", "if offered", "none"]
    ca_file: str | None = None
    timeout: float = TIMEOUT_SECONDS

    @classmethod
    def parse(cls, url: str) -> "SmtpPlace":
        """Reads `smtp://user:password@host:587?starttls=yes|no&ca=file` or `smtps://…`."""
        parts = urlsplit(url)
        options = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        if unknown := options.keys() - _OPTIONS:
            raise ValueError(f"mail: unknown option {min(unknown)!r}")
        if not parts.hostname or parts.path.strip("/"):
            raise ValueError("mail: the URL names no server, as in smtp://host:587")
        starttls = options.get("starttls")
        encryption: Literal["tls", "starttls", "if offered", "none"]
        if parts.scheme == "smtps":
            encryption = "tls"
        elif starttls == "yes" or (starttls is None and parts.password):
            # A password never travels in the clear unless somebody says so.
            encryption = "starttls"
        elif starttls == "no":
            encryption = "none"
        elif starttls is None:
            encryption = "if offered"
        else:
            raise ValueError("mail: starttls is yes or no")
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if encryption == "tls" else 587 if parts.username else 25),
            user=unquote(parts.username or ""),
            password=unquote(parts.password or ""),
            encryption=encryption,
            ca_file=options.get("ca"),
            timeout=float(options.get("timeout", TIMEOUT_SECONDS)),
        )


class SmtpMail:
    """One connection a letter, in threads of its own so that a slow server delays mail only."""

    def __init__(self, place: SmtpPlace, composer: Composer) -> None:
        self._place = place
        self._composer = composer
        self._tls = ssl.create_default_context(cafile=place.ca_file)
        self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="mail")

    async def send(self, letter: Letter) -> str:
        composed = self._composer.compose(letter)
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(self._threads, _translating, self._deliver, composed)
        return composed.message_id

    def _deliver(self, composed: Composed) -> None:
        # The name in our greeting: asking the DNS for this machine's can take half a minute.
        greeting = composed.message_id.rpartition("@")[2].rstrip(">")
        with self._connect(greeting) as server:
            if self._place.user:
                server.login(self._place.user, self._place.password)
            options = []
            if composed.international:
                server.ehlo_or_helo_if_needed()
                if not server.has_extn("smtputf8"):
                    raise MailRefused("the server cannot deliver to international addresses")
                options = ["SMTPUTF8", "BODY=8BITMIME"]
            server.sendmail(composed.sender, [composed.recipient], composed.content, options)

    def _connect(self, greeting: str) -> smtplib.SMTP:
        place = self._place
        if place.encryption == "tls":
            return smtplib.SMTP_SSL(
                place.host, place.port, greeting, timeout=place.timeout, context=self._tls
            )
        server = smtplib.SMTP(place.host, place.port, greeting, timeout=place.timeout)
        try:
            server.ehlo()
            offered = server.has_extn("starttls")
            if place.encryption == "starttls" or (place.encryption == "if offered" and offered):
                server.starttls(context=self._tls)
        except BaseException:
            server.close()
            raise
        return server


def _translating(deliver: Callable[[Composed], None], composed: Composed) -> None:
    """Runs it; says of each failure whether trying again can help."""
    try:
        deliver(composed)
    except smtplib.SMTPRecipientsRefused as error:
        code, reason = next(iter(error.recipients.values()))
        raise _judged(code, reason) from error
    except smtplib.SMTPAuthenticationError as error:
        # Ours to put right; the letters can wait.
        raise MailUnavailable(f"the mail server does not accept our password: {error}") from error
    except smtplib.SMTPResponseException as error:
        raise _judged(error.smtp_code, error.smtp_error) from error
    except (smtplib.SMTPException, OSError) as error:
        raise MailUnavailable(str(error) or type(error).__name__) from error


def _judged(code: int, reason: bytes | str) -> MailRefused | MailUnavailable:
    said = reason.decode(errors="replace") if isinstance(reason, bytes) else reason
    kind = MailRefused if 500 <= code < 600 else MailUnavailable
    return kind(f"{code} {said}")
