"""Why a file was refused, as a sentence: the reason is kept with it, and read later."""

import json
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path


@lru_cache
def _sentences(language: str) -> dict[str, str]:
    path = Path(__file__).with_name(f"{language}.json")
    sentences: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return sentences


def sentence(language: str, code: str, params: Mapping[str, int | str]) -> str:
    """A refusal in a member's language."""
    text = _sentences(language).get(code, code)
    for name, value in params.items():
        text = text.replace("{" + name + "}", str(value))
    return text
