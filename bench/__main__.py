"""`script/bench NAME`: runs one benchmark, or `all`, and prints its tables."""

import argparse
import contextlib
import tempfile
from collections.abc import Iterator
from pathlib import Path

from tests.servers.postgres import PostgresServer

from . import (
    client,
    delivery,
    importing,
    inbox,
    invitations,
    mail,
    pictures,
    send,
    sitting,
    standing,
    stories,
    video,
    viewer,
    views,
)

BENCHES = {
    "client": client.main,
    "delivery": delivery.main,
    "import": importing.main,
    "inbox": inbox.main,
    "invitations": invitations.main,
    "mail": mail.main,
    "pictures": pictures.main,
    "send": send.main,
    "sitting": sitting.main,
    "standing": standing.main,
    "stories": stories.main,
    "video": video.main,
    "viewer": viewer.main,
    "views": views.main,
}


@contextlib.contextmanager
def databases(chosen: str) -> Iterator[list[str]]:
    """The databases to measure on: "" is SQLite; a PostgreSQL of our own that keeps its word."""
    found = [""] if chosen in ("sqlite", "both") else []
    if chosen == "sqlite":
        yield found
        return
    with tempfile.TemporaryDirectory(prefix="entregent-bench-") as place:
        server = PostgresServer(
            Path(place),
            fsync="on",
            full_page_writes="on",
            autovacuum="on",
            plan_cache_mode="auto",
            shared_buffers="512MB",
        )
        server.start()
        try:
            yield [*found, server.create("bench")]
        finally:
            server.stop()


def main() -> None:
    """Runs the named benchmark."""
    parser = argparse.ArgumentParser(prog="script/bench", description=__doc__)
    parser.add_argument("name", choices=[*sorted(BENCHES), "all"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--scale", type=float, default=1.0, help="1: whole")
    parser.add_argument("--on", choices=("sqlite", "postgresql", "both"), default="sqlite")
    chosen = parser.parse_args()
    with databases(chosen.on) as found:
        chosen.databases = found
        for name in BENCHES if chosen.name == "all" else [chosen.name]:
            BENCHES[name](chosen)


main()
