"""The command line: `python -m entregent`, and `entregent` where it is installed."""

import gc
import os
import sys

# All that is loaded stays. To look through it again and again while it loads, and once more at the
# end, would take nearly half of the time in which a command starts and ends.
gc.disable()

from entregent.server import cli  # noqa: E402 (what it loads is what this is about)

gc.freeze()
gc.enable()


def main() -> None:
    """Runs a command and ends the process, without taking the interpreter down first: a thread of
    the store that comes back to it then aborts what has been done (pyo3-async-runtimes, #40)."""
    try:
        cli.main()
    except SystemExit as ended:
        code = int(ended.code or 0)
        try:
            sys.stdout.flush()
        except OSError:  # whoever read it has gone
            code = code or 1
        os._exit(code)


if __name__ == "__main__":
    main()
