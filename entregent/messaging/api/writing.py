"""Writing over HTTP: sending, beginning, drafts."""

from collections.abc import Iterable

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.people import WithPeople
from entregent.kit.routes import Call, Done
from entregent.kit.settings import Settings
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions, reading
from ..model import Message, Row
from ..reading import people_of
from .routes import routes


class SendMessage(msgspec.Struct):
    """A message to send."""

    client_id: ClientId
    text: str


class Sent(msgspec.Struct):
    """The message as it was kept."""

    message: Message


@routes.post(
    "/api/conversations/{conversation_id}/messages", hot=True, limit="send", scope="messages.write"
)
async def send(call: Call, body: SendMessage) -> Sent:
    """Sends a message; the answer comes when it is on disk."""
    message = await call.ports.db.write(
        actions.send_messages,
        actions.Send(
            call.me,
            call.id("conversation_id"),
            body.client_id,
            body.text,
            call.ports.settings.max_message,
        ),
    )
    return Sent(message)


class BeginConversation(msgspec.Struct):
    """With whom; `text` is the first message, if any."""

    client_id: ClientId
    member_ids: list[Id]
    title: str | None = None
    text: str | None = None


class Begun(WithPeople):
    """The conversation, and its first message."""

    row: Row
    message: Message | None = None

    def people(self) -> Iterable[int]:
        return people_of([self.row])


@routes.post("/api/conversations", limit="send", scope="messages.write")
async def begin(call: Call, body: BeginConversation) -> Begun:
    """Finds or makes a conversation, and sends its first message in the same commit."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Begun, _begin, call.me, body, call.ports.settings
    )


def _begin(tx: Transaction, me: int, body: BeginConversation, settings: Settings) -> Begun:
    most = settings.max_group
    others = [as_int(text) for text in body.member_ids]
    silent = not body.text or not body.text.strip()
    row = actions.begin_conversation(tx, actions.Begin(me, others, body.title, most, silent))
    if body.text is None or silent:
        return Begun(row=row)
    longest = settings.max_message
    send_ = actions.Send(me, as_int(row.id), body.client_id, body.text, longest)
    (answer,) = actions.send_messages(tx, [send_])
    if isinstance(answer, Refusal):
        raise answer
    return Begun(row=reading.row_of(reading.find_for(tx, me, as_int(row.id))), message=answer)


class Draft(msgspec.Struct):
    """What is being written, as typed."""

    text: str
    client_id: ClientId | None = None


@routes.put("/api/conversations/{conversation_id}/draft", scope="messages.write")
async def draft(call: Call, body: Draft) -> Done:
    """Keeps a draft; the last one written stands. Repeating it changes nothing."""
    await call.ports.db.write(
        actions.save_draft,
        call.me,
        call.id("conversation_id"),
        body.text,
        call.ports.settings.max_message,
    )
    return Done()
