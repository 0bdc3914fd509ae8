"""Who knows whom in the demo, and who has asked whom: a network with a heavy tail."""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from entregent.invitations import Reason

from .almanac import DAY, HOUR, MINUTE, awake
from .people import Part, Person

REASONS: tuple[Reason, ...] = (
    "worked_together",
    "studied_together",
    "met_at_event",
    "same_profession",
    "customer_or_supplier",
    "other",
)


class Tie(NamedTuple):
    """Two members are connected since a moment."""

    at: int
    one: Person
    other: Person


@dataclass
class Asking:
    """An invitation: `answer` is empty while it waits."""

    at: int
    sender: Person
    receiver: Person
    reason: Reason
    note: str = ""
    answer: str = ""  # accept, ignore, withdraw
    answered_at: int = 0


@dataclass
class Network:
    """Ties by pair of numbers, and invitations."""

    now: int
    people: list[Person]
    ties: dict[tuple[int, int], Tie] = field(default_factory=dict)
    near: dict[int, list[Person]] = field(default_factory=dict)
    askings: list[Asking] = field(default_factory=list)
    asked: set[tuple[int, int]] = field(default_factory=set)

    def part(self, part: Part) -> Person:
        """One of the cast."""
        return next(person for person in self.people if person.part == part)

    def tie(self, one: Person, other: Person) -> Tie | None:
        """How two stand, if they are connected."""
        return self.ties.get(_pair(one, other))

    def connect(self, one: Person, other: Person, at: int) -> None:
        """Connects two who are not yet."""
        if one is not other and _pair(one, other) not in self.ties:
            self.ties[_pair(one, other)] = Tie(at, one, other)
            self.near.setdefault(one.number, []).append(other)
            self.near.setdefault(other.number, []).append(one)

    def strangers(self, person: Person) -> list[Person]:
        """Those whom a member does not know and has not asked, nor been asked by."""
        return [
            other
            for other in self.people
            if other is not person
            and _pair(person, other) not in self.ties
            and _pair(person, other) not in self.asked
        ]

    def ask(self, asking: Asking) -> None:
        """Keeps an invitation."""
        self.asked.add(_pair(asking.sender, asking.receiver))
        self.askings.append(asking)


def _pair(one: Person, other: Person) -> tuple[int, int]:
    return min(one.number, other.number), max(one.number, other.number)


