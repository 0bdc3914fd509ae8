"""Fixtures of media."""

from collections.abc import Iterator

import pytest

from tests.media.bringing import anywhere, here, small_world
from tests.servers.seaweed import SeaweedServer

__all__ = ["anywhere", "here", "seaweed", "small_world"]


@pytest.fixture(scope="session")
def seaweed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SeaweedServer]:
    """The one object store of these tests."""
    with SeaweedServer(tmp_path_factory.mktemp("seaweed")) as server:
        yield server
