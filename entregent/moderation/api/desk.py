"""The hosts' queue, decisions and log, over HTTP; to everybody else these routes are none."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.reports import Reason
from entregent.kit.routes import Call
from entregent.live import once
from entregent.ports.db import Transaction

from ..deciding import Judgement, Ruled, decide, reverse, uphold
from ..hosts import open_cases
from ..model import Days, Statement, Verdict
from ..reading import (
    AuditLog,
    HostCases,
    HostDecision,
    HostFile,
    cases,
    file_of,
    host_decision,
    log,
)
from .routes import routes, shut

Cursor = Annotated[str, msgspec.Meta(max_length=200)]


class CasesQuery(msgspec.Struct, kw_only=True):
    """Which part of the queue: what waits, or that about which all is decided."""

    state: Annotated[str, msgspec.Meta(pattern="^(waiting|decided)$")] = "waiting"
    after: Cursor = ""


class HostPageQuery(msgspec.Struct, kw_only=True):
    """Where the last page ended."""

    after: Cursor = ""


class HostRuling(msgspec.Struct, kw_only=True):
    """What a host decides about a person. `last` is the newest report that the host has seen: what
    came meanwhile still waits."""

    client_id: ClientId
    verdict: Verdict
    reason: Reason
    statement: Statement = ""
    days: Days | None = None
    last: Id | None = None


class HostWords(msgspec.Struct, kw_only=True):
    """What a host says when taking a decision back, or letting it stand."""

    client_id: ClientId
    statement: Statement


class HostRuled(msgspec.Struct, kw_only=True):
    """A decision as it stands, and how much waits about other people."""

    decision: HostDecision
    open: int


class _Done(msgspec.Struct):
    decision_id: Id
    ended: list[Id]


@routes.get("/api/host/reports", access="host")
async def list_cases(call: Call, query: CasesQuery) -> HostCases:
    """About whom something waits, the latest first."""
    return await call.ports.db.read(cases, query.state == "waiting", query.after)


@routes.get("/api/host/reports/{id}", access="host")
async def show_file(call: Call, query: HostPageQuery) -> HostFile:
    """What was reported of a person, and decided; 0 is nobody in particular."""
    return await call.ports.db.read(file_of, call.id("id"), query.after)


@routes.post("/api/host/reports/{id}/decisions", access="host")
async def rule(call: Call, body: HostRuling) -> HostRuled:
    """Decides what waits about a person."""
    last = None if body.last is None else as_int(body.last)
    judgement = Judgement(body.verdict, body.reason, body.statement, body.days, last)
    return await _ruled(call, body.client_id, _decide, judgement)


@routes.post("/api/host/reports/{id}/decisions/{decision_id}/reverse", access="host")
async def take_decision_back(call: Call, body: HostWords) -> HostRuled:
    """Takes a decision back: what it did ends at once."""
    return await _ruled(call, body.client_id, _reverse, call.id("decision_id"), body.statement)


@routes.post("/api/host/reports/{id}/decisions/{decision_id}/uphold", access="host")
async def let_decision_stand(call: Call, body: HostWords) -> HostRuled:
    """Answers who objected that the decision stands."""
    return await _ruled(call, body.client_id, _uphold, call.id("decision_id"), body.statement)


@routes.get("/api/host/log", access="host")
async def show_log(call: Call, query: HostPageQuery) -> AuditLog:
    """What hosts did, the newest first."""
    return await call.ports.db.read(log, query.after)


async def _ruled(call: Call, client_id: str, action: object, *args: object) -> HostRuled:
    person = call.id("id")
    done = await call.ports.db.write(
        once, call.me, client_id, _Done, action, call.me, person, *args
    )
    shut(call, person, [as_int(one) for one in done.ended])
    return await call.ports.db.read(_answer, person, done.decision_id)


def _answer(tx: Transaction, person: int, decision: str) -> HostRuled:
    found = host_decision(tx, person, as_int(decision))
    return HostRuled(decision=found, open=open_cases(tx))


def _done(ruled: Ruled) -> _Done:
    return _Done(str(ruled.decision_id), [str(one) for one in ruled.ended])


def _decide(tx: Transaction, me: int, person: int, judgement: Judgement) -> _Done:
    return _done(decide(tx, me, person, judgement))


def _reverse(tx: Transaction, me: int, person: int, key: int, statement: str) -> _Done:
    return _done(reverse(tx, me, person, key, statement))


def _uphold(tx: Transaction, me: int, person: int, key: int, statement: str) -> _Done:
    return _done(uphold(tx, me, person, key, statement))
