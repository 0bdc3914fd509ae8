"""The sentences that the server itself says, in each language, from the slices' catalogues."""

import json
import re
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

LANGUAGES = ("en", "fr")
PACKAGE = Path(__file__).resolve().parent.parent
_WORD = re.compile(r"\{(\w+)\}")


@lru_cache
def catalogue(language: str) -> dict[str, str]:
    """All sentences of a language, by key."""
    sentences: dict[str, str] = {}
    for path in sorted(PACKAGE.glob(f"*/{language}.json")):
        sentences.update(json.loads(path.read_text(encoding="utf-8")))
    return sentences


def sentence(language: str, key: str, words: Mapping[str, object] | None = None) -> str:
    """The sentence for a key with its words filled in; English where a language lacks it."""
    text = catalogue(language).get(key) or catalogue("en").get(key) or key
    # In one pass: what a member wrote may hold braces of its own.
    given = words or {}
    return _WORD.sub(lambda found: str(given.get(found[1], found[0])), text)
