"""Marks and how far one has read, over HTTP."""

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.routes import Call
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions
from ..model import Mark, Seq
from .routes import routes

MOST_IDS = 100_000


class MarkConversations(msgspec.Struct):
    """Conversations to mark."""

    client_id: ClientId
    ids: list[Id]
    mark: Mark


class Marked(msgspec.Struct):
    """How many conversations changed."""

    changed: int


@routes.post("/api/conversations/marks", scope="messages.write")
async def mark(call: Call, body: MarkConversations) -> Marked:
    """Marks conversations read, unread, archived, back in the inbox, or spam."""
    if len(body.ids) > MOST_IDS:
        raise Refusal("messaging.too_many_at_once", field="ids", most=MOST_IDS)
    return await call.ports.db.write(once, call.me, body.client_id, Marked, _mark, call.me, body)


def _mark(tx: Transaction, me: int, body: MarkConversations) -> Marked:
    return Marked(actions.mark(tx, me, [as_int(text) for text in body.ids], body.mark))


class ReadUpTo(msgspec.Struct):
    """The last message that was seen."""

    seq: Seq


@routes.post("/api/conversations/{conversation_id}/read", scope="messages.write")
async def read_up_to(call: Call, body: ReadUpTo) -> Marked:
    """I have read a conversation up to a message. Repeating it changes nothing."""
    return Marked(
        await call.ports.db.write(actions.read_up_to, call.me, call.id("conversation_id"), body.seq)
    )
