"""A fresh schema, what migrations make, and what the tables say are one and the same."""

import json
from pathlib import Path

import pytest
from sqlalchemy import Connection, inspect, text

from entregent.server.schema import engine, migrate
from entregent.server.tables import metadata
from tests.rules.schema import partitioned
from tests.rules.source import none
from tests.servers.postgres import PostgresServer

PARTS = 4
SCHOOLS = {"de": 1, "ecole": 1, "oeuvre": 1, "sevres": 0}  # by whom each word is found

# Index definitions as the database itself tells them, with what Core's inspection leaves out.
INDEXES = {
    "sqlite": "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL",
    "postgresql": "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
}
ROWIDS = "SELECT name, sql FROM sqlite_master WHERE type = 'table'"


@pytest.fixture(params=["sqlite", "postgresql"])
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> list[str]:
    """Two empty databases of one kind."""
    if request.param == "sqlite":
        return [f"sqlite:///{tmp_path / name}.db" for name in ("first", "second")]
    server: PostgresServer = request.getfixturevalue("postgres_server")
    return [server.create(f"{name}_{request.node.name.split('[')[0]}") for name in ("a", "b")]


def create(connection: Connection) -> None:
    """The tables as they are described, for this kind of database."""
    dialect = connection.dialect.name
    fitting = [t for t in metadata.sorted_tables if t.info.get("dialect", dialect) == dialect]
    metadata.create_all(connection, tables=fitting)


def described(connection: Connection) -> set[str]:
    """A sentence for each thing in the database, in no order: migrations append columns."""
    dialect = connection.dialect.name
    inspector = inspect(connection)
    sentences = {
        f"index {name}: {' '.join(sql.split())}"
        for name, sql in connection.execute(text(INDEXES[dialect]))
        if not name.startswith("alembic_version")
    }
    # Core cannot describe SQLite's full-text tables, nor those in which they keep their words.
    kept = (
        {name: sql or "" for name, sql in connection.execute(text(ROWIDS))}
        if dialect == "sqlite"
        else {}
    )
    full_text = tuple(name for name, sql in kept.items() if "VIRTUAL" in sql)
    for table in inspector.get_table_names():
        if table == "alembic_version" or (full_text and table.startswith(full_text)):
            continue
        sentences.add(f"{table}: {'no rowid' if 'WITHOUT ROWID' in kept.get(table, '') else ''}")
        key = inspector.get_pk_constraint(table)
        sentences.add(f"{table}: primary key {key['name']} {key['constrained_columns']}")
        for unique in inspector.get_unique_constraints(table):
            sentences.add(f"{table}: unique {unique['name']} {unique['column_names']}")
        for foreign in inspector.get_foreign_keys(table):
            away = f"{foreign['referred_table']} {foreign['referred_columns']} {foreign['options']}"
            sentences.add(f"{table}: {foreign['name']} {foreign['constrained_columns']} → {away}")
        for column in inspector.get_columns(table):
            null = "null" if column["nullable"] else "not null"
            sentences.add(f"{table}.{column['name']}: {column['type']} {null} {column['default']}")
    return sentences


def test_migrations_make_what_the_tables_say(empty: list[str]) -> None:
    migrated, fresh = empty
    migrate(migrated)
    with engine(migrated).connect() as connection:
        from_migrations = described(connection)
    with engine(fresh).begin() as connection:
        create(connection)
        from_tables = described(connection)
    none(
        [f"only from migrations: {sentence}" for sentence in from_migrations - from_tables]
        + [f"only in the tables: {sentence}" for sentence in from_tables - from_migrations]
    )


def test_migrating_again_changes_nothing(empty: list[str]) -> None:
    url = empty[0]
    migrate(url)
    with engine(url).connect() as connection:
        before = described(connection)
    migrate(url)
    with engine(url).connect() as connection:
        assert described(connection) == before


def test_the_rows_of_stories_learn_up_to_which_frame(empty: list[str]) -> None:
    """0002: what stands there says so, what was only seen elsewhere stays as it was."""
    url = empty[0]
    migrate(url, "0001")
    story = (
        "INSERT INTO stories VALUES (7, {id}, 'moment', NULL, 'live', 24, 1, 2, 'connections',"
        " NULL, '[]', 'all', {mask}, '[]', NULL)"
    )
    with engine(url).begin() as connection:
        for number, mask in ((1, 0b10), (2, 0b1010), (3, (2 << 20) - 2)):
            connection.execute(text(story.format(id=number, mask=mask)))
            connection.execute(text(f"INSERT INTO story_tray VALUES (8, 7, {number}, 9, 1, 1)"))
        connection.execute(text("INSERT INTO story_tray VALUES (9, 7, 2, 9, 0, 1)"))
        connection.execute(text("INSERT INTO story_tray VALUES (8, 7, 4, 9, 1, 0)"))  # it has gone
    migrate(url)
    with engine(url).connect() as connection:
        rows = connection.execute(
            text("SELECT member_id, story_id, listed FROM story_tray ORDER BY 1, 2")
        )
        assert [tuple(row) for row in rows] == [
            (8, 1, 1),
            (8, 2, 3),
            (8, 3, 20),
            (8, 4, 1),
            (9, 2, 0),
        ]


def test_members_are_found_by_their_schools(empty: list[str]) -> None:
    """0003: by each word, by whom the education is for; what is found more widely stays so."""
    url = empty[0]
    migrate(url, "0002")
    profile = (
        "INSERT INTO profiles (member_id, handle, name, name_key, headline, open_to, details,"
        " audiences, changed_at) VALUES (:id, 'a', 'A', 'a', '', '[]', :details, :audiences, 1)"
    )
    schools = json.dumps({"education": [{"school": "École de Sèvres"}, {"school": "Œuvre"}]})
    with engine(url).begin() as connection:
        chosen = {7: {}, 8: {"education": "connections"}, 9: {"education": "me"}}
        for member, audiences in chosen.items():
            told = {"id": member, "details": schools, "audiences": json.dumps(audiences)}
            connection.execute(text(profile), told)
        connection.execute(text("INSERT INTO profile_words VALUES (7, 'sevres', 0)"))
        connection.execute(text("INSERT INTO profile_words VALUES (8, 'ecole', 3)"))
    migrate(url)
    with engine(url).connect() as connection:
        rows = connection.execute(text("SELECT * FROM profile_words ORDER BY 1, 2"))
        assert [tuple(row) for row in rows] == [
            *((7, word, level) for word, level in SCHOOLS.items()),
            *((8, word, 2) for word in SCHOOLS),
        ]


def test_every_table_can_be_spread_by_its_owner(postgres_server: PostgresServer) -> None:
    """PostgreSQL refuses to partition a table with a unique key that forgets the owner."""
    spread, statements = partitioned(metadata, PARTS)
    with engine(postgres_server.create("spread")).begin() as connection:
        spread.create_all(connection)
        for statement in statements:
            connection.execute(text(statement))
        counted = connection.execute(text("SELECT count(*) FROM pg_class WHERE relispartition"))
        assert counted.scalar_one() >= len(statements)
