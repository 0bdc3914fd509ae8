"""Messages that wait for their time, over HTTP."""

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions
from ..model import Message, Scheduled
from .routes import routes


class ScheduledList(msgspec.Struct):
    """The messages of mine that wait, the next one first."""

    scheduled: list[Scheduled]


class Now(msgspec.Struct):
    """The command's own id, and nothing else."""

    client_id: ClientId


class SentNow(msgspec.Struct):
    """The message as it was kept."""

    message: Message


@routes.get("/api/scheduled", scope="messages.read")
async def list_scheduled(call: Call) -> ScheduledList:
    """What waits to be sent."""
    return ScheduledList(await call.ports.db.read(actions.scheduled_of, call.me))


@routes.post("/api/scheduled/{scheduled_id}/send", limit="send", scope="messages.write", sends=True)
async def send_now(call: Call, body: Now) -> SentNow:
    """Sends one of them at once."""
    key, settings = call.id("scheduled_id"), call.ports.settings
    most, previews = settings.max_message, settings.fetch != "none:"
    return await call.ports.db.write(
        once, call.me, body.client_id, SentNow, _send_now, call.me, key, most, previews
    )


def _send_now(tx: Transaction, me: int, key: int, most: int, previews: bool) -> SentNow:
    return SentNow(actions.send_scheduled(tx, me, key, most, previews))


@routes.post("/api/scheduled/{scheduled_id}/cancel", scope="messages.write")
async def cancel(call: Call, body: Now) -> Done:
    """Takes one of them back before it is sent."""
    key = call.id("scheduled_id")
    return await call.ports.db.write(once, call.me, body.client_id, Done, _cancel, call.me, key)


def _cancel(tx: Transaction, me: int, key: int) -> Done:
    actions.cancel_scheduled(tx, me, key)
    return Done()
