"""What lasts on the profiles of some members, and the conversations beneath, out of
`texts/videos.toml`."""

import tomllib
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import msgspec

from entregent.videos import NewVideo, VideoCue

from .almanac import DAY
from .dialogue import TEXTS
from .films import clip
from .people import Person

LONG, SHORT = 4, 3  # seconds


class Said(NamedTuple):
    """Something said beneath a film: which of those before it is answered, if any."""

    person: Person
    text: str
    answers: int | None
    film: bytes | None


class Shown(NamedTuple):
    """A film on a profile, since so long ago, with its subtitles; who likes it stands beside."""

    person: Person
    video: NewVideo
    ago: int
    film: bytes
    cues: list[VideoCue]
    said: list[Said]
    fans: list[Person]


def films(people: Sequence[Person]) -> Iterator[Shown]:
    """One film for the first of these people in each language that has some."""
    with (TEXTS / "videos.toml").open("rb") as file:
        texts: dict[str, list[dict[str, Any]]] = tomllib.load(file)
    short = clip("an answer", SHORT)  # whoever answers so shows the same hills
    for language, some in texts.items():
        authors = [one for one in people if one.language == language]
        for author, text in zip(authors, some, strict=False):
            others = [one for one in people if one is not author]
            if others:
                yield _shown(author, others, text, short)


def _shown(author: Person, others: Sequence[Person], text: dict[str, Any], short: bytes) -> Shown:
    said = [
        Said(
            author if one.get("author") else others[number % len(others)],
            one["text"],
            one.get("answers"),
            short if one.get("film") else None,
        )
        for number, one in enumerate(text["replies"])
    ]
    video = NewVideo(
        client_id="demo-video",
        media_id="0",
        title=text["title"],
        text=text["text"],
        language=author.language,
    )
    cues = msgspec.convert(text["cues"], list[VideoCue])
    film = clip(text["title"], LONG)
    return Shown(author, video, text["days"] * DAY, film, cues, said, list(others[::2]))
