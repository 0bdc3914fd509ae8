"""The strength of a tie and the people of the week, over HTTP."""

from entregent.kit.routes import Call

from ..ties import TieStrength, Weekly, tie_with, weekly
from .routes import routes


@routes.get("/api/people/{id}/tie", scope="network.read")
async def show_tie(call: Call) -> TieStrength:
    """How strong the caller's tie with somebody is, and what of."""
    return await call.ports.db.read(tie_with, call.me, call.id("id"))


@routes.get("/api/weekly", scope="network.read")
async def show_weekly(call: Call) -> Weekly:
    """Six or seven people worth writing to."""
    return await call.ports.db.read(weekly, call.me)
