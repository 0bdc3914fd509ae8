"""The description of the API (OpenAPI 3.1), made from the routes and the types they speak."""

import inspect
import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import msgspec

from entregent import __version__
from entregent.kit.routes import Raw, Route
from entregent.kit.scopes import SCOPES
from entregent.ports.limits import LIMITS
from entregent.webhooks import KINDS

from .house import routes
from .wire import every_event, reached

REF = "#/components/schemas/{name}"
TITLES = {"server": "start"}
MEANT = {
    "messages.read": "read conversations, messages, labels, counts; be told of new ones",
    "messages.write": "write, mark, label, archive and delete messages and conversations",
    "network.read": "see connections, contacts, invitations, people",
    "network.write": "invite, accept, disconnect, block",
    "profile.read": "see profiles, and what the settings say of oneself",
    "profile.write": "change one's own profile",
    "webhooks": "see and change webhooks for what the other scopes let it read",
    "export": "take out everything that the member has",
}
_PARAMETER = re.compile(r"{(\w+)}")


def description() -> dict[str, Any]:
    """The whole description, as JSON has it."""
    declared = sorted(routes(), key=lambda route: (route.path, route.method))
    events = {str(kind.__struct_config__.tag): kind for kind in every_event()}
    spoken = [kind for route in declared for kind in (route.body, route.answer) if _json(kind)]
    asked = [route.query for route in declared if route.query is not None]
    kinds = list(dict.fromkeys([*spoken, *asked, *events.values()]))
    found, components = msgspec.json.schema_components(kinds, ref_template=REF)
    schemas = dict(zip(kinds, found, strict=True))
    _complete(components, declared, events.values())
    queries = {kind: components[kind.__name__] for kind in asked}
    for name in {kind.__name__ for kind in asked} - {kind.__name__ for kind in spoken}:
        del components[name]
    paths: dict[str, dict[str, Any]] = {}
    for route in declared:
        paths.setdefault(route.path, {})[route.method.lower()] = _operation(route, schemas, queries)
    paths["/api/stream"] = {"get": _stream(schemas[events[name]] for name in sorted(events))}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Entregent",
            "version": __version__,
            "description": "Ids are 64-bit numbers written as strings; times are milliseconds "
            "since 1970 in UTC. Every write that carries a client_id happens once, however often "
            "it is sent.",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": name} for name in sorted({_tag(route) for route in declared})],
        "paths": dict(sorted(paths.items())),
        "webhooks": {
            name: {"post": _hook(name, schemas[events[name]])} for name in KINDS if name in events
        },
        "components": {
            "schemas": {**dict(sorted(components.items())), "Error": _ERROR},
            "responses": {
                "Refused": {
                    "description": "What could not be done, and why.",
                    "content": {"application/json": {"schema": {"$ref": REF.format(name="Error")}}},
                }
            },
            "securitySchemes": {
                "session": {"type": "apiKey", "in": "cookie", "name": "entregent"},
                "token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A personal access token. "
                    + " ".join(f"{scope}: {MEANT[scope]}." for scope in SCOPES),
                },
            },
        },
    }


_ERROR = {
    "title": "Error",
    "description": "`code` is stable; `message` is a sentence in the member's language.",
    "type": "object",
    "properties": {
        "error": {
            "type": "object",
            "properties": {
                "code": {"type": "string", "pattern": r"^[a-z]+\.[a-z0-9_]+$"},
                "message": {"type": "string"},
                "field": {"anyOf": [{"type": "string"}, {"type": "null"}]},
                "retry_after": {"anyOf": [{"type": "integer"}, {"type": "null"}]},
            },
            "required": ["code", "message", "field", "retry_after"],
        }
    },
    "required": ["error"],
}


@lru_cache(maxsize=1)
def document() -> bytes:
    """The description as it is served and kept."""
    text = msgspec.json.format(msgspec.json.encode(description(), order="deterministic"), indent=1)
    return text + b"\n"


def _json(kind: Any) -> bool:
    return kind is not None and kind is not Raw


def _tag(route: Route) -> str:
    return TITLES.get(route.slice, route.slice)


def _complete(
    components: dict[str, Any], declared: Iterable[Route], events: Iterable[type[Any]]
) -> None:
    """What only the server sends leaves nothing out; sentences read as they were written."""
    taken: set[type[Any]] = set()
    sent: set[type[Any]] = set()
    for route in declared:
        taken |= reached(route.body) | reached(route.query)
        sent |= reached(route.answer)
    for event in events:
        sent |= reached(event)
    for kind in sent - taken:
        schema = components[kind.__name__]
        if schema.get("properties"):
            schema["required"] = list(schema["properties"])
    # Python 3.13 takes the indentation of docstrings away by itself.
    for schema in components.values():
        if "description" in schema:
            schema["description"] = inspect.cleandoc(schema["description"])


