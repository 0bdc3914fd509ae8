"""How a slice says what it answers over HTTP, without knowing the server.

`api.py` of a slice makes one `Routes()` and decorates plain asynchronous functions. What is read
from the request and what is answered stand in the function's annotations, from which the server,
the browser's types and the API description are all made.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple, Protocol, TypeVar, get_type_hints

import msgspec

from .errors import Refusal
from .ids import MAX_ID, as_int
from .scopes import RouteScope, Scope

Access = Literal["member", "anyone", "host"]
Handler = TypeVar("Handler", bound=Callable[..., Awaitable[Any]])


class Declare(Protocol):
    """A decorator that leaves the function as it is."""

    def __call__(self, handler: Handler, /) -> Handler: ...


class Caller(NamedTuple):
    """Who is asking, through which session; or through which token, which may do `scopes` only."""

    member_id: int
    session_id: int
    language: str
    scopes: frozenset[Scope] | None = None
    until: int = MAX_ID  # when it ends by age, unless it is used again (ms)
    restricted_until: int = 0  # until when the member may send nothing new to others (ms)


class Call:
    """One request: the ports, who asks, and what the path says."""

    __slots__ = (
        "address",
        "agent",
        "answer_headers",
        "caller",
        "headers",
        "method",
        "path",
        "ports",
        "receive",
        "status",
    )

    def __init__(self, ports: Any, caller: Caller | None, path: dict[str, str]) -> None:
        self.ports = ports
        self.caller = caller
        self.path = path
        self.address = ""
        self.agent = ""
        self.method = "GET"
        self.status = 200  # what the route declares, unless it says otherwise
        self.headers: dict[bytes, bytes] = {}
        self.answer_headers: list[tuple[bytes, bytes]] = []
        self.receive: Callable[[], AsyncIterator[bytes]] | None = None

    @property
    def me(self) -> int:
        """The member who asks."""
        if self.caller is None:
            raise Refusal("kit.sign_in_first", status=401)
        return self.caller.member_id

    @property
    def language(self) -> str:
        """In which language the member reads; English where nobody is signed in."""
        return "en" if self.caller is None else self.caller.language

    def id(self, name: str) -> int:
        """An id in the path; what is not one names nothing."""
        text = self.path[name]
        if not text.isascii() or not text.isdigit() or len(text) > 19:
            raise Refusal("kit.not_found", status=404)
        return as_int(text)

    def body(self) -> AsyncIterator[bytes]:
        """The raw body of a route declared `raw`, piece by piece."""
        if self.receive is None:
            raise TypeError("this route was not declared raw")
        return self.receive()


# Of what members have brought: whatever it holds, nothing of it may run.
SAFE = (
    (b"content-security-policy", b"sandbox; default-src 'none'"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"referrer-policy", b"no-referrer"),
)


class Raw(NamedTuple):
    """An answer that is not JSON: pieces of bytes with their headers."""

    pieces: AsyncIterator[bytes] | bytes
    content_type: str
    headers: tuple[tuple[bytes, bytes], ...] = ()


@dataclass(slots=True)
class Route:
    """One route as declared."""

    method: str
    path: str
    handler: Callable[..., Awaitable[Any]]
    access: Access
    limit: str | None
    raw: bool
    hot: bool
    slice: str
    scope: RouteScope | None = None
    media: str = "application/octet-stream"
    sends: bool = False
    foreign: bool = False
    status: int = 200
    body: Any = None
    query: Any = None
    answer: Any = None

    def __post_init__(self) -> None:
        hints = get_type_hints(self.handler, include_extras=True)
        self.body = hints.get("body")
        self.query = hints.get("query")
        self.answer = hints.get("return")


@dataclass(slots=True)
class Routes:
    """The routes of one slice."""

    slice: str
    declared: list[Route] = field(default_factory=list)

    def add(
        self,
        method: str,
        path: str,
        *,
        access: Access = "member",
        limit: str | None = None,
        raw: bool = False,
        hot: bool = False,
        scope: RouteScope | None = None,
        media: str = "application/octet-stream",
        sends: bool = False,
        foreign: bool = False,
        status: int = 200,
    ) -> Declare:
        """Declares the decorated function as the answer to a method and a path.

        Without a `scope` no personal access token opens it. `media` is what a `Raw` answer is. What
        `sends` reaches others, and is closed to whom the host has restricted. A `foreign` one is
        for programs elsewhere: it looks at no cookie, and so asks for no origin. `status` is what
        an answer has that is no refusal; with 204 there is nothing in it.
        """

        def declare(handler: Handler, /) -> Handler:
            self.declared.append(
                Route(
                    method,
                    path,
                    handler,
                    access,
                    limit,
                    raw,
                    hot,
                    self.slice,
                    scope,
                    media,
                    sends,
                    foreign,
                    status,
                )
            )
            return handler

        return declare

    def get(self, path: str, **options: Any) -> Declare:
        """A route that reads."""
        return self.add("GET", path, **options)

    def post(self, path: str, **options: Any) -> Declare:
        """A route that acts."""
        return self.add("POST", path, **options)

    def put(self, path: str, **options: Any) -> Declare:
        """A route that replaces."""
        return self.add("PUT", path, **options)

    def patch(self, path: str, **options: Any) -> Declare:
        """A route that changes a part."""
        return self.add("PATCH", path, **options)

    def delete(self, path: str, **options: Any) -> Declare:
        """A route that takes away."""
        return self.add("DELETE", path, **options)


class Done(msgspec.Struct):
    """The answer of a command that has nothing else to say."""

    done: bool = True
