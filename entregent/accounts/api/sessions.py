"""Sessions, the password, and the end of an account, over HTTP."""

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.ports.db import Transaction

from ..actions import (
    account,
    change_password,
    close_account,
    revoke_others,
    revoke_session,
    sessions_of,
)
from ..model import check_new_password
from ..passwords import hashed
from ..proving import tell
from ..sessions import no_cookie
from .routes import ended, known_hash, matches, routes, session_id


class Session(msgspec.Struct, kw_only=True):
    """One place where the member is signed in."""

    id: Id
    created_at: int
    seen_at: int
    address: str
    agent: str
    current: bool


class SessionList(msgspec.Struct):
    """Where the member is signed in, last seen first."""

    sessions: list[Session]


class NewPassword(msgspec.Struct, kw_only=True):
    """A change of password, with the present one as proof."""

    client_id: ClientId
    current: str
    new: str


class Closing(msgspec.Struct, kw_only=True):
    """The end of an account, with the password as proof."""

    client_id: ClientId
    password: str


@routes.get("/api/sessions")
async def list_sessions(call: Call) -> SessionList:
    """Where I am signed in."""
    since = call.ports.clock.now() - call.ports.settings.session_days * 86_400_000
    rows = await call.ports.db.read(sessions_of, call.me, since)
    return SessionList(
        [
            Session(
                id=str(row.id),
                created_at=row.created_at,
                seen_at=row.seen_at,
                address=row.address,
                agent=row.agent,
                current=row.id == session_id(call),
            )
            for row in rows
        ]
    )


@routes.delete("/api/sessions/current")
async def sign_out(call: Call) -> Done:
    """Signs out here."""
    call.answer_headers.append(no_cookie(_secure(call)))
    await _end(call, session_id(call))
    return Done()


@routes.delete("/api/sessions/{id}")
async def end_session(call: Call) -> Done:
    """Ends one of my sessions. Repeating it changes nothing."""
    await _end(call, call.id("id"))
    return Done()


@routes.delete("/api/sessions")
async def end_other_sessions(call: Call) -> Done:
    """Ends all my sessions but this one."""
    ended(call, call.me, await call.ports.db.write(revoke_others, call.me, session_id(call)))
    return Done()


@routes.post("/api/accounts/password")
async def new_password(call: Call, body: NewPassword) -> Done:
    """Replaces my password, and ends my other sessions."""
    mine = await call.ports.db.read(account, call.me)
    check_new_password(body.new, mine.email, mine.name, "new")
    known = await known_hash(call)
    if not await matches(known, body.current):
        if await matches(known, body.new):
            return Done()  # this very request came before
        raise Refusal("accounts.wrong_password", status=403, field="current")
    new = await hashed(body.new)
    over = await call.ports.db.write(
        change_once, call.me, body.client_id, session_id(call), known, new
    )
    ended(call, call.me, map(int, over.sessions))
    return Done()


@routes.post("/api/accounts/close")
async def close(call: Call, body: Closing) -> Done:
    """Closes my account for good."""
    if not await matches(await known_hash(call), body.password):
        raise Refusal("accounts.wrong_password", status=403, field="password")
    ended(call, call.me, await call.ports.db.write(close_account, call.me))
    call.answer_headers.append(no_cookie(_secure(call)))
    return Done()


class _Ended(msgspec.Struct):
    sessions: list[Id]


def change_once(
    tx: Transaction, me: int, client_id: str, session_id: int, known: str, new: str
) -> _Ended:
    """Changes the password once for each client id."""
    return once(tx, me, client_id, _Ended, _changed, me, session_id, known, new)


def _changed(tx: Transaction, me: int, session_id: int, known: str, new: str) -> _Ended:
    over = change_password(tx, me, session_id, known, new)
    tell(tx, me, "password", account(tx, me).email)
    return _Ended([str(one) for one in over])


def _secure(call: Call) -> bool:
    return bool(call.ports.settings.address.startswith("https:"))


async def _end(call: Call, session: int) -> None:
    if await call.ports.db.write(revoke_session, call.me, session):
        ended(call, call.me, [session])
