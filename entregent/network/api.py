"""Parting and blocking over HTTP. Lists of people stand in `profiles`, which has the faces."""

from entregent.kit.routes import Call, Done, Routes

from .actions import block, disconnect, unblock

routes = Routes("network")


@routes.delete("/api/connections/{id}", scope="network.write")
async def end_connection(call: Call) -> Done:
    """Ends a connection. Repeating it changes nothing."""
    await call.ports.db.write(disconnect, call.me, call.id("id"))
    return Done()


@routes.post("/api/blocks/{id}", scope="network.write")
async def block_member(call: Call) -> Done:
    """Hides me from a member, and that member from me."""
    await call.ports.db.write(block, call.me, call.id("id"))
    return Done()


@routes.delete("/api/blocks/{id}", scope="network.write")
async def unblock_member(call: Call) -> Done:
    """Takes a block back."""
    await call.ports.db.write(unblock, call.me, call.id("id"))
    return Done()
