"""Fixtures for every slice: the world on both databases, and the shared test data."""

import gc
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from entregent.ports.codec import process
from entregent.server.schema import migrate
from tests.conversions import Conversions
from tests.databases import Renewed, connections_kept, keep_in_memory
from tests.servers.postgres import PostgresServer
from tests.servers.warm import Warm
from tests.servers.workers import ByFile
from tests.world import Cast, World

CHECKOUT = Path(__file__).resolve().parent.parent


def pytest_configure() -> None:
    keep_in_memory()
    gc.disable()  # while all tests and what they test is loaded, which stays


def pytest_collection_finish() -> None:
    """From here on the collector works as it does in a server (`entregent.server.serve`)."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    gc.enable()


def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> ByFile:
    return ByFile(config, log)


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """The one PostgreSQL of this test run."""
    server = PostgresServer(tmp_path_factory.mktemp("postgres"))
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def postgres_world(postgres_server: PostgresServer) -> Iterator[tuple[Renewed, Cast]]:
    """A PostgreSQL database with the tables of all slices and the cast."""
    url = postgres_server.create("world")
    migrate(url)
    with connections_kept(url), closing(World(url)) as world:
        database = Renewed(url)
        yield database, world.cast
        database.close()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with the tables of all slices, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.db"
    migrate(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def sqlite_world(
    sqlite_template: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Cast]:
    """The same with the cast in it."""
    path = tmp_path_factory.mktemp("sqlite") / "world.db"
    shutil.copy(sqlite_template, path)
    with closing(World(f"sqlite:///{path}")) as world:
        return path, world.cast


@pytest.fixture(params=["sqlite", "postgresql"])
def _given(request: pytest.FixtureRequest, tmp_path: Path) -> tuple[str, Cast]:
    if request.param == "sqlite":
        template, cast = request.getfixturevalue("sqlite_world")
        shutil.copy(template, tmp_path / "world.db")
        return f"sqlite:///{tmp_path / 'world.db'}", cast
    database, cast = request.getfixturevalue("postgres_world")
    database.renew()
    return database.url, cast


@pytest.fixture
def world_url(_given: tuple[str, Cast]) -> str:
    """A database with the cast and nothing else, of each kind."""
    return _given[0]


@pytest.fixture
def make_world(_given: tuple[str, Cast]) -> Iterator[Callable[..., World]]:
    """Makes the world with other settings than the default ones."""
    made: list[World] = []

    def make(**settings: Any) -> World:
        made.append(World(*_given, **settings))
        return made[-1]

    yield make
    for one in made:
        one.close()


@pytest.fixture
def world(make_world: Callable[..., World]) -> World:
    """The fixed cast, on both databases."""
    return make_world()


@pytest.fixture(scope="session")
def conversions(tmp_path_factory: pytest.TempPathFactory) -> Conversions:
    """What the codec has made in this test run, in all its processes."""
    place = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        place = place.parent
    (place / "conversions").mkdir(exist_ok=True)
    return Conversions(process._run, place / "conversions")


@pytest.fixture
def conversions_kept(conversions: Conversions, monkeypatch: pytest.MonkeyPatch) -> None:
    """The codec works on the same bytes but once."""
    monkeypatch.setattr(process, "_run", conversions.run)


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Starts processes that have the server's modules loaded."""
    with closing(Warm()) as process:
        yield process


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
