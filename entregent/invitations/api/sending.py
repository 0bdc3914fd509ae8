"""Sending invitations over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.routes import Call
from entregent.live import once

from ..actions import Asked, Before, Settled, Withdrawn, before, invite, withdraw, withdraw_many
from ..model import Reason, Rules
from .routes import Again, routes


class NewInvitation(msgspec.Struct, kw_only=True):
    """Whom to ask, why, and what to say; the address, where the receiver asks for it."""

    client_id: ClientId
    member_id: Id
    reason: Reason
    note: str = ""
    email: Annotated[str, msgspec.Meta(max_length=320)] = ""


class Withdrawing(msgspec.Struct, kw_only=True):
    """Which to take back: those named, or all older than so many days."""

    client_id: ClientId
    ids: Annotated[list[Id], msgspec.Meta(max_length=1_500)] | None = None
    older_than_days: Annotated[int, msgspec.Meta(ge=0, le=36_500)] | None = None


@routes.get("/api/invitations/to/{member_id}", scope="network.read")
async def before_inviting(call: Call) -> Before:
    """What to know before one writes."""
    rules = Rules.of(call.ports.settings)
    return await call.ports.db.read(before, call.me, call.id("member_id"), rules)


@routes.post("/api/invitations", limit="invite", scope="network.write", sends=True)
async def send_invitation(call: Call, body: NewInvitation) -> Asked:
    """Asks somebody to connect."""
    rules = Rules.of(call.ports.settings)
    asked = (call.me, as_int(body.member_id), body.reason, body.note, rules, body.email)
    return await call.ports.db.write(once, call.me, body.client_id, Asked, invite, *asked)


@routes.post("/api/invitations/{id}/withdraw", scope="network.write")
async def withdraw_invitation(call: Call, body: Again) -> Settled:
    """Takes it back."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Settled, withdraw, call.me, call.id("id")
    )


@routes.post("/api/invitations/withdraw", scope="network.write")
async def withdraw_some(call: Call, body: Withdrawing) -> Withdrawn:
    """Takes many back."""
    asked = (call.me, body.ids or [], body.older_than_days, Rules.of(call.ports.settings))
    return await call.ports.db.write(
        once, call.me, body.client_id, Withdrawn, withdraw_many, *asked
    )
