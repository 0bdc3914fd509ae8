"""A conversation and what was said in it, over HTTP."""

import msgspec

from entregent.kit.ids import Id
from entregent.kit.paging import page_size
from entregent.kit.routes import Call
from entregent.ports.db import Transaction

from .. import reading, sharing, whole
from ..model import Seq
from ..reading import Conversation, Messages
from ..sharing import Shared, Sharing
from .routes import routes


@routes.get("/api/conversations/{conversation_id}", scope="messages.read")
async def conversation(call: Call) -> Conversation:
    """A conversation with its people."""
    return await call.ports.db.read(whole.conversation, call.me, call.id("conversation_id"))


class DirectConversation(msgspec.Struct):
    """The one conversation of the caller with somebody, if there is one."""

    id: Id | None


@routes.get("/api/people/{id}/conversation", scope="messages.read")
async def with_person(call: Call) -> DirectConversation:
    """Which conversation the caller has with somebody."""
    found = await call.ports.db.read(reading.direct_with, call.me, call.id("id"))
    return DirectConversation(None if found is None else str(found))


class ThreadQuery(msgspec.Struct):
    """Which messages: the last ones, or those before, after or around a number."""

    before: Seq | None = None
    after: Seq | None = None
    around: Seq | None = None
    limit: int = 50


@routes.get("/api/conversations/{conversation_id}/messages", scope="messages.read")
async def thread(call: Call, query: ThreadQuery) -> Messages:
    """Messages of a conversation, oldest first."""
    return await call.ports.db.read(_thread, call.me, call.id("conversation_id"), query)


def _thread(tx: Transaction, me: int, conversation_id: int, query: ThreadQuery) -> Messages:
    return reading.thread(
        tx,
        me,
        conversation_id,
        before=query.before,
        after=query.after,
        around=query.around,
        limit=page_size(query.limit),
    )


class SharedQuery(msgspec.Struct):
    """Pictures with films, other files, or links; the newest, or those before a number."""

    kind: Sharing = "pictures"
    before: Seq = 2_000_000_000
    limit: int = 30


@routes.get("/api/conversations/{conversation_id}/shared", scope="messages.read")
async def shared(call: Call, query: SharedQuery) -> Shared:
    """Messages of a conversation that brought pictures, files or links, newest first."""
    return await call.ports.db.read(
        sharing.shared,
        call.me,
        call.id("conversation_id"),
        query.kind,
        query.before,
        page_size(query.limit),
    )
