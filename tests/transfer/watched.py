"""Reads archives in a process of its own and tells what each did to the machine.

Run as `python -m tests.transfer.watched FILE…`; prints one JSON object a file. An audit hook
notes every file opened for writing, every socket and every process, whatever library does it.
"""

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

from entregent.kit.errors import Refusal
from entregent.transfer.linkedin import counts, open_source, read
from tests.transfer.peak import peak_kilobytes

WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
TOUCHING = ("os.mkdir", "os.rename", "os.remove", "os.symlink", "os.link", "os.truncate")
FORBIDDEN = ("socket.", "subprocess.", "os.exec", "os.fork", "os.posix_spawn", "os.system")
deeds: list[str] = []


def watch(event: str, arguments: tuple[Any, ...]) -> None:
    """Notes what a reader has no business to do."""
    if event == "open" and isinstance(arguments[2], int) and arguments[2] & WRITING:
        deeds.append(f"wrote {arguments[0]}")
    elif event.startswith((*FORBIDDEN, *TOUCHING)):
        deeds.append(event)


def outcome(path: Path) -> dict[str, Any]:
    """What reading a file comes to: a refusal, or the figures and all that would be shown."""
    with open_source(path) as source:
        archive = read(source)
        threads = list(archive.threads())
        return {
            "counts": counts(archive),
            "contents": [m.content for t in threads for m in t.messages],
            "files": [f.name for f in archive.report.files],
            "ignored": {f.name: f.ignored for f in archive.report.files if f.ignored},
            "refused": {f.name: f.refused for f in archive.report.files if f.refused},
            "notes": sorted({note for f in archive.report.files for note in f.notes}),
        }


def main() -> None:
    """One line for each file."""
    sys.addaudithook(watch)
    for name in sys.argv[1:]:
        deeds.clear()
        started = time.monotonic()
        try:
            found = outcome(Path(name))
        except Refusal as refusal:
            found = {"refusal": refusal.code, "params": refusal.params}
        found["seconds"] = time.monotonic() - started
        found["megabytes"] = peak_kilobytes() / 1024
        found["deeds"] = list(deeds)
        print(json.dumps({Path(name).name: found}), flush=True)


if __name__ == "__main__":
    main()
