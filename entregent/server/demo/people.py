"""Who lives in the demo: the cast, and everyone else made of names, trades and places."""

import random
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal, NamedTuple

from entregent.accounts import Language
from entregent.kit.text import words
from entregent.profiles import Education, LanguageSpoken, Position, ProfileChange

from .dialogue import TEXTS, filled, typeset

Part = Literal["newcomer", "flooded", "recruiter", "speaker", "president", "bilingual", ""]

OPEN_TO = ("work", "hiring", "mentoring", "speaking", "collaborating")
SCHOOL = "Institut Valmeyrac"
HOST = "valmeyrac.example"


class Post(NamedTuple):
    """The name of a post in each language."""

    en: str
    man: str
    woman: str

    def said(self, language: str, female: bool) -> str:
        """As one says it of somebody."""
        return self.en if language != "fr" else self.woman if female else self.man


@dataclass(frozen=True)
class Trade:
    """A sector with what its people do, know, work on and say about themselves."""

    names: dict[str, str]
    bare: str
    organisations: list[str]
    posts: list[Post]
    skills: dict[str, list[str]]
    topics: dict[str, list[str]]
    about: dict[str, list[str]]


class City(NamedTuple):
    """A place where members live."""

    names: dict[str, str]
    places: dict[str, str]
    weight: dict[str, int]


@dataclass(eq=False)
class Person:
    """A member of the demo, before there is an account. `joined` is in days before now."""

    number: int
    name: str
    first: str
    female: bool
    language: Language
    speaks: set[str]
    trade: Trade
    rank: int
    organisation: str
    city: City
    year: int
    joined: float
    pull: float  # how many people know this one, compared with others
    part: Part = ""
    email: str = ""
    change: ProfileChange = field(default_factory=ProfileChange)

    @property
    def post(self) -> Post:
        return self.trade.posts[self.rank]


@lru_cache
def _toml(name: str) -> dict[str, Any]:
    with (TEXTS / name).open("rb") as file:
        found: dict[str, Any] = tomllib.load(file)
    return found


@lru_cache
def trades() -> tuple[Trade, ...]:
    """All sectors."""
    return tuple(
        Trade(
            names={"en": row["en"], "fr": typeset(row["fr"], "fr")},
            bare=row["bare"],
            organisations=[typeset(name, "") for name in row["organisations"]],
            posts=[Post(*(part.strip() for part in post.split("|"))) for post in row["posts"]],
            skills={key: [typeset(s, key) for s in row[f"skills_{key}"]] for key in ("en", "fr")},
            topics={key: [typeset(s, key) for s in row[f"topics_{key}"]] for key in ("en", "fr")},
            about={
                "en": [typeset(text, "en") for text in row["about_en"]],
                "woman": [typeset(text, "fr") for text in row["about_fr"]],
                "man": [typeset(text, "fr") for text in row.get("about_fr_m", row["about_fr"])],
            },
        )
        for row in _toml("trades.toml")["sectors"]
    )


@lru_cache
def cities() -> tuple[City, ...]:
    """All places."""
    return tuple(
        City(
            {"fr": row["name"], "en": row.get("english", row["name"])},
            {"fr": row["fr"], "en": row["en"]},
            row["weight"],
        )
        for row in _toml("people.toml")["cities"]
    )


@lru_cache
def stage(language: str) -> dict[str, list[str]]:
    """What else conversations and profiles mention: events, venues, last sentences."""
    found = _toml("trades.toml")["fr" if language == "fr" else "en"]
    return {key: [typeset(text, language) for text in texts] for key, texts in found.items()}


def tongue(people: Sequence[Person], chance: random.Random) -> str:
    """A language that all of them speak, their first one when it is the same; else English."""
    common = set.intersection(*(person.speaks for person in people))
    rare = sorted(common & {"de", "es"})
    if rare and chance.random() < 0.5:
        return rare[0]
    first = {person.language for person in people}
    if len(first) == 1 and chance.random() < 0.95:
        return first.pop()
    if common >= {"en", "fr"}:
        return "fr" if chance.random() < 0.6 else "en"
    return "fr" if "fr" in common else "en"


# -- the cast --------------------------------------------------------------------------------------


class Character(NamedTuple):
    """One of the cast: a fixed name, and a headline and text of their own."""

    part: Part
    name: str
    female: bool
    language: Language
    trade: str
    rank: int
    city: str
    headline: str
    about: str
    open_to: tuple[str, ...] = ()


