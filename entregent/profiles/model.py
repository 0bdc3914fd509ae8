"""What a member shows, to whom, and the limits of each field."""

import re
from collections.abc import Callable, Iterable
from typing import Any, Literal, TypeVar, get_args

import msgspec

from entregent.accounts import Density, Language, Theme, UndoSeconds
from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.people import Card, Photo
from entregent.kit.text import clean, clean_line, words
from entregent.media import Media

Audience = Literal["me", "connections", "members", "public"]
Field = Literal[
    "headline",
    "about",
    "place",
    "languages",
    "positions",
    "education",
    "skills",
    "links",
    "contact",
    "open_to",
    "photo",
    "cover",
]
PictureKind = Literal["photo", "cover"]
OpenTo = Literal["work", "hiring", "mentoring", "speaking", "collaborating"]

PICTURES: tuple[PictureKind, ...] = get_args(PictureKind)
FIELDS: tuple[str, ...] = tuple(name for name in get_args(Field) if name not in PICTURES)
AUDIENCES: tuple[Audience, ...] = ("public", "members", "connections", "me")
LEVEL: dict[str, int] = {audience: level for level, audience in enumerate(AUDIENCES)}
PUBLIC, MEMBERS, CONNECTIONS, MYSELF = range(4)
DEFAULT_AUDIENCE: dict[str, Audience] = {
    field: "connections" if field == "contact" else "members" for field in get_args(Field)
}

MAX_HEADLINE, MAX_ABOUT, MAX_PLACE = 220, 2_600, 100
MAX_TITLE, MAX_DESCRIPTION, MAX_SKILL, MAX_LABEL, MAX_URL = 100, 2_000, 80, 50, 500
MOST = {"languages": 30, "positions": 60, "education": 30, "skills": 100, "links": 10}
HANDLE = re.compile(r"[a-z0-9](?:[a-z0-9-]{1,58})[a-z0-9]")
RESERVED = frozenset({"admin", "api", "entregent", "help", "host", "me", "settings", "support"})

_LAST = "\U0010ffff"
_DATE = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?")
_URL = re.compile(r"https?://[^\s/?#@]+\.?[^\s]*", re.IGNORECASE)
S = TypeVar("S", bound=msgspec.Struct)


class LanguageSpoken(msgspec.Struct, kw_only=True):
    """A language and how well it is spoken, in the member's words."""

    name: str
    proficiency: str = ""


class Position(msgspec.Struct, kw_only=True):
    """A post held. Dates are `YYYY-MM` or `YYYY`; no end means that it is held still."""

    title: str
    organisation: str = ""
    place: str = ""
    started: str = ""
    ended: str = ""
    description: str = ""


class Education(msgspec.Struct, kw_only=True):
    """A school attended."""

    school: str
    degree: str = ""
    started: str = ""
    ended: str = ""
    notes: str = ""


class Link(msgspec.Struct, kw_only=True):
    """A page elsewhere."""

    url: str
    label: str = ""


class ContactDetails(msgspec.Struct, kw_only=True):
    """How to reach the member otherwise."""

    email: str = ""
    phone: str = ""
    address: str = ""


class Details(msgspec.Struct, kw_only=True):
    """Everything on a profile page below the name."""

    headline: str = ""
    about: str = ""
    place: str = ""
    languages: list[LanguageSpoken] = []
    positions: list[Position] = []
    education: list[Education] = []
    skills: list[str] = []
    links: list[Link] = []
    contact: ContactDetails = msgspec.field(default_factory=ContactDetails)
    open_to: list[OpenTo] = []


class Profile(Details, kw_only=True):
    """A profile as one viewer may see it. `audiences` is for the member's own eyes."""

    id: Id
    handle: str
    name: str
    degree: int | None = None
    mutuals: int | None = None
    connected_on: int | None = None
    audiences: dict[str, Audience] | None = None
    photo: Media | None = None
    cover: Media | None = None


class Picture(msgspec.Struct, kw_only=True):
    """A photo or cover as it is kept beside the name, to link to it without looking further."""

    media_id: int
    key: str
    placeholder: str | None


class ProfileChange(msgspec.Struct, kw_only=True):
    """What a member changes of the profile; what is left out (or null) stays."""

    name: str | None = None
    handle: str | None = None
    headline: str | None = None
    about: str | None = None
    place: str | None = None
    languages: list[LanguageSpoken] | None = None
    positions: list[Position] | None = None
    education: list[Education] | None = None
    skills: list[str] | None = None
    links: list[Link] | None = None
    contact: ContactDetails | None = None
    open_to: list[OpenTo] | None = None
    audiences: dict[Field, Audience] | None = None


class Me(msgspec.Struct, kw_only=True):
    """The member who is signed in."""

    id: Id
    name: str
    handle: str
    headline: str
    email: str
    verified: bool
    language: Language
    theme: Theme
    density: Density
    shortcuts: bool
    keys: dict[str, str]  # command to chord, where the member moved it
    receipts: bool  # delivered, read and typing, mine and others'
    presence: bool
    undo_seconds: UndoSeconds
    photo: Photo | None = None


def level_of(degree: int | None) -> int:
    """The widest audience that a signed-in viewer at that distance is outside of, plus one."""
    return {0: MYSELF, 1: CONNECTIONS}.get(degree if degree is not None else -1, MEMBERS)


def visible(details: Details, audiences: dict[str, Audience], level: int) -> Details:
    """The details with everything blank that is not for a viewer of that level."""
    shown = Details()
    for name in FIELDS:
        if LEVEL[audiences.get(name, DEFAULT_AUDIENCE[name])] <= level:
            setattr(shown, name, getattr(details, name))
    return shown


