"""Routes that several slices answer together: coming in, and the state to start from."""

import msgspec

from entregent.accounts import (
    Entered,
    SignIn,
    SignUp,
    open_session,
    session_cookie,
    sign_in,
    sign_up,
)
from entregent.kit.errors import Refusal
from entregent.kit.ids import Id, as_int
from entregent.kit.people import Card
from entregent.kit.routes import Call, Routes
from entregent.ports.db import Transaction
from entregent.profiles import cards

from .boot import Boot, Counts, all_counts, boot, nobody
from .demo import cast, is_made

routes = Routes("server")


async def _welcome(call: Call, entered: Entered) -> Boot:
    settings = call.ports.settings
    secure = settings.address.startswith("https:")
    call.answer_headers.append(session_cookie(entered.cookie, settings.session_days, secure))
    return await call.ports.db.read(boot, entered.member_id, settings)


@routes.post("/api/accounts", access="anyone")
async def join(call: Call, body: SignUp) -> Boot:
    """Signs up and comes in."""
    return await _welcome(call, await sign_up(call.ports, body, call.address, call.agent))


@routes.post("/api/sessions", access="anyone")
async def enter(call: Call, body: SignIn) -> Boot:
    """Comes in."""
    return await _welcome(call, await sign_in(call.ports, body, call.address, call.agent))


@routes.get("/api/boot", access="anyone")
async def start(call: Call) -> Boot:
    """A fresh state."""
    if call.caller is None:
        return nobody(call.ports.settings)
    return await call.ports.db.read(boot, call.me, call.ports.settings)


@routes.get("/api/counts", scope="messages.read")
async def count(call: Call) -> Counts:
    """Every number that the frame shows."""
    return await call.ports.db.read(all_counts, call.me)


class Cast(msgspec.Struct):
    """The members of a demo that anyone may sign in as."""

    cast: list[Card]


class EnterAs(msgspec.Struct):
    """Whom to sign in as, on a demo."""

    member_id: Id


async def _demo_only(call: Call) -> None:
    if not await is_made(call.ports):
        raise Refusal("kit.not_found", status=404)


@routes.get("/api/demo/cast", access="anyone")
async def demo_cast(call: Call) -> Cast:
    """Whom one may sign in as, on a demo."""
    await _demo_only(call)
    return Cast(await call.ports.db.read(_cast_cards))


def _cast_cards(tx: Transaction) -> list[Card]:
    members = cast(tx)
    found = {card.id: card for card in cards(tx, members[0], members)} if members else {}
    return [found[str(member)] for member in members if str(member) in found]


@routes.post("/api/demo/sign-in", access="anyone")
async def demo_enter(call: Call, body: EnterAs) -> Boot:
    """Signs in as one of the cast of a demo."""
    await _demo_only(call)
    member_id = as_int(body.member_id)
    token = await call.ports.db.write(_enter_as, member_id, call.address, call.agent)
    return await _welcome(call, Entered(member_id, token))


def _enter_as(tx: Transaction, member_id: int, address: str, agent: str) -> str:
    if member_id not in cast(tx):
        raise Refusal("kit.not_found", status=404)
    return open_session(tx, member_id, address, agent)
