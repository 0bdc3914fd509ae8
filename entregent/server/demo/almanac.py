"""Days and hours of the demo: when people write, and how each language says a date."""

import random
from datetime import UTC, datetime, timedelta

MINUTE, HOUR, DAY = 60_000, 3_600_000, 86_400_000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_DAYS = {
    "en": "Monday Tuesday Wednesday Thursday Friday Saturday Sunday",
    "fr": "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "de": "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag",
    "es": "lunes martes miércoles jueves viernes sábado domingo",
}
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "es": (
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
    ),
}


def day(at: int) -> datetime:
    """The day of a moment."""
    return EPOCH + timedelta(milliseconds=at)


def working_day(at: int, after: int) -> datetime:
    """The first working day that many days after a moment, or later."""
    found = day(at) + timedelta(days=after)
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)


def weekday(when: datetime, language: str) -> str:
    """`jeudi`."""
    return _DAYS[language].split()[when.weekday()]


def month(when: datetime, language: str) -> str:
    """`mars`."""
    return _MONTHS[language].split()[when.month - 1]


def date(when: datetime, language: str) -> str:
    """`12 mars`."""
    number = "1er" if language == "fr" and when.day == 1 else str(when.day)
    joined = {"de": ". ", "es": " de "}.get(language, "\u00a0")
    return f"{number}{joined}{month(when, language)}"


def hour(half_hours: int, language: str) -> str:
    """`14 h 30` for 29."""
    whole, half = divmod(half_hours, 2)
    if language == "fr":
        return f"{whole}\u00a0h" + ("\u00a030" if half else "")
    if language == "en":
        return f"{(whole - 1) % 12 + 1}{'.30' if half else ''}\u00a0{'am' if whole < 12 else 'pm'}"
    return f"{whole}{'.' if language == 'de' else ':'}{'30' if half else '00'}" + (
        "\u00a0Uhr" if language == "de" else ""
    )


def awake(at: int, chance: random.Random) -> int:
    """The same moment, or an earlier one at which people do write: by day, most often in the
    week."""
    moment = day(at)
    if moment.weekday() > 4 and chance.random() < 0.8:
        at -= (moment.weekday() - 4) * DAY
    if not 7 <= moment.hour < 21:
        at -= moment.hour * HOUR
        at += chance.randint(7 * 60, 20 * 60) * MINUTE - (DAY if moment.hour < 7 else 0)
    return at


def after(at: int, pause: str, chance: random.Random) -> int:
    """When somebody writes who has let that much time pass."""
    if pause == "answer":
        at += round(min(chance.lognormvariate(4.2, 1.7), 4_320) * MINUTE) + 20_000
    elif pause == "later":
        at += DAY + round(chance.random() * 5 * DAY)
    elif pause == "end":
        at += 3 * DAY + round(chance.random() * 17 * DAY)
    moment = day(at)
    if not 6 <= moment.hour < 22:
        asleep = (30 - moment.hour) % 24
        at += asleep * HOUR + round(chance.random() * 5 * HOUR)
    if moment.weekday() > 4 and chance.random() < 0.7:
        at += (7 - moment.weekday()) * DAY
    return at + int(chance.random() * MINUTE)
