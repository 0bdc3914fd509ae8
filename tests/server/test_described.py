"""The API against its own description: what it allows is answered as it says, never with 5xx."""

import json
import re
from collections.abc import Iterator
from functools import cache
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from entregent.accounts import open_session
from entregent.server.openapi import description
from tests.messaging.talk import begin, say
from tests.rules.source import none
from tests.server.asking import Answer, Asker, encode
from tests.world import World

HOSTILE = [
    "\u202egnp.exe",  # right-to-left override
    "\u200b\u200d\u2060\ufeff",  # nothing to be seen
    "x" * 6_000,  # one word
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "a\x00b",
    "\ud800",  # half a character
    "e" + "\u0301" * 500,  # accents without end
    "{name} %s ${x} {{x}} '\"; DROP TABLE messages; --",
    "👩‍👩‍👧‍👦🏴\U000e0067\U000e007f",
    "\u2028\u2029\x1b[31m\r\n",
    "[link](javascript:alert(1)) @[Ana](member:1) ```",
]
WHOLE = description()
SCHEMAS = WHOLE["components"]["schemas"]
OPERATIONS = [
    (method.upper(), path, operation)
    for path, methods in WHOLE["paths"].items()
    for method, operation in methods.items()
    if path != "/api/stream" and not (method == "post" and path == "/api/demo")
]
# Each through every field: what databases take, all at once; what is too long; what none takes.
THROUGH = {
    "strange": " ".join(HOSTILE[i] for i in (0, 1, 3, 7, 8, 9, 10)) + HOSTILE[6][:40],
    "long": HOSTILE[2],
    "nul": HOSTILE[4],
    "half": HOSTILE[5],
}
# These end what the test asks by, or the member.
LAST = ("/api/accounts/close", "/api/sessions/current")


@cache
def validator(name: str) -> Draft202012Validator:
    schema = {"$ref": f"#/components/schemas/{name}", "components": WHOLE["components"]}
    return Draft202012Validator(schema)


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """The schema itself, behind a reference."""
    while "$ref" in schema:
        schema = SCHEMAS[schema["$ref"].rpartition("/")[2]]
    return schema


def told(operation: dict[str, Any], answer: Answer) -> str:
    """What is wrong with an answer, by the description."""
    if answer.status >= 500:
        return f"{answer.status}"
    if answer.status >= 400:
        faults = list(validator("Error").iter_errors(answer.json))
        return f"a refusal of another shape: {faults[0].message}" if faults else ""
    said = operation["responses"].get(str(answer.status))
    if said is None:
        return f"{answer.status} is not described"
    if "content" not in said:
        return f"nothing is described, and {answer.body[:50]!r} said" if answer.body else ""
    content = said["content"]
    kind = answer.headers["content-type"].partition(";")[0]
    if kind not in content:
        return f"{kind} is not described"
    schema = content[kind].get("schema")
    if schema is None:
        return ""
    name = schema["$ref"].rpartition("/")[2] if "$ref" in schema else None
    checker = (
        validator(name)
        if name
        else Draft202012Validator({**schema, "components": WHOLE["components"]})
    )
    faults = list(checker.iter_errors(answer.json))
    return f"{faults[0].json_path}: {faults[0].message[:200]}" if faults else ""


# -- what the description allows -----------------------------------------------------------------

TEXT = st.one_of(st.text(max_size=30), st.sampled_from(HOSTILE))


def made(schema: dict[str, Any], known: list[str], depth: int = 0) -> st.SearchStrategy[Any]:
    """Values that a schema allows: ids of what is there among them."""
    schema = resolved(schema)
    if "anyOf" in schema:
        return st.one_of([made(one, known, depth) for one in schema["anyOf"]])
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    match schema.get("type"):
        case "object" if "properties" in schema:
            required = set(schema.get("required", []))
            parts = {
                name: made(one, known, depth + 1) for name, one in schema["properties"].items()
            }
            return st.fixed_dictionaries(
                {name: part for name, part in parts.items() if name in required},
                optional={name: part for name, part in parts.items() if name not in required},
            )
        case "object":
            values = schema.get("additionalProperties")
            inner = made(values, known, depth + 1) if isinstance(values, dict) else TEXT
            return st.dictionaries(TEXT, inner, max_size=2)
        case "array":
            return st.lists(made(schema.get("items", {}), known, depth + 1), max_size=3)
        case "string" if schema.get("pattern", "").startswith("^[0-9]"):
            return st.sampled_from([*known, "0", "9" * 19])
        case "string" if "pattern" in schema:
            return st.from_regex(re.compile(schema["pattern"]), fullmatch=True).filter(
                lambda text: schema.get("minLength", 0) <= len(text) <= schema.get("maxLength", 99)
            )
        case "string":
            return TEXT
        case "integer":
            low, high = schema.get("minimum", -(2**63)), schema.get("maximum", 2**63 - 1)
            return st.one_of(st.integers(low, high), st.sampled_from([low, high, max(low, 1)]))
        case "number":
            return st.floats(allow_nan=False, allow_infinity=False)
        case "boolean":
            return st.booleans()
        case "null":
            return st.none()
    return st.one_of(TEXT, st.integers(-5, 5), st.none())


