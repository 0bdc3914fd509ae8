"""The PostgreSQL adapter (15 or later), through psycopg."""

import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

import psycopg
from psycopg.pq import PipelineStatus

from .statements import Statement
from .transaction import Asked, Row

_RETRY = (
    psycopg.errors.SerializationFailure,
    psycopg.errors.DeadlockDetected,
    psycopg.errors.UniqueViolation,  # another process inserted first: look again
    psycopg.OperationalError,
)


class PostgresConnection:
    """One PostgreSQL connection, made again when it was lost.

    Within a transaction it is a pipeline: what nobody waits for is sent and done while the action
    goes on, and what fails is told at the next question, savepoint or commit.
    """

    dialect = "postgresql"

    def __init__(self, url: str, *, read_only: bool = False) -> None:
        self._url = url
        self._read_only = read_only
        self._db = self._connect()
        self._pipeline: psycopg.Pipeline | None = None
        self._whole = contextlib.ExitStack()  # ends the pipeline with its transaction

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        db = psycopg.connect(self._url, autocommit=True, connect_timeout=10)
        # Our statements are short: to start other workers for one, or to compile it, takes longer
        # than to run it.
        db.execute("SET max_parallel_workers_per_gather = 0; SET jit = off")
        db.prepare_threshold = 2
        db.prepared_max = 500
        db.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        return db

    def query(self, statement: Statement, params: Mapping[str, Any]) -> list[Row]:
        return self.ask(statement, params)()

    def ask(self, statement: Statement, params: Mapping[str, Any]) -> Asked:
        compiled = statement.compiled("postgresql")
        cursor, named = self._db.execute(compiled.sql, compiled.values(params)), statement.row
        if named is None:
            return cursor.fetchall
        return lambda: [named(row) for row in cursor.fetchall()]

    def execute(self, statement: Statement, params: Mapping[str, Any]) -> None:
        compiled = statement.compiled("postgresql")
        self._db.execute(compiled.sql, compiled.values(params))

    def touch(self, statement: Statement, params: Mapping[str, Any]) -> int:
        compiled = statement.compiled("postgresql")
        cursor = self._db.execute(compiled.sql, compiled.values(params))
        if self._pipeline is not None:
            self._pipeline.sync()
        return cursor.rowcount

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

    def ask_each(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> Asked:
        compiled = statement.compiled("postgresql")
        if len(rows) == 1:
            return self._db.execute(compiled.sql, compiled.values(rows[0])).fetchall
        whole = statement.recordset()
        if whole.sql is not None and whole.takes(rows):
            return self._db.execute(whole.sql, (whole.value(rows),)).fetchall
        found: list[tuple[Any, ...]] = []
        with self._db.cursor() as cursor:
            cursor.executemany(compiled.sql, [compiled.values(row) for row in rows], returning=True)
            while True:
                found.extend(cursor.fetchall())
                if not cursor.nextset():
                    return lambda: found

    def begin(self) -> None:
        """Starts a transaction, on a new connection if the last one was lost."""
        if self._db.closed or self._db.broken:
            with contextlib.suppress(psycopg.Error):  # the one of the lost connection
                self._whole.close()
            self._db = self._connect()
        self._pipeline = self._whole.enter_context(self._db.pipeline())
        self._db.execute(
            "BEGIN ISOLATION LEVEL REPEATABLE READ" + (" READ ONLY" if self._read_only else "")
        )

    def script(self, sql: str) -> None:
        pipeline = self._pipeline
        if pipeline is not None and pipeline.status == PipelineStatus.ABORTED:
            with contextlib.suppress(psycopg.Error):  # told already to who asked
                pipeline.sync()
        self._db.execute(sql)
        if pipeline is not None and sql in {"COMMIT", "ROLLBACK"}:
            self._pipeline = None
            self._whole.close()
        elif pipeline is not None:
            pipeline.sync()

    def data_version(self) -> int:
        """Always 0: PostgreSQL does not tell of other connections."""
        return 0

    def interrupted(self, error: Exception) -> bool:
        """Whether the transaction may simply be run again."""
        return isinstance(error, _RETRY)

    def close(self) -> None:
        self._db.close()
