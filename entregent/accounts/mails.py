"""The letters that accounts write."""

import json
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from entregent.ports.ports import Ports

from .model import PROOF_MS


async def send_proof(ports: Ports, email: str, name: str, language: str, token: str) -> None:
    """Sends the link that proves an address; without a mail adapter nothing is sent."""
    if ports.mail is None:
        return
    settings = ports.settings
    link = f"{settings.address.rstrip('/')}/verify?token={quote(token)}"
    words = {
        "name": name,
        "host": settings.name,
        "link": link,
        "days": str(PROOF_MS // 86_400_000),
    }
    await ports.mail.send(
        to=email,
        subject=_sentence(language, "accounts.mail_proof_subject", words),
        text=_sentence(language, "accounts.mail_proof_text", words),
    )


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
