"""The house's Python files, read and parsed once for all rules."""

import ast
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import pytest

from entregent.server.slices import ORDER

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = "entregent"

# Made by tools, or not ours.
LEFT_OUT = {
    ".git", ".venv", ".run", ".generated", ".hypothesis", ".mypy_cache", ".pytest_cache",
    ".ruff_cache", ".svelte-check", "__pycache__", "data", "dist", "dist.next", "dist.old",
    "node_modules",
}  # fmt: skip

SLICES = [name for rank in ORDER for name in ([rank] if isinstance(rank, str) else rank)]

# What a file of a slice may import of its own slice: only what stands before it.
KINDS = {"model": 0, "events": 0, "tables": 1, "queries": 2, "actions": 3}
EDGES = {"jobs": 4, "api": 5, "listeners": 5}  # both may start what happens later


@dataclass(frozen=True)
class Import:
    """One imported name: `from module import name`, or `import module` with no name."""

    module: str
    name: str
    dots: int
    line: int


@dataclass(frozen=True)
class Module:
    """One Python file, by its dotted name."""

    name: str
    text: str
    path: str
    is_package: bool = False

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    @property
    def slice(self) -> str:
        """The slice this file belongs to; empty for the two files that stand above them."""
        parts = self.name.split(".")
        return parts[1] if len(parts) > 1 and parts[1] != "__main__" else ""

    @property
    def kind(self) -> str:
        """`queries` for `messaging/queries.py` and for all in `messaging/queries/`."""
        parts = self.name.split(".")
        return parts[2] if len(parts) > 2 else ""

    @cached_property
    def imports(self) -> list[Import]:
        return [found for node in ast.walk(self.tree) for found in self._imported(node)]

    def _imported(self, node: ast.AST) -> Iterator[Import]:
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield Import(alias.name, "", 0, node.lineno)
        elif isinstance(node, ast.ImportFrom):
            module = self.absolute(node.module or "", node.level)
            for alias in node.names:
                yield Import(module, alias.name, node.level, node.lineno)

    def absolute(self, module: str, dots: int) -> str:
        """What a relative import means, spelled out."""
        if not dots:
            return module
        parts = self.name.split(".")
        keep = len(parts) - dots + (1 if self.is_package else 0)
        return ".".join([*parts[:keep], *([module] if module else [])])

    def at(self, line: int) -> str:
        return f"{self.path}:{line}"


def walk(top: Path, *suffixes: str) -> Iterator[Path]:
    """Our files below a folder, sorted, with one of the suffixes (all where none is given)."""
    for folder, folders, files in os.walk(top):
        folders[:] = sorted(name for name in folders if name not in LEFT_OUT)
        for name in sorted(files):
            if not suffixes or name.endswith(suffixes):
                yield Path(folder, name)


def shown(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read_module(path: Path) -> Module:
    parts = list(path.relative_to(ROOT).with_suffix("").parts)
    is_package = parts[-1] == "__init__"
    if is_package:
        parts.pop()
    return Module(".".join(parts), path.read_text(encoding="utf-8"), shown(path), is_package)


@lru_cache
def modules() -> tuple[Module, ...]:
    """All of the server's own modules."""
    return tuple(read_module(path) for path in walk(ROOT / PACKAGE, ".py"))


@lru_cache
def house_slices() -> tuple[str, ...]:
    """The slices that stand, in the ORDER."""
    there = {module.slice for module in modules()}
    return tuple(name for name in SLICES if name in there)


def exported(module: Module) -> set[str] | None:
    """What `__all__` names; None where a package has none."""
    for node in module.tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        named = [target.id for target in targets if isinstance(target, ast.Name)]
        value = getattr(node, "value", None)
        if "__all__" in named and isinstance(value, ast.List | ast.Tuple):
            return {str(e.value) for e in value.elts if isinstance(e, ast.Constant)}
    return None


def sample(name: str, text: str, *, is_package: bool = False) -> Module:
    """A module that exists only in a test, to show that a rule bites."""
    return Module(name, text, name.replace(".", "/") + ".py", is_package)


def none(faults: Iterable[str]) -> None:
    """Fails with the list of faults, one a line, and with nothing around it."""
    found = sorted(set(faults))
    if found:
        pytest.fail("\n" + "\n".join(found), pytrace=False)
