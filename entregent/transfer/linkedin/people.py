"""Who is who: profile addresses, names, lists of recipients, and whose export it is."""

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable
from typing import TypeVar
from urllib.parse import quote, unquote

from .model import HIDDEN_NAME, Owner, Who

_PROFILE = re.compile(
    r"(?:https?://)?(?:[a-z0-9-]{1,16}\.)?linkedin\.com/(in|pub)/([^?#]+)", re.IGNORECASE
)
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff]")
_LONGEST_URL = 2_000
_LONGEST_SLUG = 300
# Composing letters takes quadratic time on endless accents, so no name is endless.
_LONGEST_NAME = 500
_CACHED = 1 << 16
_Key = TypeVar("_Key")
_Kept = TypeVar("_Kept")
_BARE_COMMA = re.compile(r",(?! )")
# What follows a comma inside a name: "Ph.D.", "MBA", "CPA", "Jr.", "M.Sc. (Hons)".
_CREDENTIAL = re.compile(
    r"(?:[A-Z][A-Za-z]{0,3}\.){1,4}[A-Z]?|[A-Z]{2,6}(?:[®™+-]\w*)?|Ph\.? ?D\.?|PhD|[JS]r\.?|Esq\.?"
    r"|[MB]Sc\.?|[MB]Eng\.?|LL\.?[MB]\.?|II|III|IV|[A-Z]{2,6}(?:-[A-Z]{1,6})+"
)


def slug(url: str) -> str | None:
    """The key of a profile address, or None: `https://www.linkedin.com/in` names nobody.

    Old `/pub/` addresses tell namesakes apart by the numbers after the name, which are kept.
    """
    match = _PROFILE.match(url.strip()) if len(url) <= _LONGEST_URL else None
    if match is None:
        return None
    parts = match[2].split("/")
    kept = "/".join(parts) if match[1].lower() == "pub" else parts[0]
    text = unicodedata.normalize("NFC", unquote(kept.strip("/")).strip()).lower()
    if not text or len(text) > _LONGEST_SLUG or _CONTROLS.search(text):
        return None
    return text


def profile_url(key: str | None) -> str:
    """The address that a slug is the key of; empty for None."""
    if key is None:
        return ""
    kind = "pub" if "/" in key else "in"
    return f"https://www.linkedin.com/{kind}/{quote(key, safe='/-_.~')}"


def plain(name: str) -> str:
    """A name for comparison: composed, without case and superfluous spaces."""
    composed = unicodedata.normalize("NFC", name[:_LONGEST_NAME])
    return " ".join(composed.casefold().split())


class People:
    """Everyone that the files name, with the profile of each full name that only one bears.

    `literal` is for exports of ours, which name everyone as we know them.
    """

    def __init__(self) -> None:
        self.literal = False
        self.known: set[str] = set()
        self._by_name: dict[str, str | None] = {}
        self._names: dict[str, str] = {}
        self._who: dict[tuple[str, str], Who] = {}
        self._recipients: dict[tuple[str, str], tuple[Who, ...]] = {}
        self._resolved: dict[Who, Who] = {}
        self._frozen = False

    def freeze(self) -> None:
        """From now on lists of names are split alike, however much is still learnt."""
        self._recipients.clear()
        self._frozen = True

    def who(self, name: str, url: str) -> Who:
        """The person whom a name and an address, either perhaps empty, stand for."""
        found = self._who.get((name, url))
        if found is None:
            found = Who(name[:_LONGEST_NAME].strip(), slug(url) if url else None)
            self.learn(found)
            _remember(self._who, (name, url), found)
        return found

    def learn(self, person: Who) -> None:
        """Remembers whose a name is; what is hidden teaches nothing."""
        name = person.name
        if not name or name == HIDDEN_NAME:
            return
        if not self._frozen:
            self.known.add(name)
        if person.slug is not None:
            self._names.setdefault(person.slug, name)
            key = plain(name)
            if self._by_name.setdefault(key, person.slug) != person.slug:
                self._by_name[key] = None

    def resolved(self, person: Who) -> Who:
        """The same person with slug, where the name belongs to one alone, and with a name.

        Only certain once every file has been looked through.
        """
        found = self._resolved.get(person)
        if found is None:
            found = self._resolve(person)
            _remember(self._resolved, person, found)
        return found

    def _resolve(self, person: Who) -> Who:
        if self.literal:
            return person
        if person.slug is None:
            found = self._by_name.get(plain(person.name))
            return person if found is None else Who(person.name, found)
        if not person.name or person.name == HIDDEN_NAME:
            return Who(self._names.get(person.slug, person.name), person.slug)
        return person

    def recipients(self, to: str, urls: str) -> tuple[Who, ...]:
        """Everyone in TO; `LinkedIn Member` has no address there, everyone else has one or none.

        LinkedIn joins names by a bare comma, so `, ` belongs to a name; older files join by `, `.
        """
        found = self._recipients.get((to, urls))
        if found is None:
            found = self._split(to, [u for u in (url.strip() for url in urls.split(",")) if u])
            _remember(self._recipients, (to, urls), found)
        return found

    def _split(self, to: str, urls: list[str]) -> tuple[Who, ...]:
        names = [name for name in (n.strip() for n in _BARE_COMMA.split(to)) if name]
        if len(names) == 1 and ", " in to and len(urls) != 1:
            names = split_by_known(to, self.known)
        visible = sum(name != HIDDEN_NAME for name in names)
        if visible == len(urls):
            left = iter(urls)
            return tuple(self.who(n, "" if n == HIDDEN_NAME else next(left)) for n in names)
        if len(urls) == 1 and not self.known.intersection(names):
            return (self.who(to, urls[0]),)
        # Nobody can say which address is whose: names that are known find theirs later.
        return tuple(self.who(n, "") for n in names) or tuple(self.who("", u) for u in urls)


