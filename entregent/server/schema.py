"""The database's schema: made by migrations, and known to be the one this version wants."""

from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, event
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.pool import NullPool

MIGRATIONS = Path(__file__).resolve().parent.parent / "migrations"


def engine(url: str) -> Engine:
    """SQLAlchemy's engine for a database URL of ours; only migrations use it."""
    if url.startswith(("postgresql://", "postgres://")):
        return create_engine("postgresql+psycopg://" + url.split("://", 1)[1], poolclass=NullPool)
    Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
    made = create_engine(url, poolclass=NullPool)
    # Left to itself Python's driver commits before it makes a table; a migration that fails half
    # way must leave nothing.
    event.listen(made, "connect", _leave_transactions_to_us)
    event.listen(made, "begin", _begin)
    return made


def _leave_transactions_to_us(connection: Any, _record: object) -> None:
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _config(connection: Connection | None = None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config


def migrate(url: str, revision: str = "head") -> None:
    """Brings the database to a revision: the newest, where none is named."""
    with engine(url).begin() as connection:
        command.upgrade(_config(connection), revision)
