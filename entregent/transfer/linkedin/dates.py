"""Dates as LinkedIn writes them: each file has its own shapes, and none is ever guessed.

A moment is milliseconds since 1970 in UTC. A day, month or year alone is text as in ISO 8601.
`04/05/2021` is not read at all: nobody can know which of the two numbers is the month.
"""

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

DAY_MS = 86_400_000
_EPOCH = date(1970, 1, 1).toordinal()
_ZERO = datetime(1970, 1, 1, tzinfo=UTC)
_NAIVE = datetime(1970, 1, 1)  # noqa: DTZ001 (what LinkedIn writes is UTC throughout)
_MS = timedelta(milliseconds=1)
_FIRST = (date.min.toordinal() - _EPOCH) * DAY_MS
_LAST = (date.max.toordinal() - _EPOCH + 1) * DAY_MS - 1

_STAMP = re.compile(
    r"([0-9]{4})[-/]([0-9]{1,2})[-/]([0-9]{1,2})"
    r"(?:[T ]([0-9]{1,2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]{1,3})[0-9]*)?)?)?"
    r" ?(?:UTC|GMT|Z|([+-][0-9]{2}):?([0-9]{2}))?"
)
_US = re.compile(
    r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4}|[0-9]{2}),?\s+"
    r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?\s*([AP])\.?M\.?",
    re.IGNORECASE,
)
_DAY = re.compile(r"([0-9]{1,2})[ -]([^\W\d_]+)\.?[ -]([0-9]{4}|[0-9]{2})")
_LONG = re.compile(r"([^\W\d_]+)\.? ([0-9]{1,2}), ([0-9]{4})")
_UNIX = re.compile(
    r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) +([0-9]{1,2}) ([0-9]{2}):([0-9]{2}):([0-9]{2})"
    r" (?:UTC|GMT) ([0-9]{4})"
)
_UPLOADED = re.compile(
    r" on ([A-Z][a-z]+ [0-9]{1,2}, [0-9]{4}) at ([0-9]{1,2}):([0-9]{2})\s*([AP])M"
)
_MONTH = re.compile(r"(?:([^\W\d_]+)\.? )?([0-9]{4})")

# English, and what a spreadsheet writes in its own language instead.
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january janv janvier ene enero gen gennaio januar januari",
            "feb february févr fév février fevr febrero febbraio fev februar februari",
            "mar march mars mär märz mrz marzo maart mrt março",
            "apr april avr avril abr abril aprile",
            "may mai mayo mag maggio mei maio",
            "jun june juin junio giu giugno juni junho",
            "jul july juil juillet julio lug luglio juli julho",
            "aug august août aout ago agosto augustus",
            "sep sept september septembre septiembre set settembre setembro",
            "oct october octobre octubre ott ottobre okt oktober out outubro",
            "nov november novembre noviembre novembro",
            "dec december déc décembre dic diciembre dicembre dez dezember dezembro",
        ),
        1,
    )
    for name in names.split()
}
_ENGLISH = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@lru_cache(maxsize=8192)
def _midnight(year: int, month: int, day: int) -> int | None:
    try:
        return (date(year, month, day).toordinal() - _EPOCH) * DAY_MS
    except ValueError:
        return None


def _at(midnight: int | None, hour: int, minute: int, second: int = 0) -> int | None:
    if midnight is None or hour > 23 or minute > 59 or second > 59:
        return None
    return midnight + (hour * 3600 + minute * 60 + second) * 1000


def _afternoon(hour: int, half: str) -> int:
    """The hour of 24; 12 AM is midnight. Out of range for what no clock shows."""
    return hour % 12 + (12 if half in "Pp" else 0) if 1 <= hour <= 12 else 99


def _full_year(text: str) -> int:
    return int(text) if len(text) == 4 else 2000 + int(text)


def stamp(text: str) -> int | None:
    """`2025-06-01 14:03:22 UTC`, with slashes, without seconds or zone, and ISO 8601."""
    if len(text) == 23 and text[4] == text[7] == "-" and text[10:20:9] == "  " and text[5] != "W":
        # The shape of every message; four times as fast.
        try:
            return (
                (datetime.fromisoformat(text[:19]) - _NAIVE) // _MS if text[20:] == "UTC" else None
            )
        except ValueError:
            return None
    match = _STAMP.fullmatch(text)
    if match is None:
        return None
    year, month, day, hour, minute, second, fraction, east, east_minutes = match.groups()
    at = _at(
        _midnight(int(year), int(month), int(day)),
        int(hour or 0),
        int(minute or 0),
        int(second or 0),
    )
    if at is None:
        return None
    if fraction:
        at += int(fraction.ljust(3, "0"))
    if east:
        offset = int(east) * 60 + (int(east_minutes) if east[0] == "+" else -int(east_minutes))
        at -= offset * 60_000
    return at if _FIRST <= at <= _LAST else None