HOSTS: tuple[Part, ...] = ("president", "flooded")
# What two of the cast have told the hosts of whoever invited most people last week.
COMPLAINTS: dict[Part, str] = {
    "speaker": "The same invitation, three times in two weeks, with my podcast’s name spelt wrong.",
    "recruiter": "Propose des « pièces de collection » à tous les membres de ma promotion.",
}

CAST = (
    Character(
        "newcomer", "Maeve Corrigan", True, "en", "software", 0, "Dublin",
        "Joined this week", "",
    ),
    Character(
        "flooded", "Hélène Vasseur", True, "fr", "education", 2, "Lyon",
        "Responsable des partenariats du Cercle Valmeyrac, et des réponses en retard",
        "Quarante entreprises, trois cents anciens élèves, une seule boîte de réception. Je "
        "m’occupe des partenariats et des bénévoles du Cercle depuis l’ouverture de cet espace, "
        "et tout finit par passer par mes messages.\n\nJe réponds à tout le monde. Pas le jour "
        "même, mais à tout le monde.",
        ("collaborating", "mentoring"),
    ),
    Character(
        "recruiter", "Idriss Benhamou", False, "fr", "recruiting", 1, "Paris",
        "Je recrute pour l’énergie et l’industrie, et je dis le salaire au premier message",
        "Dix ans de recrutement, dont huit à désapprendre les messages types. J’écris à peu de "
        "personnes, je dis pourquoi, et je n’insiste pas.\n\nSi vous changez d’avis dans deux "
        "ans, je m’en souviendrai.",
        ("hiring",),
    ),
    Character(
        "speaker", "Saoirse Lindholm", True, "en", "publishing and media", 2, "Londres",
        "Speaker and podcaster: plain words about complicated work",
        "I host “Second Shift”, a podcast in which people explain their job to somebody who has "
        "never seen it done. Before that I edited other people’s sentences for fifteen years.\n\n"
        "I speak at conferences, schools and, once, on a ferry. Ask me.",
        ("speaking", "collaborating"),
    ),
    Character(
        "president", "Bertrand Delcourt", False, "fr", "construction", 3, "Lyon",
        "Président du Cercle Valmeyrac, hôte de cet espace",
        "Promotion 1991. J’ai construit des ponts, puis des équipes qui construisent des ponts. "
        "Je préside le Cercle depuis trois ans, avec un bureau qui me corrige, et c’est très "
        "bien ainsi.\n\nUne question sur cet espace ? Écrivez-moi.",
        ("mentoring",),
    ),
    Character(
        "bilingual", "Camille Tremblay-Ross", True, "en", "public service", 1, "Montréal",
        "Service designer in Montréal · Designer de services, en deux langues",
        "I make public services understandable, en français and in English, often in the same "
        "meeting.\n\nJe fais partie du groupe de Montréal ; nous nous retrouvons le premier jeudi "
        "du mois.",
        ("mentoring", "collaborating"),
    ),
)  # fmt: skip


_SPEAKS: dict[str, set[str]] = {
    "newcomer": {"en"},
    "speaker": {"en"},
    "flooded": {"fr", "en", "es", "de"},
}


def cast_email(character: Character) -> str:
    """The address of one of the cast."""
    return f"{'.'.join(words(character.name))}@{HOST}"


def _character(number: int, character: Character, chance: random.Random, year: int) -> Person:
    trade = next(trade for trade in trades() if trade.names["en"] == character.trade)
    newcomer = character.part == "newcomer"
    person = Person(
        number=number,
        name=character.name,
        first=character.name.split(" ", maxsplit=1)[0],
        female=character.female,
        language=character.language,
        speaks=_SPEAKS.get(character.part, {"fr", "en"}),
        trade=trade,
        rank=character.rank,
        organisation=trade.organisations[0],
        city=next(city for city in cities() if city.names["fr"] == character.city),
        year={"president": 1991, "newcomer": year - 1}.get(character.part, year - 18),
        joined=2.6 if newcomer else 548.0,
        pull={"president": 9.0, "recruiter": 6.0, "speaker": 6.0}.get(character.part, 2.0),
        part=character.part,
        email=cast_email(character),
    )
    if newcomer:
        person.change = ProfileChange(headline=character.headline)
        return person
    _profile(person, chance, year)
    person.change.headline = character.headline
    person.change.about = character.about
    person.change.open_to = list(character.open_to)  # type: ignore[arg-type]
    return person


# -- everyone else ---------------------------------------------------------------------------------


def community(size: int, year: int, chance: random.Random) -> list[Person]:
    """That many members, the cast first."""
    people = [_character(n, who, chance, year) for n, who in enumerate(CAST)]
    names = {person.name for person in people}
    families = [row["last"].split() for row in _toml("people.toml")["names"].values()]
    assert size < sum(map(len, families)) * 4, "there are not names enough"
    while len(people) < size:
        person = somebody(len(people), chance, year)
        if person.name not in names:
            names.add(person.name)
            people.append(person)
    return people


