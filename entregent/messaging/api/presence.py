"""What is true at this moment only, over HTTP: I am writing, I am here."""

from collections.abc import Collection
from typing import Literal

import msgspec

from entregent.accounts import members
from entregent.kit.ids import Id
from entregent.kit.routes import Call, Done
from entregent.ports.db import Transaction

from .. import actions
from ..passing import typing_event, watchers
from .routes import routes


@routes.post("/api/conversations/{conversation_id}/typing", limit="now", scope="messages.write")
async def typing(call: Call) -> Done:
    """I am writing: tells those in the conversation who have such marks on, as I must have."""
    key = call.id("conversation_id")
    told = await call.ports.db.read(actions.typing_readers, call.me, key)
    call.ports.whisper(told, typing_event(key, call.me))
    return Done()


class Here(msgspec.Struct):
    """Whether I am here; said again every half a minute as long as I am."""

    state: Literal["here", "away"] = "here"


class WhoIsHere(msgspec.Struct):
    """Those of my connections who are here now; nobody where I do not show it myself."""

    here: list[Id]


@routes.post("/api/here", limit="now", scope="messages.write")
async def here(call: Call, body: Here) -> WhoIsHere:
    """I am here, or away: tells my connections, and me who of them is here."""
    shows = await call.ports.db.read(_shows, call.me)
    around = call.ports.present(call.me, shows and body.state == "here")
    if not shows or not around:
        return WhoIsHere([])
    found = await call.ports.db.read(_seen, call.me, around)
    return WhoIsHere([str(one) for one in found])


def _shows(tx: Transaction, me: int) -> bool:
    return members(tx, [me])[me].presence


def _seen(tx: Transaction, me: int, around: Collection[int]) -> list[int]:
    return watchers(tx, me, [one for one in around if one != me])