def us(text: str) -> int | None:
    """`1/29/26, 2:37 PM`: month first, no zone, taken as UTC. ISO too, which some tools write."""
    match = _US.fullmatch(text)
    if match is None:
        return stamp(text)
    month, day, year, hour, minute, second, half = match.groups()
    midnight = _midnight(_full_year(year), int(month), int(day))
    return _at(midnight, _afternoon(int(hour), half), int(minute), int(second or 0))


def connected(text: str) -> int | None:
    """`08 Feb 2026`; in 2018 like `us`; after a spreadsheet `8-Feb-26` or `08-févr-26`.

    The day alone: that is all that any later export tells.
    """
    match = _DAY.fullmatch(text)
    if match is None:
        at = us(text)
        return None if at is None else at - at % DAY_MS
    day, name, year = match.groups()
    month = _MONTHS.get(name.lower())
    return None if month is None else _midnight(_full_year(year), month, int(day))


def unix(text: str) -> int | None:
    """`Fri Jan 24 02:54:41 UTC 2025`."""
    match = _UNIX.fullmatch(text)
    if match is None:
        return stamp(text)
    name, day, hour, minute, second, year = match.groups()
    midnight = _midnight(int(year), _MONTHS.get(name.lower(), 0), int(day))
    return _at(midnight, int(hour), int(minute), int(second))


def uploaded(text: str) -> int | None:
    """`You uploaded a photo on April 12, 2026 at 8:03 AM (GMT)`."""
    match = _UPLOADED.search(text)
    if match is None:
        return stamp(text)
    day = whole_day(match[1])
    midnight = None if day is None else stamp(day)
    return _at(midnight, _afternoon(int(match[2]), match[4]), int(match[3]))


def whole_day(text: str) -> str | None:
    """`Jan 14, 2026` or `2024-06-12` as `2026-01-14`; also a month or a year alone."""
    match = _LONG.fullmatch(text)
    if match is not None:
        month = _MONTHS.get(match[1].lower(), 0)
        at = _midnight(int(match[3]), month, int(match[2]))
    elif _STAMP.fullmatch(text):
        at = stamp(text)
    else:
        return month_or_year(text)
    return None if at is None else iso(at)[:10]


def month_or_year(text: str) -> str | None:
    """`Sep 2022` as `2022-09`, `2016` as it is."""
    match = _MONTH.fullmatch(text)
    if match is None:
        return None
    if match[1] is None:
        return match[2]
    month = _MONTHS.get(match[1].lower())
    return None if month is None else f"{match[2]}-{month:02}"


def iso(at: int) -> str:
    """`2025-06-01T14:03:22Z`."""
    return f"{(_ZERO + timedelta(milliseconds=at)).isoformat()[:19]}Z"


def write_stamp(at: int) -> str:
    """`2025-06-01 14:03:22`."""
    return iso(at)[:19].replace("T", " ")


def write_zoned(at: int) -> str:
    """`2025-06-01 14:03:22 UTC`."""
    return f"{write_stamp(at)} UTC"


def write_slashed(at: int) -> str:
    """`2025/06/01 14:03:22 UTC`."""
    return write_zoned(at).replace("-", "/")


def write_us(at: int) -> str:
    """`1/29/26, 2:37 PM`; four digits of the year where two would mean another century."""
    moment = _ZERO + timedelta(milliseconds=at)
    year = f"{moment.year % 100:02}" if 2000 <= moment.year < 2100 else f"{moment.year:04}"
    half = "PM" if moment.hour >= 12 else "AM"
    clock = f"{moment.hour % 12 or 12}:{moment.minute:02}"
    return f"{moment.month}/{moment.day}/{year}, {clock} {half}"


def write_day(at: int) -> str:
    """`08 Feb 2026`."""
    moment = _ZERO + timedelta(milliseconds=at)
    return f"{moment.day:02} {_ENGLISH[moment.month - 1]} {moment.year:04}"


def write_unix(at: int) -> str:
    """`Fri Jan 24 02:54:41 UTC 2025`."""
    moment = _ZERO + timedelta(milliseconds=at)
    weekday = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"][moment.weekday()]
    month = _ENGLISH[moment.month - 1]
    return f"{weekday} {month} {moment.day:02} {moment:%H:%M:%S} UTC {moment.year:04}"


def write_partial(text: str) -> str:
    """`2022-09` as `Sep 2022`, `2026-01-14` as `Jan 14, 2026`, a year as it is."""
    year, _, rest = text.partition("-")
    month, _, day = rest.partition("-")
    if not month:
        return year
    name = _ENGLISH[int(month) - 1]
    return f"{name} {int(day)}, {year}" if day else f"{name} {year}"
