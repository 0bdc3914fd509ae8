"""The PostgreSQL adapter (15 or later), through psycopg."""

from collections.abc import Mapping, Sequence
from typing import Any

import psycopg

from .statements import Statement
from .transaction import Row

_RETRY = (
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.UniqueViolation,  # another process inserted first: look again
    psycopg.OperationalError,
)


class PostgresConnection:
    """One PostgreSQL connection, made again when it was lost."""

    dialect = "postgresql"

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self._url = url
        self._read_only = read_only
        self._db = self._connect()

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        db = psycopg.connect(self._url, autocommit=True, connect_timeout=10)
        # Our statements are short: to start other workers for one takes longer than to run it.
        db.execute("SET max_parallel_workers_per_gather = 0")
        db.prepare_threshold = 2
        db.prepared_max = 500
        db.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return db

    def query(self, statement: Statement, params: Mapping[str, Any]) -> list[Row]:
        compiled = statement.compiled("postgresql")
        cursor = self._db.execute(compiled.sql, compiled.values(params))
        found = cursor.fetchall() if cursor.description else []
        return [statement.row(row) for row in found] if statement.row else found

    def execute(self, statement: Statement, params: Mapping[str, Any]) -> int:
        compiled = statement.compiled("postgresql")
        return self._db.execute(compiled.sql, compiled.values(params)).rowcount

    def execute_many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        if len(rows) == 1:
            self.execute(statement, rows[0])
            return
        whole = statement.recordset()
        if whole.sql is not None and whole.takes(rows):
            self._db.execute(whole.sql, (whole.value(rows),))
            return
        compiled = statement.compiled("postgresql")
        with self._db.cursor() as cursor:
            cursor.executemany(compiled.sql, [compiled.values(row) for row in rows])

    def query_each(
        self, statement: Statement, rows: Sequence[Mapping[str, Any]]
    ) -> list[tuple[Any, ...]]:
        compiled = statement.compiled("postgresql")
        if len(rows) == 1:
            return self._db.execute(compiled.sql, compiled.values(rows[0])).fetchall()
        whole = statement.recordset()
        if whole.sql is not None and whole.takes(rows):
            return self._db.execute(whole.sql, (whole.value(rows),)).fetchall()
        found: list[tuple[Any, ...]] = []
        with self._db.cursor() as cursor:
            cursor.executemany(compiled.sql, [compiled.values(row) for row in rows], returning=True)
            while True:
                found.extend(cursor.fetchall())
                if not cursor.nextset():
                    return found

    def begin(self) -> None:
        """Starts a transaction, on a new connection if the last one was lost."""
        if self._db.closed or self._db.broken:
            self._db = self._connect()
        self._db.execute(
            "BEGIN ISOLATION LEVEL REPEATABLE READ" + (" READ ONLY" if self._read_only else "")
        )

    def script(self, sql: str) -> None:
        self._db.execute(sql)

    def data_version(self) -> int:
        """Always 0: PostgreSQL does not tell of other connections."""
        return 0

    def interrupted(self, error: Exception) -> bool:
        """Whether the transaction may simply be run again."""
        return isinstance(error, _RETRY)

    def close(self) -> None:
        self._db.close()
