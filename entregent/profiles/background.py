"""Where people have worked and studied, as far as another member may see it."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from entregent.kit.text import words
from entregent.ports.db import Transaction

from . import queries
from .model import (
    DEFAULT_AUDIENCE,
    LEVEL,
    MEMBERS,
    MYSELF,
    Audience,
    Details,
    Education,
    Position,
    found_in,
)

MOST_FOUND = 200
STILL = 10_000 * 12  # later than any month
_details = msgspec.json.Decoder(Details).decode
_audiences = msgspec.json.Decoder(dict[str, Audience]).decode


class Background(NamedTuple):
    """Organisations and schools by their folded names; `times` from which month to which one was
    there, where that is told; `empty` when a profile says nothing, `pictured` when it shows a
    photo."""

    organisations: dict[str, str]
    schools: dict[str, str]
    times: dict[str, list[tuple[int, int]]]
    headline: str
    empty: bool
    pictured: bool


class InCommon(NamedTuple):
    """What two people have in common, as the other spells it."""

    organisations: list[str]
    schools: list[str]


class Meeting(NamedTuple):
    """A place where two people have been; `together` where both tell when, and it was at once."""

    name: str
    together: bool


NOTHING = Background({}, {}, {}, "", True, False)


def backgrounds(tx: Transaction, ids: Iterable[int], level: int = MEMBERS) -> dict[int, Background]:
    """The backgrounds of those of the ids who are members, in one statement."""
    found = {}
    for row in tx.all(queries.FIND_BACKGROUNDS, ids=list(ids)):
        details, audiences = _details(row.details), _audiences(row.audiences)
        seen = {
            field
            for field in ("headline", "positions", "education", "about", "photo")
            if LEVEL[audiences.get(field, DEFAULT_AUDIENCE[field])] <= level
        }
        positions = details.positions if "positions" in seen else []
        education = details.education if "education" in seen else []
        said = details.about if "about" in seen else ""
        headline = row.headline if "headline" in seen else ""
        found[row.member_id] = Background(
            _by_name(one.organisation for one in positions),
            _by_name(one.school for one in education),
            _times(positions, education),
            headline,
            not (headline or positions or education or said),
            row.photo is not None and "photo" in seen,
        )
    return found


def own_background(tx: Transaction, me: int) -> Background:
    """The member's own, all of it."""
    return backgrounds(tx, [me], MYSELF).get(me, NOTHING)


def in_common(mine: Background, other: Background) -> InCommon:
    """Where two people may have met."""
    return InCommon(
        [name for key, name in other.organisations.items() if key in mine.organisations],
        [name for key, name in other.schools.items() if key in mine.schools],
    )


def met(mine: Background, other: Background) -> tuple[list[Meeting], list[Meeting]]:
    """Organisations and schools where two people may have met: not where one had left before the
    other came. Those where they were at once come first."""
    found = []
    for here, there in (
        (mine.organisations, other.organisations),
        (mine.schools, other.schools),
    ):
        places = []
        for key in here.keys() & there.keys():
            ours, theirs = mine.times.get(key), other.times.get(key)
            told = ours is not None and theirs is not None
            if not told or _overlap(ours or [], theirs or []):
                places.append(Meeting(there[key], told))
        found.append(sorted(places, key=lambda one: (not one.together, one.name)))
    return found[0], found[1]


def members_at(tx: Transaction, place: str) -> list[int]:
    """Members whose profile everybody finds by the words of an organisation or a school."""
    typed = sorted(words(place), key=lambda word: -len(word))[: queries.MOST_WORDS]
    if not typed:
        return []
    ranges = found_in(typed, queries.MOST_WORDS)
    rows = tx.all(queries.FIND_AT, level=MEMBERS, limit=MOST_FOUND, **ranges)
    return [row.member_id for row in rows]


def _by_name(names: Iterable[str]) -> dict[str, str]:
    return {" ".join(words(name)): name for name in names if name.strip()}


def _times(
    positions: Iterable[Position], education: Iterable[Education]
) -> dict[str, list[tuple[int, int]]]:
    """From which month to which, by folded name; a place of which one stay has no date tells
    nothing."""
    stays = [(one.organisation, one.started, one.ended) for one in positions]
    stays += [(one.school, one.started, one.ended) for one in education]
    found: dict[str, list[tuple[int, int]]] = {}
    untold = set()
    for name, started, ended in stays:
        key = " ".join(words(name))
        if not started:
            untold.add(key)
        found.setdefault(key, []).append(
            (_month(started, 1), _month(ended, 12) if ended else STILL)
        )
    return {key: times for key, times in found.items() if key not in untold}


def _month(date: str, unsaid: int) -> int:
    year, _, month = date.partition("-")
    return int(year or 0) * 12 + int(month or unsaid)


def _overlap(some: list[tuple[int, int]], others: list[tuple[int, int]]) -> bool:
    return any(a[0] <= b[1] and b[0] <= a[1] for a in some for b in others)
