"""What readers are warned of: links, held against the house's own address and the host's list of
domains as these are now, whenever and wherever a message was written (M16)."""

from collections.abc import Sequence

import msgspec

from entregent.ports.db import Transaction

from .doubts import OWN, asked_domains, doubts
from .model import Doubt, Message
from .queries import domains as queries


def doubts_in(tx: Transaction, text: str) -> list[Doubt]:
    """The links of a text that readers are warned of; costs nothing where there is none."""
    return doubts(text, *_held_against(tx, [text])) if "://" in text else []


def warned(tx: Transaction, messages: Sequence[Message]) -> list[Message]:
    """Messages with their doubtful links: one statement for those that have links, none where
    none has."""
    linked = [one.text for one in messages if "://" in one.text]
    if not linked:
        return list(messages)
    own, blocked = _held_against(tx, linked)
    return [
        msgspec.structs.replace(one, doubts=found)
        if "://" in one.text and (found := doubts(one.text, own, blocked))
        else one
        for one in messages
    ]


def _held_against(tx: Transaction, texts: Sequence[str]) -> tuple[str, set[str]]:
    """The house's own address, and those domains of the texts that the host does not want."""
    asked = sorted({domain for text in texts for domain in asked_domains(text)})
    found = {row.domain: row.kind for row in tx.all(queries.AMONG, domains=asked)}
    return found.pop(OWN, ""), set(found)
