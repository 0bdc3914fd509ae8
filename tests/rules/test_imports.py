"""Who may import whom. The ORDER stands in entregent/server/slices.py."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from entregent.server.slices import ORDER
from tests.rules.source import (
    EDGES,
    KINDS,
    PACKAGE,
    SLICES,
    Import,
    Module,
    exported,
    modules,
    none,
    sample,
)

RANK = {
    name: rank
    for rank, names in enumerate(ORDER)
    for name in ([names] if isinstance(names, str) else names)
}

# `kit` and `ports` are shelves: each module of the one and each seam of the other has a door.
SHELVES = {"kit", "ports"}

# Only the server opens these files of a slice.
BACK_DOORS = {"api", "jobs", "listeners", "tables"}

# Where migrations find what they should lead to.
ALL_TABLES = "entregent.server.tables"


def ours(module: Module) -> Iterator[tuple[Import, list[str]]]:
    for found in module.imports:
        parts = found.module.split(".")
        if parts[0] == PACKAGE:
            yield found, parts


def arrow_faults(house: Iterable[Module]) -> Iterator[str]:
    for module in house:
        for found, parts in ours(module):
            target = parts[1] if len(parts) > 1 else found.name
            if target == module.slice or not module.slice:
                continue
            where = f"{module.at(found.line)}: {module.slice} imports {target}"
            if module.slice == "migrations":
                if target != "ports" and found.module != ALL_TABLES:
                    yield f"{where}; migrations stand by themselves"
            elif target == "__version__":
                continue
            elif target == "migrations":
                if module.slice != "server":
                    yield f"{where}; only the server migrates"
            elif target not in RANK:
                yield f"{where}, which has no place in the ORDER"
            elif RANK[target] >= RANK[module.slice]:
                yield f"{where}; arrows point down the ORDER"


def dot_faults(house: Iterable[Module]) -> Iterator[str]:
    for module in house:
        for found, parts in ours(module):
            inside = len(parts) > 1 and parts[1] == module.slice
            if found.dots and not inside and module.slice:
                yield f"{module.at(found.line)}: a dot means ours, but this leaves the slice"
            another_seam = module.slice in SHELVES and parts[2:3] != [module.kind]
            if not found.dots and inside and not another_seam:
                yield f"{module.at(found.line)}: inside a slice, write a dot"


def door_faults(house: Iterable[Module]) -> Iterator[str]:
    house = list(house)
    packages = {module.name: module for module in house if module.is_package}
    for module in house:
        for found, parts in ours(module):
            if len(parts) < 2 or parts[1] == module.slice or not module.slice:
                continue
            if module.slice == "migrations" and found.module == ALL_TABLES:
                continue
            where = f"{module.at(found.line)}: {found.module} ({found.name or 'import'})"
            if module.slice == "server":
                opened = {*parts[2:3], found.name} if len(parts) < 3 else {parts[2]}
                if opened & BACK_DOORS or parts[1] in SHELVES:
                    continue
            depth = 3 if parts[1] in SHELVES else 2
            if len(parts) > depth:
                yield f"{where}: enter by the front door, {'.'.join(parts[:depth])}"
            elif found.module in packages and found.name:
                offered = exported(packages[found.module])
                if offered is None and parts[1] in SHELVES and len(parts) == 2:
                    continue  # `from entregent.ports import ids` names a seam
                if found.name not in (offered or set()):
                    yield f"{where}: not among what {found.module} offers in __all__"


def hidden_faults(house: Iterable[Module]) -> Iterator[str]:
    """Imports in functions, and names that only the type checker would see."""
    for module in house:
        for node in ast.walk(module.tree):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
                for inner in ast.walk(node):
                    if isinstance(inner, ast.Import | ast.ImportFrom):
                        yield f"{module.at(inner.lineno)}: an import hidden in a function"
            elif isinstance(node, ast.Name) and node.id == "TYPE_CHECKING":
                yield f"{module.at(node.lineno)}: nothing is imported for the type checker alone"
            elif isinstance(node, ast.Call) and ast.unparse(node.func) in {
                "__import__",
                "importlib.import_module",
                "import_module",
            }:
                yield f"{module.at(node.lineno)}: an import made of a string"


def inner_ranks(files: dict[str, set[str]]) -> dict[str, int]:
    """Each file's place inside its slice; a file of its own name stands after what it imports."""
    ranks: dict[str, int] = {}

    def rank(name: str, seen: frozenset[str]) -> int:
        if name in KINDS or name in EDGES:
            return KINDS.get(name, EDGES.get(name, 0))
        if name not in ranks and name not in seen:
            ranks[name] = max((rank(n, seen | {name}) for n in files.get(name, ())), default=0)
        return ranks.get(name, 0)

    named = {*files, *(target for targets in files.values() for target in targets)}
    return {name: rank(name, frozenset()) for name in named}