class Tool:
    """Asks as Ana, in a new session when the last one has ended."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.ask = Asker(world)
        self.cookie = ""
        self.key = str(begin(world, world.ana, world.bruno))
        say(world, world.bruno, int(self.key), "Hello")
        self.known = [self.key, str(world.ana), str(world.bruno), str(world.emi), "1"]

    async def __call__(self, method: str, path: str, query: str = "", body: bytes = b"") -> Answer:
        if not self.cookie:
            self.cookie = self.world.do(open_session, self.world.ana, "127.0.0.1", "a test")
        answer = await self.ask(method, path, query=query, body=body, cookie=self.cookie)
        if answer.status == 401 or "set-cookie" in answer.headers or method == "DELETE":
            self.cookie = ""
        return answer


@pytest.fixture
def tool(world: World) -> Tool:
    return Tool(world)


def parts(operation: dict[str, Any], place: str) -> Iterator[tuple[str, bool, dict[str, Any]]]:
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == place:
            yield parameter["name"], parameter["required"], parameter["schema"]


def body_schema(operation: dict[str, Any]) -> dict[str, Any] | None:
    content = operation.get("requestBody", {}).get("content", {})
    found: dict[str, Any] | None = content.get("application/json", {}).get("schema")
    return found


@settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[
        HealthCheck.function_scoped_fixture,
        HealthCheck.too_slow,
        HealthCheck.data_too_large,
    ],
)
@given(data=st.data())
async def test_what_is_allowed_is_answered_as_described(tool: Tool, data: st.DataObject) -> None:
    method, path, operation = data.draw(st.sampled_from(OPERATIONS))
    if path in LAST:
        return
    for name, _, schema in parts(operation, "path"):
        value = data.draw(made(schema, tool.known))
        path = path.replace("{" + name + "}", quote(value.encode("utf-8", "replace")) or "x")
    query = {}
    for name, required, schema in parts(operation, "query"):
        if required or data.draw(st.booleans()):
            query[name] = str(data.draw(made(schema, tool.known)))
    schema_ = body_schema(operation)
    body = b"" if schema_ is None else encode(data.draw(made(schema_, tool.known)))
    answer = await tool(method, path, urlencode(query, errors="replace"), body)
    fault = told(operation, answer)
    assert not fault, (method, path, query, body[:500], fault)


def with_text(schema: dict[str, Any], text: str, known: str) -> Iterator[tuple[str, Any]]:
    """For each field that takes text: its name, and a value with that text in it."""
    schema = resolved(schema)
    for name, field in schema.get("properties", {}).items():
        for value in texts(field, text, known):
            yield name, {**plain(schema, known), name: value}


def texts(schema: dict[str, Any], text: str, known: str) -> Iterator[Any]:
    schema = resolved(schema)
    if "anyOf" in schema:
        for one in schema["anyOf"]:
            yield from texts(one, text, known)
    elif schema.get("type") == "string" and "enum" not in schema and "pattern" not in schema:
        yield text
    elif schema.get("type") == "array":
        for value in texts(schema.get("items", {}), text, known):
            yield [value]
    elif "properties" in schema:
        for _, value in with_text(schema, text, known):
            yield value
    elif schema.get("type") == "object":
        yield {text: text}


def plain(schema: dict[str, Any], known: str) -> Any:
    """A small value that a schema allows."""
    schema = resolved(schema)
    if "anyOf" in schema:
        return plain(schema["anyOf"][0], known)
    if "enum" in schema:
        return schema["enum"][0]
    match schema.get("type"):
        case "object":
            fields = schema.get("properties", {})
            return {name: plain(fields[name], known) for name in schema.get("required", [])}
        case "array":
            return [plain(schema["items"], known)] if "items" in schema else []
        case "string":
            pattern = schema.get("pattern", "")
            return known if pattern.startswith("^[0-9]") else "client-0001" if pattern else "plain"
        case "integer":
            return max(1, schema.get("minimum", 1))
        case "boolean":
            return True
    return None


@pytest.mark.parametrize("kind", THROUGH)
async def test_hostile_text_through_every_field(tool: Tool, kind: str) -> None:
    """Kept, refused or cleaned, and whatever comes back is as described."""
    text, asked = THROUGH[kind], 0
    faults: list[str] = []
    for method, path, operation in OPERATIONS:
        if path in LAST or path.startswith("/api/demo"):
            continue
        there = path.replace("{conversation_id}", tool.key)
        there = re.sub(r"{(id|seq|\w+_id)}", "1", there)
        there = re.sub(r"{\w+}", quote(text.encode("utf-8", "replace"), safe=""), there)
        asks = [
            (name, urlencode({name: text}, errors="replace"), b"")
            for name, _, schema in parts(operation, "query")
            if list(texts(schema, text, tool.key))
        ]
        schema = body_schema(operation)
        if schema is not None:
            for count, (name, value) in enumerate(with_text(schema, text, tool.known[2])):
                if "client_id" in value:
                    value["client_id"] = f"hostile-{asked}-{count}"
                asks.append((name, "", encode(value)))
        for name, query, body in asks or ([("", "", b"")] if there != path else []):
            asked += 1
            answer = await tool(method, there, query, body)
            if fault := told(operation, answer):
                faults.append(f"{method} {there[:80]} {name}: {fault}")
    none(faults)
    assert asked > 60
    everything = {}
    for path in ("/api/boot", "/api/inbox", "/api/labels", "/api/people"):
        if ("GET", path) in {(method, path_) for method, path_, _ in OPERATIONS}:
            answer = await tool("GET", path, "q=a" if path == "/api/people" else "")
            assert answer.status == 200
            everything[path] = json.loads(answer.body)  # UTF-8 without half characters
    assert everything
