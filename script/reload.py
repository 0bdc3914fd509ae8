"""Run a command, and run it again when a file of the server changes: `reload.py COMMAND …`."""

import contextlib
import signal
import subprocess
import sys
import time
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent / "entregent"
EVERY = 0.4


def stand() -> dict[Path, int]:
    """When each file of the server was last changed."""
    found = {}
    for path in PACKAGE.rglob("*"):
        with contextlib.suppress(FileNotFoundError):
            if path.suffix in {".py", ".json"}:
                found[path] = path.stat().st_mtime_ns
    return found


def main(command: list[str]) -> int:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    while True:
        before = stand()
        running = subprocess.Popen(command)
        try:
            while (now := stand()) == before:
                time.sleep(EVERY)
        finally:
            running.terminate()
            running.wait()
        changed = [
            path.relative_to(PACKAGE.parent) for path in now if now[path] != before.get(path)
        ]
        print(f"dev: {', '.join(map(str, changed)) or 'a file was removed'}: again", flush=True)


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