def somebody(number: int, chance: random.Random, year: int) -> Person:
    """A member by chance."""
    origins = list(_toml("people.toml")["names"].values())
    origin = chance.choices(origins, [row["weight"] for row in origins])[0]
    female = chance.random() < 0.5
    first = chance.choice(origin["f" if female else "m"].split())
    name = f"{first} {typeset(chance.choice(origin['last'].split()), '')}"
    language: Language = origin["language"]
    speaks: set[str] = {language, *([origin["also"]] if "also" in origin else [])}
    if chance.random() < 0.4:
        speaks |= {"fr", "en"}
    trade = chance.choice(trades())
    graduated = chance.randint(year - 38, year - 1)
    age = year - graduated
    rank = min(3, max(0, round(chance.gauss(age / 9, 0.7))))
    person = Person(
        number=number,
        name=name,
        first=first,
        female=female,
        language=language,
        speaks=speaks,
        trade=trade,
        rank=rank,
        organisation=chance.choice(trade.organisations),
        city=chance.choices(cities(), [city.weight[language] for city in cities()])[0],
        year=graduated,
        # Half of them came when the doors opened, the others since.
        joined=546.0 - (chance.random() if chance.random() < 0.5 else 520 * chance.random()),
        pull=min(12.0, chance.paretovariate(1.3)),
        email=f"{'.'.join(words(name))}@{HOST}",
    )
    _profile(person, chance, year)
    return person


def _profile(person: Person, chance: random.Random, year: int) -> None:
    """Fills a profile; one in nine stays nearly empty, as they do."""
    language, here = person.language, stage(person.language)
    post = person.post.said(language, person.female)
    at = "chez" if language == "fr" else "at"
    if chance.random() < 0.11:
        person.change = ProfileChange(headline=post)
        return
    trade = person.trade
    headline = chance.choice(
        [f"{post} {at} {person.organisation}", f"{post}, {person.organisation}", post]
    )
    if chance.random() < 0.25:
        headline += f" · {chance.choice(trade.topics[language])}"
    slots = {
        "e": "e" if person.female else "",
        "class": str(person.year),
        "topic": chance.choice(trade.topics[language]),
        "skill": chance.choice(trade.skills[language]).lower(),
    }
    about = trade.about["en" if language == "en" else "woman" if person.female else "man"]
    sentences = [chance.choice(about)]
    if chance.random() < 0.75:
        last = here["closings"] if language == "en" or person.year < year - 5 else None
        sentences.append(filled(chance.choice(last or here["closings_few"]), slots))
    skills = chance.sample(trade.skills[language], chance.randint(2, 5))
    if chance.random() < 0.3:
        skills.append(chance.choice(chance.choice(trades()).skills[language]))
    person.change = ProfileChange(
        headline=_capital(headline),
        about="\n\n".join(sentences),
        place=person.city.places[language],
        languages=_languages(person, here["languages"]),
        positions=_positions(person, chance, year),
        education=[
            Education(
                school=SCHOOL,
                degree=chance.choice(here["schools"]),
                started=str(person.year - 3),
                ended=str(person.year),
            )
        ],
        skills=skills,
        open_to=[kind for kind in OPEN_TO if chance.random() < 0.16],  # type: ignore[misc]
    )


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _languages(person: Person, names: list[str]) -> list[LanguageSpoken]:
    order = ("en", "fr", "es", "de") if person.language == "en" else ("fr", "en", "es", "de")
    return [
        LanguageSpoken(name=names[number])
        for number, language in enumerate(order)
        if language in person.speaks
    ]


def _positions(person: Person, chance: random.Random, year: int) -> list[Position]:
    """A career: the present post, and one for each rank before it."""
    language = person.language
    found: list[Position] = []
    organisation, ended = person.organisation, ""
    last = year
    for rank in range(person.rank, -1, -1):
        steps = rank + 1
        started = max(person.year, last - max(1, round((last - person.year) / steps)))
        found.append(
            Position(
                title=_capital(person.trade.posts[rank].said(language, person.female)),
                organisation=organisation,
                place=person.city.names[language] if rank == person.rank else "",
                started=f"{started}-{chance.randint(1, 12):02}" if started < year else str(started),
                ended=ended,
            )
        )
        if started <= person.year:
            break
        ended, last = f"{started}", started
        organisation = chance.choice(person.trade.organisations)
    return found
