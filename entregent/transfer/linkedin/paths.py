"""Which names inside an archive or a folder are never looked at, and why."""

import re

# Controls, and the marks that turn the direction of text so that a name looks like another.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
_DRIVE = re.compile(r"^[A-Za-z]:")
_NESTED = (".zip", ".7z", ".rar", ".gz", ".tgz", ".bz2", ".xz", ".zst", ".tar")
_SYSTEM = {"__macosx", "thumbs.db", "desktop.ini"}
_SHOWN = 160


def why_ignored(name: str) -> str | None:
    """The code of the reason for which a name is passed over, or None if it may be read."""
    if _UNSAFE.search(name):
        return "unsafe_name"
    if "\\" in name or name.startswith("/") or _DRIVE.match(name):
        return "outside"
    parts = name.split("/")
    if any(part in {"", ".", ".."} for part in parts):
        return "outside"
    if any(part.startswith(".") or part.lower() in _SYSTEM for part in parts):
        return "system_file"
    if name.lower().endswith(_NESTED):
        return "nested_archive"
    return None


def shown(name: str) -> str:
    """A name as a report may show it: no controls, no turned direction, not endless."""
    name = _UNSAFE.sub("\ufffd", name.encode("utf-8", "replace").decode())
    return name if len(name) <= _SHOWN else name[: _SHOWN - 1] + "…"
