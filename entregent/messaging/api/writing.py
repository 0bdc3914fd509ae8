"""Writing over HTTP: sending, beginning, drafts."""

from collections.abc import Iterable
from typing import Annotated

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.people import WithPeople
from entregent.kit.routes import Call, Done
from entregent.kit.settings import Settings
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions, reading
from ..model import Message, More, Passed, Row, Scheduled, Seq
from ..reading import people_of
from .routes import routes

Moment = Annotated[int, msgspec.Meta(ge=0, le=2**53)]
Held = Annotated[int, msgspec.Meta(ge=1, le=60)]


class SendMessage(msgspec.Struct):
    """A message to send."""

    client_id: ClientId
    text: str = ""
    quote_seq: Seq | None = None
    mentions: list[Id] = []
    forward: Passed | None = None  # then text and files are those of the message passed on
    media: list[Id] = []  # files of mine that have been received
    send_at: Moment | None = None
    hold_seconds: Held | None = None  # how long it is held, to be undone


class Sent(msgspec.Struct):
    """The message as it was kept, or as it waits where it is to be sent later."""

    message: Message | None = None
    scheduled: Scheduled | None = None


@routes.post(
    "/api/conversations/{conversation_id}/messages",
    hot=True,
    limit="send",
    scope="messages.write",
    sends=True,
)
async def send(call: Call, body: SendMessage) -> Sent:
    """Sends a message; the answer comes when it is on disk."""
    settings = call.ports.settings
    most, previews = settings.max_message, settings.fetch != "none:"
    more = None
    if body.quote_seq is not None or body.mentions or body.forward is not None or body.media:
        more = _more(body)
    send_ = actions.Send(
        call.me,
        call.id("conversation_id"),
        body.client_id,
        body.text,
        most,
        more=more,
        previews=previews,
    )
    if body.send_at is None and body.hold_seconds is None:
        return Sent(await call.ports.db.write(actions.send_messages, send_))
    later = actions.Later(send_, body.send_at, body.hold_seconds)
    return _sent(await call.ports.db.write(actions.schedule, later))


def _more(body: SendMessage) -> More:
    forward = body.forward
    return More(
        quote_seq=body.quote_seq,
        mentions=tuple(as_int(one) for one in body.mentions[:200]),
        forward=None if forward is None else (as_int(forward.conversation_id), forward.seq),
        media=tuple(as_int(one) for one in body.media[:100]),
    )


def _sent(answer: Message | Scheduled) -> Sent:
    """A repeated request may find that its message was sent meanwhile."""
    return Sent(message=answer) if isinstance(answer, Message) else Sent(scheduled=answer)


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


@routes.post("/api/conversations", limit="send", scope="messages.write", sends=True)
async def begin(call: Call, body: BeginConversation) -> Begun:
    """Finds or makes a conversation, and sends its first message in the same commit."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Begun, _begin, call.me, body, call.ports.settings
    )


def _begin(tx: Transaction, me: int, body: BeginConversation, settings: Settings) -> Begun:
    most = settings.max_group
    others = [as_int(text) for text in body.member_ids]
    silent = not body.text or not body.text.strip()
    strangers = settings.strangers_per_day, settings.strangers_per_day_new
    begin_ = actions.Begin(me, others, body.title, most, silent, strangers)
    row = actions.begin_conversation(tx, begin_)
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
