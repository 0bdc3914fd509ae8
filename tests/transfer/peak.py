"""Runs the command line in this process and says on standard error what it needed at the most.

`ru_maxrss` of a child would also count what its parent had when it was forked.
"""

import sys
from pathlib import Path

from entregent.server.cli import main


def peak_kilobytes() -> int:
    """The most memory that this process has held since it began."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1])
    raise OSError("this system does not tell")


if __name__ == "__main__":
    try:
        main()
    finally:
        print(f"peak: {peak_kilobytes()} kB", file=sys.stderr)
