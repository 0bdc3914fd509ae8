"""The event stream: back-fill from the member's log, cut over, then live."""

import asyncio
from collections.abc import Iterable

from entregent.accounts import Sessions
from entregent.kit.errors import Refusal
from entregent.kit.routes import Caller
from entregent.kit.scopes import Scope, scope_of
from entregent.live import Follower, Hub, frame, missed_since
from entregent.ports.ports import Ports

from .http import Receive, Send, bearer, bearer_of, cookie_of, send_refused
from .http import Scope as AsgiScope

_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Stream:
    """`GET /api/stream`: an ASGI application, one call per open stream."""

    def __init__(self, ports: Ports, sessions: Sessions, hub: Hub) -> None:
        self._ports = ports
        self._sessions = sessions
        self._hub = hub

    async def __call__(self, scope: AsgiScope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        try:
            caller = await self._who(headers)
        except Refusal as refusal:
            await send_refused(send, refusal, scope)
            return
        cursor = _cursor(headers.get(b"last-event-id"), scope["query_string"])
        follower = Follower(caller.member_id, caller.session_id, cursor, caller.until)
        follower.carries = caller.scopes is None or "messages.read" in caller.scopes
        follower.task = asyncio.current_task()
        # Before anything is awaited: a session that ends from here on closes this stream.
        self._hub.follow(follower)
        gone = asyncio.ensure_future(_until_gone(receive, follower))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await send(
                {"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True}
            )
            await self._pump(follower, send, caller.scopes)
        except asyncio.CancelledError:
            if not follower.overdue:
                raise
        finally:
            gone.cancel()
            self._hub.leave(follower)

    async def _who(self, headers: dict[bytes, bytes]) -> Caller:
        token, cookie = bearer_of(headers), cookie_of(headers)
        if token is not None:
            return await bearer(self._sessions, token)
        caller = await self._sessions.caller(cookie) if cookie else None
        if caller is None:
            raise Refusal("kit.sign_in_first", status=401)
        return caller

    async def _pump(self, follower: Follower, send: Send, scopes: frozenset[Scope] | None) -> None:
        while follower.ended is None:
            if follower.frames:
                frames: Iterable[bytes] = follower.frames
                if scopes is not None:
                    frames = [one for one in frames if allowed(one, scopes)]
                ready = b"".join(frames)
                follower.frames.clear()
                if ready:
                    await send({"type": "http.response.body", "body": ready, "more_body": True})
            elif follower.behind:
                if not await self._catch_up(follower, send):
                    return
            else:
                await follower.wait()
        if follower.ended != "gone":
            bye = f"event: bye\ndata: {follower.ended}\n\n".encode()
            await send({"type": "http.response.body", "body": bye})

    async def _catch_up(self, follower: Follower, send: Send) -> bool:
        """Queues what the log holds beyond the cursor; False when the client must start afresh."""
        follower.behind = False  # whatever is appended from here on either follows or sets it
        missed = await self._ports.db.read(missed_since, follower.member_id, follower.cursor)
        if missed.too_old:
            reset = b"event: reset\ndata: {}\n\n"
            await send({"type": "http.response.body", "body": reset})
            return False
        # What was pushed while we read may be part of what we read: the numbers decide.
        for seq, event in missed.events:
            if seq > follower.cursor:
                follower.cursor = seq
                follower.frames.append(frame(seq, event))
                if follower.carries and self._hub.on_carried is not None:
                    self._hub.on_carried(follower.member_id, event)
        if follower.cursor < missed.head:
            follower.behind = True
        return True


def allowed(frame: bytes, scopes: frozenset[Scope]) -> bool:
    """Whether a token with these scopes may be told what a frame tells."""
    _, found, rest = frame.partition(b'data: {"type":"')
    return not found or scope_of(rest.partition(b'"')[0].decode()) in scopes


async def _until_gone(receive: Receive, follower: Follower) -> None:
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            follower.end("gone")
            return


def _cursor(last_event_id: bytes | None, query_string: bytes) -> int:
    text = last_event_id or b""
    if not text:
        for pair in query_string.split(b"&"):
            if pair.startswith(b"after="):
                text = pair[6:]
    return int(text) if text.isdigit() and len(text) <= 19 else -1
