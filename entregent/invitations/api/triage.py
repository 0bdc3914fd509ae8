"""Answering invitations over HTTP: one, many, by rules, from the queue."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.routes import Call, Done
from entregent.live import once

from ..actions import Settled, accept, ignore
from ..actions.queueing import Queue, Queued, edit, enqueue_replies, queue_of, send_queued, skip
from ..actions.ruling import run_rules
from ..actions.running import act, runs_of, steps_of, stop, undo
from ..model import Rules, Selection, Verb
from ..runs import Run, RunList, RunSteps
from .routes import Again, routes

Ids = Annotated[list[Id], msgspec.Meta(max_length=10_000)]
Text = Annotated[str, msgspec.Meta(max_length=10_000)]


class Action(msgspec.Struct, kw_only=True):
    """What to do to which invitations: those named, or all of a group."""

    client_id: ClientId
    verb: Verb
    ids: Ids | None = None
    all: Selection | None = None
    text: Text = ""
    reply_id: Id | None = None
    reason: Text = ""


class RuleRun(msgspec.Struct, kw_only=True):
    """Over which pile the rules run."""

    client_id: ClientId
    box: Annotated[str, msgspec.Meta(pattern="^(received|archive)$")] = "received"


class AfterQuery(msgspec.Struct, kw_only=True):
    """Where the last page ended."""

    after: str = ""


class Queueing(msgspec.Struct, kw_only=True):
    """Which invitations are to be answered one by one, with what to begin with."""

    client_id: ClientId
    verb: Annotated[str, msgspec.Meta(pattern="^(accept|reply|ask)$")]
    ids: Ids | None = None
    all: Selection | None = None
    text: Text = ""
    reply_id: Id | None = None


class QueuedText(msgspec.Struct, kw_only=True):
    """An answer that waits, as edited."""

    client_id: ClientId
    text: Text | None = None


@routes.post("/api/invitations/{id}/accept", scope="network.write")
async def accept_invitation(call: Call, body: Again) -> Settled:
    """Connects."""
    return await call.ports.db.write(
        once,
        call.me,
        body.client_id,
        Settled,
        accept,
        call.me,
        call.id("id"),
        Rules.of(call.ports.settings),
    )


@routes.post("/api/invitations/{id}/ignore", scope="network.write")
async def ignore_invitation(call: Call, body: Again) -> Settled:
    """Puts it aside, silently."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Settled, ignore, call.me, call.id("id")
    )


@routes.post("/api/invitations/actions", scope="network.write")
async def act_on_invitations(call: Call, body: Action) -> Run:
    """Does one thing to many."""
    rules = Rules.of(call.ports.settings)
    text = body.reason if body.verb == "report" else body.text
    asked = (call.me, body.ids, body.all, body.verb, rules, text, body.reply_id)
    return await call.ports.db.write(once, call.me, body.client_id, Run, act, *asked)


@routes.get("/api/invitations/runs", scope="network.read")
async def list_runs(call: Call) -> RunList:
    """The last runs, newest first."""
    return await call.ports.db.read(runs_of, call.me)


@routes.get("/api/invitations/runs/{id}", scope="network.read")
async def show_run(call: Call, query: AfterQuery) -> RunSteps:
    """What a run did to each."""
    return await call.ports.db.read(steps_of, call.me, call.id("id"), query.after)


@routes.post("/api/invitations/runs/{id}/stop", scope="network.write")
async def stop_run(call: Call, body: Again) -> Run:  # noqa: ARG001 (stopping twice is harmless)
    """Leaves what is not done yet."""
    return await call.ports.db.write(stop, call.me, call.id("id"))


@routes.post("/api/invitations/runs/{id}/undo", scope="network.write")
async def undo_run(call: Call, body: Again) -> Run:  # noqa: ARG001 (undoing twice is harmless)
    """Takes a run back."""
    return await call.ports.db.write(undo, call.me, call.id("id"), Rules.of(call.ports.settings))


@routes.post("/api/invitations/rules/run", scope="network.write")
async def run_my_rules(call: Call, body: RuleRun) -> Run:
    """Does to all that wait what the rules say."""
    asked = (call.me, body.box, Rules.of(call.ports.settings))
    return await call.ports.db.write(once, call.me, body.client_id, Run, run_rules, *asked)


@routes.get("/api/invitations/queue", scope="network.read")
async def show_queue(call: Call, query: AfterQuery) -> Queue:
    """The answers that wait to be looked at."""
    rules = Rules.of(call.ports.settings)
    return await call.ports.db.read(queue_of, call.me, rules, query.after)


@routes.post("/api/invitations/queue", scope="network.write")
async def fill_queue(call: Call, body: Queueing) -> Queued:
    """Has answers wait, one for each."""
    said = (body.text, None if body.reply_id is None else as_int(body.reply_id))
    rules = Rules.of(call.ports.settings)
    asked = (call.me, body.ids, body.all, body.verb, *said, rules)
    return await call.ports.db.write(once, call.me, body.client_id, Queued, enqueue_replies, *asked)


@routes.patch("/api/invitations/queue/{id}", scope="network.write")
async def edit_queued(call: Call, body: QueuedText) -> Done:
    """Changes an answer that waits."""
    await call.ports.db.write(edit, call.me, call.id("id"), body.text or "")
    return Done()


@routes.post("/api/invitations/queue/{id}/send", scope="network.write", sends=True)
async def send_from_queue(call: Call, body: QueuedText) -> Run:
    """Sends an answer."""
    asked = (call.me, call.id("id"), body.text, Rules.of(call.ports.settings))
    return await call.ports.db.write(once, call.me, body.client_id, Run, send_queued, *asked)


@routes.delete("/api/invitations/queue/{id}", scope="network.write")
async def skip_queued(call: Call) -> Done:
    """Takes an invitation out of the queue; it goes on waiting."""
    await call.ports.db.write(skip, call.me, call.id("id"))
    return Done()
