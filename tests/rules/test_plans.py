"""What is named by its key is looked up by its key: SQLite plans without knowing how much there is,
and may prefer the index of another condition, which reads all that a member has."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import UnsupportedCompilationError

from entregent.server.schema import engine
from entregent.server.tables import metadata
from tests.rules.source import none
from tests.rules.test_partitions import statements

LIST = re.compile(r"(\w+)\.(\w+) IN \(SELECT value FROM json_each")


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """All tables in SQLite, with nothing in them and nothing known of them."""
    path = tmp_path / "plans.db"
    with engine(f"sqlite:///{path}").begin() as connection:
        metadata.create_all(connection)
    with closing(sqlite3.connect(path)) as connection_:
        yield connection_


def by_another_way(connection: sqlite3.Connection) -> Iterator[str]:
    """Statements that are given a list of keys and do not go by them."""
    for name, asked in statements():
        try:
            compiled = asked.compiled("sqlite")
            rows = connection.execute(
                f"EXPLAIN QUERY PLAN {compiled.sql}", [None] * len(compiled.order)
            ).fetchall()
        except (sqlite3.OperationalError, UnsupportedCompilationError):
            continue  # PostgreSQL's own, or of the full-text tables, which Core does not make
        plan = [str(row[3]) for row in rows]
        for table, column in LIST.findall(compiled.sql):
            if table in metadata.tables and column in metadata.tables[table].primary_key.columns:
                used = [one for one in plan if re.match(rf"(SCAN|SEARCH) {table}\b", one)]
                if not any(f"{column}=?" in one for one in used):
                    yield f"{name}: {column} is given, and {used} is done"


def test_a_list_of_keys_is_looked_up_by_key(empty: sqlite3.Connection) -> None:
    none(by_another_way(empty))
