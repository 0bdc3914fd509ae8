"""Two members with a conversation, and files to send in it."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image

from tests.browser.media.pairs import Meet, met
from tests.browser.messaging.conftest import friends, sit
from tests.browser.messaging.people import Friends, Sit

__all__ = ["friends", "sit"]

Draw = Callable[..., Path]


@pytest.fixture
def draw(tmp_path: Path) -> Draw:
    """Makes a small picture."""

    def make(name: str, width: int = 320, height: int = 240, colour: str = "teal") -> Path:
        path = tmp_path / name
        Image.new("RGB", (width, height), colour).save(path)
        return path

    return make


@pytest.fixture
def meet(friends: Friends, sit: Sit) -> Meet:
    """Ana and Ben, each in a browser of their own, in the same conversation."""
    return met(friends, sit)
