"""What lies behind two people: who has asked whom, and whom both know (M13)."""

from collections.abc import Iterable

import msgspec

from entregent.kit.ids import Id
from entregent.kit.people import WithPeople
from entregent.network import mutuals_with, near, relation
from entregent.ports.db import Transaction

from .model import ARRIVING, STATES, Reason, State
from .queries import rows as queries

SHOWN = 8


class PastInvitation(msgspec.Struct, kw_only=True):
    """An invitation between two, as one of them knows it."""

    id: Id
    mine: bool
    reason: Reason
    note: str
    at: int
    state: State
    settled_at: int | None
    archive: bool  # from an imported archive


class Past(WithPeople, kw_only=True):
    """Invitations either way, newest first, and some of those whom both know."""

    invitations: list[PastInvitation]
    mutuals: list[Id]
    mutual_total: int

    def people(self) -> Iterable[int]:
        return map(int, self.mutuals)


def past_with(tx: Transaction, me: int, other: int) -> Past:
    """What lies behind the member and somebody else. Each end knows its own rows alone, so what
    the other has done in silence is not told."""
    rows = sorted(tx.all(queries.BETWEEN, me=me, other=other), key=lambda row: (-row.at, -row.id))
    known = relation(tx, me, other).reachable
    return Past(
        invitations=[
            PastInvitation(
                id=str(row.id),
                mine=row.box == "sent",
                reason=row.reason,
                note=row.note,
                at=row.at,
                state=STATES[row.state],
                settled_at=row.settled_at,
                archive=row.box == "archive",
            )
            for row in rows
            if row.state != ARRIVING
        ],
        mutuals=[str(one) for one in mutuals_with(tx, me, other, SHOWN)] if known else [],
        mutual_total=near(tx, me, [other]).get(other, 0) if known else 0,
    )
