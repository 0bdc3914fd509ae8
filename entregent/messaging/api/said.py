"""What is done to a message after it was sent, over HTTP."""

from typing import Literal

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions
from ..history import History, history
from ..model import Message
from .routes import routes


class EditMessage(msgspec.Struct):
    """What a message is to say."""

    client_id: ClientId
    text: str


class OneMessage(msgspec.Struct):
    """A message as it is now."""

    message: Message


class DeleteFor(msgspec.Struct):
    """For everyone, or only for me."""

    for_: Literal["everyone", "me"] = msgspec.field(default="me", name="for")


@routes.patch(
    "/api/conversations/{conversation_id}/messages/{seq}",
    limit="send",
    scope="messages.write",
    sends=True,
)
async def edit(call: Call, body: EditMessage) -> OneMessage:
    """Changes what I said within the last hour; what it was is kept."""
    settings = call.ports.settings
    edit_ = actions.Edit(
        call.me,
        call.id("conversation_id"),
        number(call),
        body.text,
        settings.max_message,
        settings.fetch != "none:",
    )
    return await call.ports.db.write(once, call.me, body.client_id, OneMessage, _edit, edit_)


def _edit(tx: Transaction, edit_: actions.Edit) -> OneMessage:
    return OneMessage(actions.edit_message(tx, edit_))


@routes.delete("/api/conversations/{conversation_id}/messages/{seq}", scope="messages.write")
async def delete(call: Call, query: DeleteFor) -> Done:
    """Deletes a message: for me at any time, for everyone what I said within the last hour.
    Repeating it changes nothing."""
    everyone = query.for_ == "everyone"
    action = actions.delete_for_everyone if everyone else actions.delete_for_me
    await call.ports.db.write(action, call.me, call.id("conversation_id"), number(call))
    return Done()


@routes.get("/api/conversations/{conversation_id}/messages/{seq}/history", scope="messages.read")
async def show_history(call: Call) -> History:
    """What a message said before it was edited."""
    return await call.ports.db.read(history, call.me, call.id("conversation_id"), number(call))


@routes.put(
    "/api/conversations/{conversation_id}/messages/{seq}/reactions/{emoji}",
    limit="react",
    scope="messages.write",
    sends=True,
)
async def react(call: Call) -> OneMessage:
    """Puts an emoji of mine under a message. Repeating it changes nothing."""
    return await _react(call, True)


@routes.delete(
    "/api/conversations/{conversation_id}/messages/{seq}/reactions/{emoji}",
    limit="react",
    scope="messages.write",
)
async def take_back(call: Call) -> OneMessage:
    """Takes an emoji of mine away. Repeating it changes nothing."""
    return await _react(call, False)


async def _react(call: Call, there: bool) -> OneMessage:
    key, emoji = call.id("conversation_id"), call.path["emoji"]
    seq = number(call)
    return OneMessage(await call.ports.db.write(actions.react, call.me, key, seq, emoji, there))


def number(call: Call) -> int:
    """The number of a message in the path; what is not one names nothing."""
    found = call.id("seq")
    if found > 2_000_000_000:
        raise Refusal("kit.not_found", status=404)
    return found
