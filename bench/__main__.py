"""`script/bench NAME`: runs one benchmark and prints its tables."""

import argparse

from . import inbox, send, standing

BENCHES = {"inbox": inbox.main, "send": send.main, "standing": standing.main}


def main() -> None:
    """Runs the named benchmark."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("name", choices=sorted(BENCHES))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument(
        "--database",
        dest="databases",
        action="append",
        help="a PostgreSQL URL, or nothing for SQLite; may be given more than once",
    )
    chosen = parser.parse_args()
    chosen.databases = chosen.databases or [""]
    BENCHES[chosen.name](chosen)


main()
