"""People whom one may know, over HTTP."""

from entregent.kit.routes import Call, Done
from entregent.network import decline

from ..past import Past, past_with
from ..suggesting import Suggestions, suggestions
from .routes import routes


@routes.get("/api/suggestions", scope="network.read", limit="search")
async def list_suggestions(call: Call) -> Suggestions:
    """People whom the caller may know, each with the reason."""
    return await call.ports.db.read(suggestions, call.me)


@routes.delete("/api/suggestions/{id}", scope="network.write")
async def decline_suggestion(call: Call) -> Done:
    """Not this one."""
    await call.ports.db.write(decline, call.me, call.id("id"))
    return Done()


@routes.get("/api/people/{id}/past", scope="network.read")
async def show_past(call: Call) -> Past:
    """The invitations between the caller and somebody, and whom both know."""
    return await call.ports.db.read(past_with, call.me, call.id("id"))
