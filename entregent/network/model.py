"""How members stand to each other, and the people they know from elsewhere."""

from typing import NamedTuple

from entregent.kit.text import words

MAX_CONNECTIONS = 30_000
MOST_WORDS = 4


class Relation(NamedTuple):
    """How `b` stands to `a`. Whether a block is `a`'s or `b`'s own is nobody's business."""

    member: bool  # b has an open account
    connected: bool
    blocked: bool
    myself: bool = False

    @property
    def reachable(self) -> bool:
        """Whether `a` can see `b` at all and turn to them."""
        return self.member and not self.blocked and not self.myself


class Tie(NamedTuple):
    """How close a member is: 0 oneself, 1, 2, 3, or None; with whom in common; since when."""

    degree: int | None
    mutuals: int
    since: int | None


NO_TIE = Tie(None, 0, None)


class NewContact(NamedTuple):
    """A person from an archive. `key` is what makes it the same person in the next archive."""

    key: str
    name: str
    linkedin_slug: str = ""
    email: str = ""
    headline: str = ""
    company: str = ""
    position: str = ""
    connected_on: int | None = None


class AddedContacts(NamedTuple):
    """What became of the people of an archive: their ids by key, and how many were new."""

    ids: dict[str, int]
    added: int
    enriched: int
    fresh: tuple[str, ...] = ()  # the keys of those that were new


class Person(NamedTuple):
    """One line of a list of people: whom, and since when."""

    id: int
    since: int | None


class People(NamedTuple):
    """A page of a list of people."""

    people: list[Person]
    next: str | None
    total: int


def name_key(name: str) -> str:
    """A name as lists are searched and sorted by it."""
    return " ".join(words(name))


def patterns(text: str) -> dict[str, str]:
    """What a name must look like for each typed word to begin one of its words; {} for no word."""
    typed = words(text)[:MOST_WORDS]
    if not typed:
        return {}
    found = [f"% {word}%" for word in typed] + ["%"] * (MOST_WORDS - len(typed))
    return {f"word_{number}": pattern for number, pattern in enumerate(found)}


def merged(known: NewContact, newer: NewContact) -> NewContact:
    """A contact with what a newer archive says; nothing that is known becomes blank."""
    return NewContact(
        known.key,
        newer.name or known.name,
        newer.linkedin_slug or known.linkedin_slug,
        newer.email or known.email,
        newer.headline or known.headline,
        newer.company or known.company,
        newer.position or known.position,
        known.connected_on if newer.connected_on is None else newer.connected_on,
    )
