"""What somebody types into a search: words, and operators such as `from:ana before:2024-03`.

Each operator has its English and its French name, and both work in both languages.
"""

import re
from datetime import UTC, datetime, timedelta
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from entregent.kit.text import fold

Place = Literal["inbox", "archived", "requests", "spam", "promotions", "snoozed"]
Operator = Literal["from", "to", "label", "before", "after", "has", "in", "is"]

NAMES: dict[str, Operator] = {
    "from": "from",
    "de": "from",
    "to": "to",
    "a": "to",
    "label": "label",
    "libelle": "label",
    "etiquette": "label",
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
    "file": "file", "files": "file", "fichier": "file", "fichiers": "file", "attachment": "file",
    "link": "link", "links": "link", "lien": "link", "liens": "link",
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
    try:
        clock: ZoneInfo | None = ZoneInfo(zone)
    except (ValueError, OSError, LookupError):
        clock = None
    days = _BEFORE.get(text)
    if ago := _AGO.fullmatch(text):
        days = int(ago[1]) * _DAYS[ago[2]]
    if days is not None:
        here = datetime.fromtimestamp(now / 1_000, clock or UTC)
        day = here.replace(hour=0, minute=0, second=0, microsecond=0)
        return _ms(day - timedelta(days=days))
    if whole := _YEAR.fullmatch(text):
        year, month, day_ = int(whole[1]), int(whole[2] or 1), int(whole[3] or 1)
    elif told := _DAY.fullmatch(text):
        year, month, day_ = int(told[3]), int(told[2]), int(told[1])
    else:
        return None
    try:
        return _ms(datetime(year, month, day_, tzinfo=clock or UTC))
    except (ValueError, OverflowError):
        return None


def _ms(when: datetime) -> int:
    return int(when.timestamp() * 1_000)
