"""Lists of conversations over HTTP."""

import struct

import msgspec

from entregent.kit.ids import Id, as_int
from entregent.kit.paging import page_size
from entregent.kit.routes import Call, Raw
from entregent.ports.db import Transaction

from .. import lists, reading
from ..jobs import fill_index
from ..lists import Inbox, UnreadMessages
from ..reading import Rows
from .routes import routes


class InboxQuery(msgspec.Struct):
    """Which page of which view: one by name, or `label:<id>`, `box:<id>`, `filter:<id>`."""

    view: str = "inbox"
    after: str | None = None
    limit: int = 60


@routes.get("/api/inbox", scope="messages.read")
async def inbox(call: Call, query: InboxQuery) -> Inbox:
    """A page of conversations, newest first."""
    await _ready(call, query.view)
    return await call.ports.db.read(_inbox, call.me, query)


async def _ready(call: Call, view: str) -> None:
    """A filter may look for words that were said just now."""
    if view.startswith("filter:"):
        await fill_index(call.ports.db)


def _inbox(tx: Transaction, me: int, query: InboxQuery) -> Inbox:
    rows, following = lists.page(tx, me, query.view, query.after, page_size(query.limit))
    total = lists.total(tx, me, query.view)
    return Inbox(rows=rows, next=following, total=total, cards=reading.strangers(tx, rows))


class ViewQuery(msgspec.Struct):
    """Which view."""

    view: str = "inbox"


@routes.get("/api/inbox/ids", scope="messages.read")
async def inbox_ids(call: Call, query: ViewQuery) -> Raw:
    """All conversation ids of a view in order, as little-endian 64-bit numbers."""
    await _ready(call, query.view)
    found = await call.ports.db.read(lists.ids, call.me, query.view)
    return Raw(struct.pack(f"<{len(found)}Q", *found), "application/octet-stream")


@routes.get("/api/counts/messages", scope="messages.read")
async def count_messages(call: Call) -> UnreadMessages:
    """How many unread messages stand behind the counts of conversations."""
    return await call.ports.db.read(lists.unread_messages, call.me)


class SomeIds(msgspec.Struct):
    """Conversations by id."""

    ids: list[Id]


@routes.post("/api/inbox/rows", limit="read", scope="messages.read")
async def inbox_rows(call: Call, body: SomeIds) -> Rows:
    """The rows of up to 200 conversations."""
    wanted = [as_int(text) for text in body.ids[:200]]
    return await call.ports.db.read(reading.found_rows, call.me, wanted)
