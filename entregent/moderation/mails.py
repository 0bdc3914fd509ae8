"""The letter that tells a decision with its reasons, and how to object."""

import json
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from entregent.kit.settings import Settings
from entregent.ports.mail import Letter, Mailbox

from .reading import Decision


def letter(
    settings: Settings, to: Mailbox, language: str, decision: Decision, what: str, key: str
) -> Letter:
    """What is said to the person concerned."""
    said = _letters(language)
    answer = decision.answer.text if decision.answer is not None else ""
    words = {
        "name": to.name,
        "host": settings.name,
        "reason": said[f"moderation.reason_{decision.reason}"],
        "statement": answer if what in ("reverse", "uphold") else decision.statement,
        "until": _until(said, decision),
        "link": f"{settings.address.rstrip('/')}/decisions?token={quote(key)}",
    }
    return Letter(
        to=to,
        subject=_filled(said[f"moderation.mail_{what}_subject"], words),
        text=_filled(said[f"moderation.mail_{what}_text"], words),
    )


def _until(said: dict[str, str], decision: Decision) -> str:
    if decision.until is None:
        return said["moderation.mail_for_good"]
    day = datetime.fromtimestamp(decision.until / 1_000, UTC)
    return said["moderation.mail_until"].replace("{day}", day.strftime("%Y-%m-%d %H:%M UTC"))


@lru_cache
def _letters(language: str) -> dict[str, str]:
    path = Path(__file__).with_name(f"{language}.json")
    letters: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return letters


def _filled(text: str, words: dict[str, str]) -> str:
    for word, value in words.items():
        text = text.replace("{" + word + "}", value)
    return text
