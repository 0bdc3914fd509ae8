"""The letters that accounts write."""

import logging
from urllib.parse import quote

from entregent.kit.sentences import sentence
from entregent.ports.mail import Letter, Mailbox, MailRefused, MailUnavailable
from entregent.ports.ports import Ports

from .model import PROOF_MS, RESET_MS, Account

log = logging.getLogger(__name__)

_DAYS = str(PROOF_MS // 86_400_000)


async def send_proof(ports: Ports, email: str, name: str, language: str, token: str) -> bool:
    """Sends the link that proves an address; False when it could not be sent now."""
    link = f"/verify?token={quote(token)}"
    return await _send(ports, Mailbox(email, name), language, "proof", link, days=_DAYS)


async def send_reset(ports: Ports, email: str, name: str, language: str, token: str) -> bool:
    """Sends the link by which a forgotten password is replaced."""
    link = f"/reset?token={quote(token)}"
    minutes = str(RESET_MS // 60_000)
    return await _send(ports, Mailbox(email, name), language, "reset", link, minutes=minutes)


async def send_new_email(ports: Ports, email: str, name: str, language: str, token: str) -> bool:
    """Sends the link that makes an address the member's, to that address."""
    link = f"/verify?for=email&token={quote(token)}"
    return await _send(ports, Mailbox(email, name), language, "new_email", link, days=_DAYS)


async def send_notice(ports: Ports, mine: Account, what: str, to: str) -> bool:
    """Says what was changed, to the address that was known until then."""
    letter = {"password": "password_changed", "email": "email_changed"}[what]
    return await _send(
        ports, Mailbox(to, mine.name), mine.language, letter, "/forgot", email=mine.email
    )


async def _send(
    ports: Ports, to: Mailbox, language: str, letter: str, path: str, **words: str
) -> bool:
    if ports.mail is None:
        return False
    settings = ports.settings
    link = f"{settings.address.rstrip('/')}{path}"
    said = {"name": to.name, "host": settings.name, "link": link, **words}
    try:
        await ports.mail.send(
            Letter(
                to=to,
                subject=sentence(language, f"accounts.mail_{letter}_subject", said),
                text=sentence(language, f"accounts.mail_{letter}_text", said),
            )
        )
    except (MailRefused, MailUnavailable) as error:
        log.warning("a letter was not sent: %s", error)
        return False
    return True
