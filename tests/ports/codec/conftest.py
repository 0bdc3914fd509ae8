"""Fixtures of the codec's contract."""

from pathlib import Path

import pytest

from entregent.ports.codec import Codec, open_codec


@pytest.fixture
def codec() -> Codec:
    return open_codec("child:?at_once=2")


@pytest.fixture
def into(tmp_path: Path) -> Path:
    """A folder for renditions."""
    folder = tmp_path / "into"
    folder.mkdir()
    return folder
