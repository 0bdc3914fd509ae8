"""What the demo's members say to each other: reads the phrase books in `texts`.

A phrase book has themes. A theme has one opening exchange, some that may follow in order, and one
that closes. Each line has several ways of being said, and may answer the line before it way for
way, so that answers fit their questions.
"""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

TEXTS = Path(__file__).resolve().parent / "texts"
BOOKS = {"en": "english", "fr": "french", "de": "german", "es": "spanish"}

_HEAD = re.compile(r"\[(\w+)\] (\w+)( formal)?")
_LINE = re.compile(r"([1-3 ])([:=])(!?) (.+)")
_SLOT = re.compile(r"(\bde )?\{(\w+)\}")
_VOWEL = re.compile(r"[aeiouàâéèêëîïôöûüAEIOUÀÂÉÈÊËÎÏÔÖÛÜ]|H[eé]")
_STARTS = re.compile(r"(^|[.!?…]\s+)([a-zà-ÿ])")


@dataclass
class Line:
    """Something that speaker 1, 2 or 3 says, in several ways."""

    speaker: int
    answers: bool  # way for way
    ways: list[str] = field(default_factory=list)
    last: set[int] = field(default_factory=set)  # ways that leave nothing to be said


Exchange = list[Line]


@dataclass
class Theme:
    """What a conversation may be about."""

    name: str
    kind: str
    formal: bool
    titles: list[str] = field(default_factory=list)
    opening: Exchange = field(default_factory=list)
    further: list[Exchange] = field(default_factory=list)
    closing: Exchange = field(default_factory=list)


class Said(NamedTuple):
    """A message with its slots still open. `pause` says how long the author took to write it."""

    speaker: int
    text: str
    pause: str  # "start", "answer", "later" or "end"


@lru_cache
def book(language: str) -> dict[str, Theme]:
    """The themes of a language by name."""
    text = (TEXTS / f"{BOOKS[language]}.txt").read_text(encoding="utf-8")
    return {theme.name: theme for theme in _themes(text, language)}


def _themes(text: str, language: str) -> Iterator[Theme]:
    theme: Theme | None = None
    exchange: Exchange = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if head := _HEAD.fullmatch(line):
            if theme is not None:
                yield theme
            theme = Theme(head[1], head[2], bool(head[3]))
            continue
        assert theme is not None
        if line.startswith("title "):
            theme.titles.append(typeset(line.removeprefix("title "), language))
        elif line == "open":
            exchange = theme.opening
        elif line == "more":
            exchange = []
            theme.further.append(exchange)
        elif line == "close":
            exchange = theme.closing
        else:
            _add(exchange, line, language)
    if theme is not None:
        yield theme


def _add(exchange: Exchange, line: str, language: str) -> None:
    found = _LINE.fullmatch(line)
    if found is None:
        raise ValueError(f"a phrase book cannot have this line: {line!r}")
    speaker, sign, last, words = found.groups()
    if speaker != " ":
        exchange.append(Line(int(speaker), sign == "="))
    if last:
        exchange[-1].last.add(len(exchange[-1].ways))
    exchange[-1].ways.append(typeset(words, language))


def typeset(text: str, language: str) -> str:
    """Plain typing as each language prints it."""
    text = text.replace("'", "’")
    if language == "fr":
        text = re.sub(r" ([;:!?»])", "\u202f\\1", text).replace("« ", "«\u202f")
    elif language == "en":
        text = re.sub(r'"([^"]*)"', r"“\1”", text)
    return text


def converse(theme: Theme, chance: random.Random, exchanges: int) -> list[Said]:
    """A conversation of at most that many exchanges; with 0 nobody has answered yet."""
    parts = [("start", theme.opening), *(("later", part) for part in theme.further)]
    if theme.closing:
        parts.append(("end", theme.closing))
    said: list[Said] = []
    way = 0
    for pause, exchange in parts[: max(1, exchanges)]:
        for number, line in enumerate(exchange):
            way = way % len(line.ways) if line.answers else chance.randrange(len(line.ways))
            said.append(Said(line.speaker, line.ways[way], "answer" if number else pause))
            if way in line.last or not exchanges:
                return said
    return said


def filled(text: str, slots: dict[str, str]) -> str:
    """A text with its slots filled; sentences begin with a capital, and French `de` is elided."""

    parts: list[str] = []
    for fixed, preposition, slot in _parts(text):
        value = slots[slot] if slot else ""
        elided = bool(preposition) and _VOWEL.match(value)
        parts += fixed, "d’" if elided else preposition, value
    return _STARTS.sub(lambda start: start[1] + start[2].upper(), "".join(parts))


@lru_cache(maxsize=4_096)
def _parts(text: str) -> list[tuple[str, str, str]]:
    """A text cut at its slots: what is fixed, a `de ` before the slot, the slot."""
    pieces = _SLOT.split(text)
    found = [
        (pieces[at], pieces[at + 1] or "", pieces[at + 2]) for at in range(0, len(pieces) - 1, 3)
    ]
    return [*found, (pieces[-1], "", "")]
