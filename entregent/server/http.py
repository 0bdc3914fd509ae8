"""Runs a slice's route for an ASGI request: who asks, decode, act, encode.

Endpoints are plain ASGI applications under Starlette's router. Nothing stands in front of them
that a hot route does not need: see `docs/decisions`.
"""

import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable, MutableMapping
from typing import Any
from urllib.parse import parse_qsl

import msgspec

from entregent.accounts import Sessions
from entregent.kit.errors import Refusal
from entregent.kit.people import WithPeople
from entregent.kit.routes import Call, Caller, Raw, Route
from entregent.kit.scopes import RouteScope
from entregent.kit.sentences import sentence
from entregent.moderation import is_host
from entregent.ports.ports import Ports

from .languages import preferred
from .people import add_cards

log = logging.getLogger(__name__)

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

COOKIE = b"entregent="
_encode = msgspec.json.Encoder().encode
_JSON = (b"content-type", b"application/json")
_NO_STORE = (b"cache-control", b"no-store")
_NOSNIFF = (b"x-content-type-options", b"nosniff")


def cookie_of(headers: dict[bytes, bytes]) -> str | None:
    """The session cookie's value, if any."""
    cookies = headers.get(b"cookie")
    if cookies is None:
        return None
    for part in map(bytes.strip, cookies.split(b";")):
        if part.startswith(COOKIE):
            return part[len(COOKIE) :].decode("latin-1")
    return None


def bearer_of(headers: dict[bytes, bytes]) -> str | None:
    """The personal access token that a program sends, if any."""
    kind, _, value = headers.get(b"authorization", b"").partition(b" ")
    return value.strip().decode("latin-1") if kind.lower() == b"bearer" else None


async def bearer(sessions: Sessions, token: str) -> Caller:
    """Who asks by a token. No cookie counts beside it, and no page of another site can send it."""
    caller = await sessions.bearer(token)
    if caller is None:
        raise Refusal("kit.bad_token", status=401)
    return caller


def check_scope(caller: Caller, scope: RouteScope | None) -> None:
    """Refuses a token what it was not made for; a session may do everything."""
    if caller.scopes is None or scope == "any":
        return
    if scope is None:
        raise Refusal("kit.token_never", status=403)
    if scope not in caller.scopes:
        raise Refusal("kit.token_scope", status=403, scope=scope)


def address_of(scope: Scope, headers: dict[bytes, bytes], proxies: int) -> str:
    """The peer's address; behind `proxies` trusted proxies, what the outermost of them saw."""
    client = scope.get("client")
    peer = client[0] if client else "local"
    if proxies:
        seen = headers.get(b"x-forwarded-for", b"").decode("latin-1").split(",")
        if len(seen) >= proxies and seen[-proxies].strip():
            return seen[-proxies].strip()
    return str(peer)


def check_origin(headers: dict[bytes, bytes]) -> None:
    """Refuses a write that another site's page could have made."""
    if b"x-entregent" not in headers:
        raise Refusal("kit.forbidden_origin", status=403)
    site = headers.get(b"sec-fetch-site")
    if site is not None and site not in (b"same-origin", b"none"):
        raise Refusal("kit.forbidden_origin", status=403)
    origin = headers.get(b"origin")
    if origin is not None:
        host = headers.get(b"host", b"")
        if origin.partition(b"://")[2] != host:
            raise Refusal("kit.forbidden_origin", status=403)


class Endpoint:
    """One declared route as an ASGI application."""

    def __init__(self, route: Route, ports: Ports, sessions: Sessions) -> None:
        self.route = route
        self._ports = ports
        self._sessions = sessions
        self._decode = (
            msgspec.json.Decoder(route.body).decode
            if route.body is not None and not route.raw
            else None
        )
        self._writes = route.method not in ("GET", "OPTIONS")
        self._limit = route.limit or ("write" if self._writes else "read")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = dict(scope["headers"])
        call = Call(self._ports, None, scope.get("path_params", {}))
        call.headers = headers
        call.method = scope["method"]
        call.status = self.route.status
        try:
            status, answer = await self._answer(call, scope, receive)
        except Refusal as refusal:
            status, answer = refusal.status, refused(refusal, language_of(call))
            if refusal.retry_after is not None:
                call.answer_headers.append((b"retry-after", str(refusal.retry_after).encode()))
        except Exception:
            log.exception("%s %s failed", self.route.method, self.route.path)
            status, answer = 500, refused(Refusal("kit.failed", status=500), language_of(call))
        if isinstance(answer, Raw):
            await send_raw(send, answer, call.answer_headers, status)
            return
        await send(
            {
                "type": "http.response.start",
                "status": status,
                "headers": [
                    _JSON,
                    _NO_STORE,
                    _NOSNIFF,
                    (b"content-length", str(len(answer)).encode()),
                    *call.answer_headers,
                ],
            }
        )
        await send({"type": "http.response.body", "body": answer})

    async def _answer(self, call: Call, scope: Scope, receive: Receive) -> tuple[int, Any]:
        route, ports, headers = self.route, self._ports, call.headers
        token = bearer_of(headers) if b"authorization" in headers else None
        if route.access == "host":
            await self._only_hosts(headers, token)
        if token is not None:
            call.caller = await bearer(self._sessions, token)
            check_scope(call.caller, route.scope)
        elif not route.foreign:  # of a foreign one the request itself says what it may
            if self._writes:
                check_origin(headers)
            call.caller = await self._who(headers)
        call.address = address_of(scope, headers, ports.settings.proxies)
        call.agent = headers.get(b"user-agent", b"").decode("latin-1")[:300]
        if route.access == "member" and call.caller is None:
            raise Refusal("kit.sign_in_first", status=401)
        if route.sends and call.caller and call.caller.restricted_until > ports.clock.now():
            raise Refusal("accounts.restricted", status=403)
        ports.limits.take(self._limit, call.caller.member_id if call.caller else call.address)
        arguments: dict[str, Any] = {}
        if route.query is not None:
            arguments["query"] = decode_query(scope["query_string"], route.query)
        if route.raw:
            call.receive = lambda: pieces(receive, ports.settings.max_import)
        elif self._decode is not None:
            arguments["body"] = self._decode_body(await whole(receive, ports.settings.max_body))
        answer = await route.handler(call, **arguments)
        if isinstance(answer, Raw):
            return call.status, answer
        if isinstance(answer, WithPeople) and call.caller is not None:
            await add_cards(ports.db, call.caller.member_id, answer)
        return call.status, _encode(answer)

    async def _only_hosts(self, headers: dict[bytes, bytes], token: str | None) -> None:
        """To everybody else the route is none at all, whatever else is wrong with the request."""
        caller = None if token is not None else await self._who(headers)
        if caller is None or not await self._ports.db.read(is_host, caller.member_id):
            raise Refusal("kit.not_found", status=404)

    async def _who(self, headers: dict[bytes, bytes]) -> Caller | None:
        cookie = cookie_of(headers)
        return None if cookie is None else await self._sessions.caller(cookie)

    def _decode_body(self, body: bytes) -> Any:
        assert self._decode is not None
        try:
            return self._decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise Refusal(
                "kit.bad_request", status=400, field=field_of(error), detail=str(error)[:200]
            ) from None


