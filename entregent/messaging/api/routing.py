"""Rules that sort what comes, over HTTP."""

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.routes import Call
from entregent.live import once
from entregent.ports.db import Transaction

from ..actions.routing import drafted, forecast, routing_of, run_routing, set_routing
from ..jobs import fill_index
from ..routing import Routing, RoutingDraft, RoutingForecast
from .marks import Marked, marked
from .routes import routes


class RoutingUpdate(msgspec.Struct):
    """All rules, in order."""

    client_id: ClientId
    rules: list[RoutingDraft]


class RoutingTrial(msgspec.Struct):
    """Rules to try; without any, those that are kept."""

    rules: list[RoutingDraft] | None = None


class RoutingRun(msgspec.Struct):
    """Runs the rules that are kept."""

    client_id: ClientId


@routes.get("/api/routing", scope="messages.read")
async def show_routing(call: Call) -> Routing:
    """The rules by which conversations go into mailboxes and under labels, in order."""
    return await call.ports.db.read(routing_of, call.me)


@routes.put("/api/routing", scope="messages.write")
async def replace_routing(call: Call, body: RoutingUpdate) -> Routing:
    """Replaces the rules. They sort what comes from now on."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Routing, set_routing, call.me, body.rules
    )


@routes.post("/api/routing/preview", limit="search", scope="messages.read")
async def preview_routing(call: Call, body: RoutingTrial) -> RoutingForecast:
    """How many of the conversations that are there rules would move or label."""
    await fill_index(call.ports.db)
    return await call.ports.db.read(_forecast, call.me, body)


@routes.post("/api/routing/run", scope="messages.write")
async def run_my_routing(call: Call, body: RoutingRun) -> Marked:
    """Does to what is there what the rules say; undone as marks are."""
    await fill_index(call.ports.db)
    return await call.ports.db.write(once, call.me, body.client_id, Marked, _run, call.me)


def _forecast(tx: Transaction, me: int, body: RoutingTrial) -> RoutingForecast:
    rules = routing_of(tx, me).rules if body.rules is None else drafted(tx, me, body.rules)
    return forecast(tx, me, rules)


def _run(tx: Transaction, me: int) -> Marked:
    return marked(run_routing(tx, me))
