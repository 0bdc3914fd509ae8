"""Why a file was refused, as a sentence: an import keeps the reason, its member reads it later."""

import json
from typing import Any

from entregent.kit.errors import Refusal
from entregent.kit.sentences import sentence

from .model import Reason


def kept_reason(refusal: Refusal) -> str:
    """A refusal as it is kept."""
    return json.dumps({"code": refusal.code, "params": refusal.params})


def reason(kept: str | None, language: str) -> Reason | None:
    """A kept refusal in a member's language."""
    if kept is None:
        return None
    told: dict[str, Any] = json.loads(kept)
    return Reason(told["code"], sentence(language, told["code"], told["params"]))
