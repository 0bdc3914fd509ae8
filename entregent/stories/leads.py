"""A lead is somebody in a list of the member's own: one tag, whatever language it was first
written in."""

from collections.abc import Iterable

from entregent.accounts import account
from entregent.kit.sentences import LANGUAGES, sentence
from entregent.kit.text import fold
from entregent.network import tags_of
from entregent.ports.db import Transaction

_KEY = "stories.lead_tag"


def is_lead(tag: str) -> bool:
    """Whether this is what leads are called, in any language of the house."""
    return fold(tag) in {fold(sentence(language, _KEY)) for language in LANGUAGES}


def any_lead(tags: Iterable[str]) -> bool:
    """Whether somebody with these tags is a lead."""
    return any(map(is_lead, tags))


def lead_tag(tx: Transaction, me: int) -> str:
    """What the member calls leads: as they have begun, else in their language."""
    begun = (one.tag for one in tags_of(tx, me) if is_lead(one.tag))
    return next(begun, "") or sentence(account(tx, me).language, _KEY)
