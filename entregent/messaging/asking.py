"""What somebody types into a search: words, and operators such as `from:ana date:2024-03`.

Each operator has its English and its French name, and both work in both languages.
"""

import re
from datetime import datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from entregent.kit.text import fold

from .search_index import EVER

Place = Literal["inbox", "archived", "requests", "spam", "promotions", "snoozed"]
Operator = Literal["from", "to", "label", "date", "before", "after", "has", "in", "is"]

NAMES: dict[str, Operator] = {
    "from": "from",
    "de": "from",
    "to": "to",
    "a": "to",
    "label": "label",
    "libelle": "label",
    "etiquette": "label",
    "date": "date",
    "before": "before",
    "avant": "before",
    "after": "after",
    "apres": "after",
    "has": "has",
    "avec": "has",
    "in": "in",
    "dans": "in",
    "is": "is",
    "est": "is",
}
MINE = {"me", "moi"}
HAS = {
    "file": "files", "files": "files", "fichier": "files", "fichiers": "files",
    "attachment": "files", "attachments": "files",
    "link": "links", "links": "links", "lien": "links", "liens": "links",
    "image": "pictures", "images": "pictures", "picture": "pictures", "pictures": "pictures",
    "photo": "pictures", "photos": "pictures",
    "video": "films", "videos": "films", "film": "films", "films": "films",
    "voice": "voices", "vocal": "voices", "vocaux": "voices", "voix": "voices",
    "audio": "sounds", "sound": "sounds", "sounds": "sounds", "son": "sounds", "sons": "sounds",
}  # fmt: skip
PLACES: dict[str, Place] = {
    "inbox": "inbox", "boite": "inbox",
    "archive": "archived", "archived": "archived", "archives": "archived",
    "request": "requests", "requests": "requests", "demandes": "requests",
    "spam": "spam", "indesirables": "spam",
    "promotions": "promotions",
    "snoozed": "snoozed", "veille": "snoozed",
}  # fmt: skip
STATES = {
    "unread": "unread", "nonlu": "unread", "non-lu": "unread",
    "read": "read", "lu": "read",
    "starred": "starred", "favori": "starred", "favoris": "starred", "suivi": "starred",
}  # fmt: skip

_OPERATOR = re.compile(r"(?<!\S)([^\W\d_]{1,10}):(\"[^\"]*\"?|“[^”]*”?|\S*)")
_YEAR = re.compile(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?")
_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})")
_AGO = re.compile(r"(\d{1,4})([dwmyjsa])")
_BEFORE = {"today": 0, "aujourd'hui": 0, "yesterday": 1, "hier": 1}
_DAYS = {"d": 1, "j": 1, "w": 7, "s": 7, "m": 30, "y": 365, "a": 365}


class Typed(NamedTuple):
    """A search taken apart. Values are folded; an operator without a value asks nothing yet."""

    words: str
    asked: tuple[tuple[Operator, str], ...]

    def of(self, operator: Operator) -> list[str]:
        """The values of one operator."""
        return [value for name, value in self.asked if name == operator]


def take_apart(text: str) -> Typed:
    """Tells operators from words; what looks like one and is none is a word."""
    asked: list[tuple[Operator, str]] = []

    def take(found: re.Match[str]) -> str:
        operator = NAMES.get(fold(found[1]))
        if operator is None:
            return found[0]
        value = fold(found[2].strip('"“”')).strip()
        if value:
            asked.append((operator, value))
        return " "

    words = _OPERATOR.sub(take, text)
    return Typed(words.strip(), tuple(asked))


def moment(text: str, now: int, zone: str) -> int | None:
    """When a day, month or year begins on the clock of a zone, or how long ago; None for what
    names no time."""
    found = _span(text, now, zone)
    return found and found[0]


def span(text: str, now: int, zone: str) -> tuple[int, int] | None:
    """From when until when a day, month or year lasts, or two of them with `..` between, one of
    which may be missing; None for what names no time."""
    first, range_, last = text.partition("..")
    if not range_:
        return _span(text, now, zone)
    begin = _span(first, now, zone) if first else (0, 0)
    end = _span(last, now, zone) if last else (0, EVER)
    return (begin[0], end[1]) if begin and end and (first or last) else None


def _span(text: str, now: int, zone: str) -> tuple[int, int] | None:
    try:
        clock = ZoneInfo(zone)
    except (ValueError, OSError, LookupError):
        clock = ZoneInfo("UTC")
    days = _BEFORE.get(text)
    if ago := _AGO.fullmatch(text):
        days = int(ago[1]) * _DAYS[ago[2]]
    try:
        if days is not None:
            here = datetime.fromtimestamp(now / 1_000, clock)
            day = here.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(days=days)
            return _ms(day), _ms(day + timedelta(days=1))
        if told := _DAY.fullmatch(text):
            day = datetime(int(told[3]), int(told[2]), int(told[1]), tzinfo=clock)
            return _ms(day), _ms(day + timedelta(days=1))
        if whole := _YEAR.fullmatch(text):
            begin = datetime(int(whole[1]), int(whole[2] or 1), int(whole[3] or 1), tzinfo=clock)
            return _ms(begin), _ms(_after(begin, whole[2], whole[3]))
    except (ValueError, OverflowError):
        pass
    return None


def _after(begin: datetime, month: str | None, day: str | None) -> datetime:
    """When the day, month or year is over that begins then."""
    if day:
        return begin + timedelta(days=1)
    if month and begin.month < 12:
        return begin.replace(month=begin.month + 1)
    return begin.replace(year=begin.year + 1, month=1)


def _ms(when: datetime) -> int:
    return int(when.timestamp() * 1_000)
