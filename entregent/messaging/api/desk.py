"""Labels, mailboxes and saved filters over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.routes import Call
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions, lists
from ..desk import Color, Desk, Filter, Kind, Name
from ..jobs import fill_index
from .routes import routes

Place = Annotated[int, msgspec.Meta(ge=0, le=1_000)]


class OnDesk(msgspec.Struct):
    """Which one it was about, and all as it stands now."""

    id: Id
    desk: Desk


class Deleted(msgspec.Struct):
    """What brings it back, for thirty days."""

    restore: Id


class NewLabel(msgspec.Struct):
    """A label to make, or one to restore."""

    client_id: ClientId
    name: Name | None = None
    color: Color = 0
    restore: Id | None = None


class NewBox(msgspec.Struct):
    """A mailbox to make, or one to restore."""

    client_id: ClientId
    name: Name | None = None
    restore: Id | None = None


class NewFilter(msgspec.Struct):
    """A filter to save as a view, or one to restore."""

    client_id: ClientId
    name: Name | None = None
    filter: Filter | None = None
    restore: Id | None = None


class LabelChange(msgspec.Struct):
    """What is to become another; `position` counts from 0."""

    client_id: ClientId
    name: Name | None = None
    color: Color | None = None
    position: Place | None = None


class BoxChange(msgspec.Struct):
    """What is to become another; `position` counts from 0."""

    client_id: ClientId
    name: Name | None = None
    position: Place | None = None


class FilterChange(msgspec.Struct):
    """What is to become another; `position` counts from 0."""

    client_id: ClientId
    name: Name | None = None
    filter: Filter | None = None
    position: Place | None = None


@routes.post("/api/labels", scope="messages.write")
async def add_label(call: Call, body: NewLabel) -> OnDesk:
    """Makes a label, or restores a deleted one."""
    return await _write(call, body.client_id, _add, "labels", body, body.color)


@routes.patch("/api/labels/{id}", scope="messages.write")
async def change_label(call: Call, body: LabelChange) -> OnDesk:
    """Renames, colours or moves a label."""
    return await _write(call, body.client_id, _change, "labels", call.id("id"), body, body.color)


@routes.delete("/api/labels/{id}", scope="messages.write")
async def delete_label(call: Call) -> Deleted:
    """Deletes a label. Repeating it changes nothing."""
    return await call.ports.db.write(_delete, call.me, "labels", call.id("id"))


@routes.post("/api/boxes", scope="messages.write")
async def add_box(call: Call, body: NewBox) -> OnDesk:
    """Makes a mailbox, or restores a deleted one with what was in it."""
    return await _write(call, body.client_id, _add, "boxes", body, None)


@routes.patch("/api/boxes/{id}", scope="messages.write")
async def change_box(call: Call, body: BoxChange) -> OnDesk:
    """Renames or moves a mailbox."""
    return await _write(call, body.client_id, _change, "boxes", call.id("id"), body, None)


@routes.delete("/api/boxes/{id}", scope="messages.write")
async def delete_box(call: Call) -> Deleted:
    """Deletes a mailbox; what is in it goes to the personal one. Repeating it changes nothing."""
    return await call.ports.db.write(_delete, call.me, "boxes", call.id("id"))


@routes.post("/api/filters", scope="messages.write")
async def add_filter(call: Call, body: NewFilter) -> OnDesk:
    """Saves a filter as a view, or restores a deleted one."""
    return await _write(call, body.client_id, _add, "filters", body, body.filter or Filter())


@routes.patch("/api/filters/{id}", scope="messages.write")
async def change_filter(call: Call, body: FilterChange) -> OnDesk:
    """Renames, moves or changes a saved filter."""
    return await _write(call, body.client_id, _change, "filters", call.id("id"), body, body.filter)


@routes.delete("/api/filters/{id}", scope="messages.write")
async def delete_filter(call: Call) -> Deleted:
    """Deletes a saved filter. Repeating it changes nothing."""
    return await call.ports.db.write(_delete, call.me, "filters", call.id("id"))


class Wanted(msgspec.Struct):
    """A filter that may come to be saved."""

    filter: Filter


class Matching(msgspec.Struct):
    """How many conversations match."""

    count: int


@routes.post("/api/filters/preview", limit="search", scope="messages.read")
async def preview_filter(call: Call, body: Wanted) -> Matching:
    """Says how many conversations a filter matches."""
    if body.filter.text:
        await fill_index(call.ports.db)
    return Matching(await call.ports.db.read(lists.matching, call.me, body.filter))


class FilterCounts(msgspec.Struct):
    """How many conversations each saved filter matches, by its id."""

    counts: dict[str, int]


@routes.get("/api/filters/counts", limit="search", scope="messages.read")
async def filter_counts(call: Call) -> FilterCounts:
    """Counts the conversations of all saved filters."""
    await fill_index(call.ports.db)  # some may look for words
    return FilterCounts(await call.ports.db.read(lists.counts_of_filters, call.me))


async def _write(call: Call, client_id: str, act: object, kind: Kind, *args: object) -> OnDesk:
    return await call.ports.db.write(once, call.me, client_id, OnDesk, act, call.me, kind, *args)


def _add(
    tx: Transaction, me: int, kind: Kind, body: NewLabel | NewBox | NewFilter, more: object
) -> OnDesk:
    if body.restore is not None:
        key = as_int(body.restore)
        actions.restore_on_desk(tx, me, kind, key)
    elif body.name is None:
        raise Refusal("messaging.name_needed", field="name", most=60)
    else:
        key = actions.add_to_desk(tx, me, kind, body.name, more)
    return OnDesk(str(key), actions.desk_of(tx, me))


def _change(
    tx: Transaction,
    me: int,
    kind: Kind,
    key: int,
    body: LabelChange | BoxChange | FilterChange,
    more: object,
) -> OnDesk:
    actions.change_on_desk(tx, me, kind, key, body.name, more, body.position)
    return OnDesk(str(key), actions.desk_of(tx, me))


def _delete(tx: Transaction, me: int, kind: Kind, key: int) -> Deleted:
    actions.delete_from_desk(tx, me, kind, key)
    return Deleted(str(key))
