"""Who is behind a cookie: one look-up by its owner, remembered for a few seconds."""

import hmac
from typing import NamedTuple

from entregent.kit.routes import Caller
from entregent.ports.clock import Clock
from entregent.ports.db import Database, Row, Transaction

from . import queries
from .actions import touch_session
from .model import SEEN_EVERY_MS
from .tokens import hash_secret, read_token

REMEMBERED_MS = 10_000
MOST_REMEMBERED = 50_000
COOKIE = "entregent"


class _Known(NamedTuple):
    secret: str
    caller: Caller
    until: int


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
        if token is None:
            return None
        key = (token.member_id, token.id)
        now = self._clock.now()
        known = self._known.get(key)
        if known is not None and known.until > now:
            same = hmac.compare_digest(known.secret.encode(), token.secret.encode())
            return known.caller if same else None
        before = self._forgotten
        row = await self._db.read(_session, *key)
        if (
            row is None
            or not hmac.compare_digest(row.token_hash, hash_secret(token.secret))
            or row.seen_at + self._life <= now
        ):
            return None
        if row.seen_at + SEEN_EVERY_MS <= now:
            await self._db.write(touch_session, *key)
        caller = Caller(token.member_id, token.id, row.language)
        if before == self._forgotten:  # else it may have ended while we looked
            self._remember(key, _Known(token.secret, caller, now + REMEMBERED_MS))
        return caller

    def forget(self, member_id: int, session_id: int) -> None:
        """The session has ended or changed: look it up again."""
        self._forgotten += 1
        self._known.pop((member_id, session_id), None)

    def _remember(self, key: tuple[int, int], known: _Known) -> None:
        self._known.pop(key, None)
        while len(self._known) >= MOST_REMEMBERED:
            del self._known[next(iter(self._known))]
        self._known[key] = known


def _session(tx: Transaction, member_id: int, session_id: int) -> Row | None:
    return tx.first(queries.FIND_SESSION, owner_id=member_id, session_id=session_id)


def session_cookie(value: str, days: int, secure: bool) -> tuple[bytes, bytes]:
    """The header that hands the cookie to the browser."""
    return _cookie(value, days * 86_400, secure)


def no_cookie(secure: bool) -> tuple[bytes, bytes]:
    """The header that takes the cookie away."""
    return _cookie("", 0, secure)


def _cookie(value: str, seconds: int, secure: bool) -> tuple[bytes, bytes]:
    text = f"{COOKIE}={value}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Lax"
    return (b"set-cookie", (text + ("; Secure" if secure else "")).encode())
