"""Profiles, cards and every list of people over HTTP."""

from collections.abc import Callable
from typing import Annotated

import msgspec

from entregent.accounts import SettingsChange
from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.paging import MAX_PAGE
from entregent.kit.people import Card
from entregent.kit.routes import Call, Routes
from entregent.live import once
from entregent.network import (
    People,
    page_of_blocks,
    page_of_connections,
    page_of_contacts,
    page_of_follows,
    page_of_mutuals,
    page_of_tagged,
)
from entregent.ports.db import Transaction

from .actions import change_profile, profile_at, set_settings
from .faces import bare_faces, cards
from .model import Me, PictureKind, Profile, ProfileChange, listed
from .people import find_people
from .pictures import drop_picture, put_picture

routes = Routes("profiles")

Limit = Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)]


class PeopleQuery(msgspec.Struct, kw_only=True):
    """Words that names begin with, and where the last page ended."""

    q: str = ""
    after: str = ""
    limit: Limit = 50


class PageQuery(msgspec.Struct, kw_only=True):
    """Where the last page ended."""

    after: str = ""
    limit: Limit = 50


class CardsQuery(msgspec.Struct, kw_only=True):
    """Ids with commas between them."""

    ids: str


class CardList(msgspec.Struct):
    """The cards that were asked for, in that order."""

    cards: list[Card]


class FoundPeople(msgspec.Struct):
    """Members, the closest first."""

    people: list[Card]
    next: str | None


class PeopleList(msgspec.Struct):
    """A page of one of the member's lists of people; `total` is exact."""

    people: list[Card]
    next: str | None
    total: int


class ProfileUpdate(ProfileChange, kw_only=True):
    """A change of the profile."""

    client_id: ClientId


class PictureUpdate(msgspec.Struct, kw_only=True):
    """Which of the caller's files is shown."""

    client_id: ClientId
    media_id: Id


class SettingsUpdate(SettingsChange, kw_only=True):
    """A change of the settings."""

    client_id: ClientId


@routes.get("/api/profiles/{handle}", access="anyone", scope="profile.read")
async def show_profile(call: Call) -> Profile:
    """A profile, as far as the caller may see it."""
    viewer = call.caller.member_id if call.caller else None
    return await call.ports.db.read(profile_at, viewer, call.path["handle"])


@routes.patch("/api/profile", scope="profile.write")
async def update_profile(call: Call, body: ProfileUpdate) -> Profile:
    """Changes the caller's own profile."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Profile, change_profile, call.me, body
    )


@routes.put("/api/profile/photo", scope="profile.write")
async def put_photo(call: Call, body: PictureUpdate) -> Profile:
    """Shows a picture of the caller's as their face."""
    return await call.ports.db.write(_put_once, call.me, "photo", body)


@routes.delete("/api/profile/photo", scope="profile.write")
async def drop_photo(call: Call) -> Profile:
    """Shows no face any more."""
    return await call.ports.db.write(drop_picture, call.me, "photo")


@routes.put("/api/profile/cover", scope="profile.write")
async def put_cover(call: Call, body: PictureUpdate) -> Profile:
    """Shows a picture of the caller's over the profile."""
    return await call.ports.db.write(_put_once, call.me, "cover", body)


@routes.delete("/api/profile/cover", scope="profile.write")
async def drop_cover(call: Call) -> Profile:
    """Shows nothing over the profile any more."""
    return await call.ports.db.write(drop_picture, call.me, "cover")


@routes.patch("/api/settings")
async def update_settings(call: Call, body: SettingsUpdate) -> Me:
    """Changes the caller's settings."""
    now = await call.ports.db.write(once, call.me, body.client_id, Me, set_settings, call.me, body)
    if body.language is not None:
        # Whoever is remembered by a session is remembered with a language.
        call.ports.session_ended(call.me, 0)
    return now


@routes.get("/api/people", limit="search", scope="network.read")
async def search_people(call: Call, query: PeopleQuery) -> FoundPeople:
    """Finds members."""
    return await call.ports.db.read(_found, call.me, query)