def inner_faults(house: Iterable[Module]) -> Iterator[str]:
    """Inside a slice: model, events → tables → queries → actions → jobs → api, listeners."""
    files: dict[str, dict[str, set[str]]] = {}
    places: dict[tuple[str, str, str], str] = {}
    for module in house:
        if module.slice not in RANK or module.slice in {*SHELVES, "server"} or not module.kind:
            continue
        own = files.setdefault(module.slice, {}).setdefault(module.kind, set())
        for found, parts in ours(module):
            if parts[1:2] != [module.slice]:
                continue
            target = parts[2] if len(parts) > 2 else found.name
            if target != module.kind:
                own.add(target)
                places.setdefault((module.slice, module.kind, target), module.at(found.line))
    for slice_name, graph in files.items():
        ranks = inner_ranks(graph)
        for kind, targets in graph.items():
            for target in sorted(targets):
                strangers = {kind, target} == {"api", "listeners"}
                if ranks[target] > ranks[kind] or strangers:
                    yield f"{places[slice_name, kind, target]}: {kind} imports {target}"


@pytest.mark.parametrize(
    "rule", [arrow_faults, dot_faults, door_faults, hidden_faults, inner_faults]
)
def test_imports(rule: object) -> None:
    assert callable(rule)
    none(rule(modules()))


def test_every_folder_has_a_place_in_the_order() -> None:
    assert {module.slice for module in modules()} - set(SLICES) <= {"", "migrations"}


NETWORK = sample("entregent.network", '__all__ = ["relation"]', is_package=True)
BITES = [
    (arrow_faults, [sample("entregent.network.actions", "from entregent.messaging import send")]),
    (arrow_faults, [sample("entregent.feed.api", "from entregent.stories import tray")]),
    (arrow_faults, [sample("entregent.kit.text", "from entregent.server import http")]),
    (dot_faults, [sample("entregent.network.api", "from entregent.network.model import Edge")]),
    (dot_faults, [sample("entregent.network.api", "from ..accounts import sign_in")]),
    (door_faults, [NETWORK, sample("entregent.feed.api", "from entregent.network import queries")]),
    (door_faults, [sample("entregent.feed.api", "from entregent.network.queries import circle")]),
    (door_faults, [sample("entregent.feed.api", "from entregent.ports.db.sqlite import open")]),
    (hidden_faults, [sample("entregent.feed.api", "def f():\n    import json")]),
    (
        hidden_faults,
        [sample("entregent.feed.api", "from typing import TYPE_CHECKING\nTYPE_CHECKING")],
    ),
    (inner_faults, [sample("entregent.feed.queries", "from .actions import post")]),
    (inner_faults, [sample("entregent.feed.jobs", "from .api import post")]),
    (
        inner_faults,
        [
            sample("entregent.feed.model", "from .ranking import best"),
            sample("entregent.feed.ranking", "from .queries import newest"),
        ],
    ),
]


@pytest.mark.parametrize(("rule", "house"), BITES)
def test_the_rules_bite(rule: object, house: list[Module]) -> None:
    assert callable(rule)
    assert len(list(rule(house))) == 1


GOOD = [
    NETWORK,
    sample("entregent.feed.api", "from entregent.network import relation"),
    sample("entregent.server.app", "from entregent.network import tables"),
    sample("entregent.server.cli", "from entregent.network.api import routes"),
    sample(
        "entregent.feed.actions", "from .queries import newest\nfrom entregent.kit.ids import Id"
    ),
    sample("entregent.ports.db.sqlite", "from ..clock import Clock"),
]


@pytest.mark.parametrize("rule", [arrow_faults, dot_faults, door_faults, inner_faults])
def test_the_rules_let_good_imports_pass(rule: object) -> None:
    assert callable(rule)
    assert list(rule(GOOD)) == []
