"""Fixtures for every slice: the world on both databases, and the shared test data."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from entregent.server.schema import migrate
from tests.servers.postgres import PostgresServer
from tests.world import World, empty

CHECKOUT = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """The one PostgreSQL of this test run."""
    server = PostgresServer(tmp_path_factory.mktemp("postgres"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_url(postgres_server: PostgresServer) -> str:
    """A PostgreSQL database with the tables of all slices."""
    url = postgres_server.create("world")
    migrate(url)
    return url


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the tables of all slices, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(params=["sqlite", "postgresql"])
def world_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database with all tables, of each kind."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("sqlite_template")
        shutil.copy(template, tmp_path / "world.db")
        return f"sqlite:///{tmp_path / 'world.db'}"
    url: str = request.getfixturevalue("postgres_url")
    empty(url)
    return url


@pytest.fixture
def make_world(world_url: str) -> Iterator[Callable[..., World]]:
    """Makes the world with other settings than the default ones."""
    made: list[World] = []

    def make(**settings: Any) -> World:
        made.append(World(world_url, **settings))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """The fixed cast, on both databases."""
    return make_world()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The test data that all projects of the house share; with CI set it must be there."""
    place = Path(os.environ.get("ENTREGENT_SHARED") or CHECKOUT.parent / "shared") / "data"
    if not place.is_dir():
        reason = f"no shared test data at {place}: set ENTREGENT_SHARED"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return place
