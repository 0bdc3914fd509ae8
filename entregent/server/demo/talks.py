"""The conversations of the demo: who talks with whom, about what, and when."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from .almanac import DAY, HOUR, MINUTE, after, awake
from .dialogue import Theme, book, converse
from .network import Network
from .people import Person, tongue
from .scene import Scene

SINCE = 540  # days back to the first conversation


class Word(NamedTuple):
    """A message at its moment."""

    at: int
    author: Person
    text: str


@dataclass(eq=False)
class Talk:
    """A conversation; the first of the people begins it. Who has not read it, and what becomes
    of it in the flooded member's mailbox, stand beside."""

    people: list[Person]
    title: str | None
    language: str
    words: list[Word] = field(default_factory=list)
    unread: list[Person] = field(default_factory=list)
    drafts: dict[int, str] = field(default_factory=dict)  # by the writer's number
    place: str = "inbox"  # archived, spam

    @property
    def last(self) -> Word:
        return self.words[-1]


class Numbers(NamedTuple):
    """How large a demo is."""

    members: int = 400
    contacts: int = 328  # of the flooded member
    conversations: int = 5_000
    requests: int = 31
    unread: int = 340
    invitations: int = 60
    others: int = 600  # conversations without the flooded member
    waiting: int = 3_200  # for the flooded member's answer
    personal: int = 286  # of them, who wrote something of their own
    pictured: int = 14  # with a photo and a cover


SMALL = Numbers(60, 40, 200, 8, 30, 10, 60, 90, 12, 0)


