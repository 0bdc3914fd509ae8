"""Who hosts: a role that is given and taken on the command line alone."""

from collections.abc import Mapping

import msgspec

from entregent.kit.errors import Refusal
from entregent.ports.db import Row, Transaction

from . import queries
from .events import HostQueueChanged
from .model import Act


def is_host(tx: Transaction, member: int) -> bool:
    """Whether a member is one of those who decide."""
    return tx.first(queries.FIND_HOST, member=member) is not None


def hosts(tx: Transaction) -> list[Row]:
    """All hosts, the oldest first."""
    return tx.all(queries.ALL_HOSTS)


def grant(tx: Transaction, member: int) -> None:
    """Makes a member a host; one who is stays so."""
    if is_host(tx, member):
        return
    tx.run(queries.ADD_HOST, member_id=member, granted_at=tx.now)
    write_down(tx, None, "grant", member)
    tx.emit(HostQueueChanged(open=open_cases(tx)), to=[member])


def revoke(tx: Transaction, member: int) -> None:
    """Makes a host a member like others."""
    if not tx.touch(queries.DROP_HOST, member=member):
        raise Refusal("moderation.no_host", status=404)
    write_down(tx, None, "revoke", member)
    tx.emit(HostQueueChanged(open=None), to=[member])


def open_cases(tx: Transaction) -> int:
    """About how many people something waits, exactly."""
    return int(tx.value(queries.COUNT_CASES, is_open=1))


def waiting_for(tx: Transaction, member: int) -> int | None:
    """What waits for a host; None for everybody else, who is not to know of it."""
    return open_cases(tx) if is_host(tx, member) else None


def tell_hosts(tx: Transaction) -> None:
    """Tells the hosts' pages how much waits."""
    some = [row.member_id for row in hosts(tx)]
    if some:
        tx.emit(HostQueueChanged(open=open_cases(tx)), to=some)


def write_down(
    tx: Transaction,
    by: int | None,
    what: Act,
    person: int | None,
    detail: Mapping[str, object] | None = None,
) -> None:
    """Adds a line to the log of what hosts did, which nobody can change."""
    tx.run(
        queries.WRITE_DOWN,
        entry_id=tx.new_id(),
        at=tx.now,
        by_id=by,
        what=what,
        person_id=person,
        detail=msgspec.json.encode(detail or {}).decode(),
    )
