"""The letter that webhooks write."""

import logging

from entregent.accounts import account
from entregent.kit.sentences import sentence
from entregent.ports.mail import Letter, Mailbox, MailRefused, MailUnavailable
from entregent.ports.ports import Ports

from .model import DAY, OFF_AFTER_MS

log = logging.getLogger(__name__)


async def send_off(ports: Ports, member_id: int, url: str) -> bool:
    """Says that a webhook was switched off; False when it could not be sent now."""
    mine = await ports.db.read(account, member_id)
    if ports.mail is None:
        return False
    words = {
        "name": mine.name,
        "host": ports.settings.name,
        "url": url,
        "days": str(OFF_AFTER_MS // DAY),
        "link": f"{ports.settings.address.rstrip('/')}/settings/developers",
    }
    letter = Letter(
        to=Mailbox(mine.email, mine.name),
        subject=sentence(mine.language, "webhooks.mail_off_subject", words),
        text=sentence(mine.language, "webhooks.mail_off_text", words),
    )
    try:
        await ports.mail.send(letter)
    except (MailRefused, MailUnavailable) as error:
        log.warning("a letter was not sent: %s", error)
        return False
    return True
