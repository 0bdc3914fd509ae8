"""The client stands in the same order: wire · kit · ports · the slices · shell."""

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import PurePosixPath

from tests.rules.source import ROOT, SLICES, none, shown, walk

SOURCE = ROOT / "web" / "src"

# `wire` imports nothing: all may speak its words.
BESIDES = {"kit", "ports", "live", "server"}
ORDER = ["wire", "kit", "ports", *(name for name in SLICES if name not in BESIDES), "shell"]

# Slices of one bracket in the server's ORDER are strangers here, too.
STRANGERS = {"inmail", "stories", "videos", "feed"}

# These are in every folder's hands: the framework, and single pictures.
EVERYWHERE = {"svelte", "lucide-static", "vite", "vitest", "virtual:catalogues"}

IMPORT = re.compile(
    r"""(?:\bfrom\s*|\bimport\s*\(\s*|\bimport\s+)["']([^"'\n]+)["']|@import\s+["']([^"'\n]+)["']"""
)
RAW_HTML = re.compile(r"\{@html\b|\binnerHTML\b|\bouterHTML\b|\binsertAdjacentHTML\b")
STYLE_STRING = re.compile(r"""\sstyle=["'{]""")

Files = dict[str, str]


def files() -> Files:
    """Path below web/src → text."""
    return {
        path.relative_to(SOURCE).as_posix(): path.read_text(encoding="utf-8")
        for path in walk(SOURCE, ".ts", ".svelte", ".css")
    }


def imported(name: str, text: str) -> Iterator[tuple[str, str]]:
    """What a file imports: the folder of ours or the library, and the specifier as written."""
    for match in IMPORT.finditer(text):
        written = match[1] or match[2]
        if written.startswith("."):
            parts: list[str] = []
            for part in (*PurePosixPath(name).parent.parts, *PurePosixPath(written).parts):
                if part == "..":
                    parts = parts[:-1]
                elif part != ".":
                    parts.append(part)
            yield parts[0] if len(parts) > 1 else "", written
        else:
            library = written.split("/")
            yield "/".join(library[:2]) if written.startswith("@") else library[0], written


def arrow_faults(house: Files) -> Iterator[str]:
    for name, text in house.items():
        folder = name.split("/")[0] if "/" in name else ""
        if folder and folder not in ORDER:
            yield f"{name}: {folder} has no place in the order"
            continue
        for target, written in imported(name, text):
            if not written.startswith(".") or target in {folder, ""} or not folder:
                continue
            if target not in ORDER:
                yield f"{name}: {written} leads out of the house"
            elif ORDER.index(target) > ORDER.index(folder):
                yield f"{name}: {folder} imports {target}; arrows point down the order"
            elif folder in STRANGERS and target in STRANGERS:
                yield f"{name}: {folder} and {target} do not see each other"


def library_faults(house: Files) -> Iterator[str]:
    homes: dict[str, set[str]] = {}
    for name, text in house.items():
        for library, written in imported(name, text):
            if not written.startswith(".") and library not in EVERYWHERE and ".test." not in name:
                homes.setdefault(library, set()).add(name.split("/")[0])
    for library, folders in sorted(homes.items()):
        if len(folders) > 1:
            yield f"{library}: one home, not {len(folders)}: {', '.join(sorted(folders))}"


def safety_faults(house: Files) -> Iterator[str]:
    """What our Content-Security-Policy forbids, or what would let a member's text be markup."""
    for name, text in house.items():
        for number, line in enumerate(text.splitlines(), 1):
            if RAW_HTML.search(line):
                yield f"{name}:{number}: no raw HTML"
            if name.endswith(".svelte") and STYLE_STRING.search(line):
                yield f"{name}:{number}: no style attribute; write style:name={{value}}"


def test_arrows_point_down() -> None:
    none(arrow_faults(files()))


def test_libraries_have_one_home() -> None:
    none(library_faults(files()))


def test_nothing_is_rendered_unread() -> None:
    none(safety_faults(files()))


def lock_faults(lock: dict[str, dict[str, dict[str, object]]]) -> Iterator[str]:
    """All platforms are locked, and no registry's address stands in the lock."""
    packages = lock["packages"]
    for name, package in packages.items():
        if "resolved" in package:
            yield f"{name}: an address ({package['resolved']})"
        optional = package.get("optionalDependencies")
        for other in optional if isinstance(optional, dict) else ():
            if not any(place.endswith(f"node_modules/{other}") for place in packages):
                yield f"{other}: wanted by {name}, not locked"


def test_the_lock_is_complete() -> None:
    path = ROOT / "web" / "package-lock.json"
    if path.exists():
        none(lock_faults(json.loads(path.read_text(encoding="utf-8"))))


def test_scripts_do_not_call_npm() -> None:
    """A machine that has Node from our wheel has no npm on its PATH."""
    path = ROOT / "web" / "package.json"
    scripts: dict[str, str] = json.loads(path.read_text())["scripts"] if path.exists() else {}
    none(f"{name}: {run}" for name, run in scripts.items() if re.search(r"\bnp[mx]\b", run))


def faulty(house: Files, *rules: object) -> list[str]:
    found: list[str] = []
    for rule in rules:
        assert callable(rule)
        result: Iterable[str] = rule(house)
        found.extend(result)
    return found


def test_the_rules_bite() -> None:
    assert faulty({"kit/a.ts": 'import { b } from "../ports/b";'}, arrow_faults)
    assert faulty({"network/a.ts": 'const p = import("../messaging/Page.svelte");'}, arrow_faults)
    assert faulty({"kit/keys/a.ts": 'import "../../shell/x";'}, arrow_faults)
    assert faulty({"feed/a.ts": 'import { b } from "../stories/b";'}, arrow_faults)
    assert not faulty({"shell/a.ts": 'import { b } from "../kit/keys/b";'}, arrow_faults)
    assert faulty({"a/a.ts": 'from "idb"', "b/b.ts": 'from "idb/x"'}, library_faults)
    assert faulty({"kit/A.svelte": "<p>{@html text}</p>"}, safety_faults)
    assert faulty({"kit/A.svelte": '<p style="color: red">'}, safety_faults)
    assert not faulty({"kit/A.svelte": "<p style:color={red}>"}, safety_faults)


def test_where_files_are() -> None:
    assert all(shown(path).startswith("web/src/") for path in walk(SOURCE))
