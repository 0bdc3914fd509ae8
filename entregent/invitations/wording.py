"""Notes in almost the same words: recognised by their shape, without any service (I6).

A note is folded, names and organisations of those concerned are taken out, so are numbers and
addresses. Of an organisation's name single words are taken out only where they are written like
names: else each sender's note would lack other plain words. What is left is cut into overlapping
pieces of five letters; two notes have one shape when they share more than half of all their pieces.
Pieces of letters know no language. A paraphrase or a translation has other pieces. Which shapes are
worth comparing is told by bands of a sketch (MinHash): each band is a number under which the shape
is filed.

Nothing here is random: the same notes in the same order always have the same shapes.
"""

import re
import zlib
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

from entregent.kit.text import words

PIECE = 5
ALIKE = 0.6  # of all pieces of two notes, so many are shared
FEWEST_LETTERS = 12  # what is shorter is compared as it is
BANDS, ROWS = 20, 3
FROM_ONE_SENDER = 3  # members to whom one sender wrote the same words: a template
FROM_ANYBODY = 5  # the same for several senders

_ADDRESS = re.compile(r"\S*(?:://|@|www\.)\S*")
_NUMBER = re.compile(r"\d[\d.,:/\-\u202f\u00a0]*")
# Numbers made once by a fixed rule: of all pieces, the one nearest to each stands in the sketch.
_MARKS = [zlib.crc32(b"mark %d" % n) for n in range(BANDS * ROWS)]


def plain_words(note: str, people: Iterable[str] = (), places: Iterable[str] = ()) -> str:
    """The words of a note, folded, without numbers, addresses, and the names given of people and
    of organisations."""
    text = _NUMBER.sub(" ", _ADDRESS.sub(" ", note))
    said = words(text)
    for name in sorted((words(one) for one in (*people, *places)), key=len, reverse=True):
        said = _without(said, name)
    written = {word for token in text.split() if _like_a_name(token) for word in words(token)}
    single = {word for name in people for word in words(name)}
    single |= written.intersection(word for name in places for word in words(name))
    return " ".join(word for word in said if len(word) <= 2 or word not in single)


def _like_a_name(token: str) -> bool:
    """Whether a word does not begin with a small letter; there are scripts that have none."""
    first = next((letter for letter in token if letter.isalnum()), "a")
    return not first.islower()


def _without(said: list[str], name: Sequence[str]) -> list[str]:
    """The words with each place where all words of a name follow each other taken out."""
    size = len(name)
    if not size:
        return said
    kept: list[str] = []
    at = 0
    while at < len(said):
        if said[at] == name[0] and said[at : at + size] == list(name):
            at += size
        else:
            kept.append(said[at])
            at += 1
    return kept


@lru_cache(maxsize=4_096)
def pieces(shape: str) -> frozenset[int]:
    """The pieces of a shape, as numbers."""
    text = f" {shape} "
    if len(text) < FEWEST_LETTERS + 2:
        return frozenset({zlib.crc32(text.encode())})
    return frozenset(
        zlib.crc32(text[at : at + PIECE].encode()) for at in range(len(text) - PIECE + 1)
    )


@lru_cache(maxsize=4_096)
def bands(shape: str) -> tuple[int, ...]:
    """The numbers under which a shape is filed: shapes alike share at least one, almost always."""
    some = pieces(shape)
    lowest = [min(map(mark.__xor__, some)) for mark in _MARKS]
    found = []
    for band in range(BANDS):
        part = lowest[band * ROWS : (band + 1) * ROWS]
        told = b"%d:" % band + b",".join(b"%d" % one for one in part)
        found.append(zlib.crc32(told) << 20 | zlib.crc32(told[::-1]) & 0xFFFFF)
    return tuple(found)


def likeness(one: str, other: str) -> float:
    """How much two shapes have in common, from 0 to 1."""
    a, b = pieces(one), pieces(other)
    return len(a & b) / len(a | b)


def nearest(shape: str, known: Iterable[tuple[int, str]]) -> int | None:
    """The known shape that is most like this one, if any is like it; the first of equals."""
    best = max(
        ((likeness(shape, text), -key) for key, text in known), default=(0.0, 0), key=lambda p: p
    )
    return -best[1] if best[0] >= ALIKE else None


def shapes_of(notes: Sequence[str]) -> list[int]:
    """For each of many shapes the place of the first that is like it: for a pile of an archive."""
    filed: dict[int, list[int]] = {}
    found: list[int] = []
    for place, shape in enumerate(notes):
        keys = bands(shape)
        near = sorted({one for key in keys for one in filed.get(key, ())})
        first = nearest(shape, ((one, notes[one]) for one in near))
        if first is None:
            first = place
            for key in keys:
                filed.setdefault(key, []).append(place)
        found.append(first)
    return found


def is_new_wording() -> Callable[[str], bool]:
    """A function that tells of each note whether its words are unlike all that it saw before."""
    filed: dict[int, list[str]] = {}

    def is_new(note: str) -> bool:
        shape = plain_words(note)
        keys = bands(shape)
        if any(likeness(shape, one) >= ALIKE for key in keys for one in filed.get(key, ())):
            return False
        for key in keys:
            filed.setdefault(key, []).append(shape)
        return True

    return is_new
