"""`entregent wire`: writes what is made from the server's types and routes: the browser's types,
the description of the API, and the tables of the page about it."""

import argparse
import ast
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from entregent.kit.routes import Route
from entregent.kit.scopes import SCOPES, scope_of
from entregent.kit.sentences import catalogue
from entregent.ports.limits import LIMITS
from entregent.webhooks import KINDS

from .house import routes
from .openapi import MEANT, document
from .wire import TARGET, typescript

PACKAGE = Path(__file__).resolve().parent.parent
REFERENCE = PACKAGE.parent / "docs" / "reference"
DESCRIPTION = REFERENCE / "openapi.json"
PAGE = REFERENCE / "api.md"
_PART = re.compile(r"(<!-- made: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def declare(commands: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Adds the command."""
    parser = commands.add_parser("wire", help="write the browser's types and docs/reference")
    parser.add_argument("--print", action="store_true", help="print the types instead")
    parser.set_defaults(run=run)


def run(chosen: argparse.Namespace) -> int:
    """Writes everything, or prints the types."""
    if chosen.print:
        print(typescript(), end="")
        return 0
    TARGET.write_text(typescript(), encoding="utf-8")
    DESCRIPTION.write_bytes(document())
    PAGE.write_text(page(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    for path in (TARGET, DESCRIPTION, PAGE):
        print(f"wrote {path}")
    return 0


def page(text: str) -> str:
    """The page with its tables as they should be."""
    made = {
        "scopes": _scopes,
        "routes": _routes,
        "kinds": _kinds,
        "limits": _limits,
        "errors": _errors,
    }
    return _PART.sub(lambda part: f"{part[1]}\n{made[part[2]]()}\n{part[3]}", text)


def _table(head: str, rows: Iterable[str]) -> str:
    columns = head.count("|") - 1
    return "\n".join([head, "|" + "---|" * columns, *rows]) + "\n"


def _scopes() -> str:
    return _table(
        "| scope | lets a token |", (f"| `{scope}` | {MEANT[scope]} |" for scope in SCOPES)
    )


def _routes() -> str:
    by_slice: dict[str, list[Route]] = {}
    for route in sorted(routes(), key=lambda route: (route.path, route.method)):
        by_slice.setdefault(route.slice, []).append(route)
    parts = []
    for name in sorted(by_slice):
        rows = (
            f"| `{route.method} {route.path}` | {_summary(route)} | {_way(route)} |"
            for route in by_slice[name]
        )
        parts.append(f"### {name}\n\n" + _table("| route | | token |", rows))
    return "\n".join(parts)


def _summary(route: Route) -> str:
    return " ".join((route.handler.__doc__ or "").partition("\n\n")[0].split()).replace("|", "/")


def _way(route: Route) -> str:
    if route.scope is None:
        return {"anyone": "no token needed", "host": "hosts only"}.get(route.access, "session only")
    return "any" if route.scope == "any" else f"`{route.scope}`"


def _kinds() -> str:
    return _table("| event | scope |", (f"| `{kind}` | `{scope_of(kind)}` |" for kind in KINDS))


def _limits() -> str:
    return _table(
        "| limit | at once | and then |",
        (
            f"| {name} | {limit.burst} | {limit.each:g} every {limit.seconds:g} s |"
            for name, limit in sorted(LIMITS.items())
        ),
    )


def _errors() -> str:
    sentences = catalogue("en")
    found: dict[str, set[int]] = {}
    for code, status in refusals():
        found.setdefault(code, set()).add(status)
    rows = (
        f"| `{code}` | {', '.join(map(str, sorted(found[code])))} | {sentences[code]} |"
        for code in sorted(found)
        if code in sentences
    )
    return _table("| code | status | sentence |", rows)


def refusals() -> Iterator[tuple[str, int]]:
    """Code and status of every refusal that the code can make."""
    for path in sorted(PACKAGE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            match node:
                case ast.Call(ast.Name("Refusal"), [ast.Constant(code), *_]):
                    yield str(code), _status(node)


def _status(node: ast.Call) -> int:
    for keyword in node.keywords:
        if keyword.arg == "status" and isinstance(keyword.value, ast.Constant):
            return int(json.loads(str(keyword.value.value)))
    return 422
