"""Fills the slots of a conversation: who speaks to whom, about what, where and when."""

import random
from collections.abc import Sequence

from . import almanac
from .dialogue import filled
from .people import Person, stage


def a(name: str) -> str:
    """`a buyer`, `an editor`."""
    return f"an {name}" if name[0].lower() in "aeiou" else f"a {name}"


def money(amount: int, language: str) -> str:
    """`1 200 €`, `€1,200`."""
    if language == "en":
        return f"€{amount:,}"
    return f"{amount:,}".replace(",", "\u202f" if language == "fr" else ".") + "\u00a0€"


class Scene:
    """One subject between some people: what it mentions stays the same from line to line."""

    def __init__(
        self,
        language: str,
        people: Sequence[Person],
        third: Person,
        at: int,
        chance: random.Random,
    ) -> None:
        self.language = language
        self.people = people
        one, two = people[0], people[1]
        said = "fr" if language == "fr" else "en"
        here = stage(said)
        trade = chance.choice([one, two]).trade
        away = one.city if one.city is not two.city else third.city
        low = chance.randint(36, 62) * 1_000
        next_post = two.trade.posts[min(3, two.rank + 1)].said(language, two.female)
        topic, event = chance.choice(trade.topics[said]), chance.choice(here["events"])
        year = almanac.day(at).year
        reference = chance.randint(100, 999)
        self._same = {
            "third": third.name,
            "te": "e" if third.female else "",
            "org_third": third.organisation,
            "org_2": two.organisation,
            "topic": topic,
            "topic_cap": topic[0].upper() + topic[1:],
            "event": event,
            "event_cap": event[0].upper() + event[1:],
            "venue": chance.choice(here["venues"]),
            "city": away.names[said],
            "role_you": next_post,
            "a_role_you": a(next_post[0].lower() + next_post[1:]),
            "sector": two.trade.names[said],
            "sector_bare": two.trade.bare if language == "fr" else two.trade.names["en"],
            "skill": _lower(chance.choice(two.trade.skills[said])),
            "amount": money(chance.choice((180, 240, 350, 480, 650, 900, 1200, 1800)), language),
            "amount_low": money(low, language),
            "amount_high": money(low + chance.choice((6_000, 8_000, 9_000, 12_000)), language),
            "number": str(chance.randint(28, 160)),
            "number_small": str(chance.randint(5, 11)),
            "ref": f"{chance.choice(here['references'])}-{year}-{reference}",
            "po": f"{'BC' if language == 'fr' else 'PO'}-{chance.randint(10_000, 99_999)}",
            "year": str(year),
            "year_class": str(two.year),
        }
        soon = almanac.working_day(at, chance.randint(2, 5))
        half_hours = chance.choice((17, 18, 19, 20, 22, 23, 25, 28, 29, 30, 32, 33, 35))
        in_weeks = almanac.day(at + chance.randint(20, 70) * almanac.DAY)
        self._same |= {
            "day": almanac.weekday(soon, language),
            "date": almanac.date(almanac.working_day(at, chance.randint(9, 40)), language),
            "hour": almanac.hour(half_hours, language),
            "month": almanac.month(in_weeks, language),
        }

    def say(self, text: str, speaker: Person) -> str:
        """A line as this speaker says it to the first of the others."""
        return filled(text, self._slots(speaker))

    def title(self, text: str) -> str:
        """A title, as who begins gives it."""
        return filled(text, self._slots(self.people[0]))

    def _slots(self, speaker: Person) -> dict[str, str]:
        listener = self.people[1] if speaker is self.people[0] else self.people[0]
        said = "fr" if self.language == "fr" else "en"
        return self._same | {
            "me": speaker.name,
            "you": listener.first,
            "e": "e" if speaker.female else "",
            "ye": "e" if listener.female else "",
            "org_me": speaker.organisation,
            "org_you": listener.organisation,
            "city_you": listener.city.names[said],
        }


def _lower(skill: str) -> str:
    # Names stay as they are: PostgreSQL, Python.
    return skill if skill[1:] != skill[1:].lower() or skill == "Python" else skill.lower()
