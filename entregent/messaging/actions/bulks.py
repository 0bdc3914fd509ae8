"""Something done to many conversations at once: in pieces, with progress, stopped and undone.

Which conversations it is about is settled at its beginning; each piece is a commit of its own and
keeps how they were before, so that undoing makes each exactly as it was. What is small enough is
one piece, done at once.
"""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from ..acts import ALL_SEEN, NEEDS_SEEN, Act, Before, Route, Seen
from ..desk import Bulk
from ..events import BulkProgressed, InboxRefreshed
from ..jobnames import DoBulk
from ..queries import handling as queries
from .marking import Change, act_on, difference, take_back, tell_changes

PIECE = 500
KEPT_MS = 30 * 86_400_000  # how long anything can be undone


class Done(NamedTuple):
    """What a command came to: how many conversations changed, or will, and in which there is more
    than was seen."""

    changed: int
    undo: int | None
    bulk: Bulk | None
    newer: Sequence[int] = ()


def begin_bulk(
    tx: Transaction, me: int, ids: Sequence[int], act: Act, seen: Seen = ALL_SEEN
) -> Done:
    """Marks conversations of mine, at once or, where there are many, from now on."""
    ids, newer = list(dict.fromkeys(ids)), []
    if len(ids) > PIECE and seen != ALL_SEEN and act.mark in NEEDS_SEEN:
        # Now, because the pieces know no more than when the whole began.
        newer = [
            row.conversation_id
            for row in tx.all(queries.NEWS_IN, owner_id=me, ids=ids)
            if seen.newer(row)
        ]
        left_out = set(newer)
        ids = [one for one in ids if one not in left_out]
    done = _begin(tx, me, act, [(act, ids)], seen)
    return done._replace(newer=[*newer, *done.newer])


