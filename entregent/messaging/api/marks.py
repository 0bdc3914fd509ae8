"""Marks and how far one has read, over HTTP."""

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.routes import Call
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions, lists
from ..acts import Act, Seen
from ..desk import Bulk, Filter, Moment
from ..jobs import fill_index
from ..model import Mark, Seq
from .routes import routes

MOST_IDS = 100_000


class All(msgspec.Struct):
    """All conversations of a view that match a filter too, without some."""

    view: str
    filter: Filter | None = None
    except_: list[Id] = msgspec.field(name="except", default_factory=list)


class MarkConversations(msgspec.Struct):
    """Conversations to mark: some, or all of a view. `until` goes with snooze and remind, `label`
    with label and unlabel, `box` with box (none is the personal mailbox).

    `seen` is the last message that the member has seen of each, `seen_at` the moment of the newest
    one seen, for what `seen` does not name. Where another has said something since, nothing is put
    away, reminded of or read further; the answer names these as `newer`."""

    client_id: ClientId
    mark: Mark
    ids: list[Id] = []
    all: All | None = None
    until: Moment | None = None
    label: Id | None = None
    box: Id | None = None
    seen: dict[Id, Seq] = {}
    seen_at: Moment | None = None


class Marked(msgspec.Struct):
    """How many conversations changed, and by what that is undone. Where there are many, they are
    only going to: `bulk` tells how far it is. Those in `newer` stayed where they are, and unread:
    something came in them that the member had not seen."""

    changed: int
    undo: Id | None = None
    bulk: Bulk | None = None
    newer: list[Id] = []


@routes.post("/api/conversations/marks", scope="messages.write")
async def mark(call: Call, body: MarkConversations) -> Marked:
    """Marks conversations, and keeps what undoes it for thirty days."""
    if max(len(body.ids), len(body.seen)) > MOST_IDS:
        raise Refusal("messaging.too_many_at_once", field="ids", most=MOST_IDS)
    if body.all is not None and body.all.filter is not None and body.all.filter.text:
        await fill_index(call.ports.db)
    return await call.ports.db.write(once, call.me, body.client_id, Marked, _mark, call.me, body)


def _mark(tx: Transaction, me: int, body: MarkConversations) -> Marked:
    act = Act(mark=body.mark, until=body.until, label=body.label, box=body.box)
    actions.check_act(tx, me, act)
    ids = [as_int(text) for text in body.ids]
    if body.all is not None:
        left_out = {as_int(text) for text in body.all.except_}
        found = lists.chosen(tx, me, body.all.view, body.all.filter)
        ids += [one for one in found if one not in left_out]
    seen = Seen({as_int(key): seq for key, seq in body.seen.items()}, body.seen_at)
    return marked(actions.begin_bulk(tx, me, ids, act, seen))


def marked(done: actions.Done) -> Marked:
    """What a command came to, as its answer."""
    undo = None if done.undo is None else str(done.undo)
    return Marked(done.changed, undo, done.bulk, [str(one) for one in done.newer])


class Undo(msgspec.Struct):
    """What is to be undone: the `undo` of an answer to marks."""

    client_id: ClientId
    undo: Id


@routes.post("/api/conversations/undo", scope="messages.write")
async def undo(call: Call, body: Undo) -> Marked:
    """Makes each conversation as it was before a mark. A second time there is nothing to do."""
    return await call.ports.db.write(once, call.me, body.client_id, Marked, _undo, call.me, body)


def _undo(tx: Transaction, me: int, body: Undo) -> Marked:
    return marked(actions.undo_bulk(tx, me, as_int(body.undo)))


class BulkNow(msgspec.Struct):
    """How far it is."""

    bulk: Bulk


@routes.post("/api/bulks/{id}/stop", scope="messages.write")
async def stop(call: Call) -> BulkNow:
    """Stops what is being done to many conversations. Repeating it changes nothing."""
    return BulkNow(await call.ports.db.write(actions.stop_bulk, call.me, call.id("id")))


class ReadUpTo(msgspec.Struct):
    """The last message that was seen."""

    seq: Seq


@routes.post("/api/conversations/{conversation_id}/read", scope="messages.write")
async def read_up_to(call: Call, body: ReadUpTo) -> Marked:
    """I have read a conversation up to a message. Repeating it changes nothing."""
    return Marked(
        await call.ports.db.write(actions.read_up_to, call.me, call.id("conversation_id"), body.seq)
    )
