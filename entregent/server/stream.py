"""The event stream: back-fill from the member's log, cut over, then live."""

import asyncio

from entregent.accounts import Sessions
from entregent.kit.errors import Refusal
from entregent.live import Follower, Hub, frame, missed_since
from entregent.ports.ports import Ports

from .http import Receive, Scope, Send, cookie_of, send_refused

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

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        cookie = cookie_of(headers)
        caller = await self._sessions.caller(cookie) if cookie else None
        if caller is None:
            await send_refused(send, Refusal("kit.sign_in_first", status=401), scope)
            return
        cursor = _cursor(headers.get(b"last-event-id"), scope["query_string"])
        follower = Follower(caller.member_id, caller.session_id, cursor)
        follower.task = asyncio.current_task()
        # Before anything is awaited: a session that ends from here on closes this stream.
        self._hub.follow(follower)
        gone = asyncio.ensure_future(_until_gone(receive, follower))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            await send(
                {"type": "http.response.body", "body": b"retry: 1000\n\n", "more_body": True}
            )
            await self._pump(follower, send)
        except asyncio.CancelledError:
            if not follower.overdue:
                raise
        finally:
            gone.cancel()
            self._hub.leave(follower)

    async def _pump(self, follower: Follower, send: Send) -> None:
        while follower.ended is None:
            if follower.frames:
                ready = b"".join(follower.frames)
                follower.frames.clear()
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
        if follower.cursor < missed.head:
            follower.behind = True
        return True


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
