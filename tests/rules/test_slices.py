"""What each kind of file of a slice may hold. The table stands in docs/architecture.md."""

import ast
from collections.abc import Iterable, Iterator

import pytest

from tests.rules.source import SLICES, Module, modules, none, sample

SHELVES = {"kit", "ports", "server"}

CLOCKS = {"time", "random", "secrets", "asyncio", "threading", "os", "socket", "pathlib"}
CLOCK_CALLS = {"now", "utcnow", "today"}
HTTP = {"starlette", "uvicorn", "http", "entregent.kit.routes"}
MEANT_FOR_QUERIES = {"statement", "Statement", "insert_row", "upsert_row", "in_list", "greatest"}
COMMITS = {"commit", "rollback", "begin"}


def slice_files(house: Iterable[Module], *kinds: str) -> Iterator[Module]:
    for module in house:
        if module.slice in SLICES and module.slice not in SHELVES and module.kind in kinds:
            yield module


def model_faults(house: Iterable[Module]) -> Iterator[str]:
    """`model` and `events` are pure: no database, no clock, nothing outside."""
    for module in slice_files(house, "model", "events"):
        for found in module.imports:
            if found.module.split(".")[0] in CLOCKS | {"sqlalchemy"}:
                yield f"{module.at(found.line)}: a model is pure, {found.module} is not"
            if found.module.startswith("entregent.ports"):
                yield f"{module.at(found.line)}: a model knows no ports"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.Attribute) and node.attr in CLOCK_CALLS:
                yield f"{module.at(node.lineno)}: a model is told the time"


def action_faults(house: Iterable[Module]) -> Iterator[str]:
    """`actions` are plain functions of a transaction that know no HTTP and never commit."""
    for module in slice_files(house, "actions", "queries", "model", "listeners"):
        for found in module.imports:
            if found.module in HTTP or found.module.split(".")[0] in HTTP:
                yield f"{module.at(found.line)}: {module.kind} know no HTTP"
        for node in ast.walk(module.tree):
            if isinstance(node, ast.AsyncFunctionDef | ast.Await):
                yield f"{module.at(node.lineno)}: nothing waits while the write lock is held"
            if isinstance(node, ast.Attribute) and node.attr in COMMITS:
                yield f"{module.at(node.lineno)}: {module.kind} do not {node.attr}"


def statement_faults(house: Iterable[Module]) -> Iterator[str]:
    """SQL is written in `queries` (and `tables`), and nowhere else in a slice."""
    for module in house:
        if module.slice in {"", "migrations", "ports"} or module.kind in {"queries", "tables"}:
            continue
        for found in module.imports:
            if found.module == "entregent.ports.db" and found.name in MEANT_FOR_QUERIES:
                yield f"{module.at(found.line)}: {found.name} is for queries.py"


def door_faults(house: Iterable[Module]) -> Iterator[str]:
    """A slice's `__init__` says what it is and what it offers; it does nothing."""
    for module in house:
        if not module.is_package or module.slice not in SLICES:
            continue
        if not ast.get_docstring(module.tree):
            yield f"{module.path}: says nowhere what it is"
        if module.kind or module.slice in SHELVES:
            continue
        for node in module.tree.body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                yield f"{module.at(node.lineno)}: a front door holds no code"


def docstring_faults(house: Iterable[Module]) -> Iterator[str]:
    for module in house:
        if module.text.strip() and not ast.get_docstring(module.tree):
            yield f"{module.path}: begins without a word on what it is"


RULES = [model_faults, action_faults, statement_faults, door_faults, docstring_faults]


@pytest.mark.parametrize("rule", RULES)
def test_slices(rule: object) -> None:
    assert callable(rule)
    none(rule(modules()))


BITES = [
    (model_faults, "feed.model", "import time"),
    (model_faults, "feed.events", "from entregent.ports.db import Transaction"),
    (model_faults, "feed.model", "from datetime import datetime\ndatetime.now()"),
    (action_faults, "feed.actions", "from entregent.kit.routes import Call"),
    (action_faults, "feed.actions.write", "async def send(tx): ..."),
    (action_faults, "feed.actions", "def send(tx): tx.commit()"),
    (statement_faults, "feed.api", "from entregent.ports.db import statement"),
    (docstring_faults, "feed.api", "x = 1"),
]


@pytest.mark.parametrize(("rule", "name", "text"), BITES)
def test_the_rules_bite(rule: object, name: str, text: str) -> None:
    assert callable(rule)
    assert len(list(rule([sample(f"entregent.{name}", text)]))) == 1


def test_a_front_door_holds_no_code() -> None:
    door = sample("entregent.feed", '"""The feed."""\ndef post(): ...', is_package=True)
    assert len(list(door_faults([door]))) == 1
