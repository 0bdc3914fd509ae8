"""Sending invitations over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.routes import Call
from entregent.live import once
from entregent.ports.db import Transaction

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


@routes.post("/api/invitations", limit="invite", scope="network.write")
async def send_invitation(call: Call, body: NewInvitation) -> Asked:
    """Asks somebody to connect."""
    return await call.ports.db.write(_invite_once, call.me, body, Rules.of(call.ports.settings))


@routes.post("/api/invitations/{id}/withdraw", scope="network.write")
async def withdraw_invitation(call: Call, body: Again) -> Settled:
    """Takes it back."""
    return await call.ports.db.write(_withdraw_once, call.me, body.client_id, call.id("id"))


@routes.post("/api/invitations/withdraw", scope="network.write")
async def withdraw_some(call: Call, body: Withdrawing) -> Withdrawn:
    """Takes many back."""
    return await call.ports.db.write(
        _withdraw_many_once, call.me, body, Rules.of(call.ports.settings)
    )


def _invite_once(tx: Transaction, me: int, body: NewInvitation, rules: Rules) -> Asked:
    other = as_int(body.member_id)
    asked = (me, other, body.reason, body.note, rules, body.email)
    return once(tx, me, body.client_id, Asked, invite, *asked)


def _withdraw_once(tx: Transaction, me: int, client_id: str, key: int) -> Settled:
    return once(tx, me, client_id, Settled, withdraw, me, key)


def _withdraw_many_once(tx: Transaction, me: int, body: Withdrawing, rules: Rules) -> Withdrawn:
    asked = (me, body.ids or [], body.older_than_days, rules)
    return once(tx, me, body.client_id, Withdrawn, withdraw_many, *asked)
