"""Who may write to me first, and what is reported, over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.reports import Reason
from entregent.kit.routes import Call, Done
from entregent.kit.text import clean
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions
from ..actions import Landing, Senders
from ..model import Seq
from .routes import routes


class SendersChange(msgspec.Struct):
    """Where first words go; what is left out stays."""

    client_id: ClientId
    near: Landing | None = None
    far: Landing | None = None


@routes.get("/api/senders", scope="messages.read")
async def show_senders(call: Call) -> Senders:
    """Where the first words of people go with whom I am not connected."""
    return await call.ports.db.read(actions.senders, call.me)


@routes.patch("/api/senders", scope="messages.write")
async def change_senders(call: Call, body: SendersChange) -> Senders:
    """Says where they go: to my inbox, to the requests, or nowhere."""
    return await call.ports.db.write(
        once,
        call.me,
        body.client_id,
        Senders,
        actions.set_senders,
        call.me,
        body.near,
        body.far,
    )


class ReportMessage(msgspec.Struct):
    """What is wrong with a message, or with a whole conversation."""

    client_id: ClientId
    reason: Reason
    seq: Seq | None = None
    note: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


@routes.post("/api/conversations/{conversation_id}/report", limit="report", scope="messages.write")
async def report(call: Call, body: ReportMessage) -> Done:
    """Puts it before the host."""
    key = call.id("conversation_id")
    return await call.ports.db.write(
        once, call.me, body.client_id, Done, _report, call.me, key, body
    )


def _report(tx: Transaction, me: int, key: int, body: ReportMessage) -> Done:
    actions.report(tx, me, key, body.seq, body.reason, clean(body.note))
    return Done()
