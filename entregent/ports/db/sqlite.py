"""The SQLite adapter: write-ahead log, every commit on disk, one writer."""

import sqlite3
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from .statements import Statement
from .transaction import Asked, Row

OLDEST = (3, 38, 0)  # json_each and RETURNING without compile options


class SQLiteConnection:
    """One SQLite connection; `read_only` ones cannot write, whatever they are asked."""

    dialect = "sqlite"

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        if sqlite3.sqlite_version_info < OLDEST:
            wanted = ".".join(map(str, OLDEST))
            raise RuntimeError(
                f"This Python brings SQLite {sqlite3.sqlite_version}; {wanted} or later is needed."
            )
        self._db = sqlite3.connect(
            path, timeout=30, isolation_level=None, check_same_thread=False, cached_statements=512
        )
        self._log = path.with_name(path.name + "-wal")
        for pragma in (
            "journal_mode=WAL",
            # FULL: an acknowledged write is on disk, also after a power cut.
            "synchronous=FULL",
            "foreign_keys=ON",
            "cache_size=-16000",
            "temp_store=MEMORY",
            "journal_size_limit=67108864",
            *(("query_only=ON",) if read_only else ("wal_autocheckpoint=4000",)),
        ):
            self._db.execute(f"PRAGMA {pragma}")
        self.begin_text = "BEGIN" if read_only else "BEGIN IMMEDIATE"

    def query(self, statement: Statement, params: Mapping[str, Any]) -> list[Row]:
        compiled = statement.compiled("sqlite")
        found = self._db.execute(compiled.sql, compiled.values(params)).fetchall()
        return [statement.row(row) for row in found] if statement.row else found

    def ask(self, statement: Statement, params: Mapping[str, Any]) -> Asked:
        found = self.query(statement, params)
        return lambda: found

    def execute(self, statement: Statement, params: Mapping[str, Any]) -> None:
        self.touch(statement, params)

    def touch(self, statement: Statement, params: Mapping[str, Any]) -> int:
        compiled = statement.compiled("sqlite")
        return self._db.execute(compiled.sql, compiled.values(params)).rowcount

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        if len(rows) == 1:
            self.execute(statement, rows[0])
            return
        for sql, values in statement.batch().pieces(rows):
            self._db.execute(sql, values)

    def ask_each(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> Asked:
        found: list[tuple[Any, ...]] = []
        if len(rows) == 1:
            compiled = statement.compiled("sqlite")
            found = self._db.execute(compiled.sql, compiled.values(rows[0])).fetchall()
        else:
            for sql, values in statement.batch().pieces(rows):
                found.extend(self._db.execute(sql, values))
        return lambda: found

    def begin(self) -> None:
        """Starts a transaction; a writer takes the lock at once."""
        self._db.execute(self.begin_text)

    def script(self, sql: str) -> None:
        self._db.execute(sql)

    def data_version(self) -> int:
        """A number that changes when another connection has committed."""
        return int(self._db.execute("PRAGMA data_version").fetchone()[0])

    def log_changed_at(self) -> float:
        """When the write-ahead log was last written to; 0 when there is none."""
        try:
            return self._log.stat().st_mtime
        except FileNotFoundError:
            return 0.0

    def checkpoint(self) -> tuple[int, int]:
        """Copies the log into the database as far as no reader needs it; gives the frames that it
        holds and those that are copied.
        """
        _, frames, copied = self._db.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        return frames, copied

    def interrupted(self, error: Exception) -> bool:
        """Whether the transaction may simply be run again."""
        return isinstance(error, sqlite3.OperationalError) and "locked" in str(error)

    def close(self) -> None:
        self._db.close()
