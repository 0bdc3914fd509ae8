"""The letter that tells a decision with its reasons, and how to object."""

from datetime import UTC, datetime
from urllib.parse import quote

from entregent.kit.sentences import sentence
from entregent.kit.settings import Settings
from entregent.ports.mail import Letter, Mailbox

from .reading import Decision


def letter(
    settings: Settings, to: Mailbox, language: str, decision: Decision, what: str, key: str
) -> Letter:
    """What is said to the person concerned."""
    answer = decision.answer.text if decision.answer is not None else ""
    words = {
        "name": to.name,
        "host": settings.name,
        "reason": sentence(language, f"moderation.reason_{decision.reason}"),
        "statement": answer if what in ("reverse", "uphold") else decision.statement,
        "until": _until(language, decision),
        "link": f"{settings.address.rstrip('/')}/decisions?token={quote(key)}",
    }
    return Letter(
        to=to,
        subject=sentence(language, f"moderation.mail_{what}_subject", words),
        text=sentence(language, f"moderation.mail_{what}_text", words),
    )


def _until(language: str, decision: Decision) -> str:
    if decision.until is None:
        return sentence(language, "moderation.mail_for_good")
    day = datetime.fromtimestamp(decision.until / 1_000, UTC)
    words = {"day": day.strftime("%Y-%m-%d %H:%M UTC")}
    return sentence(language, "moderation.mail_until", words)
