"""The whole demo on paper: the same people, ties and words for the same seed and the same day."""

import random
from dataclasses import dataclass
from itertools import islice

from . import almanac
from .almanac import DAY, MINUTE
from .dialogue import book
from .knocking import Knock, knocks
from .network import Asking, Network, NoteMaker, Notes, accepted, invite, weave
from .people import Person, community, tongue
from .scene import Scene
from .talks import Numbers, Talk, Talking

SEED = 1901
NAME = "Cercle Valmeyrac"


@dataclass
class Plan:
    """What is to be built."""

    now: int
    network: Network
    invited: list[Asking]  # accepted ones; those that wait stand in the network
    talks: list[Talk]
    knocks: list[Knock]
    pictured: list[Person]

    @property
    def people(self) -> list[Person]:
        return self.network.people

    @property
    def size(self) -> int:
        """How many members there are, with all who came to knock."""
        return len({one.number for one in (*self.people, *(k.sender for k in self.knocks))})


def plan(now: int, numbers: Numbers = Numbers(), seed: int = SEED) -> Plan:  # noqa: B008
    """A community as it stands at a moment."""
    chance = random.Random(seed)  # noqa: S311 (a demo, not a secret)
    people = community(numbers.members, almanac.day(now).year, chance)
    network = weave(people, numbers.contacts, now, chance)
    notes = Notes(_notes(network, "notes", chance), _notes(network, "stock", chance))
    invite(network, numbers.invitations, notes, chance)
    invited = accepted(network, 0.02, notes, chance)
    talking = Talking(network, seed)
    flood = _flood(talking, numbers)
    _handle(flood, talking, numbers.unread, chance)
    others = _others(talking, numbers.others)
    _leave_unread(others, now, chance)
    year = almanac.day(now).year
    door = random.Random(seed + 1)  # noqa: S311 (as above): of its own, so that nothing else moves
    stock = _notes(network, "stock", door)
    waiting = knocks(network, numbers.waiting, numbers.personal, year, stock, door)
    pictured = _pictured(network, flood, numbers.pictured)
    return Plan(now, network, invited, flood + others, waiting, pictured)


def _notes(network: Network, kind: str, chance: random.Random) -> NoteMaker:
    def note(sender: Person, receiver: Person, at: int) -> str:
        language = tongue([sender, receiver], chance)
        language = language if language in {"fr", "en"} else "en"
        third = chance.choice([p for p in network.people[6:30] if p not in {sender, receiver}])
        scene = Scene(language, [sender, receiver], third, at, chance)
        return scene.say(chance.choice(book(language)[kind].opening[0].ways), sender)

    return note


def _pictured(network: Network, flood: list[Talk], number: int) -> list[Person]:
    """Who has a photo: the cast but for who came this week, and who writes to the flooded member
    of late, so that some faces stand in the list."""
    flooded, newcomer = network.part("flooded"), network.part("newcomer")
    some = [one for one in network.people if one.part and one is not newcomer]
    for talk in sorted(flood, key=lambda talk: -talk.last.at):
        if len(talk.people) == 2 and talk.place == "inbox":
            some.extend(one for one in talk.people if one is not flooded and one not in some)
    return [one for one in some if one is not newcomer][:number]


# -- the flooded member ----------------------------------------------------------------------------


