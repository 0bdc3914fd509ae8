"""A fresh schema, what migrations make, and what the tables say are one and the same."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection, text

from entregent.server.schema import engine, migrate
from entregent.server.tables import metadata
from tests.rules.schema import partitioned
from tests.servers.postgres import PostgresServer

PARTS = 4

SQLITE_OBJECTS = """
    SELECT name, sql FROM sqlite_master
    WHERE sql IS NOT NULL AND name <> 'alembic_version' ORDER BY name
"""
POSTGRES_OBJECTS = """
    SELECT table_name || '.' || column_name,
           ordinal_position || ' ' || data_type || ' ' || is_nullable
    FROM information_schema.columns WHERE table_schema = 'public'
    UNION ALL
    SELECT conrelid::regclass || '.' || conname, pg_get_constraintdef(oid)
    FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL
    SELECT tablename || '.' || indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
"""


@pytest.fixture(scope="module")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    with PostgresServer(tmp_path_factory.mktemp("postgres")) as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """Two empty databases of one kind."""
    if request.param == "sqlite":
        return [f"sqlite:///{tmp_path / name}.db" for name in ("first", "second")]
    server: PostgresServer = request.getfixturevalue("postgres")
    return [server.create(name) for name in ("first", "second")]


def create(connection: Connection) -> None:
    """The tables as they are described, for this kind of database."""
    dialect = connection.dialect.name
    fitting = [t for t in metadata.sorted_tables if t.info.get("dialect", dialect) == dialect]
    metadata.create_all(connection, tables=fitting)


def described(connection: Connection) -> dict[str, str]:
    """Everything in the database by name, without SQLite's full-text tables, which Core cannot say."""
    query = SQLITE_OBJECTS if connection.dialect.name == "sqlite" else POSTGRES_OBJECTS
    found = {name: sql for name, sql in connection.execute(text(query)) if "alembic" not in name}
    full_text = tuple(n for n, sql in found.items() if sql.startswith("CREATE VIRTUAL TABLE"))
    return {
        name: re.sub(r"\s+", " ", sql).strip()
        for name, sql in found.items()
        if not (full_text and name.startswith(full_text))
    }


def test_migrations_make_what_the_tables_say(empty: list[str]) -> None:
    migrated, fresh = empty
    migrate(migrated)
    with engine(migrated).connect() as connection:
        from_migrations = described(connection)
    with engine(fresh).begin() as connection:
        create(connection)
        from_tables = described(connection)
    assert from_migrations == from_tables
    assert from_tables


def test_migrating_again_changes_nothing(empty: list[str]) -> None:
    url = empty[0]
    migrate(url)
    with engine(url).connect() as connection:
        before = described(connection)
    migrate(url)
    with engine(url).connect() as connection:
        assert described(connection) == before


def test_every_table_can_be_spread_by_its_owner(postgres: PostgresServer) -> None:
    """PostgreSQL refuses to partition a table with a unique key that forgets the owner."""
    spread, statements = partitioned(metadata, PARTS)
    with engine(postgres.create("spread")).begin() as connection:
        spread.create_all(connection)
        for statement in statements:
            connection.execute(text(statement))
        counted = connection.execute(text("SELECT count(*) FROM pg_class WHERE relispartition"))
        assert counted.scalar_one() >= len(statements)
