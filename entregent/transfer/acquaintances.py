"""Who of an archive becomes which contact.

A profile's address tells people apart. Where there is none, a name does, if only one person bears
it; who has neither stays unknown, one for each conversation.
"""

from collections import Counter
from collections.abc import Iterable

from entregent.kit.text import clean_line
from entregent.network import NewContact
from entregent.ports.db import Row

from .linkedin import HIDDEN_NAME, Archive, Connection, Who, plain

DAY = 86_400_000
MOST_LETTERS = 200


class _Candidate:
    """A contact that is there already, or will be."""

    __slots__ = ("connected_on", "key", "slug")

    def __init__(self, key: str, slug: str, connected_on: int | None) -> None:
        self.key, self.slug, self.connected_on = key, slug, connected_on


class Acquaintances:
    """The contacts that a member has, and those that an archive brings.

    `friends` are members whom this one is connected with here, by name and day: an export of ours
    names them too.
    """

    def __init__(self, known: Iterable[Row], friends: set[tuple[str, int]]) -> None:
        self.people: dict[str, NewContact] = {}
        self.connections: set[str] = set()
        self._friends = friends
        self._by_slug: dict[str, str] = {}
        self._by_name: dict[str, list[_Candidate]] = {}
        self._namesakes: Counter[str] = Counter()
        self._keys: dict[Who, str | None] = {}
        for row in known:
            self._remember(row.key, row.name, row.linkedin_slug, row.connected_on)

    def take_in(self, archive: Archive) -> None:
        """Everybody that an archive names as a connection or in a conversation."""
        owner = archive.owner
        slugs: set[str] = set()
        for one in archive.connections:
            self._count(slugs, one.slug, one.name)
        for conversation in archive.conversations.values():
            for person in conversation.people:
                self._count(slugs, person.slug, person.name)
        for one in archive.connections:
            if not (one.slug is not None and one.slug == owner.slug):
                self._connection(one)
        for conversation in archive.conversations.values():
            for person in conversation.people:
                self.key_of(person)

    def key_of(self, person: Who) -> str | None:
        """The key of the contact that somebody is; None for somebody unknown."""
        if person in self._keys:
            return self._keys[person]
        key = self._found(person.slug, person.name, None)
        # Who closed the account since has lost the name in newer archives, not here.
        name = "" if person.name == HIDDEN_NAME else clean_line(person.name)[:MOST_LETTERS]
        if key is None and person.slug is not None:
            key = f"in:{person.slug}"
            name = name or person.slug[:MOST_LETTERS]
            self._remember(key, name, person.slug, None)
        if key is not None:
            self._keep(NewContact(key, name, person.slug or ""))
        self._keys[person] = key
        return key

    def asking_key(self, person: Who) -> str:
        """The key of somebody who asked to connect: a contact, even with nothing but a name."""
        key = self.key_of(person)
        if key is None:
            name = clean_line(person.name)[:MOST_LETTERS]
            key = f"asked:{plain(name)}"
            if name:
                self._keep(NewContact(key, name))
        return key

    def _connection(self, one: Connection) -> None:
        name = _name(one.name, one.slug)
        if one.slug is None and (plain(name), (one.connected_on or 0) // DAY) in self._friends:
            return
        key = self._found(one.slug, name, one.connected_on)
        if key is None:
            day = "" if one.connected_on is None else str(one.connected_on // DAY)
            told = plain(name) or one.email.strip().lower()
            key = f"in:{one.slug}" if one.slug is not None else f"name:{told}:{day}"
            self._remember(key, name, one.slug or "", one.connected_on)
        self.connections.add(key)
        self._keep(
            NewContact(
                key,
                name or one.email.strip()[:MOST_LETTERS],
                one.slug or "",
                clean_line(one.email)[:254],
                "",
                clean_line(one.company)[:MOST_LETTERS],
                clean_line(one.position)[:MOST_LETTERS],
                one.connected_on,
            )
        )

    def _found(self, slug: str | None, name: str, connected_on: int | None) -> str | None:
        if slug is not None and slug in self._by_slug:
            return self._by_slug[slug]
        called = plain(name)
        if not called or (slug is not None and self._namesakes[called] > 1):
            return None
        fitting = [
            one
            for one in self._by_name.get(called, ())
            if (slug is None or not one.slug) and _same_day(one.connected_on, connected_on)
        ]
        if len(fitting) != 1:
            return None
        if slug is not None:
            fitting[0].slug = slug
            self._by_slug[slug] = fitting[0].key
        return fitting[0].key

    def _keep(self, person: NewContact) -> None:
        """What a connection says of somebody counts before what a message says."""
        known = self.people.get(person.key)
        if known is None:
            self.people[person.key] = person
            return
        self.people[person.key] = NewContact(
            known.key,
            known.name or person.name,
            known.linkedin_slug or person.linkedin_slug,
            known.email or person.email,
            "",
            known.company or person.company,
            known.position or person.position,
            person.connected_on if known.connected_on is None else known.connected_on,
        )

    def _count(self, slugs: set[str], slug: str | None, name: str) -> None:
        if slug is not None and slug not in slugs:
            slugs.add(slug)
            self._namesakes[plain(name)] += 1

    def _remember(self, key: str, name: str, slug: str, connected_on: int | None) -> None:
        if slug:
            self._by_slug[slug] = key
        called = plain(name)
        if called:
            known = self._by_name.setdefault(called, [])
            known.append(_Candidate(key, slug, connected_on))


def _name(name: str, slug: str | None) -> str:
    return clean_line(name)[:MOST_LETTERS] or (slug or "")[:MOST_LETTERS]


def _same_day(one: int | None, other: int | None) -> bool:
    return one is None or other is None or abs(one - other) <= DAY
