"""The sentences that the server itself says, in each language, from the slices' catalogues."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr")
PACKAGE = Path(__file__).resolve().parent.parent


@lru_cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of a language, by key."""
    sentences: dict[str, str] = {}
    for path in sorted(PACKAGE.glob(f"*/{language}.json")):
        sentences.update(json.loads(path.read_text(encoding="utf-8")))
    return sentences


def sentence(language: str, key: str, params: dict[str, Any] | None = None) -> str:
    """The sentence for a key with its parameters filled in; English where a language lacks it."""
    text = catalogue(language).get(key) or catalogue("en").get(key) or key
    for name, value in (params or {}).items():
        text = text.replace("{" + name + "}", str(value))
    return text


def preferred(accept_language: str) -> str:
    """The first of our languages that a browser asks for; English otherwise."""
    for part in accept_language.split(","):
        code = part.split(";")[0].strip()[:2].lower()
        if code in LANGUAGES:
            return code
    return "en"
