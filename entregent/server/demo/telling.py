"""What some members of the demo tell in stories, out of `texts/stories.toml`."""

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from entregent.stories import NewStory, Texts

from .almanac import MINUTE
from .dialogue import TEXTS
from .films import clip
from .people import Person
from .pictures import landscape

TALL, NARROW = 1_280, 720
SECONDS = 3  # of a film
QUESTION = Texts(
    en="What did you stop doing this year?",
    fr="Qu’avez-vous cessé de faire cette année\u202f?",
)


class Told(NamedTuple):
    """A story, told so long before now, with the picture or the film of its frames that show
    one."""

    person: Person
    story: NewStory
    ago: int
    file: bytes | None
    moves: bool


def stories(people: Sequence[Person]) -> Iterator[Told]:
    """One story for each of these people whose language has one left."""
    with (TEXTS / "stories.toml").open("rb") as file:
        left: dict[str, list[dict[str, Any]]] = tomllib.load(file)
    for number, person in enumerate(people):
        if left.get(person.language):
            story = _story(left[person.language].pop(0), f"demo-story-{number}")
            kinds = {frame.kind for frame in story.frames}
            moves = "video" in kinds
            brought = None
            if moves:
                brought = clip(f"{person.name} now", SECONDS)
            elif "photo" in kinds:
                brought = landscape(f"{person.name} now", NARROW, TALL)
            # None is older than the shortest of them lasts.
            yield Told(person, story, (7 + 4 * number) % 50 * MINUTE, brought, moves)


def _story(found: dict[str, Any], key: str) -> NewStory:
    whole = {**found, "client_id": key, "audience": {"who": "connections"}}
    return msgspec.convert(whole, NewStory)
