"""Who knocks at the flooded member's door: thousands, of whom some hundreds wrote themselves."""

import random
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache

from entregent.invitations import Reason, is_new_wording

from .almanac import DAY, MINUTE
from .dialogue import TEXTS, typeset
from .network import REASONS, Network, NoteMaker
from .people import HOST, Person, somebody
from .scene import Scene

WHO_WROTE_THE_SAME = 0.36  # of those who wrote nothing of their own


@dataclass
class Knock:
    """An invitation to the flooded member that waits."""

    sender: Person
    at: int
    reason: Reason
    note: str = ""
    sent: int = 1  # that week
    knows: list[Person] = field(default_factory=list)  # members, if the sender is not one of them


@lru_cache
def _parts() -> dict[str, dict[str, list[str]]]:
    with (TEXTS / "knocks.toml").open("rb") as file:
        found: dict[str, dict[str, list[str]]] = tomllib.load(file)
    return {
        language: {kind: [typeset(one, language) for one in some] for kind, some in kinds.items()}
        for language, kinds in found.items()
    }


def crowd(network: Network, size: int, year: int, chance: random.Random) -> list[Person]:
    """Members who came because of one member, and know few others."""
    first = len(network.people)
    taken = {person.email for person in network.people}
    found: list[Person] = []
    while len(found) < size:
        person = somebody(first + len(found), chance, year)
        if person.email in taken:
            local, _, _ = person.email.partition("@")
            person.email = f"{local}.{first + len(found)}@{HOST}"
        taken.add(person.email)
        person.joined = chance.uniform(1, 150)
        found.append(person)
    return found


def knocks(
    network: Network,
    size: int,
    personal: int,
    year: int,
    stock: NoteMaker,
    chance: random.Random,
) -> list[Knock]:
    """Everyone who waits for the flooded member: those members of the community who asked, and
    the crowd; exactly `personal` of them wrote something of their own."""
    flooded = network.part("flooded")
    asked = [one for one in network.askings if one.receiver is flooded and not one.answer]
    network.askings = [one for one in network.askings if one not in asked]
    found = [Knock(one.sender, one.at, one.reason) for one in asked]
    # Nobody who knows her already would ask.
    regulars = [one for one in network.people if one.part not in {"newcomer", "flooded"}]
    for person in crowd(network, max(0, size - len(found)), year, chance):
        since = network.now - round(person.joined * DAY)
        at = since + round((network.now - since - 5 * MINUTE) * chance.random()) + MINUTE
        some = chance.sample(regulars, min(len(regulars), int(chance.paretovariate(0.9)) - 1, 14))
        found.append(Knock(person, at, chance.choice(REASONS), knows=some))
    own = set(chance.sample(range(len(found)), personal))
    compose = _composer(network, flooded, chance)
    for number, knock in enumerate(found):
        if number in own:
            knock.note = compose(knock)
        elif chance.random() < WHO_WROTE_THE_SAME:
            knock.note = stock(knock.sender, flooded, knock.at)
            knock.sent = 80 if chance.random() < 0.2 else 1
    return sorted(found, key=lambda knock: knock.at)


def _composer(network: Network, flooded: Person, chance: random.Random) -> Callable[[Knock], str]:
    """Makes notes no two of which are in nearly the same words."""
    is_new = is_new_wording()

    def compose(knock: Knock) -> str:
        language = "fr" if "fr" in knock.sender.speaks and chance.random() < 0.7 else "en"
        parts = _parts()[language]
        third = chance.choice(network.people[6:30])
        scene = Scene(language, [knock.sender, flooded], third, knock.at, chance)
        while True:
            words = " ".join(chance.choice(parts[kind]) for kind in ("how", "what", "ask"))
            note = scene.say(words, knock.sender)
            if len(note) <= 300 and is_new(note):
                return note

    return compose
