"""Which of our languages a browser asks for."""

from entregent.kit.sentences import LANGUAGES


def preferred(accept_language: str) -> str:
    """The first of our languages that a browser asks for; English otherwise."""
    for part in accept_language.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "en"
