"""People whom one may know, over HTTP."""

from entregent.kit.routes import Call, Done
from entregent.network import decline

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
