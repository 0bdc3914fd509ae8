"""The conversation beneath a video, and reports, over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.paging import page_size
from entregent.kit.reports import Reason
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions, reading
from ..model import (
    MAX_NOTE,
    NewVideoReply,
    VideoReplyDone,
    VideoThread,
)
from ..sight import Key
from .routes import MOST, ONE, VideoLike, key_in, routes

ANSWERS = f"{ONE}/replies"


class VideoThreadQuery(msgspec.Struct, kw_only=True):
    """Which page, and beneath which reply; of the video itself where none is named."""

    after: str = ""
    parent: Id = "0"
    limit: int = 50


class VideoReport(msgspec.Struct, kw_only=True):
    """What is wrong with a video, or with a reply beneath it."""

    client_id: ClientId
    reason: Reason
    reply_id: Id | None = None
    note: Annotated[str, msgspec.Meta(max_length=MAX_NOTE)] = ""


@routes.get(ANSWERS)
async def list_replies(call: Call, query: VideoThreadQuery) -> VideoThread:
    """What was said beneath a video, or beneath one reply, the oldest first."""
    asked = as_int(query.parent), query.after, page_size(query.limit, MOST)
    return await call.ports.db.read(reading.thread, call.me, key_in(call), *asked)


@routes.post(ANSWERS, limit="answer", sends=True)
async def reply(call: Call, body: NewVideoReply) -> VideoReplyDone:
    """Says something beneath a video; a film or a voice is shown as soon as it is ready."""
    done = body.client_id, VideoReplyDone, actions.reply, call.me, key_in(call), body
    return await call.ports.db.write(once, call.me, *done)


@routes.delete(ANSWERS + "/{reply}")
async def remove_reply(call: Call) -> Done:
    """Removes a reply: my own, or one beneath my video. Repeating it changes nothing."""
    await call.ports.db.write(actions.remove_reply, call.me, key_in(call), call.id("reply"))
    return Done()


@routes.put(ANSWERS + "/{reply}/like", limit="react", sends=True)
async def like_reply(call: Call, body: VideoLike) -> VideoReplyDone:
    """Says that I like a reply, or takes that back."""
    return await call.ports.db.write(
        actions.like_reply, call.me, key_in(call), call.id("reply"), body.on
    )


@routes.post(f"{ONE}/report", limit="report")
async def report(call: Call, body: VideoReport) -> Done:
    """Puts a video, or a reply, before the host."""
    return await call.ports.db.write(
        once, call.me, body.client_id, Done, _report, call.me, key_in(call), body
    )


def _report(tx: Transaction, me: int, key: Key, body: VideoReport) -> Done:
    reply_id = None if body.reply_id is None else as_int(body.reply_id)
    actions.report(tx, me, key, reply_id, body.reason, body.note)
    return Done()
