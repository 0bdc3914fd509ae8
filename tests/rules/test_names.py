"""Names, sizes and loose ends of all the files that we write."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.rules.source import ROOT, none, shown, walk

# Under these names god files grow.
FORBIDDEN = {
    "common", "commons", "core", "helper", "helpers", "manager", "managers", "misc",
    "service", "services", "stuff", "util", "utils", "utilities",
}  # fmt: skip

LONGEST = 400
LONGEST_TEST = 600  # a suite that every adapter passes is a list, and lists are long
CODE = (".css", ".html", ".js", ".mjs", ".py", ".svelte", ".ts")
GENERATED = {"web/src/wire", "entregent/migrations/versions"}

# Spelled in two halves, so that this file does not find itself.
LOOSE_ENDS = re.compile(
    r"\b(" + "|".join(["TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK"]) + r")\b"
)
SUPPRESSED = re.compile(
    r"#\s*type:\s*ignore(?!\[)|#\s*noqa(?!:)|@ts-ignore|@ts-nocheck|eslint-disable"
)
BINARY = (".png", ".ico", ".woff2", ".zip", ".webp", ".jpg")


def written() -> Iterator[Path]:
    for path in walk(ROOT):
        if not path.name.endswith((*BINARY, ".lock")) and path.name != "package-lock.json":
            yield path


def words(path: Path) -> set[str]:
    """The words of a path's names: `tests/user_utils.py` has `tests`, `user` and `utils`."""
    parts = re.split(r"[/_.\-]", shown(path).lower())
    return set(parts)


def test_nothing_is_named_after_nothing() -> None:
    none(shown(path) for path in walk(ROOT) if words(path) & FORBIDDEN)


def test_files_stay_small() -> None:
    long = []
    for path in walk(ROOT, *CODE):
        if any(shown(path).startswith(place) for place in GENERATED):
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > (LONGEST_TEST if "tests" in path.parts else LONGEST):
            long.append(f"{shown(path)}: {lines} lines; make it a folder, split by topic")
    none(long)


@pytest.mark.parametrize("pattern", [LOOSE_ENDS, SUPPRESSED], ids=["loose ends", "suppressed"])
def test_nothing_is_left_for_later(pattern: re.Pattern[str]) -> None:
    found = []
    for path in written():
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line) and path != Path(__file__):
                found.append(f"{shown(path)}:{number}: {line.strip()[:80]}")
    none(found)


def test_lines_end_as_they_should() -> None:
    wrong = []
    for path in written():
        content = path.read_bytes()
        if b"\r" in content or (content and not content.endswith(b"\n")):
            wrong.append(shown(path))
    none(wrong)


def test_the_words_are_found() -> None:
    assert LOOSE_ENDS.search("# TO" + "DO: later")
    assert SUPPRESSED.search("x = y  # type: ignore")
    assert not SUPPRESSED.search("x = y  # type: ignore[arg-type]")
    assert words(ROOT / "web" / "src" / "date-utils.ts") & FORBIDDEN == {"utils"}