def settled(group: Iterable[Who], people: People, owner: Owner) -> dict[Who, Who]:
    """Who each of those in one conversation is, as far as anything tells.

    A name that several profiles bear is still certain if only one of them takes part here.
    """
    group = list(group)
    if people.literal:
        return {person: person for person in group}
    here: dict[str, Who | None] = {}
    for person in group:
        if person.slug is not None:
            name = plain(person.name)
            here[name] = person if here.get(name, person) == person else None
    found: dict[Who, Who] = {}
    for person in group:
        if owner.is_(person):
            found[person] = Who(owner.name or person.name, owner.slug)
        elif person.slug is None and not person.hidden:
            found[person] = here.get(plain(person.name)) or people.resolved(person)
        else:
            found[person] = people.resolved(person)
    return found


def _remember(cache: dict[_Key, _Kept], key: _Key, value: _Kept) -> None:
    """Bounded, and gone with the import: a cache for the whole process would stay for ever."""
    if len(cache) >= _CACHED:
        cache.clear()
    cache[key] = value


def split_by_known(to: str, known: Collection[str]) -> list[str]:
    """Names joined by `, `: the longest known ones first, then credentials glued to their name."""
    tokens = [token for token in (t.strip() for t in to.split(", ")) if token]
    names: list[str] = []
    at = 0
    while at < len(tokens):
        # No name has more than a handful of credentials; a bound keeps hostile lists linear.
        for stop in range(min(len(tokens), at + 6), at, -1):
            candidate = ", ".join(tokens[at:stop])
            if candidate in known:
                break
        else:
            candidate, stop = tokens[at], at + 1
        if names and candidate not in known and _CREDENTIAL.fullmatch(candidate):
            names[-1] = f"{names[-1]}, {candidate}"
        else:
            names.append(candidate)
        at = stop
    return names


class OwnerVotes:
    """What the files say about whose export this is, in the order in which they are believed."""

    def __init__(self) -> None:
        self.profile_name: str | None = None
        self._invited: Counter[Who] = Counter()
        self._senders: dict[str, Counter[str]] = {}

    def invitation(self, owner: Who) -> None:
        """The inviter of an outgoing or the invitee of an incoming invitation."""
        self._invited[owner] += 1

    def sender(self, person: Who, messages: int) -> None:
        """Somebody who sent so many messages."""
        if person.slug is not None:
            self._senders.setdefault(plain(person.name), Counter())[person.slug] += messages

    def decide(self, presence: "Presence", hint: Owner) -> Owner:
        """The owner; `hint` is what the caller knows, believed after the invitations."""
        slugs: Counter[str] = Counter()
        names: Counter[str] = Counter()
        for person, votes in self._invited.items():
            if person.slug is not None:
                slugs[person.slug] += votes
            if person.name:
                names[person.name] += votes
        name = self.profile_name or _first(names) or hint.name
        key = _first(slugs) or hint.slug
        if key is None and name:
            key = _first(self._senders.get(plain(name), Counter())) or presence.named(name)
        if key is None and name is None:
            return presence.alone()
        return Owner(name or presence.names_of.get(key or ""), key)


class Presence:
    """In how many conversations each profile and each name takes part."""

    def __init__(self) -> None:
        self.conversations = 0
        self.names_of: dict[str, str] = {}
        self._slugs: Counter[str] = Counter()
        self._names: Counter[str] = Counter()

    def add(self, people: Iterable[Who]) -> None:
        """Everyone in one conversation."""
        self.conversations += 1
        people = set(people)
        self._slugs.update({p.slug for p in people if p.slug is not None})
        self._names.update({p.name for p in people if p.name and not p.hidden})
        self.names_of.update({p.slug: p.name for p in people if p.slug is not None and p.name})

    def named(self, name: str) -> str | None:
        """The one profile of that name in half of the conversations: who only ever received."""
        found = [
            key
            for key, count in self._slugs.items()
            if plain(self.names_of.get(key, "")) == plain(name) and count * 2 >= self.conversations
        ]
        return found[0] if len(found) == 1 else None

    def alone(self) -> Owner:
        """A profile, else a name, that alone takes part in four of five conversations."""
        needed = self.conversations * 0.8
        often = [key for key, count in self._slugs.items() if count >= needed > 0]
        if len(often) == 1:
            return Owner(self.names_of.get(often[0]), often[0])
        often = [name for name, count in self._names.items() if count >= needed > 0]
        return Owner(often[0]) if len(often) == 1 else Owner()


def _first(votes: Counter[str]) -> str | None:
    return votes.most_common(1)[0][0] if votes else None
