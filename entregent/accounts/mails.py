"""The letters that accounts write."""

import json
import logging
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from entregent.ports.mail import Letter, Mailbox, MailRefused, MailUnavailable
from entregent.ports.ports import Ports

from .model import PROOF_MS

log = logging.getLogger(__name__)


async def send_proof(ports: Ports, email: str, name: str, language: str, token: str) -> bool:
    """Sends the link that proves an address; False when it could not be sent now."""
    if ports.mail is None:
        return False
    settings = ports.settings
    link = f"{settings.address.rstrip('/')}/verify?token={quote(token)}"
    words = {
        "name": name,
        "host": settings.name,
        "link": link,
        "days": str(PROOF_MS // 86_400_000),
    }
    letter = Letter(
        to=Mailbox(email, name),
        subject=_sentence(language, "accounts.mail_proof_subject", words),
        text=_sentence(language, "accounts.mail_proof_text", words),
    )
    try:
        await ports.mail.send(letter)
    except (MailRefused, MailUnavailable) as error:
        log.warning("a letter was not sent: %s", error)
        return False
    return True


@lru_cache
def _letters(language: str) -> dict[str, str]:
    path = Path(__file__).with_name(f"{language}.json")
    letters: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return letters


def _sentence(language: str, key: str, words: dict[str, str]) -> str:
    text = _letters(language)[key]
    for word, value in words.items():
        text = text.replace("{" + word + "}", value)
    return text
