"""Who is behind a cookie or a token: one look-up by its owner, remembered for a few seconds."""

import hmac
from collections.abc import Awaitable, Callable
from typing import NamedTuple

from entregent.kit.ids import MAX_ID
from entregent.kit.routes import Caller
from entregent.kit.scopes import SCOPES
from entregent.ports.clock import Clock
from entregent.ports.db import Database, Row, Transaction

from . import queries
from .access import touch_token
from .actions import touch_session
from .model import SEEN_EVERY_MS
from .tokens import TOKEN_PREFIX, Token, hash_secret, read_token

REMEMBERED_MS = 10_000
MOST_REMEMBERED = 50_000
COOKIE = "entregent"


_Find = Callable[[Token, int], Awaitable[Caller | None]]


class _Known(NamedTuple):
    secret: str
    caller: Caller
    until: int
    find: _Find  # a session's id opens nothing as a token, nor the other way round


class Sessions:
    """Recognises callers. A session revoked by another process is noticed within 10 seconds."""

    def __init__(self, db: Database, clock: Clock, days: int) -> None:
        self._db = db
        self._clock = clock
        self._life = days * 86_400_000
        self._known: dict[tuple[int, int], _Known] = {}
        self._forgotten = 0

    async def caller(self, cookie: str) -> Caller | None:
        """Who holds the cookie; None for one that is unknown, revoked or too old."""
        token = read_token(cookie)
        return None if token is None else await self._caller(token, self._by_session)

    async def bearer(self, text: str) -> Caller | None:
        """Whose personal access token it is; None for one that is unknown, revoked or expired."""
        token = read_token(text.removeprefix(TOKEN_PREFIX))
        if token is None or not text.startswith(TOKEN_PREFIX):
            return None
        return await self._caller(token, self._by_token)

    async def _caller(self, token: Token, find: _Find) -> Caller | None:
        key = (token.member_id, token.id)
        now = self._clock.now()
        known = self._known.get(key)
        if known is not None and known.until > now and known.find == find:
            same = hmac.compare_digest(known.secret.encode(), token.secret.encode())
            return known.caller if same else None
        before = self._forgotten
        caller = await find(token, now)
        if caller is not None and before == self._forgotten:
            # Else it may have ended while we looked.
            until = min(now + REMEMBERED_MS, caller.until)
            self._remember(key, _Known(token.secret, caller, until, find))
        return caller

    async def _by_session(self, token: Token, now: int) -> Caller | None:
        key = (token.member_id, token.id)
        row = await self._db.read(_session, *key)
        if (
            row is None
            or not hmac.compare_digest(row.token_hash, hash_secret(token.secret))
            or row.seen_at + self._life <= now
        ):
            return None
        seen_at = row.seen_at
        if seen_at + SEEN_EVERY_MS <= now:
            await self._db.write(touch_session, *key)
            seen_at = now
        return Caller(
            token.member_id,
            token.id,
            row.language,
            None,
            seen_at + self._life,
            row.restricted_until or 0,
        )

    async def _by_token(self, token: Token, now: int) -> Caller | None:
        key = (token.member_id, token.id)
        row = await self._db.read(_token, *key)
        if row is None or not hmac.compare_digest(row.token_hash, hash_secret(token.secret)):
            return None
        until = MAX_ID if row.expires_at is None else row.expires_at
        if until <= now:
            return None
        if row.seen_at is None or row.seen_at + SEEN_EVERY_MS <= now:
            await self._db.write(touch_token, *key)
        granted = row.scopes.split()
        scopes = frozenset(scope for scope in SCOPES if scope in granted)
        restricted = row.restricted_until or 0
        return Caller(token.member_id, token.id, row.language, scopes, until, restricted)

    async def until(self, member_id: int, session_id: int) -> int:
        """When a session or a token ends by age as things stand now; 0 when it has ended."""
        return await self._db.read(_until, member_id, session_id, self._life)

    def forget(self, member_id: int, session_id: int) -> None:
        """The session has ended or changed: look it up again. 0 stands for all of the member's."""
        self._forgotten += 1
        if session_id:
            self._known.pop((member_id, session_id), None)
            return
        for key in [key for key in self._known if key[0] == member_id]:
            del self._known[key]

    def _remember(self, key: tuple[int, int], known: _Known) -> None:
        self._known.pop(key, None)
        while len(self._known) >= MOST_REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[key] = known


def _session(tx: Transaction, member_id: int, session_id: int) -> Row | None:
    return tx.first(queries.FIND_SESSION, owner_id=member_id, session_id=session_id, now=tx.now)


def _token(tx: Transaction, member_id: int, token_id: int) -> Row | None:
    return tx.first(queries.FIND_TOKEN, owner_id=member_id, token_id=token_id, now=tx.now)


def _until(tx: Transaction, member_id: int, session_id: int, life: int) -> int:
    session = _session(tx, member_id, session_id)
    if session is not None:
        return int(session.seen_at) + life
    token = _token(tx, member_id, session_id)
    if token is None:
        return 0
    return MAX_ID if token.expires_at is None else int(token.expires_at)


def session_cookie(value: str, days: int, secure: bool) -> tuple[bytes, bytes]:
    """The header that hands the cookie to the browser."""
    return _cookie(value, days * 86_400, secure)


def no_cookie(secure: bool) -> tuple[bytes, bytes]:
    """The header that takes the cookie away."""
    return _cookie("", 0, secure)


def _cookie(value: str, seconds: int, secure: bool) -> tuple[bytes, bytes]:
    text = f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    return (b"set-cookie", (text + ("; Secure" if secure else "")).encode())