def changed(details: Details, change: ProfileChange) -> Details:
    """The details after a change, cleaned and within their limits, or a refusal."""
    given: dict[str, Any] = {
        name: value for name in FIELDS if (value := getattr(change, name)) is not None
    }
    clean_field: dict[str, Callable[[Any], Any]] = {
        "headline": lambda text: _line(text, "headline", MAX_HEADLINE),
        "about": lambda text: _text(text, "about", MAX_ABOUT),
        "place": lambda text: _line(text, "place", MAX_PLACE),
        "languages": _languages,
        "positions": _positions,
        "education": _education,
        "skills": _skills,
        "links": _links,
        "contact": _contact,
        "open_to": lambda kinds: list(dict.fromkeys(kinds)),
    }
    return msgspec.structs.replace(
        details, **{name: clean_field[name](value) for name, value in given.items()}
    )


def checked_handle(handle: str) -> str:
    """The last part of a profile's address."""
    text = handle.strip().lower()
    if not HANDLE.fullmatch(text):
        raise Refusal("profiles.bad_handle", field="handle")
    if text in RESERVED:
        raise Refusal("profiles.handle_taken", status=409, field="handle")
    return text


def handle_from(name: str) -> str:
    """A handle made of a name; empty where no Latin letters are in it."""
    plain = [word for word in words(name) if word.isascii()]
    handle = "-".join(plain)[:50].strip("-")
    return handle if HANDLE.fullmatch(handle) and handle not in RESERVED else ""


def found_by(name: str, details: Details, audiences: dict[str, Audience]) -> dict[str, int]:
    """The words that lead to a member, each with the narrowest level that finds it."""
    texts: dict[str, Iterable[str]] = {
        "headline": [details.headline],
        "place": [details.place],
        "positions": [position.organisation for position in details.positions],
        "skills": details.skills,
        "education": [one.school for one in details.education],
    }
    found = dict.fromkeys(words(name), PUBLIC)
    for field, parts in texts.items():
        level = LEVEL[audiences.get(field, DEFAULT_AUDIENCE[field])]
        if level < MYSELF:
            for word in words(" ".join(parts)):
                found[word] = min(found.get(word, level), level)
    return found


def found_in(typed: list[str], most: int) -> dict[str, str | int]:
    """The ranges of words that begin as typed; a beginning that every word has stands for the
    words that were not typed."""
    ranges: dict[str, str | int] = {}
    for number, word in enumerate(typed + [""] * (most - len(typed))):
        ranges[f"from_{number}"], ranges[f"to_{number}"] = word, word + _LAST
    return ranges


def _line(text: str, field: str, most: int) -> str:
    return _short(clean_line(text), field, most)


def _text(text: str, field: str, most: int) -> str:
    return _short(clean(text), field, most)


def _short(text: str, field: str, most: int) -> str:
    if len(text) > most:
        raise Refusal("profiles.too_long", field=field, most=most, length=len(text))
    return text


def _few(items: list[Any], field: str) -> list[Any]:
    if len(items) > MOST[field]:
        raise Refusal("profiles.too_many", field=field, most=MOST[field])
    return items


def _date(text: str, field: str) -> str:
    text = text.strip()
    if text and not _DATE.fullmatch(text):
        raise Refusal("profiles.bad_date", field=field)
    return text


def _languages(items: list[LanguageSpoken]) -> list[LanguageSpoken]:
    return _few(
        [
            LanguageSpoken(name=name, proficiency=_line(item.proficiency, "languages", MAX_TITLE))
            for item in items
            if (name := _line(item.name, "languages", MAX_TITLE))
        ],
        "languages",
    )


def _positions(items: list[Position]) -> list[Position]:
    return _few(
        [
            Position(
                title=_line(item.title, "positions", MAX_TITLE),
                organisation=_line(item.organisation, "positions", MAX_TITLE),
                place=_line(item.place, "positions", MAX_PLACE),
                started=_date(item.started, "positions"),
                ended=_date(item.ended, "positions"),
                description=_text(item.description, "positions", MAX_DESCRIPTION),
            )
            for item in items
            if item.title.strip() or item.organisation.strip()
        ],
        "positions",
    )


def _education(items: list[Education]) -> list[Education]:
    return _few(
        [
            Education(
                school=school,
                degree=_line(item.degree, "education", MAX_TITLE),
                started=_date(item.started, "education"),
                ended=_date(item.ended, "education"),
                notes=_text(item.notes, "education", MAX_DESCRIPTION),
            )
            for item in items
            if (school := _line(item.school, "education", MAX_TITLE))
        ],
        "education",
    )


def _skills(items: list[str]) -> list[str]:
    lines = (_line(item, "skills", MAX_SKILL) for item in items)
    return _few(list(dict.fromkeys(filter(None, lines))), "skills")


def _links(items: list[Link]) -> list[Link]:
    links = []
    for item in items:
        url = _line(item.url, "links", MAX_URL)
        if url and not _URL.fullmatch(url):
            raise Refusal("profiles.bad_link", field="links")
        if url:
            links.append(Link(url=url, label=_line(item.label, "links", MAX_LABEL)))
    return _few(links, "links")


def _contact(item: ContactDetails) -> ContactDetails:
    return ContactDetails(
        email=_line(item.email, "contact", 254),
        phone=_line(item.phone, "contact", MAX_LABEL),
        address=_text(item.address, "contact", 300),
    )


def listed(card: Card) -> Card:
    """A card as lists and events hold it: without a count that others' doings change."""
    return msgspec.structs.replace(card, mutuals=None)
