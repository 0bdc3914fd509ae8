"""Messaging over HTTP."""

import struct
from collections.abc import Iterable

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.people import WithPeople
from entregent.kit.routes import Call, Done, Raw, Routes
from entregent.kit.settings import Settings
from entregent.live import once
from entregent.ports.db import Transaction

from . import actions, reading
from .jobs import fill_index
from .model import Mark, Message, Row, Seq
from .reading import (
    AnyView,
    Conversation,
    Inbox,
    Messages,
    Rows,
    SearchPage,
    people_of,
)

routes = Routes("messaging")
MOST_IDS = 100_000


class SendMessage(msgspec.Struct):
    """A message to send."""

    client_id: ClientId
    text: str


class Sent(msgspec.Struct):
    """The message as it was kept."""

    message: Message


@routes.post("/api/conversations/{conversation_id}/messages", hot=True, limit="send")
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


class InboxQuery(msgspec.Struct):
    """Which page of which view."""

    view: AnyView = "inbox"
    after: str | None = None
    limit: int = 60


@routes.get("/api/inbox")
async def inbox(call: Call, query: InboxQuery) -> Inbox:
    """A page of conversations, newest first."""
    return await call.ports.db.read(_inbox, call.me, query)


def _inbox(tx: Transaction, me: int, query: InboxQuery) -> Inbox:
    rows, following = reading.page(tx, me, query.view, query.after, _page(query.limit))
    total = reading.total_of(reading.counts(tx, me), query.view)
    return Inbox(rows=rows, next=following, total=total, cards=reading.strangers(tx, rows))


class ViewQuery(msgspec.Struct):
    """Which view."""

    view: AnyView = "inbox"


@routes.get("/api/inbox/ids")
async def inbox_ids(call: Call, query: ViewQuery) -> Raw:
    """All conversation ids of a view in order, as little-endian 64-bit numbers."""
    found = await call.ports.db.read(reading.ids, call.me, query.view)
    return Raw(struct.pack(f"<{len(found)}Q", *found), "application/octet-stream")


class SomeIds(msgspec.Struct):
    """Conversations by id."""

    ids: list[Id]


@routes.post("/api/inbox/rows", limit="read")
async def inbox_rows(call: Call, body: SomeIds) -> Rows:
    """The rows of up to 200 conversations."""
    wanted = [as_int(text) for text in body.ids[:200]]
    return await call.ports.db.read(reading.found_rows, call.me, wanted)


@routes.get("/api/conversations/{conversation_id}")
async def conversation(call: Call) -> Conversation:
    """A conversation with its people."""
    return await call.ports.db.read(reading.conversation, call.me, call.id("conversation_id"))


class ThreadQuery(msgspec.Struct):
    """Which messages: the last ones, or those before, after or around a number."""

    before: Seq | None = None
    after: Seq | None = None
    around: Seq | None = None
    limit: int = 50


@routes.get("/api/conversations/{conversation_id}/messages")
async def thread(call: Call, query: ThreadQuery) -> Messages:
    """Messages of a conversation, oldest first."""
    return await call.ports.db.read(_thread, call.me, call.id("conversation_id"), query)


def _thread(tx: Transaction, me: int, conversation_id: int, query: ThreadQuery) -> Messages:
    return reading.thread(
        tx,
        me,
        conversation_id,
        before=query.before,
        after=query.after,
        around=query.around,
        limit=_page(query.limit),
    )


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


@routes.post("/api/conversations", limit="send")
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


class MarkConversations(msgspec.Struct):
    """Conversations to mark."""

    client_id: ClientId
    ids: list[Id]
    mark: Mark


class Marked(msgspec.Struct):
    """How many conversations changed."""

    changed: int


@routes.post("/api/conversations/marks")
async def mark(call: Call, body: MarkConversations) -> Marked:
    """Marks conversations read, unread, archived, back in the inbox, or spam."""
    if len(body.ids) > MOST_IDS:
        raise Refusal("messaging.too_many_at_once", field="ids", most=MOST_IDS)
    return await call.ports.db.write(once, call.me, body.client_id, Marked, _mark, call.me, body)


def _mark(tx: Transaction, me: int, body: MarkConversations) -> Marked:
    return Marked(actions.mark(tx, me, [as_int(text) for text in body.ids], body.mark))


class ReadUpTo(msgspec.Struct):
    """The last message that was seen."""

    seq: Seq


@routes.post("/api/conversations/{conversation_id}/read")
async def read_up_to(call: Call, body: ReadUpTo) -> Marked:
    """I have read a conversation up to a message. Repeating it changes nothing."""
    return Marked(
        await call.ports.db.write(actions.read_up_to, call.me, call.id("conversation_id"), body.seq)
    )


class Draft(msgspec.Struct):
    """What is being written, as typed."""

    text: str
    client_id: ClientId | None = None


@routes.put("/api/conversations/{conversation_id}/draft")
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


class Title(msgspec.Struct):
    """A group's title."""

    client_id: ClientId
    title: str | None


class OneRow(WithPeople):
    """A conversation as it stands now."""

    row: Row

    def people(self) -> Iterable[int]:
        return people_of([self.row])


@routes.patch("/api/conversations/{conversation_id}")
async def rename(call: Call, body: Title) -> OneRow:
    """Renames a group."""
    key = call.id("conversation_id")
    return await call.ports.db.write(
        once, call.me, body.client_id, OneRow, _rename, call.me, key, body.title
    )


def _rename(tx: Transaction, me: int, key: int, title: str | None) -> OneRow:
    return OneRow(row=actions.rename(tx, me, key, title))


class Leave(msgspec.Struct):
    """Leaving takes nothing but the command's own id."""

    client_id: ClientId


@routes.post("/api/conversations/{conversation_id}/leave")
async def leave(call: Call, body: Leave) -> Done:
    """Leaves a group."""
    key = call.id("conversation_id")
    return await call.ports.db.write(once, call.me, body.client_id, Done, _leave, call.me, key)


def _leave(tx: Transaction, me: int, key: int) -> Done:
    actions.leave(tx, me, key)
    return Done()


class SearchQuery(msgspec.Struct):
    """Words to look for; the last one may be the beginning of a word."""

    q: str = ""
    after: str | None = None
    limit: int = 30


@routes.get("/api/search", limit="search")
async def search(call: Call, query: SearchQuery) -> SearchPage:
    """Searches all my messages, archive and imports too."""
    await fill_index(call.ports.db)
    return await call.ports.db.read(
        reading.search, call.me, query.q[:200], query.after, _page(query.limit)
    )


def _page(limit: int) -> int:
    return max(1, min(limit, 200))
