"""Invitations over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.paging import MAX_PAGE
from entregent.kit.routes import Call, Routes
from entregent.live import once
from entregent.ports.db import Transaction

from .actions import Asked, Settled, Waiting, accept, ignore, invite, page, withdraw
from .model import Box, Reason, Rules

routes = Routes("invitations")


class InvitationsQuery(msgspec.Struct, kw_only=True):
    """Which box, and where the last page ended."""

    box: Box = "received"
    after: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 50


class NewInvitation(msgspec.Struct, kw_only=True):
    """Whom to ask, why, and what to say."""

    client_id: ClientId
    member_id: Id
    reason: Reason
    note: str = ""


class Again(msgspec.Struct, kw_only=True):
    """A command that says nothing but that it is this one."""

    client_id: ClientId


@routes.get("/api/invitations", scope="network.read")
async def list_invitations(call: Call, query: InvitationsQuery) -> Waiting:
    """A page of what waits."""
    rules = Rules.of(call.ports.settings)
    found: Waiting = await call.ports.db.read(
        page, call.me, query.box, rules, query.after, query.limit
    )
    return found


@routes.post("/api/invitations", limit="invite", scope="network.write")
async def send_invitation(call: Call, body: NewInvitation) -> Asked:
    """Asks somebody to connect."""
    asked: Asked = await call.ports.db.write(
        _invite_once, call.me, body, Rules.of(call.ports.settings)
    )
    return asked


@routes.post("/api/invitations/{id}/accept", scope="network.write")
async def accept_invitation(call: Call, body: Again) -> Settled:
    """Connects."""
    done: Settled = await call.ports.db.write(
        _accept_once, call.me, body.client_id, call.id("id"), Rules.of(call.ports.settings)
    )
    return done


@routes.post("/api/invitations/{id}/ignore", scope="network.write")
async def ignore_invitation(call: Call, body: Again) -> Settled:
    """Puts it aside, silently."""
    done: Settled = await call.ports.db.write(_ignore_once, call.me, body.client_id, call.id("id"))
    return done


@routes.post("/api/invitations/{id}/withdraw", scope="network.write")
async def withdraw_invitation(call: Call, body: Again) -> Settled:
    """Takes it back."""
    done: Settled = await call.ports.db.write(
        _withdraw_once, call.me, body.client_id, call.id("id")
    )
    return done


def _invite_once(tx: Transaction, me: int, body: NewInvitation, rules: Rules) -> Asked:
    other = as_int(body.member_id)
    return once(tx, me, body.client_id, Asked, invite, me, other, body.reason, body.note, rules)


def _accept_once(tx: Transaction, me: int, client_id: str, key: int, rules: Rules) -> Settled:
    return once(tx, me, client_id, Settled, accept, me, key, rules)


def _ignore_once(tx: Transaction, me: int, client_id: str, key: int) -> Settled:
    return once(tx, me, client_id, Settled, ignore, me, key)


def _withdraw_once(tx: Transaction, me: int, client_id: str, key: int) -> Settled:
    return once(tx, me, client_id, Settled, withdraw, me, key)
