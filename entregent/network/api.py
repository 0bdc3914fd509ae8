"""Parting, blocking, following and a member's own words on people, over HTTP.

Lists of people stand in `profiles`, which has the faces.
"""

from typing import Annotated

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Done, Routes
from entregent.live import once
from entregent.ports.db import Transaction

from .actions import block, disconnect, relation, unblock
from .contacts import contacts_among
from .following import Words, follow, put_down, unfollow, words_on
from .lists import TagCount, tags_of

routes = Routes("network")


@routes.delete("/api/connections/{id}", scope="network.write")
async def end_connection(call: Call) -> Done:
    """Ends a connection. Repeating it changes nothing."""
    await call.ports.db.write(disconnect, call.me, call.id("id"))
    return Done()


@routes.post("/api/blocks/{id}", scope="network.write")
async def block_member(call: Call) -> Done:
    """Hides me from a member, and that member from me."""
    await call.ports.db.write(block, call.me, call.id("id"))
    return Done()


@routes.delete("/api/blocks/{id}", scope="network.write")
async def unblock_member(call: Call) -> Done:
    """Takes a block back."""
    await call.ports.db.write(unblock, call.me, call.id("id"))
    return Done()


class PersonWords(msgspec.Struct, kw_only=True):
    """What the member has put down about a person, for their own eyes."""

    tags: list[str]
    note: str
    cadence_days: int | None


class PersonWordsUpdate(msgspec.Struct, kw_only=True):
    """All that is put down about a person from now on."""

    client_id: ClientId
    tags: Annotated[list[Annotated[str, msgspec.Meta(max_length=200)]], msgspec.Meta(max_length=50)]
    note: Annotated[str, msgspec.Meta(max_length=20_000)] = ""
    cadence_days: int | None = None


@routes.post("/api/follows/{id}", scope="network.write")
async def follow_member(call: Call) -> Done:
    """Follows somebody, who is not told."""
    await call.ports.db.write(follow, call.me, call.id("id"))
    return Done()


@routes.delete("/api/follows/{id}", scope="network.write")
async def unfollow_member(call: Call) -> Done:
    """Follows somebody no more."""
    await call.ports.db.write(unfollow, call.me, call.id("id"))
    return Done()


class Tags(msgspec.Struct):
    """The member's tags on people: each is a list."""

    tags: list[TagCount]


@routes.get("/api/tags", scope="network.read")
async def list_tags(call: Call) -> Tags:
    """The caller's own tags, those on most people first."""
    return Tags(await call.ports.db.read(tags_of, call.me))


@routes.get("/api/people/{id}/mine", scope="network.read")
async def show_words(call: Call) -> PersonWords:
    """The caller's own words on somebody."""
    return await call.ports.db.read(_words, call.me, call.id("id"))


@routes.put("/api/people/{id}/mine", scope="network.write")
async def put_words(call: Call, body: PersonWordsUpdate) -> PersonWords:
    """Replaces them."""
    asked = (call.me, call.id("id"), body)
    return await call.ports.db.write(once, call.me, body.client_id, PersonWords, _put, *asked)


def _words(tx: Transaction, me: int, other: int) -> PersonWords:
    return _shown(words_on(tx, me, [other]).get(other, Words()))


def _put(tx: Transaction, me: int, other: int, body: PersonWordsUpdate) -> PersonWords:
    if not relation(tx, me, other).member and other not in contacts_among(tx, me, [other]):
        raise Refusal("network.nobody", status=404)
    return _shown(put_down(tx, me, other, body.tags, body.note, body.cadence_days))


def _shown(words: Words) -> PersonWords:
    return PersonWords(tags=words.tags, note=words.note, cadence_days=words.cadence_days)
