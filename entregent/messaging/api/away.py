"""Being away, over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.ports.db import Transaction

from ..actions.away import absence_of, come_home, go_away
from ..away import AbsenceNow, Audience, Moment
from .routes import routes


class AbsenceChange(msgspec.Struct):
    """When one is away and what is said; from now on where no beginning is given. With the id of
    an absence that has ended, that one goes on, and nobody is answered twice in it."""

    client_id: ClientId
    until: Moment
    text: Annotated[str, msgspec.Meta(max_length=20_000)]
    audience: Audience = "connections"
    since: Moment | None = None
    id: Id | None = None


@routes.get("/api/absence", scope="messages.read")
async def show_absence(call: Call) -> AbsenceNow:
    """The absence that is on or to come."""
    return await call.ports.db.read(absence_of, call.me)


@routes.put("/api/absence", scope="messages.write")
async def change_absence(call: Call, body: AbsenceChange) -> AbsenceNow:
    """Answers those who write while the caller is away, each once."""
    return await call.ports.db.write(
        once, call.me, body.client_id, AbsenceNow, _go_away, call.me, body
    )


@routes.delete("/api/absence", scope="messages.write")
async def end_absence(call: Call) -> Done:
    """Ends it. Repeating it changes nothing."""
    await call.ports.db.write(come_home, call.me)
    return Done()


def _go_away(tx: Transaction, me: int, body: AbsenceChange) -> AbsenceNow:
    key = None if body.id is None else as_int(body.id)
    return go_away(tx, me, key, body.since, body.until, body.text, body.audience)
