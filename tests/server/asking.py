"""Asks the application as a server would, with whatever bytes a test thinks of."""

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import unquote

from hypothesis import strategies as st
from msgspec import inspect as types

from entregent.kit.routes import Route
from entregent.ports.limits import Limits
from tests.world import World

OURS = {"x-entregent": "1", "host": "localhost:8000", "origin": "http://localhost:8000"}


class Answer(NamedTuple):
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def error(self) -> dict[str, Any]:
        found: dict[str, Any] = self.json["error"]
        return found

    @property
    def code(self) -> str:
        return str(self.error["code"]) if self.status >= 400 else ""


class Asker:
    """The world's application, without limits on how much one may ask."""

    def __init__(self, world: World) -> None:
        world.ports.limits = Limits(world.clock, 0)
        self.app = world.app

    async def __call__(
        self,
        method: str,
        path: str,
        *,
        query: str = "",
        body: bytes | Iterable[bytes] = b"",
        cookie: str = "",
        headers: Mapping[str, str] = OURS,
    ) -> Answer:
        """One request. The path and the query are as they come over the wire."""
        sent = [(name.encode(), value.encode("latin-1")) for name, value in headers.items()]
        if cookie:
            sent.append((b"cookie", b"entregent=" + cookie.encode()))
        scope = {
            "type": "http",
            "method": method,
            "path": unquote(path),
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query.encode(),
            "headers": sent,
            "client": ("192.0.2.9", 1234),
        }
        pieces = [body] if isinstance(body, bytes) else list(body)
        waiting = [
            {"type": "http.request", "body": piece, "more_body": left > 0}
            for left, piece in zip(range(len(pieces) - 1, -1, -1), pieces, strict=True)
        ]
        got: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return waiting.pop(0) if waiting else {"type": "http.disconnect"}

        async def send(message: Any) -> None:
            got.append(message)

        await self.app(scope, receive, send)
        return Answer(
            got[0]["status"],
            {name.decode().lower(): value.decode("latin-1") for name, value in got[0]["headers"]},
            b"".join(message.get("body", b"") for message in got[1:]),
        )


# -- what a route takes, made from its types -----------------------------------------------------

_SAMPLES = {"client_id": "client-0001"}


def sample(kind: Any) -> bytes:
    """A small valid body of a route's type."""
    return b"" if kind is None else encode(_sample(types.type_info(kind), ""))


def spoilt(kind: Any, bad: Any) -> Iterator[dict[str, Any]]:
    """The same as a value, with something bad in the place of each field in turn."""
    info = types.type_info(kind)
    assert isinstance(info, types.StructType)
    for field in info.fields:
        yield {**_sample(info, ""), field.encode_name: bad}


def _sample(kind: types.Type, name: str) -> Any:
    match kind:
        case types.StructType():
            return {
                field.encode_name: _sample(field.type, field.encode_name)
                for field in kind.fields
                if field.required
            }
        case types.StrType():
            if name in _SAMPLES:
                return _SAMPLES[name]
            return "1" if kind.pattern and "[0-9]" in kind.pattern else "sample-1"
        case types.LiteralType():
            return kind.values[0]
        case types.ListType():
            return [_sample(kind.item_type, name)]
        case types.UnionType():
            return _sample(kind.types[0], name)
        case types.DictType():
            return {}
        case types.BoolType():
            return True
        case types.NoneType():
            return None
    return 1


NASTY = st.one_of(
    st.text(max_size=20),
    st.sampled_from(
        [
            "", "\x00", "a\x00b", "1", "0", "-1", "9" * 19, "9" * 40, "1e9", "٣", "１", "null",
            "../..", "%", "%00", "%zz", "é" * 300, "'", '"; DROP TABLE mailbox; --', "{name}",
            "\u202e", "👋🏽", "WzEsMl0", "WyJhIiwxXQ", "WyJcdTAwMDAiLDFd", "W1tbW1tb", "e30",
        ]
    ),
)  # fmt: skip
JSON = st.recursive(
    st.one_of(
        st.none(), st.booleans(), st.integers(-(2**70), 2**70), st.floats(), NASTY,
        st.sampled_from([2**31, 2**31 - 1, 2**32, 2**53, 2**63 - 1, 2**63, -(2**63), 1e308]),
    ),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NASTY, inner, max_size=3),
    max_leaves=6,
)  # fmt: skip


def near(kind: Any) -> st.SearchStrategy[Any]:
    """Bodies that are nearly what a route takes: each field right, or anything."""
    return _near(types.type_info(kind))


def _near(kind: types.Type) -> st.SearchStrategy[Any]:
    match kind:
        case types.StructType():
            fields = {
                field.encode_name: st.one_of(_near(field.type), _near(field.type), JSON)
                for field in kind.fields
            }
            needed = {field.encode_name for field in kind.fields if field.required}
            return st.fixed_dictionaries(
                {name: made for name, made in fields.items() if name in needed},
                optional={name: made for name, made in fields.items() if name not in needed},
            )
        case types.StrType():
            if kind.pattern:
                return st.sampled_from(["client-0001", "1", "0", "9" * 19, "A_-" * 5])
            return NASTY
        case types.LiteralType():
            return st.sampled_from(list(kind.values))
        case types.ListType():
            return st.lists(_near(kind.item_type), max_size=4)
        case types.UnionType():
            return st.one_of([_near(one) for one in kind.types])
        case types.DictType():
            return st.dictionaries(NASTY, _near(kind.value_type), max_size=3)
        case types.IntType():
            return st.sampled_from([0, 1, 2, 50, 200, -1, 2**31 - 1, 2**31, 2**63 - 1, 2**64])
    return JSON


def filled(route: Route, values: Mapping[str, str]) -> str:
    """A route's path with something in the place of its parameters."""
    path = route.path
    for name, value in values.items():
        path = path.replace("{" + name + "}", value)
    return path


def encode(value: Any) -> bytes:
    """JSON as a careless client writes it: NaN, lone surrogates and all."""
    return json.dumps(value).encode("utf-8", "surrogatepass")
