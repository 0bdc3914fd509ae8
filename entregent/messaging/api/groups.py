"""Groups over HTTP: their title and rules, and who is in them."""

from collections.abc import Iterable
from typing import Literal

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.people import WithPeople
from entregent.kit.routes import Call, Done
from entregent.kit.settings import Settings
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions
from ..model import Row
from ..reading import Conversation, people_of
from ..whole import conversation
from .routes import routes

MOST_AT_ONCE = 200


class GroupChange(msgspec.Struct):
    """A group's title, or whether newcomers see what was said before; what is left out stays."""

    client_id: ClientId
    title: str | msgspec.UnsetType | None = msgspec.UNSET
    history: Literal["all", "joining"] | None = None


class OneRow(WithPeople):
    """A conversation as it stands now."""

    row: Row

    def people(self) -> Iterable[int]:
        return people_of([self.row])


@routes.patch("/api/conversations/{conversation_id}", scope="messages.write", sends=True)
async def change(call: Call, body: GroupChange) -> OneRow:
    """Renames a group, or changes its rule."""
    key = call.id("conversation_id")
    return await call.ports.db.write(
        once, call.me, body.client_id, OneRow, _change, call.me, key, body
    )


def _change(tx: Transaction, me: int, key: int, body: GroupChange) -> OneRow:
    row = None
    if body.history is not None:
        row = actions.set_history(tx, me, key, body.history)
    if row is None or body.title is not msgspec.UNSET:
        title = None if body.title is msgspec.UNSET else body.title
        row = actions.rename(tx, me, key, title)
    return OneRow(row=row)


class Command(msgspec.Struct):
    """The command's own id, and nothing else."""

    client_id: ClientId


@routes.post("/api/conversations/{conversation_id}/leave", scope="messages.write")
async def leave(call: Call, body: Command) -> Done:
    """Leaves a group."""
    key = call.id("conversation_id")
    return await call.ports.db.write(once, call.me, body.client_id, Done, _leave, call.me, key)


def _leave(tx: Transaction, me: int, key: int) -> Done:
    actions.leave(tx, me, key)
    return Done()


class AddPeople(msgspec.Struct):
    """Whom to bring in."""

    client_id: ClientId
    member_ids: list[Id]


@routes.post(
    "/api/conversations/{conversation_id}/people",
    limit="invite",
    scope="messages.write",
    sends=True,
)
async def add(call: Call, body: AddPeople) -> Conversation:
    """Brings people into a group: contacts at once, others are asked."""
    asked = (call.me, call.id("conversation_id"), body.member_ids, call.ports.settings)
    return await call.ports.db.write(once, call.me, body.client_id, Conversation, _add, *asked)


def _add(
    tx: Transaction, me: int, key: int, member_ids: list[Id], settings: Settings
) -> Conversation:
    people = [as_int(one) for one in member_ids[:MOST_AT_ONCE]]
    strangers = settings.strangers_per_day, settings.strangers_per_day_new
    actions.add_people(tx, me, key, people, settings.max_group, strangers)
    return conversation(tx, me, key)


@routes.delete("/api/conversations/{conversation_id}/people/{person_id}", scope="messages.write")
async def remove(call: Call) -> Done:
    """Takes somebody out of a group, or asks them no more."""
    key, person = call.id("conversation_id"), call.id("person_id")
    await call.ports.db.write(actions.remove_person, call.me, key, person)
    return Done()


class Role(msgspec.Struct):
    """Somebody's part in a group."""

    client_id: ClientId
    role: Literal["owner", "admin", "member"]


@routes.patch("/api/conversations/{conversation_id}/people/{person_id}", scope="messages.write")
async def set_role(call: Call, body: Role) -> Conversation:
    """Gives somebody another part; who hands the owner's on is an administrator from then on."""
    key, person = call.id("conversation_id"), call.id("person_id")
    return await call.ports.db.write(
        once, call.me, body.client_id, Conversation, _set_role, call.me, key, person, body.role
    )


def _set_role(
    tx: Transaction, me: int, key: int, person: int, role: Literal["owner", "admin", "member"]
) -> Conversation:
    actions.set_role(tx, me, key, person, role)
    return conversation(tx, me, key)


@routes.post("/api/conversations/{conversation_id}/join", scope="messages.write")
async def join(call: Call, body: Command) -> Conversation:
    """Accepts being brought into a group."""
    key = call.id("conversation_id")
    return await call.ports.db.write(
        once, call.me, body.client_id, Conversation, _join, call.me, key
    )


def _join(tx: Transaction, me: int, key: int) -> Conversation:
    actions.join(tx, me, key)
    return conversation(tx, me, key)


@routes.post("/api/conversations/{conversation_id}/decline", scope="messages.write")
async def decline(call: Call, body: Command) -> Done:
    """Does not want to be in a group; nobody is told."""
    key = call.id("conversation_id")
    return await call.ports.db.write(once, call.me, body.client_id, Done, _decline, call.me, key)


def _decline(tx: Transaction, me: int, key: int) -> Done:
    actions.decline(tx, me, key)
    return Done()
