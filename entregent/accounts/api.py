"""Sessions, password and address over HTTP. Signing up and in stand in `server/entrance.py`."""

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id
from entregent.kit.routes import Call, Done, Routes
from entregent.live import once
from entregent.ports.db import Transaction

from .actions import (
    account,
    ask_for_proof,
    change_password,
    close_account,
    credentials_of,
    revoke_others,
    revoke_session,
    sessions_of,
    verify_email,
)
from .mails import send_proof
from .model import MAX_PASSWORD, Account, check_new_password
from .passwords import checked, hashed
from .sessions import no_cookie

routes = Routes("accounts")


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


class Proof(msgspec.Struct, kw_only=True):
    """The token of a verification letter."""

    token: str


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
                current=row.id == _session_id(call),
            )
            for row in rows
        ]
    )


@routes.delete("/api/sessions/current")
async def sign_out(call: Call) -> Done:
    call.answer_headers.append(no_cookie(_secure(call)))
    await _end(call, _session_id(call))
    return Done()


@routes.delete("/api/sessions/{id}")
async def end_session(call: Call) -> Done:
    await _end(call, call.id("id"))
    return Done()


@routes.delete("/api/sessions")
async def end_other_sessions(call: Call) -> Done:
    _ended(call, await call.ports.db.write(revoke_others, call.me, _session_id(call)))
    return Done()


@routes.post("/api/accounts/verify", access="anyone")
async def verify(call: Call, body: Proof) -> Done:
    await call.ports.db.write(verify_email, body.token)
    return Done()


@routes.post("/api/accounts/verify/resend", limit="mail")
async def resend(call: Call) -> Done:
    mine, token = await call.ports.db.write(_new_proof, call.me)
    if token is not None:
        sent = await send_proof(call.ports, mine.email, mine.name, mine.language, token)
        if not sent:
            raise Refusal("accounts.mail_not_sent", status=503, retry_after=60)
    return Done()


@routes.post("/api/accounts/password")
async def new_password(call: Call, body: NewPassword) -> Done:
    mine = await call.ports.db.read(account, call.me)
    check_new_password(body.new, mine.email, mine.name, "new")
    known = await _known_hash(call)
    if not await _matches(known, body.current):
        if await _matches(known, body.new):
            return Done()  # this very request came before
        raise Refusal("accounts.wrong_password", status=403, field="current")
    new = await hashed(body.new)
    ended = await call.ports.db.write(
        change_once, call.me, body.client_id, _session_id(call), known, new
    )
    _ended(call, [int(identifier) for identifier in ended.sessions])
    return Done()


@routes.post("/api/accounts/close")
async def close(call: Call, body: Closing) -> Done:
    if not await _matches(await _known_hash(call), body.password):
        raise Refusal("accounts.wrong_password", status=403, field="password")
    _ended(call, await call.ports.db.write(close_account, call.me))
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
    return _Ended([str(one) for one in change_password(tx, me, session_id, known, new)])


def _new_proof(tx: Transaction, me: int) -> tuple[Account, str | None]:
    return account(tx, me), ask_for_proof(tx, me)


def _session_id(call: Call) -> int:
    if call.caller is None:
        raise Refusal("kit.sign_in_first", status=401)
    return call.caller.session_id


def _secure(call: Call) -> bool:
    return bool(call.ports.settings.address.startswith("https:"))


async def _known_hash(call: Call) -> str:
    call.ports.limits.take("sign_in_account", call.me)
    found = await call.ports.db.read(credentials_of, call.me)
    return found.password_hash if found else ""


async def _matches(known_hash: str, password: str) -> bool:
    return await checked(known_hash, password[: MAX_PASSWORD + 1])


async def _end(call: Call, session_id: int) -> None:
    if await call.ports.db.write(revoke_session, call.me, session_id):
        _ended(call, [session_id])


def _ended(call: Call, sessions: list[int]) -> None:
    for session_id in sessions:
        call.ports.session_ended(call.me, session_id)
