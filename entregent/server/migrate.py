"""`python -m entregent.server.migrate URL`: brings a database to the newest revision.

A program of its own, so that a server that need not migrate never loads the migration tool.
"""

import sys

from .schema import migrate


def main() -> None:
    """Migrates the database whose URL is the only argument."""
    migrate(sys.argv[1])


if __name__ == "__main__":
    main()