@routes.get("/api/cards", scope="network.read")
async def show_cards(call: Call, query: CardsQuery) -> CardList:
    """Cards of up to two hundred people."""
    ids = query.ids.split(",")
    if len(ids) > MAX_PAGE or not all(
        one.isascii() and one.isdigit() and len(one) <= 19 for one in ids
    ):
        raise Refusal("kit.bad_request", status=400, field="ids", detail="ids")
    return CardList(await call.ports.db.read(cards, call.me, [as_int(one) for one in ids]))


@routes.get("/api/connections", scope="network.read")
async def list_connections(call: Call, query: PeopleQuery) -> PeopleList:
    """The caller's connections, newest first."""
    return await _list(call, query, connections_page)


@routes.get("/api/contacts", scope="network.read")
async def list_contacts(call: Call, query: PeopleQuery) -> PeopleList:
    """People whom the caller knows from archives and who are not members, by name."""
    return await _list(call, query, contacts_page)


@routes.get("/api/follows", scope="network.read")
async def list_follows(call: Call, query: PeopleQuery) -> PeopleList:
    """Whom the caller follows, latest first."""
    return await _list(call, query, follows_page)


@routes.get("/api/tagged", scope="network.read")
async def list_tagged(call: Call, query: PeopleQuery) -> PeopleList:
    """A list of people: those on whom the caller has put this tag, or any."""
    return await _list(call, query, tagged_page)


@routes.get("/api/people/{id}/mutuals", scope="network.read")
async def list_mutuals(call: Call, query: PageQuery) -> PeopleList:
    """Whom the caller and somebody else both know."""
    return await call.ports.db.read(mutuals_page, call.me, call.id("id"), query)


@routes.get("/api/blocks", scope="network.read")
async def list_blocks(call: Call, query: PeopleQuery) -> PeopleList:
    """Whom the caller has blocked, latest first."""
    return await _list(call, query, blocks_page)


def connections_page(tx: Transaction, me: int, query: PeopleQuery) -> PeopleList:
    """A page of connections with their faces."""
    found = page_of_connections(tx, me, query.q, query.after, query.limit)
    return _with_faces(tx, me, found)


def contacts_page(tx: Transaction, me: int, query: PeopleQuery) -> PeopleList:
    """A page of contacts with what is known of them."""
    return _with_faces(tx, me, page_of_contacts(tx, me, query.q, query.after, query.limit))


def follows_page(tx: Transaction, me: int, query: PeopleQuery) -> PeopleList:
    """A page of those whom the member follows."""
    return _with_faces(tx, me, page_of_follows(tx, me, query.after, query.limit))


def tagged_page(tx: Transaction, me: int, query: PeopleQuery) -> PeopleList:
    """A page of those whom the member has tagged."""
    return _with_faces(tx, me, page_of_tagged(tx, me, query.q, query.after, query.limit))


def mutuals_page(tx: Transaction, me: int, other: int, query: PageQuery) -> PeopleList:
    """A page of those whom the member and another both know."""
    return _with_faces(tx, me, page_of_mutuals(tx, me, other, query.after, query.limit))


def blocks_page(tx: Transaction, me: int, query: PeopleQuery) -> PeopleList:
    """A page of blocked members: only here their names are shown, so that a block can be lifted."""
    found = page_of_blocks(tx, me, query.after, query.limit)
    return PeopleList(bare_faces(tx, [one.id for one in found.people]), found.next, found.total)


def _with_faces(tx: Transaction, me: int, page: People) -> PeopleList:
    faces = cards(tx, me, [one.id for one in page.people])
    return PeopleList([listed(face) for face in faces], page.next, page.total)


def _put_once(tx: Transaction, me: int, kind: PictureKind, body: PictureUpdate) -> Profile:
    return once(tx, me, body.client_id, Profile, put_picture, me, kind, body.media_id)


def _found(tx: Transaction, me: int, query: PeopleQuery) -> FoundPeople:
    found = find_people(tx, me, query.q, query.after, query.limit)
    return FoundPeople(cards(tx, me, found.ids), found.next)


async def _list(
    call: Call, query: PeopleQuery, page: Callable[[Transaction, int, PeopleQuery], PeopleList]
) -> PeopleList:
    return await call.ports.db.read(page, call.me, query)