def field_of(error: Exception) -> str | None:
    """The input at fault, from msgspec's `… - at `$.name``."""
    _, found, path = str(error).rpartition("`$.")
    return path.rstrip("`").partition("[")[0] if found else None


def decode_query(query_string: bytes, kind: Any) -> Any:
    """The query as the type that a route declares."""
    try:
        pairs = dict(parse_qsl(query_string.decode("ascii"), keep_blank_values=True))
        return msgspec.convert(pairs, kind, strict=False)
    except (msgspec.ValidationError, UnicodeDecodeError, ValueError) as error:
        raise Refusal(
            "kit.bad_request", status=400, field=field_of(error), detail=str(error)[:200]
        ) from None


async def whole(receive: Receive, most: int) -> bytes:
    """The request's body, refused as soon as it is larger than `most` bytes."""
    message = await receive()
    body: bytes = message.get("body", b"")
    if message.get("more_body"):
        parts = [body]
        size = len(body)
        while message.get("more_body"):
            message = await receive()
            parts.append(message.get("body", b""))
            size += len(parts[-1])
            if size > most:
                break
        body = b"".join(parts)
    if len(body) > most:
        raise Refusal("kit.too_large", status=413, megabytes=max(1, most // 1_048_576))
    return body


async def pieces(receive: Receive, most: int) -> AsyncIterator[bytes]:
    """The request's body as it comes."""
    size = 0
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Refusal("kit.bad_request", status=400, detail="the upload was interrupted")
        piece = message.get("body", b"")
        size += len(piece)
        if size > most:
            raise Refusal("kit.too_large", status=413, megabytes=max(1, most // 1_048_576))
        more = message.get("more_body", False)
        if piece:
            yield piece


def language_of(call: Call) -> str:
    """The language to refuse in."""
    if call.caller is not None:
        return call.caller.language
    return preferred(call.headers.get(b"accept-language", b"").decode("latin-1"))


def refused(refusal: Refusal, language: str) -> bytes:
    """A refusal on the wire."""
    return _encode(
        {
            "error": {
                "code": refusal.code,
                "message": sentence(language, refusal.code, refusal.params),
                "field": refusal.field,
                "retry_after": refusal.retry_after,
            }
        }
    )


async def send_refused(
    send: Send, refusal: Refusal, scope: Scope, more: Iterable[tuple[bytes, bytes]] = ()
) -> None:
    """Answers with a refusal where no route of a slice does, in the browser's language."""
    accepted = dict(scope["headers"]).get(b"accept-language", b"")
    body = refused(refusal, preferred(accepted.decode("latin-1")))
    headers = [_JSON, _NO_STORE, _NOSNIFF, (b"content-length", str(len(body)).encode()), *more]
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


async def send_raw(
    send: Send, raw: Raw, more: list[tuple[bytes, bytes]], status: int = 200
) -> None:
    """Sends bytes that are not JSON."""
    headers = [
        *([(b"content-type", raw.content_type.encode())] if raw.content_type else []),
        *([] if any(name == b"cache-control" for name, _ in raw.headers) else [_NO_STORE]),
        _NOSNIFF,
        *raw.headers,
        *more,
    ]
    if isinstance(raw.pieces, bytes):
        if status != 204:  # of which nothing may be said that there is not
            headers.append((b"content-length", str(len(raw.pieces)).encode()))
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": raw.pieces})
        return
    await send({"type": "http.response.start", "status": status, "headers": headers})
    async for piece in raw.pieces:
        await send({"type": "http.response.body", "body": piece, "more_body": True})
    await send({"type": "http.response.body", "body": b""})
