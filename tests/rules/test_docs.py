"""What the pages say about the folders is true, and their links lead somewhere."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from entregent.kit.settings import Settings
from tests.rules.source import LEFT_OUT, PACKAGE, ROOT, none, shown, walk

TREE_PAGE = ROOT / "docs" / "architecture.md"
LINK = re.compile(r"(?<!!)\[[^\]]*\]\(([^)\s]+)\)|!\[[^\]]*\]\(([^)\s]+)\)")


def tree(text: str) -> list[str]:
    """The paths of the page's folder tree: its first code block, two spaces to a level."""
    block = re.search(r"```text\n(.*?)```", text, re.DOTALL)
    assert block, "docs/architecture.md has no folder tree"
    parents: list[str] = []
    found = []
    for line in block[1].splitlines():
        if not line.strip():
            continue
        depth = (len(line) - len(line.lstrip())) // 2
        name = line.split()[0]
        parents = [*parents[:depth], name.rstrip("/")]
        found.append("/".join(parents) + ("/" if name.endswith("/") else ""))
    return found


def folders_of(top: Path) -> set[str]:
    """The folders right below `top` that hold a file of ours."""
    names = {path.relative_to(top).parts[0] for path in walk(top) if path.parent != top}
    return {name for name in names if name not in LEFT_OUT}


def tree_faults() -> Iterator[str]:
    told = tree(TREE_PAGE.read_text(encoding="utf-8"))
    for path in told:
        place = ROOT / path
        if not place.exists() or place.is_dir() != path.endswith("/"):
            yield f"{path}: in the tree of docs/architecture.md, but not here"
    for name in sorted(folders_of(ROOT) - {"web"}):
        if f"{name}/" not in told:
            yield f"{name}/: not in the tree of docs/architecture.md"
    for top in (PACKAGE, "web/src"):
        for name in sorted(folders_of(ROOT / top)):
            if f"{top}/{name}/" not in told:
                yield f"{top}/{name}/: not in the tree of docs/architecture.md"


def link_faults() -> Iterator[str]:
    for page in walk(ROOT, ".md"):
        for match in LINK.finditer(page.read_text(encoding="utf-8")):
            target = (match[1] or match[2]).split("#")[0]
            if target and "://" not in target and not (page.parent / target).exists():
                yield f"{shown(page)}: {target} is not there"


def test_the_folder_tree_is_true() -> None:
    none(tree_faults())


def test_links_lead_somewhere() -> None:
    none(link_faults())


def test_every_decision_says_why() -> None:
    for page in walk(ROOT / "docs" / "decisions", ".md"):
        text = page.read_text(encoding="utf-8")
        assert re.fullmatch(r"\d{4}-[a-z0-9-]+\.md", page.name), shown(page)
        for heading in ("## Why", "## Consequences"):
            assert heading in text, f"{shown(page)} has no “{heading}”"


def test_every_setting_is_documented() -> None:
    page = ROOT / "docs" / "running" / "settings.md"
    text = page.read_text(encoding="utf-8") if page.exists() else ""
    names = [f"ENTREGENT_{field.name.upper()}" for field in msgspec.structs.fields(Settings)]
    none(f"{name}: not in docs/running/settings.md" for name in names if f"`{name}`" not in text)


def test_a_tree_is_read() -> None:
    text = "```text\nentregent/   the server\n  kit/     words\nREADME.md\n```"
    assert tree(text) == ["entregent/", "entregent/kit/", "README.md"]
