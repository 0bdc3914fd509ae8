"""An SMTP server for the tests that keeps what it is given."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from .processes import Server, free_port


class Keeper:
    """aiosmtpd's handler: accepts everything, except for the addresses it was told to refuse."""

    def __init__(self) -> None:
        self.received: list[EmailMessage] = []
        self.refused: set[str] = set()

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 No such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        content = envelope.content
        raw = content.encode() if isinstance(content, str) else content or b""
        self.received.append(message_from_bytes(raw, policy=policy.default))
        return "250 Kept"


class SmtpServer(Server):
    """`received`: the messages, in order of arrival; `refused`: addresses it answers with 550."""

    def __init__(self) -> None:
        self.port = free_port()
        self._keeper = Keeper()
        self._controller = Controller(self._keeper, hostname="127.0.0.1", port=self.port)

    @property
    def url(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    @property
    def received(self) -> list[EmailMessage]:
        return self._keeper.received

    @property
    def refused(self) -> set[str]:
        return self._keeper.refused

    def start(self) -> None:
        self._controller.start()

    def stop(self) -> None:
        self._controller.stop()
