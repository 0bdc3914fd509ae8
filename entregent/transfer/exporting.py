"""A member's data as LinkedIn would give it, with what LinkedIn has no column for beside it."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

from entregent.accounts import account, members
from entregent.media import files_of, main_file, saved_as
from entregent.messaging import ExportedConversation, exported, stored
from entregent.network import circle, contacts_among, every_contact
from entregent.ports.db import Row, Transaction
from entregent.profiles import profile_of
from entregent.stories import exported as exported_stories
from entregent.videos import exported as exported_videos

from .linkedin import (
    HIDDEN_NAME,
    MEDIA,
    STORIES,
    VIDEOS,
    Connection,
    Contents,
    Conversation,
    Education,
    Language,
    Media,
    Message,
    Owner,
    Position,
    Profile,
    Skill,
    Thread,
    Who,
    write,
)
from .reading import owner_slug

_PLACES = ("inbox", "archived", "inbox", "spam", "promotions")
_FOLDERS = {"inbox": "INBOX", "archived": "ARCHIVE", "spam": "SPAM", "promotions": "ARCHIVE"}


Fetch = Callable[[str], Iterable[bytes]]


def export_to(tx: Transaction, me: int, host: str, place: Path, fetch: Fetch | None = None) -> None:
    """Writes the member's export, all of it from one snapshot; `fetch` gives what the store holds
    under a key."""
    with place.open("wb") as file:
        contents = contents_of_member(tx, me, host)
        if fetch is not None:
            contents.media = list(_media(tx, me, fetch))
        for piece in write(contents):
            file.write(piece)


def contents_of_member(tx: Transaction, me: int, host: str) -> Contents:
    """Everything that an export of a member holds."""
    mine = account(tx, me)
    owner = Owner(mine.name, owner_slug(tx, me))
    profile = profile_of(tx, me, me)
    first, _, last = mine.name.partition(" ")
    sides: dict[str, list[Any]] = {
        "positions": [
            Position(p.organisation, p.title, p.description, p.place, p.started or None,
                     p.ended or None)
            for p in profile.positions
        ],
        "education": [
            Education(e.school, e.started or None, e.ended or None, e.notes, e.degree)
            for e in profile.education
        ],
        "skills": [Skill(skill) for skill in profile.skills],
        "languages": [Language(one.name, one.proficiency) for one in profile.languages],
    }  # fmt: skip
    own = (STORIES, exported_stories(tx, me)), (VIDEOS, exported_videos(tx, me))
    return Contents(
        owner=owner,
        made_at=tx.now,
        host=host,
        profile=Profile(
            first_name=first,
            last_name=last,
            headline=profile.headline,
            summary=profile.about,
            location=profile.place,
            websites=tuple(f"{link.label or 'OTHER'}:{link.url}" for link in profile.links),
        ),
        sides=sides,
        connections=_connections(tx, me),
        threads=lambda: _threads(tx, me, owner),
        own={name: told for name, told in own if told is not None},
    )


def _media(tx: Transaction, me: int, fetch: Fetch) -> Iterator[Media]:
    for media_id, kept in files_of(tx, me):
        file = main_file(kept)
        if file is not None:
            name = f"{MEDIA}{media_id} {saved_as(kept.name, file.type)}"
            yield Media(name, partial(fetch, file.blob))


def _connections(tx: Transaction, me: int) -> list[Connection]:
    near = circle(tx, me)
    names = members(tx, near)
    found = [
        _connection(names[one].name, connected_on=at) for one, at in near.items() if one in names
    ]
    found += [
        _connection(
            row.name,
            slug=row.linkedin_slug or None,
            email=row.email,
            company=row.company,
            position=row.position,
            connected_on=row.connected_on,
        )
        for row in _contacts(tx, me)
        if row.connected_on is not None
    ]
    return sorted(found, key=lambda one: (-(one.connected_on or 0), one.name))


def _connection(name: str, **more: Any) -> Connection:
    first, _, last = name.partition(" ")
    return Connection(first, last, **more)


def _contacts(tx: Transaction, me: int) -> Iterator[Row]:
    after = 0
    while page := every_contact(tx, me, after):
        yield from page
        after = page[-1].id


def _threads(tx: Transaction, me: int, owner: Owner) -> Iterator[Thread]:
    myself = Who(owner.name or "", owner.slug)
    for one in exported(tx, me):
        people = _people(tx, me, one, myself)
        yield _thread(one, people, myself)


def _people(tx: Transaction, me: int, one: ExportedConversation, myself: Who) -> dict[int, Who]:
    ids = {person.person_id for person in one.people if person.kind != "unknown"}
    contacts = contacts_among(tx, me, ids)
    names = members(tx, ids - contacts.keys())
    found: dict[int, Who] = {}
    for person in one.people:
        key = person.person_id
        if key == me:
            found[key] = myself
        elif key in contacts:
            found[key] = Who(contacts[key].name, contacts[key].linkedin_slug or None)
        elif key in names:
            found[key] = Who(names[key].name or HIDDEN_NAME)
        else:
            found[key] = Who(person.name or HIDDEN_NAME)
    found.setdefault(me, myself)
    return found


def _thread(one: ExportedConversation, people: dict[int, Who], myself: Who) -> Thread:
    row = one.row
    place: Any = _PLACES[row.view]
    messages = [
        Message(
            conversation=one.key,
            sender=people.get(said.author_id, Who(HIDDEN_NAME)),
            recipients=tuple(who for key, who in people.items() if key != said.author_id),
            at=said.at,
            subject=said.subject or "",
            content=said.text,
            folder=_FOLDERS[place],
            attachments=tuple(
                file.source or file.url or file.name for file in stored(said.attachments)
            ),
            note=said.kind == "note",
            sponsored=place == "promotions" and said.author_id != row.member_id,
            id=str(said.message_id),
            **_identity(said.client_id),
        )
        for said in one.messages
    ]
    others = tuple(who for key, who in people.items() if key != row.member_id)
    drafts = []
    if row.draft is not None:
        drafts.append(
            Message(
                conversation=one.key,
                sender=myself,
                recipients=others,
                at=row.last_at,
                content=row.draft,
                folder=_FOLDERS[place],
                draft=True,
            )
        )
    conversation = Conversation(
        id=one.key,
        title=row.title or "",
        people=others,
        size=row.size,
        group=row.size > 2,
        place=place,
        messages=len(messages),
        drafts=len(drafts),
        sponsored=sum(message.sponsored for message in messages),
        first_at=messages[0].at if messages else None,
        last_at=messages[-1].at if messages else None,
        unread=bool(row.unread),
    )
    return Thread(conversation, messages, drafts)


def _identity(key: str) -> dict[str, Any]:
    """What tells an imported message in every archive."""
    kind, _, rest = key.partition("-")
    number, _, occurrence = rest.partition("-")
    if kind != "linkedin" or not occurrence.isdigit():
        return {}
    return {"identity": int(number, 16), "occurrence": int(occurrence)}
