"""Personal access tokens over HTTP."""

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id
from entregent.kit.routes import Call, Done
from entregent.kit.scopes import Scope
from entregent.live import once
from entregent.ports.db import Row, Transaction

from ..access import add_token, one_token, renew_secret, revoke_token, tokens_of
from ..tokens import TOKEN_PREFIX, Token
from .routes import ended, routes


class AccessToken(msgspec.Struct, kw_only=True):
    """A program's way in. The secret itself is shown once, when it is made."""

    id: Id
    name: str
    scopes: list[Scope]
    created_at: int
    expires_at: int | None
    seen_at: int | None


class AccessTokens(msgspec.Struct):
    """The member's tokens, the newest first."""

    tokens: list[AccessToken]


class NewToken(msgspec.Struct, kw_only=True):
    """A token to be made. Without `days` it lasts until it is taken back."""

    client_id: ClientId
    name: str
    scopes: list[Scope]
    days: int | None = None


class MadeToken(msgspec.Struct, kw_only=True):
    """A token with its secret, which nobody can show again."""

    token: AccessToken
    secret: str


class _Made(msgspec.Struct):
    id: Id


def _shown(row: Row) -> AccessToken:
    return AccessToken(
        id=str(row.id),
        name=row.name,
        scopes=row.scopes.split(),
        created_at=row.created_at,
        expires_at=row.expires_at,
        seen_at=row.seen_at,
    )


@routes.get("/api/tokens")
async def list_tokens(call: Call) -> AccessTokens:
    """My personal access tokens."""
    return AccessTokens([_shown(row) for row in await call.ports.db.read(tokens_of, call.me)])


@routes.get("/api/tokens/current", scope="any")
async def this_token(call: Call) -> AccessToken:
    """The token that asks: what it is called and what it may do."""
    if call.caller is None or call.caller.scopes is None:
        raise Refusal("kit.not_found", status=404)
    return _shown(await call.ports.db.read(one_token, call.me, call.caller.session_id))


@routes.post("/api/tokens")
async def make_token(call: Call, body: NewToken) -> MadeToken:
    """Makes a token. Repeated with the same `client_id`, it is the same token with a new secret."""
    return await call.ports.db.write(_make, call.me, body)


def _make(tx: Transaction, me: int, body: NewToken) -> MadeToken:
    fresh: list[Token] = []

    def add(inner: Transaction) -> _Made:
        fresh.append(add_token(inner, me, body.name, body.scopes, body.days))
        return _Made(str(fresh[0].id))

    made = once(tx, me, body.client_id, _Made, add)
    # The answer to the first request was lost, and only a hash was kept of what it said.
    row = one_token(tx, me, int(made.id))
    secret = fresh[0] if fresh else renew_secret(tx, me, row.id)
    return MadeToken(token=_shown(row), secret=f"{TOKEN_PREFIX}{secret}")


@routes.delete("/api/tokens/{id}")
async def end_token(call: Call) -> Done:
    """Takes a token back; its streams end. Repeating it changes nothing."""
    token_id = call.id("id")
    if await call.ports.db.write(revoke_token, call.me, token_id):
        ended(call, call.me, [token_id])
    return Done()