def begin_routes(tx: Transaction, me: int, plan: Sequence[tuple[Route, Sequence[int]]]) -> Done:
    """The same where rules say what goes where; no conversation may be named twice."""
    routes = [
        Route(box=route.box, label=route.label, parts=-(-len(ids) // PIECE)) for route, ids in plan
    ]
    single = [Act(mark="route", routes=[route]) for route in routes]
    whole = Act(mark="route", routes=routes)
    return _begin(tx, me, whole, list(zip(single, [ids for _, ids in plan], strict=True)))


def _begin(
    tx: Transaction,
    me: int,
    whole: Act,
    plan: Sequence[tuple[Act, Sequence[int]]],
    seen: Seen = ALL_SEEN,
) -> Done:
    total = sum(len(ids) for _, ids in plan)
    if total > PIECE:
        key = _keep(tx, me, whole, total, "running")
        parts = [
            ids[start : start + PIECE] for _, ids in plan for start in range(0, len(ids), PIECE)
        ]
        rows = [_part(me, key, number, part, None) for number, part in enumerate(parts)]
        tx.run_many(queries.KEEP_PART, rows)
        enqueue(tx, DoBulk(member_id=str(me), bulk_id=str(key)), owner=me, key=str(key))
        bulk = _wire(_find(tx, me, key))
        tx.emit(BulkProgressed(bulk=bulk, delta={}), to=[me])
        return Done(total, key, bulk)
    kept: list[Before] = []
    changed: list[Change] = []
    newer: list[int] = []
    for act, ids in plan:
        acted = act_on(tx, me, ids, act, seen)
        kept += acted.kept
        changed += acted.changed
        newer += acted.newer
    if not changed:
        return Done(0, None, None, newer)
    key = _keep(tx, me, whole, len(changed), "done")
    tx.run(queries.KEEP_PART, **_part(me, key, 0, [one.id for one in kept], kept))
    tell_changes(tx, me, changed)
    return Done(len(changed), key, None, newer)


def go_on_with_bulk(tx: Transaction, me: int, key: int) -> bool:
    """Does, or undoes, the next piece; False when there is none."""
    bulk = tx.first(queries.BULK, owner_id=me, of_bulk=key)
    if bulk is None or bulk.state not in ("running", "undoing"):
        return False
    changed: list[Change] = []
    if bulk.state == "running":
        part = tx.first(queries.NEXT_PART, owner_id=me, of_bulk=key)
        state, done = "done", bulk.total
        if part is not None:
            ids = msgspec.json.decode(part.ids, type=list[int])
            act = msgspec.json.decode(bulk.act, type=Act).of_part(part.part)
            acted = act_on(tx, me, ids, act, Seen(at=bulk.at))
            tx.run(queries.KEEP_PART, **_part(me, key, part.part, ids, acted.kept))
            changed = acted.changed
            state, done = "running", min(bulk.total, bulk.done + len(ids))
    else:
        part = tx.first(queries.LAST_PART, owner_id=me, of_bulk=key)
        state, done = "undone", 0
        if part is not None:
            changed = take_back(tx, me, msgspec.json.decode(part.before, type=list[Before]))
            tx.run(queries.DROP_PART, owner_id=me, of_bulk=key, number=part.part)
            size = len(msgspec.json.decode(part.ids, type=list[int]))
            state, done = "undoing", max(0, bulk.done - size)
    _settle(tx, me, key, state, done, difference(changed))
    return part is not None


def stop_bulk(tx: Transaction, me: int, key: int) -> Bulk:
    """Stops what is still being done; what was done stays, and can be undone."""
    bulk = _find(tx, me, key)
    if bulk.state == "running":
        _settle(tx, me, key, "stopped", bulk.done, {})
    return _wire(_find(tx, me, key))


def undo_bulk(tx: Transaction, me: int, key: int) -> Done:
    """Makes each conversation as it was; a second time it finds nothing to do."""
    bulk = _find(tx, me, key)
    if bulk.state in ("undone", "undoing"):
        return Done(0, None, None)
    if bulk.total <= PIECE:
        part = tx.first(queries.LAST_PART, owner_id=me, of_bulk=key)
        kept = msgspec.json.decode(part.before, type=list[Before]) if part else []
        changed = take_back(tx, me, kept)
        tx.run(queries.DROP_PARTS, owner_id=me, of_bulk=key)
        tx.run(queries.SET_BULK, owner_id=me, of_bulk=key, new_state="undone", new_done=0)
        tell_changes(tx, me, changed)
        return Done(len(changed), None, None)
    _settle(tx, me, key, "undoing", bulk.done, {})
    enqueue(tx, DoBulk(member_id=str(me), bulk_id=str(key)), owner=me, key=str(key))
    return Done(bulk.done, None, _wire(_find(tx, me, key)))


def forget_bulks(tx: Transaction, limit: int = 200) -> int:
    """Drops what is too old to be undone; gives how many."""
    old = tx.all(queries.OLD_BULKS, before=tx.now - KEPT_MS, limit=limit)
    for one in old:
        tx.run(queries.DROP_PARTS, owner_id=one.member_id, of_bulk=one.bulk_id)
        tx.run(queries.DROP_BULK, owner_id=one.member_id, of_bulk=one.bulk_id)
    return len(old)


def _find(tx: Transaction, me: int, key: int) -> Any:
    bulk = tx.first(queries.BULK, owner_id=me, of_bulk=key)
    if bulk is None:
        raise Refusal("messaging.nothing_to_undo", status=404)
    return bulk


def _settle(
    tx: Transaction, me: int, key: int, state: str, done: int, delta: dict[str, int]
) -> None:
    tx.run(queries.SET_BULK, owner_id=me, of_bulk=key, new_state=state, new_done=done)
    tx.emit(BulkProgressed(bulk=_wire(_find(tx, me, key)), delta=delta), to=[me])
    if state in ("done", "stopped", "undone"):
        tx.emit(InboxRefreshed(), to=[me])


def _wire(bulk: Any) -> Bulk:
    return Bulk(
        id=str(bulk.bulk_id),
        mark=msgspec.json.decode(bulk.act, type=Act).mark,
        done=bulk.done,
        total=bulk.total,
        state="running" if bulk.state == "undoing" else bulk.state,
    )


def _keep(tx: Transaction, me: int, act: Act, total: int, state: str) -> int:
    key = tx.new_id()
    tx.run(
        queries.ADD_BULK,
        member_id=me,
        bulk_id=key,
        act=msgspec.json.encode(act).decode(),
        total=total,
        done=total if state == "done" else 0,
        state=state,
        at=tx.now,
    )
    return key


def _part(
    me: int, key: int, part: int, ids: Sequence[int], kept: Sequence[Before] | None
) -> dict[str, Any]:
    return {
        "member_id": me,
        "bulk_id": key,
        "part": part,
        "ids": msgspec.json.encode(ids).decode(),
        "before": None if kept is None else msgspec.json.encode(kept).decode(),
    }
