"""An author's own doings, over HTTP."""

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.paging import page_size
from entregent.kit.routes import Call
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions, reading
from ..model import (
    NewStory,
    Replies,
    StoryAnswers,
    StoryAudience,
    StoryDone,
    StoryTrack,
    StoryViewers,
)
from .routes import MOST, StoryPageQuery, routes


class StoryUpdate(msgspec.Struct, kw_only=True):
    """What is to be otherwise; what is left out stays."""

    client_id: ClientId
    audience: StoryAudience | None = None
    replies: Replies | None = None


class StorySubtitles(msgspec.Struct, kw_only=True):
    """What is said in a film, in each of these languages."""

    client_id: ClientId
    tracks: list[StoryTrack]


class AnswersQuery(msgspec.Struct, kw_only=True):
    """Of which sticker, and which page."""

    frame: Id = "0"
    sticker: str = ""
    after: str = ""
    limit: int = 50


@routes.post("/api/stories", limit="story", sends=True)
async def publish(call: Call, body: NewStory) -> StoryDone:
    """Publishes a story: at once, or as soon as all of its files are ready."""
    return await call.ports.db.write(
        once, call.me, body.client_id, StoryDone, actions.publish, call.me, body, call.language
    )


@routes.patch("/api/stories/{author}/{story}")
async def change_story(call: Call, body: StoryUpdate) -> StoryDone:
    """Says otherwise who may see it, and who may reply: at once."""
    return await call.ports.db.write(
        once,
        call.me,
        body.client_id,
        StoryDone,
        _change,
        call.me,
        *_own(call),
        body,
        call.language,
    )


def _change(
    tx: Transaction, me: int, author: int, story: int, body: StoryUpdate, language: str
) -> StoryDone:
    return actions.change(tx, me, (author, story), body.audience, body.replies, language)


@routes.delete("/api/stories/{author}/{story}")
async def delete_story(call: Call) -> StoryDone:
    """Deletes a story, with its files and all that was counted. Repeating it changes nothing."""
    return await call.ports.db.write(actions.delete, call.me, _own(call))


@routes.delete("/api/stories/{author}/{story}/frames/{frame}")
async def delete_frame(call: Call) -> StoryDone:
    """Takes one frame out; with the last one the story goes."""
    return await call.ports.db.write(
        actions.delete_frame, call.me, _own(call), call.id("frame"), call.language
    )


@routes.put("/api/stories/{author}/{story}/frames/{frame}/subtitles")
async def write_subtitles(call: Call, body: StorySubtitles) -> StoryDone:
    """Puts these subtitles in the place of those that an own film has, whether its story is told
    still or over."""
    given = _own(call), call.id("frame"), body.tracks, call.language
    return await call.ports.db.write(
        once, call.me, body.client_id, StoryDone, actions.write_subtitles, call.me, *given
    )


@routes.get("/api/stories/{author}/{story}/viewers")
async def list_viewers(call: Call, query: StoryPageQuery) -> StoryViewers:
    """Who has seen it: for its author alone."""
    return await call.ports.db.read(
        reading.viewers, call.me, _own(call), query.after, page_size(query.limit, MOST)
    )


@routes.get("/api/stories/{author}/{story}/answers")
async def list_answers(call: Call, query: AnswersQuery) -> StoryAnswers:
    """What was answered to a question, or chosen in a poll: for its author alone."""
    place = as_int(query.frame), query.sticker
    return await call.ports.db.read(
        reading.answers, call.me, _own(call), place, query.after, page_size(query.limit, MOST)
    )


def _own(call: Call) -> tuple[int, int]:
    return call.id("author"), call.id("story")
