"""Groups over HTTP."""

from collections.abc import Iterable

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.people import WithPeople
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions
from ..model import Row
from ..reading import people_of
from .routes import routes


class Title(msgspec.Struct):
    """A group's title."""

    client_id: ClientId
    title: str | None


class OneRow(WithPeople):
    """A conversation as it stands now."""

    row: Row

    def people(self) -> Iterable[int]:
        return people_of([self.row])


@routes.patch("/api/conversations/{conversation_id}", scope="messages.write")
async def rename(call: Call, body: Title) -> OneRow:
    """Renames a group."""
    key = call.id("conversation_id")
    return await call.ports.db.write(
        once, call.me, body.client_id, OneRow, _rename, call.me, key, body.title
    )


def _rename(tx: Transaction, me: int, key: int, title: str | None) -> OneRow:
    return OneRow(row=actions.rename(tx, me, key, title))


class Leave(msgspec.Struct):
    """Leaving takes nothing but the command's own id."""

    client_id: ClientId


@routes.post("/api/conversations/{conversation_id}/leave", scope="messages.write")
async def leave(call: Call, body: Leave) -> Done:
    """Leaves a group."""
    key = call.id("conversation_id")
    return await call.ports.db.write(once, call.me, body.client_id, Done, _leave, call.me, key)


def _leave(tx: Transaction, me: int, key: int) -> Done:
    actions.leave(tx, me, key)
    return Done()
