"""Why a file was refused, as a sentence: an import keeps the reason, its member reads it later."""

import json
from functools import lru_cache
from pathlib import Path
from typing import Any

from entregent.kit.errors import Refusal

from .model import Reason


@lru_cache
def _sentences(language: str) -> dict[str, str]:
    path = Path(__file__).with_name(f"{language}.json")
    sentences: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))
    return sentences


def kept_reason(refusal: Refusal) -> str:
    """A refusal as it is kept."""
    return json.dumps({"code": refusal.code, "params": refusal.params})


def reason(kept: str | None, language: str) -> Reason | None:
    """A kept refusal in a member's language."""
    if kept is None:
        return None
    told: dict[str, Any] = json.loads(kept)
    text = _sentences(language).get(told["code"], told["code"])
    for name, value in told["params"].items():
        text = text.replace("{" + name + "}", str(value))
    return Reason(told["code"], text)
