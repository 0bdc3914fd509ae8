"""Writing and reading the members' numbered logs."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from entregent.kit.events import Event, encode
from entregent.ports.db import Transaction

from . import queries
from .hub import Appended, Hub

KEPT_EVENTS = 20_000
PAGE = 500


class Missed(NamedTuple):
    """What a member's log holds after a cursor; `too_old` when part of that is trimmed away."""

    events: list[tuple[int, str]]
    head: int
    too_old: bool


class LogJournal:
    """The database's journal: numbers what was emitted, and wakes followers after the commit."""

    def __init__(self, hub: Hub | None = None) -> None:
        self._hub = hub

    def append(self, tx: Transaction, emitted: Sequence[tuple[int, Event]]) -> list[Appended]:
        """Gives each event the next number of its member's log."""
        wanted: dict[int, int] = {}
        for member_id, _ in emitted:
            wanted[member_id] = wanted.get(member_id, 0) + 1
        # One order everywhere, so that no two writers wait for each other in a ring.
        grown = tx.each(
            queries.GROW_HEAD,
            [{"member_id": member, "seq": wanted[member], "floor": 0} for member in sorted(wanted)],
        )
        heads = {row.member_id: row.seq - wanted[row.member_id] for row in grown}
        appended: list[Appended] = []
        texts: dict[int, str] = {}
        for member_id, event in emitted:
            seq = heads[member_id] = heads[member_id] + 1
            key = id(event)
            text = texts.get(key)
            if text is None:
                text = texts[key] = encode(event)
            appended.append(Appended(member_id, seq, text))
        now = tx.now
        tx.run_many(
            queries.APPEND,
            [
                {"member_id": member_id, "seq": seq, "at": now, "event": event}
                for member_id, seq, event in appended
            ],
        )
        return appended

    def committed(self, appended: Sequence[Appended]) -> None:
        """Pushes the events to whoever follows; losing this loses nothing."""
        if self._hub is not None:
            self._hub.appended(appended)


def cursor_of(tx: Transaction, member_id: int) -> int:
    """The number of the member's last event: where a fresh state stands."""
    row = tx.first(queries.HEAD, member_id=member_id)
    return row.seq if row else 0


def grown(tx: Transaction, cursors: Mapping[int, int]) -> list[int]:
    """The members, among some, whose logs hold more than these numbers."""
    found = tx.all(queries.HEADS, ids=list(cursors))
    return [row.member_id for row in found if row.seq > cursors[row.member_id]]


def missed_since(tx: Transaction, member_id: int, after: int) -> Missed:
    """A page of what came after a cursor."""
    row = tx.first(queries.HEAD, member_id=member_id)
    head, floor = (row.seq, row.floor) if row else (0, 0)
    if after < floor or after > head:
        return Missed([], head, True)
    found = tx.all(queries.SINCE, member_id=member_id, after=after, limit=PAGE)
    return Missed([(entry.seq, entry.event) for entry in found], head, False)


def trim(tx: Transaction, keep: int = KEPT_EVENTS) -> int:
    """Shortens the longest logs to their last `keep` events; gives how many were shortened."""
    long_ones = tx.all(queries.LONG_LOGS, keep=keep + keep // 10, limit=100)
    for row in long_ones:
        tx.run(queries.TRIM, owner_id=row.member_id, upto=row.seq - keep)
        tx.run(queries.RAISE_FLOOR, owner_id=row.member_id, upto=row.seq - keep)
    tx.run(queries.FORGET_COMMANDS, before=tx.now - 14 * 86_400_000)
    return len(long_ones)
