"""A command repeated with the same client id happens once."""

from collections.abc import Callable
from typing import Any, TypeVar

import msgspec

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction

from . import queries

T = TypeVar("T", bound=msgspec.Struct | None)


def once(
    tx: Transaction,
    member_id: int,
    client_id: str,
    answer: type[T],
    action: Callable[..., T],
    *args: Any,
) -> T:
    """Runs `action(tx, *args)` unless this member's client id was seen: then its answer again.

    Only what succeeded is remembered, so a refused command may be tried again as it is.
    """
    name = f"{action.__module__}.{action.__qualname__}"
    seen = tx.first(queries.FIND_COMMAND, member_id=member_id, client_id=client_id)
    if seen is not None:
        if seen.action != name:
            raise Refusal("kit.client_id_reused", status=409)
        return msgspec.json.decode(seen.answer, type=answer)
    result = action(tx, *args)
    tx.run(
        queries.KEEP_COMMAND,
        member_id=member_id,
        client_id=client_id,
        action=name,
        answer=msgspec.json.encode(result).decode(),
        at=tx.now,
    )
    return result
