"""The member's profile, filled in from an archive where it is empty."""

import re
from typing import Any

import msgspec

from entregent.kit.text import clean, clean_line
from entregent.profiles import (
    Education,
    LanguageSpoken,
    Link,
    Position,
    Profile,
    ProfileChange,
)

from .linkedin import Archive

_MONTH = re.compile(r"[12]\d{3}(?:-(?:0[1-9]|1[0-2]))?")
_LINE, _PLACE, _HEADLINE, _ABOUT, _TEXT, _SKILL, _URL = 100, 100, 220, 2_600, 2_000, 80, 500


class Filling(msgspec.Struct, kw_only=True):
    """What an archive says of its owner, within the limits of a profile."""

    headline: str = ""
    about: str = ""
    place: str = ""
    languages: list[LanguageSpoken] = []
    positions: list[Position] = []
    education: list[Education] = []
    skills: list[str] = []
    links: list[Link] = []


def filling(archive: Archive) -> Filling:
    """What of an archive a profile has a place for."""
    sides, profile = archive.sides, archive.profile
    links = [
        url.partition(":")[2] if not url.lower().startswith("http") else url
        for url in (profile.websites if profile else ())
    ]
    skills = [clean_line(one.name)[:_SKILL] for one in sides.get("skills", [])]
    return Filling(
        headline=clean_line(profile.headline)[:_HEADLINE] if profile else "",
        about=clean(profile.summary)[:_ABOUT] if profile else "",
        place=clean_line(profile.location)[:_PLACE] if profile else "",
        languages=[
            LanguageSpoken(
                name=clean_line(one.name)[:_LINE], proficiency=clean_line(one.proficiency)[:_LINE]
            )
            for one in sides.get("languages", [])
            if clean_line(one.name)
        ][:30],
        positions=[
            Position(
                title=clean_line(one.title)[:_LINE],
                organisation=clean_line(one.company)[:_LINE],
                place=clean_line(one.location)[:_PLACE],
                started=_month(one.started),
                ended=_month(one.finished),
                description=clean(one.description)[:_TEXT],
            )
            for one in sides.get("positions", [])
            if clean_line(one.title) or clean_line(one.company)
        ][:60],
        education=[
            Education(
                school=clean_line(one.school)[:_LINE],
                degree=clean_line(one.degree)[:_LINE],
                started=_month(one.started),
                ended=_month(one.finished),
                notes=clean(one.notes)[:_TEXT],
            )
            for one in sides.get("education", [])
            if clean_line(one.school)
        ][:30],
        skills=list(dict.fromkeys(filter(None, skills)))[:100],
        links=[
            Link(url=url)
            for url in links
            if url.lower().startswith(("http://", "https://")) and _is_plain(url)
        ][:10],
    )


def filled(profile: Profile, wanted: Filling) -> tuple[ProfileChange, dict[str, Any]]:
    """The change that fills in what is empty, and which fields that are, with what."""
    fields = {
        name: value
        for name, value in msgspec.structs.asdict(wanted).items()
        if value and not getattr(profile, name)
    }
    return ProfileChange(**fields), fields


def emptied(profile: Profile, fields: dict[str, Any]) -> ProfileChange | None:
    """The change that empties what was filled in and has not been touched since."""
    untouched = {
        name: type(value)()
        for name, value in fields.items()
        if msgspec.to_builtins(getattr(profile, name)) == value
    }
    return ProfileChange(**untouched) if untouched else None


def _month(told: str | None) -> str:
    """`YYYY-MM` or `YYYY`; a day is more than a profile shows."""
    found = _MONTH.match(told or "")
    return found[0] if found else ""


def _is_plain(url: str) -> bool:
    return len(url) <= _URL and url == clean_line(url) and " " not in url
