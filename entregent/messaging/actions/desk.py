"""Labels, mailboxes and saved filters: made, changed, deleted and restored."""

from typing import Any

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.text import clean_line
from entregent.ports.db import Transaction

from ..acts import Act
from ..desk import Desk, Filter, Kind
from ..events import DeskChanged
from ..lists import counts_and_desk
from ..model import VIEW_NAMES
from ..queries import desk as queries
from .bulks import KEPT_MS, begin_bulk, undo_bulk

MOST = {"labels": 200, "boxes": 20, "filters": 50}
_MORE = {"labels": "color", "boxes": "undo_id", "filters": "filter"}
MAX_NAME = 60


def add_to_desk(tx: Transaction, me: int, kind: Kind, name: str, more: Any = None) -> int:
    """Makes a label of a colour, a mailbox, or a view that a filter makes; the last in order."""
    last = tx.all(queries.LAST[kind], owner_id=me)[0]
    if last.n >= MOST[kind]:
        raise Refusal(f"messaging.too_many_{kind}", most=MOST[kind])
    key = tx.new_id()
    tx.run(
        queries.ADD[kind],
        member_id=me,
        id=key,
        name=_checked(tx, me, kind, name, 0),
        position=last.position + 1,
        deleted_at=0,
        **{_MORE[kind]: _stored(more)},
    )
    _tell(tx, me)
    return key


def change_on_desk(
    tx: Transaction,
    me: int,
    kind: Kind,
    key: int,
    name: str | None = None,
    more: Any = None,
    position: int | None = None,
) -> None:
    """Gives it another name, colour or filter, or another place (counted from 0)."""
    one = find(tx, me, kind, key)
    _set(
        tx, me, kind, one,
        new_name=one.name if name is None else _checked(tx, me, kind, name, key),
        more=getattr(one, _MORE[kind]) if more is None else _stored(more),
    )  # fmt: skip
    if position is not None:
        others = [row for row in _all(tx, me, kind) if row.id != key]
        others.insert(min(position, len(others)), find(tx, me, kind, key))
        for place, row in enumerate(others, 1):
            if row.position != place:
                _set(tx, me, kind, row, new_position=place)
    _tell(tx, me)


def delete_from_desk(tx: Transaction, me: int, kind: Kind, key: int) -> None:
    """Takes it away, to be restored for thirty days. A mailbox's conversations go to the personal
    one; a label stays with its conversations, unseen, until it comes back."""
    if tx.first(queries.DELETED_ONE[kind], owner_id=me, key=key, since=0) is not None:
        return
    one = find(tx, me, kind, key)
    more = getattr(one, _MORE[kind])
    if kind == "boxes":
        ids = [
            row.conversation_id
            for view in range(len(VIEW_NAMES))
            for row in tx.all(queries.IN_BOX, owner_id=me, view=view, box=key)
        ]
        more = begin_bulk(tx, me, ids, Act(mark="box", by="desk")).undo
    _set(tx, me, kind, one, new_deleted_at=tx.now, more=more)
    _tell(tx, me)


def restore_on_desk(tx: Transaction, me: int, kind: Kind, key: int) -> None:
    """Brings back what was deleted; what has come back already stays as it is."""
    if tx.first(queries.ONE[kind], owner_id=me, key=key) is not None:
        return
    one = tx.first(queries.DELETED_ONE[kind], owner_id=me, key=key, since=tx.now - KEPT_MS)
    if one is None:
        raise _not_there(kind)
    name = _checked(tx, me, kind, one.name, key)
    _set(tx, me, kind, one, new_name=name, new_deleted_at=0)
    _tell(tx, me)
    if kind == "boxes" and one.undo_id is not None:
        undo_bulk(tx, me, one.undo_id)


def find(tx: Transaction, me: int, kind: Kind, key: int) -> Any:
    """One of mine that is there."""
    one = tx.first(queries.ONE[kind], owner_id=me, key=key)
    if one is None:
        raise _not_there(kind)
    return one


def desk_of(tx: Transaction, me: int) -> Desk:
    """All of it with its counts."""
    return counts_and_desk(tx, me)[1]


def _not_there(kind: Kind) -> Refusal:
    one = {"labels": "label", "boxes": "box", "filters": "filter"}[kind]
    return Refusal(f"messaging.no_such_{one}", status=404)


def _checked(tx: Transaction, me: int, kind: Kind, name: str, key: int) -> str:
    kept = clean_line(name)
    if not kept or len(kept) > MAX_NAME:
        raise Refusal("messaging.name_needed", field="name", most=MAX_NAME)
    if any(row.name.casefold() == kept.casefold() and row.id != key for row in _all(tx, me, kind)):
        raise Refusal("messaging.name_taken", status=409, field="name")
    return kept


def _all(tx: Transaction, me: int, kind: Kind) -> list[Any]:
    return tx.all(queries.EVERY[kind], owner_id=me)


def _stored(more: Any) -> Any:
    return msgspec.json.encode(more).decode() if isinstance(more, Filter) else more


def _set(tx: Transaction, me: int, kind: Kind, one: Any, **values: Any) -> None:
    as_it_is = {
        "new_name": one.name,
        "new_position": one.position,
        "new_deleted_at": one.deleted_at,
        "more": getattr(one, _MORE[kind]),
    }
    tx.run(queries.SET[kind], owner_id=me, key=one.id, **{**as_it_is, **values})


def _tell(tx: Transaction, me: int) -> None:
    tx.emit(DeskChanged(desk=desk_of(tx, me)), to=[me])
