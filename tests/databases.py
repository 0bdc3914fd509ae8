"""Databases as tests want them: made once, with the cast in them, and given fresh to each test.

Nothing here outlives a test but PostgreSQL's tables and connections. To make tables and to open
connections takes a hundred times as long as to take out the few rows that a test has left.
"""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql
from psycopg.pq import TransactionStatus

from entregent.ports.db.postgres import PostgresConnection

ROOM = 2 << 30
# What was deleted lies in a table until it is truncated; up to ten pages the planner sees no
# difference.
MOST_DEAD = 10 * 8192
OURS = "relkind = 'r' and relnamespace = 'public'::regnamespace and relname <> 'alembic_version'"

# One look into the catalogue, no new files. The order of foreign keys does not matter here.
_EMPTY = f"""
do $$
declare one record;
begin
  set local session_replication_role = replica;
  for one in select oid::regclass as name, pg_relation_size(oid) as size
    from pg_class where {OURS} and pg_relation_size(oid) > 0 order by relname
  loop
    if one.size > {MOST_DEAD} then
      execute 'truncate ' || one.name || ' cascade';
    else
      execute 'delete from ' || one.name;
    end if;
  end loop;
end
$$;
"""


def keep_in_memory() -> None:
    """Has everything temporary lie in memory where there is room: no test survives a power cut,
    and a disk takes its time to promise that data would."""
    place = Path("/dev/shm")
    if "TMPDIR" in os.environ or not os.access(place, os.W_OK | os.X_OK):
        return
    there = os.statvfs(place)
    if there.f_bavail * there.f_frsize >= ROOM:
        os.environ["TMPDIR"] = str(place)
        tempfile.tempdir = None  # look again


class Renewed:
    """A PostgreSQL database with tables, which can be had as it was when this was made."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._connection = psycopg.connect(url, autocommit=True)
        self._rows = self._held()

    def renew(self) -> None:
        """Takes out what tests have left, and puts back what was there."""
        self._connection.execute(_EMPTY + self._rows)

    def close(self) -> None:
        self._connection.close()

    def _held(self) -> str:
        """Statements that write the rows of all tables."""
        written = []
        for (name,) in self._connection.execute(f"select relname from pg_class where {OURS}"):
            found = self._connection.execute(
                sql.SQL("select * from {}").format(sql.Identifier(name))
            ).fetchall()
            rows = [sql.SQL("({})").format(sql.SQL(", ").join(row)) for row in found]
            if rows:
                text = sql.SQL("insert into {} values {};").format(
                    sql.Identifier(name), sql.SQL(", ").join(rows)
                )
                written.append(text.as_string(self._connection))
        return "".join(written)


@contextmanager
def connections_kept(url: str) -> Iterator[None]:
    """As long as this lasts, connections to a database are not closed but had by the next to come,
    with the plans that they have made."""
    connect, close = PostgresConnection._connect, PostgresConnection.close
    free: list[psycopg.Connection[Any]] = []
    closed = psycopg.connect(url)
    closed.close()

    def have(self: PostgresConnection) -> psycopg.Connection[Any]:
        with suppress(IndexError):
            while self._url == url:
                one = free.pop()
                if not one.closed:
                    return one
        return connect(self)

    def leave(self: PostgresConnection) -> None:
        if self._url == url and self._db.info.transaction_status == TransactionStatus.IDLE:
            free.append(self._db)
            self._db = closed
        else:
            close(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PostgresConnection, "_connect", have)
        patch.setattr(PostgresConnection, "close", leave)
        yield
    for one in free:
        one.close()
