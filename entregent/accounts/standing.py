"""What the host has decided about an account: nothing new to others, or nobody comes in."""

from collections.abc import Iterable
from typing import NamedTuple

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction

from . import queries
from .actions import locked, revoke_others

FOR_GOOD = 2**53 - 1


class Standing(NamedTuple):
    """Until when an account is restricted and suspended (ms); 0 where it is not."""

    restricted_until: int = 0
    suspended_until: int = 0


def standings(tx: Transaction, members: Iterable[int]) -> dict[int, Standing]:
    """How some accounts stand now."""
    return {
        row.member_id: Standing(
            _ahead(tx, row.restricted_until),
            _ahead(tx, row.suspended_until),
        )
        for row in tx.all(queries.STANDING, members=list(members))
    }


def may_send(tx: Transaction, me: int) -> bool:
    """Whether the host lets a member send to others now."""
    return not standings(tx, [me]).get(me, Standing()).restricted_until


def check_may_send(tx: Transaction, me: int) -> None:
    """Refuses who may send nothing now: for what no route keeps from them."""
    if not may_send(tx, me):
        raise Refusal("accounts.restricted", status=403)


def set_standing(tx: Transaction, me: int, standing: Standing) -> list[int]:
    """Changes how an account stands; gives the sessions and tokens that open nothing any more."""
    locked(tx, me)
    tx.run(
        queries.SET_STANDING,
        owner_id=me,
        restricted=standing.restricted_until or None,
        suspended=standing.suspended_until or None,
    )
    if standing.suspended_until <= tx.now:
        return []
    shut = [row.id for row in tx.all(queries.TOKENS_OF, owner_id=me)]
    return shut + revoke_others(tx, me, 0)


def _ahead(tx: Transaction, until: int | None) -> int:
    return until if until is not None and until > tx.now else 0
