"""Reporting a person, and the decisions that concern oneself, over HTTP."""

from typing import Annotated

import msgspec

from entregent.accounts import SignIn, recognise
from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId
from entregent.kit.reports import Reason
from entregent.kit.routes import Call, Done
from entregent.kit.text import clean
from entregent.live import once
from entregent.ports.db import Transaction

from ..deciding import appeal, key_of, opened_by, suspension_of
from ..model import MAX_APPEAL
from ..reading import Decision, Decisions, decision_of, decisions_on, one_decision
from ..taking import report_person
from .routes import routes

Key = Annotated[str, msgspec.Meta(max_length=200)]


class ReportPerson(msgspec.Struct, kw_only=True):
    """What is wrong with a member."""

    client_id: ClientId
    reason: Reason
    note: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


class Objection(msgspec.Struct, kw_only=True):
    """What the person concerned says to a decision."""

    client_id: ClientId
    text: Annotated[str, msgspec.Meta(max_length=MAX_APPEAL)]


class DecisionKey(msgspec.Struct, kw_only=True):
    """What opens one decision without a session."""

    token: Key


class ObjectionByKey(Objection, kw_only=True):
    """The same from a letter."""

    token: Key


@routes.post("/api/people/{id}/report", limit="report", scope="network.write")
async def report_member(call: Call, body: ReportPerson) -> Done:
    """Puts a member before the hosts."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Done, _report, call.me, call.id("id"), body
    )


@routes.get("/api/decisions")
async def my_decisions(call: Call) -> Decisions:
    """What hosts have decided about me, with their reasons."""
    return await call.ports.db.read(decisions_on, call.me)


@routes.post("/api/decisions/{id}/appeal", limit="report")
async def object_to(call: Call, body: Objection) -> Decision:
    """Objects to a decision, once."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Decision, _appeal, call.me, call.id("id"), body.text
    )


@routes.post("/api/decision/key", access="anyone")
async def find_key(call: Call, body: SignIn) -> DecisionKey:
    """What opens the decision by which I cannot come in, for who knows the password."""
    known = await recognise(call.ports, body, call.address)
    row = await call.ports.db.read(suspension_of, known.member_id)
    if row is None:
        raise Refusal("kit.not_found", status=404)
    return DecisionKey(token=key_of(row))


@routes.post("/api/decision", access="anyone")
async def open_decision(call: Call, body: DecisionKey) -> Decision:
    """A decision about who holds its key."""
    return await call.ports.db.read(_opened, body.token)


@routes.post("/api/decision/appeal", access="anyone", limit="report")
async def object_by_key(call: Call, body: ObjectionByKey) -> Decision:
    """Objects to a decision without coming in."""
    return await call.ports.db.write(_appeal_by_key, body)


def _report(tx: Transaction, me: int, person: int, body: ReportPerson) -> Done:
    report_person(tx, me, person, body.reason, clean(body.note))
    return Done()


def _appeal(tx: Transaction, me: int, key: int, text: str) -> Decision:
    appeal(tx, me, key, text)
    return one_decision(tx, me, key)


def _opened(tx: Transaction, token: str) -> Decision:
    return decision_of(opened_by(tx, token), tx.now)


def _appeal_by_key(tx: Transaction, body: ObjectionByKey) -> Decision:
    row = opened_by(tx, body.token)
    return once(
        tx,
        row.person_id,
        body.client_id,
        Decision,
        _appeal,
        row.person_id,
        row.decision_id,
        body.text,
    )
