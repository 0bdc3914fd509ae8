"""The browser's types, made from the types that the server speaks."""

import types
import typing
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import msgspec

from entregent.kit.events import Event, Passing

from .house import routes

TARGET = Path(__file__).resolve().parent.parent.parent / "web" / "src" / "wire" / "types.ts"
_HEAD = "// Made by `script/entregent wire` from the server's own types. Do not edit.\n"
_PLAIN = {str: "string", int: "number", float: "number", bool: "boolean", type(None): "null"}


def typescript() -> str:
    """All types of all routes and events, as TypeScript."""
    seen: dict[str, type[Any]] = {}
    declared = list(routes())
    for route in declared:
        for kind in (route.body, route.query, route.answer):
            _collect(kind, seen)
    events = sorted(every_event(Event), key=lambda kind: str(kind.__struct_config__.tag))
    for kind in (*events, *every_event(Passing)):
        _collect(kind, seen)
    sent = set().union(*(reached(route.answer) for route in declared), *map(reached, events))
    parts = [_HEAD]
    parts.extend(_struct(name, seen[name], whole=seen[name] in sent) for name in sorted(seen))
    names = " | ".join(kind.__name__ for kind in events)
    parts.append(f"export type LogEvent = {names};\n")
    passing = " | ".join(sorted(kind.__name__ for kind in every_event(Passing)))
    parts.append(
        f"/** What a stream tells as `event: now`. */\nexport type NowEvent = {passing};\n"
    )
    parts.append(_table(declared))
    return "\n".join(parts)


def every_event(kind: type[Any] = Event) -> Iterable[type[Any]]:
    """Every event that a member's log may hold."""
    for child in kind.__subclasses__():
        if child.__struct_config__.tag and child.__module__.startswith("entregent."):
            yield child
        yield from every_event(child)


def _collect(kind: Any, seen: dict[str, type[Any]]) -> None:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        name = kind.__name__
        if name in seen:
            if seen[name] is not kind:
                raise ValueError(f"two wire types are called {name}: {seen[name]} and {kind}")
            return
        seen[name] = kind
        for field in msgspec.structs.fields(kind):
            _collect(field.type, seen)
    for part in typing.get_args(kind):
        _collect(part, seen)


def _struct(name: str, kind: type[Any], *, whole: bool) -> str:
    """A type; one that the server sends is whole on the wire: it leaves nothing out."""
    lines = [f"export type {name} = {{"]
    tag = kind.__struct_config__.tag
    if tag:
        lines.append(f'  {kind.__struct_config__.tag_field}: "{tag}";')
    for field in msgspec.structs.fields(kind):
        optional = "" if field.required or whole else "?"
        lines.append(f"  {field.encode_name}{optional}: {_type(field.type)};")
    lines.append("};\n")
    return "\n".join(lines)


def reached(kind: Any) -> set[type[Any]]:
    """A wire type and all that it is made of."""
    seen: dict[str, type[Any]] = {}
    _collect(kind, seen)
    return set(seen.values())


def _type(kind: Any) -> str:
    origin, parts = typing.get_origin(kind), typing.get_args(kind)
    if kind in _PLAIN:
        return _PLAIN[kind]
    if origin is typing.Annotated:
        return _type(parts[0])
    if origin is typing.Literal:
        return " | ".join(f'"{part}"' if isinstance(part, str) else str(part) for part in parts)
    if origin in (typing.Union, types.UnionType):
        return " | ".join(_type(part) for part in parts)
    if origin is list:
        inner = _type(parts[0])
        return f"({inner})[]" if "|" in inner else f"{inner}[]"
    if origin is tuple:
        return f"[{', '.join(_type(part) for part in parts)}]"
    if origin is dict:
        return f"Record<{_type(parts[0])}, {_type(parts[1])}>"
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return kind.__name__
    if kind is msgspec.UNSET or kind is msgspec.UnsetType:
        return "undefined"
    return "unknown"


def _table(declared: Iterable[Any]) -> str:
    lines = ["/** What each route takes and answers. */", "export type Api = {"]
    for route in sorted(declared, key=lambda route: (route.path, route.method)):
        fields = [
            f"{name}: {_type(kind)}"
            for name, kind in (
                ("body", route.body),
                ("query", route.query),
                ("answer", route.answer),
            )
            if kind is not None
        ]
        lines.append(f'  "{route.method} {route.path}": {{ {"; ".join(fields)} }};')
    lines.append("};\n")
    return "\n".join(lines)
