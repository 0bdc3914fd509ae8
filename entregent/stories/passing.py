"""What those who are here hear at once of whoever is followed by too many to write to each."""

from collections.abc import AsyncIterator, Sequence

import msgspec

from entregent.kit.events import Passing
from entregent.ports.db import Database

from . import actions
from .jobs import OFFERED, SOME
from .model import Teller
from .sight import Key

__all__ = ["OFFERED", "offered_to"]


class StoryAround(Passing, tag="story.around"):
    """Somebody whom very many follow tells something new: their ring as it is now. Who is not here
    finds it in the row."""

    teller: Teller


async def offered_to(
    db: Database, hint: bytes, here: Sequence[int]
) -> AsyncIterator[tuple[list[int], bytes]]:
    """Whom of those who are here a story is for, and what each hears; some at a time."""
    author, _, story = hint.partition(b":")
    key: Key = int(author), int(story)
    for start in range(0, len(here), SOME):
        for teller, same in await db.read(actions.rings, key, here[start : start + SOME]):
            yield same, msgspec.json.encode(StoryAround(teller=teller))
