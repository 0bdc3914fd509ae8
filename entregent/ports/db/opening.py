"""Opens a database by its URL."""

from functools import partial
from pathlib import Path

from ..clock import Clock
from ..ids import Ids
from .checkpoints import Checkpoints
from .database import Database, Writable
from .postgres import PostgresConnection
from .sqlite import SQLiteConnection


def open_database(url: str, clock: Clock, ids: Ids, *, readers: int = 2) -> Database:
    """The database behind `sqlite:///path` or `postgresql://…`."""
    if url.startswith("sqlite:///"):
        path = Path(url.removeprefix("sqlite:///"))
        path.parent.mkdir(parents=True, exist_ok=True)

        def connect_sqlite(read_only: bool) -> Writable:
            return SQLiteConnection(path, read_only=read_only)

        return Database(
            connect_sqlite, clock, ids, readers=readers, checkpoints=partial(Checkpoints, path)
        )
    if url.startswith(("postgresql://", "postgres://")):

        def connect_postgres(read_only: bool) -> Writable:
            return PostgresConnection(url, read_only=read_only)

        return Database(connect_postgres, clock, ids, readers=readers)
    raise ValueError(f"A database URL begins with sqlite:/// or postgresql://, not {url!r}.")
