"""Marks on conversations, in a few statements however many there are."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from ..acts import (
    ALL_SEEN,
    NEEDS_SEEN,
    Act,
    Before,
    Seen,
    Values,
    before,
    changes,
    changes_unseen,
    labels_in,
    restored,
)
from ..events import ConversationChanged, ConversationRemoved, InboxRefreshed
from ..jobnames import ComeBack
from ..model import DELETED, Mark, delta, state_of
from ..queries import desk, handling
from ..queries import labels as labelled
from ..reading import row_of
from .telling import MOST_EVENTS

Change = tuple[Any, Any]  # a mailbox row before and after


def mark(tx: Transaction, me: int, ids: Sequence[int], how: Mark) -> int:
    """Marks conversations of mine, and keeps nothing to undo it by; gives how many changed."""
    changed = act_on(tx, me, ids, Act(mark=how)).changed
    tell_changes(tx, me, changed)
    return len(changed)


def check_act(tx: Transaction, me: int, act: Act) -> None:
    """Refuses a mark that names what is not there."""
    act.check(tx.now)
    for table, key, code in (("labels", act.label, "label"), ("boxes", act.box, "box")):
        if key is not None and tx.first(desk.ONE[table], owner_id=me, key=int(key)) is None:
            raise Refusal(f"messaging.no_such_{code}", status=404, field=code)


class Acted(NamedTuple):
    """What a mark came to: how it was, what changed, and where there is more than was seen."""

    kept: list[Before]
    changed: list[Change]
    newer: list[int]


def act_on(tx: Transaction, me: int, ids: Sequence[int], act: Act, seen: Seen = ALL_SEEN) -> Acted:
    """Marks those of these conversations that it changes. One in which there is more than was seen
    is not put away."""
    # A mailbox is no place to hide in: what is deleted goes along.
    take = handling.TAKE_DELETED_TOO if act.mark == "box" else handling.TAKE
    rows = tx.all(take, owner_id=me, ids=ids)
    wanted: dict[int, Values] = {}
    kept: list[Before] = []
    newer: list[int] = []
    for row in rows:
        more = act.mark in NEEDS_SEEN and seen.newer(row)
        changed = changes_unseen(act, row, seen) if more else changes(act, row)
        if changed:
            wanted[row.conversation_id] = changed
            kept.append(before(row, changed))
        if more:
            newer.append(row.conversation_id)
    return Acted(kept, write(tx, me, rows, wanted), newer)


def take_back(tx: Transaction, me: int, kept: Sequence[Before]) -> list[Change]:
    """Makes conversations as they were before a mark."""
    of = {one.id: one for one in kept}
    rows = tx.all(handling.TAKE_DELETED_TOO, owner_id=me, ids=list(of))
    wanted = {row.conversation_id: restored(of[row.conversation_id], row) for row in rows}
    return write(tx, me, rows, {key: values for key, values in wanted.items() if values})


def write(
    tx: Transaction, me: int, rows: Sequence[Any], wanted: Mapping[int, Values]
) -> list[Change]:
    """Writes what is wanted of mailbox rows, and keeps labels and timers in step."""
    alike: dict[tuple[tuple[str, Any], ...], list[int]] = {}
    changed: list[Change] = []
    for row in rows:
        values = wanted.get(row.conversation_id)
        if values:
            alike.setdefault(tuple(sorted(values.items())), []).append(row.conversation_id)
            changed.append((row, row._replace(**values)))
    for same, keys in alike.items():
        names = tuple(name for name, _ in same)
        tx.run(
            handling.set_handled(names),
            owner_id=me,
            ids=keys,
            **{f"new_{name}": value for name, value in same},
        )
    _keep_labels(tx, changed)
    _set_timers(tx, me, changed)
    return changed


def _keep_labels(tx: Transaction, changed: Sequence[Change]) -> None:
    come, moved = [], []
    gone: dict[str, list[int]] = {}
    for was, now in changed:
        if was.labels is now.labels is None:
            continue
        one = {"member_id": now.member_id, "conversation_id": now.conversation_id}
        before_, after = set(labels_in(was.labels)), set(labels_in(now.labels))
        place = {"view": now.view, "sort_at": now.sort_at}
        for label in before_ - after:
            gone.setdefault(label, []).append(now.conversation_id)
        come += [one | {"label_id": int(label)} | place for label in after - before_]
        if (was.view, was.sort_at) != (now.view, now.sort_at):
            moved += [one | {"label_id": int(label)} | place for label in after & before_]
    tx.run_many(labelled.LABEL, come)
    tx.run_many(labelled.MOVE, moved)
    for label, keys in gone.items():
        tx.run(labelled.DROP, owner_id=changed[0][1].member_id, label=int(label), ids=keys)


def _set_timers(tx: Transaction, me: int, changed: Sequence[Change]) -> None:
    moments = [
        moment
        for was, now in changed
        for moment, then in (
            (now.snoozed_until, was.snoozed_until),
            (now.remind_at, was.remind_at),
        )
        if moment is not None and moment != then
    ]
    if moments:
        at = max(tx.now, min(moments))
        enqueue(tx, ComeBack(member_id=str(me)), owner=me, key="all", at=at)


def difference(changed: Sequence[Change]) -> dict[str, int]:
    """What the counts change by."""
    moves: Counter[tuple[tuple[int, int, str | None], ...]] = Counter(
        tuple((state_of(row), row.box_id, row.labels) for row in pair) for pair in changed
    )
    change: Counter[str] = Counter()
    for (was, now), times in moves.items():
        for one, by in (
            *delta(was[0], None, was[1], labels_in(was[2])).items(),
            *delta(None, now[0], now[1], labels_in(now[2])).items(),
        ):
            change[one] += by * times
    return {name: by for name, by in change.items() if by}


def tell_changes(tx: Transaction, me: int, changed: Sequence[Change]) -> None:
    """Tells a member what became of conversations."""
    if len(changed) > MOST_EVENTS:
        tx.emit(InboxRefreshed(), to=[me])
        return
    for was, now in changed:
        if now.view >= DELETED:
            if was.view < DELETED:
                gone = difference([(was, now)])
                tx.emit(ConversationRemoved(id=str(now.conversation_id), delta=gone), to=[me])
            continue
        tx.emit(ConversationChanged(row=row_of(now), delta=difference([(was, now)])), to=[me])