def _operation(route: Route, schemas: dict[Any, Any], queries: dict[Any, Any]) -> dict[str, Any]:
    said = inspect.getdoc(route.handler) or ""
    summary, _, more = said.partition("\n\n")
    limit = LIMITS[route.limit or ("read" if route.method == "GET" else "write")]
    operation: dict[str, Any] = {
        "operationId": f"{route.slice}_{route.handler.__name__}",
        "tags": [_tag(route)],
        "summary": " ".join(summary.split()),
        "security": _security(route),
        "responses": {str(route.status): _answer(route, schemas), "default": _REFUSED},
        "x-rate-limit": {
            "burst": limit.burst,
            "more": limit.each,
            "every_seconds": limit.seconds,
        },
    }
    if more:
        operation["description"] = " ".join(more.split())
    parameters = [_in_path(name) for name in _PARAMETER.findall(route.path)]
    if route.query is not None:
        parameters += _in_query(queries[route.query])
    if parameters:
        operation["parameters"] = parameters
    if route.raw:
        operation["requestBody"] = {"required": True, "content": {"application/octet-stream": {}}}
    elif route.body is not None:
        content = {"application/json": {"schema": schemas[route.body]}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


_REFUSED = {"$ref": "#/components/responses/Refused"}


def _security(route: Route) -> list[dict[str, list[str]]]:
    ways: list[dict[str, list[str]]] = [{"session": []}]
    if route.scope is not None:
        ways.append({"token": [] if route.scope == "any" else [route.scope]})
    return [{}, *ways] if route.access == "anyone" else ways


def _answer(route: Route, schemas: dict[Any, Any]) -> dict[str, Any]:
    if route.status == 204:
        return {"description": "Done."}
    if _json(route.answer):
        return {
            "description": "Done.",
            "content": {"application/json": {"schema": schemas[route.answer]}},
        }
    return {"description": "The bytes.", "content": {route.media: {}}}


def _in_path(name: str) -> dict[str, Any]:
    number = name == "id" or name.endswith("_id") or name == "seq"
    schema = {"type": "string", "pattern": "^[0-9]{1,19}$"} if number else {"type": "string"}
    return {"name": name, "in": "path", "required": True, "schema": schema}


def _in_query(schema: dict[str, Any]) -> list[dict[str, Any]]:
    required = schema.get("required", [])
    return [
        {"name": name, "in": "query", "required": name in required, "schema": _without_null(kind)}
        for name, kind in schema.get("properties", {}).items()
    ]


def _without_null(kind: dict[str, Any]) -> dict[str, Any]:
    """A parameter is left out rather than null."""
    kinds = [one for one in kind.get("anyOf", [kind]) if one != {"type": "null"}]
    plain = dict(kinds[0]) if len(kinds) == 1 else {**kind, "anyOf": kinds}
    if kind.get("default") is not None:
        plain["default"] = kind["default"]
    else:
        plain.pop("default", None)
    return plain


def _stream(events: Iterable[dict[str, Any]]) -> dict[str, Any]:
    return {
        "operationId": "server_stream",
        "tags": ["start"],
        "summary": "Follows the member's log as Server-Sent Events.",
        "description": "Each event's `id` is its number in the log and its `data` one of the "
        "types below. `Last-Event-ID` or `after` resumes behind a number; `event: reset` says that "
        "the log no longer reaches back so far, `event: bye` why the stream ends: slow, many, "
        "revoked or shutdown. A token is told only what its scopes let it read.",
        "security": [{"session": []}, {"token": []}],
        "parameters": [
            {
                "name": "after",
                "in": "query",
                "required": False,
                "schema": {"type": "string", "pattern": "^[0-9]{1,19}$"},
            }
        ],
        "responses": {
            "200": {
                "description": "The stream.",
                "content": {"text/event-stream": {"itemSchema": {"oneOf": list(events)}}},
            },
            "default": _REFUSED,
        },
    }


def _hook(name: str, event: dict[str, Any]) -> dict[str, Any]:
    return {
        "operationId": f"webhook_{name.replace('.', '_')}",
        "summary": f"What a webhook for {name} is sent.",
        "parameters": [
            {"name": header, "in": "header", "required": True, "schema": {"type": "string"}}
            for header in ("Webhook-Id", "Webhook-Timestamp", "Webhook-Signature")
        ],
        "requestBody": {
            "required": True,
            "content": {
                "application/json": {
                    "schema": {
                        "type": "object",
                        "properties": {
                            "type": {"const": name},
                            "timestamp": {"type": "string", "format": "date-time"},
                            "member_id": {"type": "string", "pattern": "^[0-9]{1,19}$"},
                            "data": event,
                        },
                        "required": ["type", "timestamp", "member_id", "data"],
                    }
                }
            },
        },
        "responses": {"2XX": {"description": "Taken. Anything else is tried again."}},
    }