class Talking:
    """Makes conversations, each by chances of its own so that no other one changes it."""

    def __init__(self, network: Network, seed: int) -> None:
        self.network = network
        self.now = network.now
        self.flooded = network.part("flooded")
        self._seed = seed
        self._made = 0
        self._direct: set[frozenset[int]] = set()
        self._last_year = max(person.year for person in network.people)

    def chance(self) -> random.Random:
        """The chances of the next conversation."""
        self._made += 1
        return random.Random(f"{self._seed}.{self._made}")  # noqa: S311 (a demo, not a secret)

    # -- of two ------------------------------------------------------------------------------------

    def direct(self, one: Person, other: Person, themes: int, chance: random.Random) -> Talk | None:
        """The one conversation of two who know each other: a subject now and then."""
        tie = self.network.tie(one, other)
        pair = frozenset((one.number, other.number))
        if tie is None or pair in self._direct:
            return None
        self._direct.add(pair)
        talk = Talk([one, other], None, tongue([one, other], chance))
        span, latest = self.now - tie.at, self.now - 2 * MINUTE
        begun = min(awake(self.now - round(span * chance.random() ** 1.5), chance), latest)
        at = max(tie.at + MINUTE, begun)
        if themes > 4:
            at = tie.at + round(span * 0.05 * chance.random()) + MINUTE
        pause = (self.now - at) // max(1, themes)
        for _ in range(themes):
            if at > latest:
                break
            self._speak(talk, at, chance)
            at = max(talk.last.at, at) + round(pause * chance.uniform(0.6, 1.4)) + HOUR
            chance.shuffle(talk.people)
        if not talk.words:  # they have known each other for a minute or two
            return None
        talk.people.sort(key=lambda person: person is not talk.words[0].author)
        return talk

    def subject(self, one: Person, other: Person, chance: random.Random) -> Talk:
        """A conversation of two about one subject, which its title names."""
        talk = Talk([one, other], "", tongue([one, other], chance))
        self._speak(talk, self._moment(talk.people, chance), chance)
        return talk

    def request(self, stranger: Person, how: str, chance: random.Random) -> Talk:
        """The first word of somebody whom the flooded member does not know."""
        one, other = stranger, self.flooded
        self._direct.add(frozenset((one.number, other.number)))
        talk = Talk([one, other], None, tongue([one, other], chance))
        days = min(stranger.joined, 70) * chance.random() ** 1.7
        at = self.now - round(days * DAY) if days > 1 else self.now - round(days * DAY) - HOUR
        at = max(at, self.now - round(stranger.joined * DAY) + HOUR)
        if how == "spam":
            talk.place = "spam"
            self._say(talk, at, talk.people, self._plain(talk.language, "stock"), 1, chance)
        else:
            name = chance.choice(("internship", "speaking", "approach", "advice", "invoice"))
            theme = self._plain(talk.language, name)
            self._say(talk, at, talk.people, theme, 2 if how == "answered" else 0, chance)
        return talk

    def welcome(self, host: Person, newcomer: Person, chance: random.Random) -> Talk:
        """How the president greets the newcomer, who has not looked yet."""
        talk = Talk([host, newcomer], None, newcomer.language)
        self._direct.add(frozenset((host.number, newcomer.number)))
        theme = self._plain(talk.language, "welcome")
        self._say(talk, self.now - 26 * HOUR, talk.people, theme, 0, chance)
        talk.unread.append(newcomer)
        return talk

    # -- of several --------------------------------------------------------------------------------

    def group(self, people: Sequence[Person], chance: random.Random) -> Talk:
        """A conversation of three or more; the first of them knows all others."""
        common = set.intersection(*(person.speaks for person in people)) & {"fr", "en"}
        first = people[0].language
        talk = Talk(list(people), "", first if first in common or not common else min(common))
        self._speak(talk, self._moment(talk.people, chance), chance)
        return talk

    # -- within ------------------------------------------------------------------------------------

    def _moment(self, people: Sequence[Person], chance: random.Random) -> int:
        """When they begin: once they know each other, and the nearer to now the likelier."""
        ties = [self.network.tie(people[0], other) for other in people[1:]]
        since = self.now - SINCE * DAY
        known: int = max([since, *(tie.at for tie in ties if tie is not None)])
        for _ in range(8):
            days: float = SINCE * chance.random() ** 1.6
            at = self.now - round(days * DAY) - MINUTE
            if days > 0.9:
                at = awake(at, chance)
            if at > known:
                return at
        return known + MINUTE + round((self.now - known - MINUTE) * 0.8 * chance.random())

    def _speak(self, talk: Talk, at: int, chance: random.Random) -> None:
        """Adds a subject to a conversation."""
        people = talk.people
        group = len(people) > 2
        if group:
            names = ("committee", "dinner", "taskforce", "jury", "carpool")
            theme = book(talk.language)[chance.choices(names, (5, 3, 6, 2, 2))[0]]
        else:
            theme = self._theme(talk, chance)
        if chance.random() < 0.16:
            exchanges = 0
        else:
            exchanges = chance.choices((1, 2, 3, 4, 5), (46, 22, 14, 7, 11))[0]
        scene = self._say(talk, at, people, theme, exchanges, chance)
        if talk.title == "":
            talk.title = scene.title(chance.choice(theme.titles))

    def _say(
        self,
        talk: Talk,
        at: int,
        people: Sequence[Person],
        theme: Theme,
        exchanges: int,
        chance: random.Random,
    ) -> Scene:
        """Adds a theme's messages, as far as time has come."""
        third = chance.choice(self.network.people[6:])
        while third in people:
            third = chance.choice(self.network.people[6:])
        scene = Scene(talk.language, people, third, at, chance)
        nods = book(talk.language)["nods"].opening[0].ways if len(people) > 3 else []
        for number, (speaker, text, pause) in enumerate(converse(theme, chance, exchanges)):
            if number:
                at = after(at, pause, chance)
            if at > self.now - MINUTE:
                break
            author = people[min(speaker, len(people)) - 1]
            talk.words.append(Word(at, author, scene.say(text, author)))
            if number == 1:
                for quiet in people[3:]:
                    at += chance.randint(MINUTE, 2 * HOUR)
                    if chance.random() < 0.4 and at < self.now - MINUTE:
                        talk.words.append(Word(at, quiet, scene.say(chance.choice(nods), quiet)))
        return scene

    def _plain(self, language: str, name: str) -> Theme:
        return book(language if language in {"fr", "en"} else "en")[name]

    def _theme(self, talk: Talk, chance: random.Random) -> Theme:
        """What two people may talk about, by who they are to each other."""
        themes = book(talk.language)
        if talk.language not in {"fr", "en"}:
            return themes[chance.choice(sorted(themes))]
        one, two = talk.people
        desk = ("flooded", "president")
        weights = {
            "introduction": 8,
            "lead": 6,
            "approach": 40
            if one.part == "recruiter"
            else 3
            if one.trade.bare == "recrutement"
            else 0,
            "speaking": 12 if two.part == "speaker" else 7 if one.part in desk else 2,
            "logistics": 9 if one.part or two.part else 3,
            "thanks": 4,
            "mentoring": 8 if two.year < one.year - 6 else 0,
            "invoice": 8 if self.flooded in talk.people else 1,
            "partnership": 12 if one is self.flooded else 2,
            "catchup": 9 if abs(one.year - two.year) < 6 else 2,
            "advice": 9,
            "review": 6,
            "renewal": 7 if one.part in desk else 0,
            "receipt": 6 if two.part in desk else 0,
            "passing": 5 if one.city is not two.city else 0,
            "congratulations": 3,
            "internship": 12 if one.year >= self._last_year - 1 else 0,
        }
        return themes[chance.choices(list(weights), list(weights.values()))[0]]