def weave(people: list[Person], contacts: int, now: int, chance: random.Random) -> Network:
    """Connects the community: the newcomer has three contacts, the flooded member `contacts`."""
    network = Network(now, people)
    newcomer, flooded = network.part("newcomer"), network.part("flooded")
    for part in ("president", "bilingual"):
        network.connect(newcomer, network.part(part), now - round(1.9 * DAY))
    peer = max(
        people, key=lambda one: (one.city is newcomer.city and not one.part, -abs(one.year - 2022))
    )
    network.connect(newcomer, peer, now - round(1.2 * DAY))
    cast = [person for person in people if person.part not in {"newcomer", "flooded", ""}]
    crowd = [person for person in people if not person.part]
    for other in [*cast, *chance.sample(crowd, contacts - len(cast))]:
        network.connect(flooded, other, _met(flooded, other, now, chance))
    others = [*cast, *crowd]
    for person in others:
        weights = [_draw(person, other) for other in others]
        number = min(round(person.pull * 4), len(others) // 3)
        for other in chance.choices(others, weights, k=number):
            network.connect(person, other, _met(person, other, now, chance))
    return network


def _draw(person: Person, other: Person) -> float:
    """How likely a member knows another: by places, trades, years and languages in common."""
    return (
        other.pull
        * (4 if person.city is other.city else 1)
        * (3 if person.trade is other.trade else 1)
        * (3 if abs(person.year - other.year) < 3 else 1)
        * (1 if person.speaks & other.speaks else 0.1)
    )


def _met(one: Person, other: Person, now: int, chance: random.Random) -> int:
    """Most connect soon after the later of the two has come."""
    here = both_since(one, other, now)
    at = now - round((now - here) * (1 - 0.9 * chance.random() ** 3))
    return max(min(awake(at, chance), now - HOUR), here + MINUTE)


def both_since(one: Person, other: Person, now: int) -> int:
    """Since when two members could meet here."""
    return now - round(min(one.joined, other.joined) * DAY)


# -- invitations -----------------------------------------------------------------------------------


NoteMaker = Callable[[Person, Person, int], str]


class Notes(NamedTuple):
    """Gives the note of a sender to a receiver at a moment: their own, or one like all others."""

    own: NoteMaker
    stock: NoteMaker


def invite(network: Network, waiting: int, notes: Notes, chance: random.Random) -> None:
    """Has `waiting` people wait for the flooded member's answer, and some for others'."""
    flooded, newcomer = network.part("flooded"), network.part("newcomer")
    at_door = chance.sample([p for p in network.strangers(flooded) if p is not newcomer], waiting)
    for sender in at_door:
        network.ask(_asking(network, sender, flooded, notes, chance))
    shares: dict[Part, float] = {"speaker": 0.4, "president": 0.25, "bilingual": 0.1}
    for part, share in shares.items():
        receiver = network.part(part)
        for sender in _some(network, receiver, round(waiting * share), chance):
            network.ask(_asking(network, sender, receiver, notes, chance))
    recruiter = network.part("recruiter")
    for number, receiver in enumerate(_some(network, recruiter, waiting // 2, chance)):
        asking = _asking(network, recruiter, receiver, notes, chance)
        if number % 5 == 4:
            asking.answer, asking.answered_at = "withdraw", _later(asking.at, network.now, chance)
        network.ask(asking)
    for sender in chance.sample(network.people[6:], waiting // 2):
        for receiver in _some(network, sender, 1, chance):
            asking = _asking(network, sender, receiver, notes, chance)
            if chance.random() < 0.3:
                asking.answer, asking.answered_at = "ignore", _later(asking.at, network.now, chance)
            network.ask(asking)


def accepted(network: Network, share: float, notes: Notes, chance: random.Random) -> list[Asking]:
    """Some of the ties began with an invitation and its note."""
    found = []
    flooded = network.part("flooded")
    for tie in network.ties.values():
        ends = [tie.one, tie.other]
        if chance.random() < share * (2 if flooded in ends else 1):
            sender, receiver = chance.sample(ends, 2)
            asked = tie.at - round(chance.uniform(0.05, 3) * DAY)
            if asked > both_since(tie.one, tie.other, network.now):
                note = notes.own(sender, receiver, asked)
                reason = chance.choice(REASONS)
                found.append(Asking(asked, sender, receiver, reason, note, "accept", tie.at))
    return found


def _some(network: Network, person: Person, number: int, chance: random.Random) -> Iterator[Person]:
    strangers = [one for one in network.strangers(person) if one.part != "newcomer"]
    yield from chance.sample(strangers, min(number, len(strangers)))


def _later(at: int, now: int, chance: random.Random) -> int:
    return min(now - MINUTE, at + chance.randint(HOUR, 9 * DAY))


def _asking(
    network: Network, sender: Person, receiver: Person, notes: Notes, chance: random.Random
) -> Asking:
    here = max(both_since(sender, receiver, network.now), network.now - 150 * DAY)
    at = network.now - round((network.now - here) * chance.random() ** 1.8) - 5 * MINUTE
    if network.now - at > 2 * DAY:
        at = awake(at, chance)
    at = max(at, here + MINUTE)
    kind = chance.random()
    note = ""
    if kind < 0.42:
        note = notes.own(sender, receiver, at)
    elif kind < 0.68:
        note = notes.stock(sender, receiver, at)
    return Asking(at, sender, receiver, chance.choice(REASONS), note)
