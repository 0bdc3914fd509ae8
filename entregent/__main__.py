"""The command line: `python -m entregent`, and `entregent` where it is installed."""

import gc

# All that is loaded stays. To look through it again and again while it loads, and once more at the
# end, would take nearly half of the time in which a command starts and ends.
gc.disable()

from entregent.server.cli import main  # noqa: E402 (what it loads is what this is about)

gc.freeze()
gc.enable()

if __name__ == "__main__":
    main()
