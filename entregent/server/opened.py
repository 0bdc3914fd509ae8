"""The house as commands open it, whether the server runs or not."""

from collections.abc import Iterator
from contextlib import contextmanager

from .config import settings
from .house import House, command_node
from .revision import ensure


@contextmanager
def opened(data: str | None) -> Iterator[House]:
    """The house over a folder, its database brought up to date; closed at the end."""
    read = settings(data=data)
    ensure(read.database)
    house = House(read, node=command_node())
    try:
        yield house
    finally:
        house.db.close()