def _flood(talking: Talking, numbers: Numbers) -> list[Talk]:
    """Exactly `conversations` of them: one with each contact, requests of strangers, groups, and
    for the rest conversations of two about one subject each, which is how a person comes to have
    more conversations than there are people.
    """
    flooded, network = talking.flooded, talking.network
    chance = talking.chance()
    contacts = network.near[flooded.number]
    talks: list[Talk] = []
    close = set(chance.sample(range(len(contacts)), len(contacts) // 25 + 1))
    for number, contact in enumerate(contacts):
        own = talking.chance()
        themes = own.randint(12, 34) if number in close else min(6, int(own.paretovariate(1.6)))
        one, other = (flooded, contact) if own.random() < 0.35 else (contact, flooded)
        made = talking.direct(one, other, themes, own)
        if made is not None:
            talks.append(made)
    strangers = network.strangers(flooded)
    strangers += [one.sender for one in network.askings if one.receiver is flooded]
    strangers = [one for one in strangers if one.part != "newcomer"]
    for number, stranger in enumerate(chance.sample(strangers, numbers.requests)):
        how = "spam" if number % 4 == 0 else "answered" if number % 6 == 1 else "waits"
        talks.append(talking.request(stranger, how, talking.chance()))
    weights = [min(contact.pull, 6) * min(9, chance.paretovariate(1.2)) for contact in contacts]
    talks.extend(
        talking.group(_circle(talking, weights), talking.chance())
        for _ in range(numbers.conversations // 8)
    )
    while len(talks) < numbers.conversations:
        own = talking.chance()
        contact = own.choices(contacts, weights)[0]
        pair = (flooded, contact) if own.random() < 0.35 else (contact, flooded)
        talks.append(talking.subject(*pair, own))
    return talks


def _circle(talking: Talking, weights: list[float]) -> list[Person]:
    """The flooded member and two or more others, whoever begins knowing all of them."""
    flooded, network, chance = talking.flooded, talking.network, talking.chance()
    contacts = network.near[flooded.number]
    size = chance.choices((2, 3, 4, 7), (55, 32, 10, 3))[0]
    if chance.random() < 0.5:
        first = chance.choices(contacts, weights)[0]
        near = [one for one in network.near[first.number] if one.speaks & first.speaks]
        near = [one for one in near if one is not flooded]
        if len(near) >= size - 1:
            others = [flooded, *chance.sample(near, size - 1)]
            chance.shuffle(others)
            return [first, *others]
    others = []
    language = chance.choice(("fr", "fr", "fr", "en"))
    while len(others) < size:
        other = chance.choices(contacts, weights)[0]
        if other not in others and language in other.speaks:
            others.append(other)
    return [flooded, *others]


def _handle(talks: list[Talk], talking: Talking, unread: int, chance: random.Random) -> None:
    """Reads, archives and drafts as a person does who has more than she can answer."""
    flooded, now = talking.flooded, talking.now
    known = [
        talk
        for talk in talks
        if talk.place == "inbox"
        and (talk.title is not None or talking.network.tie(*talk.people) is not None)
    ]
    # The newest are the likeliest not to have been opened.
    waiting = sorted(
        (talk for talk in known if talk.last.author is not flooded),
        key=lambda talk: (now - talk.last.at) * chance.random() ** 2,
    )
    for talk in waiting[:unread]:
        talk.unread.append(flooded)
    for talk in known:
        days = (now - talk.last.at) / DAY
        if flooded not in talk.unread and chance.random() < min(0.75, days / 60):
            talk.place = "archived"
    to_answer = (talk for talk in reversed(waiting) if talk.place == "inbox" and not talk.unread)
    for talk in islice(to_answer, 14):
        talk.drafts[flooded.number] = _draft(talking, talk, chance)


def _draft(talking: Talking, talk: Talk, chance: random.Random) -> str:
    language = talk.language if talk.language in {"fr", "en"} else "en"
    other = talk.last.author
    scene = Scene(
        language, [talking.flooded, other], talking.network.people[7], talking.now, chance
    )
    words = chance.choice(book(language)["drafts"].opening[0].ways)
    return scene.say(words, talking.flooded)


# -- everybody else --------------------------------------------------------------------------------


def _others(talking: Talking, number: int) -> list[Talk]:
    network, chance = talking.network, talking.chance()
    talks = [talking.welcome(network.part("president"), network.part("newcomer"), talking.chance())]
    crowd = [person for person in network.people if person.part not in {"newcomer", "flooded"}]
    busy = {"recruiter": 120, "president": 90, "speaker": 80, "bilingual": 30}
    weights = [busy.get(person.part, person.pull / 2) for person in crowd]
    for _ in range(number * 4):
        if len(talks) >= number:
            break
        own = talking.chance()
        one = own.choices(crowd, weights)[0]
        near = [p for p in network.near.get(one.number, []) if p in crowd and p.speaks & one.speaks]
        if not near:
            continue
        kind = own.random()
        other = own.choice(near)
        begins = [one, other] if one.part == "recruiter" or own.random() < 0.5 else [other, one]
        if kind < 0.12 and len(near) > 3:
            talks.append(talking.group([one, *own.sample(near, own.randint(2, 4))], own))
        elif kind < 0.3:
            talks.append(talking.subject(begins[0], begins[1], own))
        else:
            made = talking.direct(begins[0], begins[1], min(5, int(own.paretovariate(1.7))), own)
            if made is not None:
                talks.append(made)
    chance.shuffle(talks)
    return talks


def _leave_unread(talks: list[Talk], now: int, chance: random.Random) -> None:
    """Most have read most of what they were sent."""
    for talk in talks:
        days = (now - talk.last.at) / DAY
        likely = 0.7 if days < 1.5 else 0.25 if days < 10 else 0.04
        for person in talk.people:
            known = person is talk.last.author or person in talk.unread
            if not known and chance.random() < likely:
                talk.unread.append(person)


def newest(plan: Plan) -> int:
    """When the last message was written."""
    return max((talk.last.at for talk in plan.talks), default=plan.now - MINUTE)
