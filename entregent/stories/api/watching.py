"""What viewers see and do, over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId, Id, as_int
from entregent.kit.paging import page_size
from entregent.kit.reports import Reason
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.messaging import Message
from entregent.ports.db import Transaction

from .. import actions, reading
from ..model import MAX_ANSWER, MOST_FRAMES, StickerDone, StoryRow, Told
from .routes import MOST, StoryPageQuery, routes


class SeenStory(msgspec.Struct, kw_only=True):
    """How many of a story's frames I have seen."""

    author_id: Id
    story_id: Id
    frames: Annotated[int, msgspec.Meta(ge=1, le=MOST_FRAMES)]


class SeenStories(msgspec.Struct, kw_only=True):
    """What I have seen since I said so last. Repeating it changes nothing."""

    client_id: ClientId
    seen: Annotated[list[SeenStory], msgspec.Meta(max_length=100)]


class StoryLike(msgspec.Struct, kw_only=True):
    """Whether I like it."""

    client_id: ClientId
    on: bool = True


class StoryReply(msgspec.Struct, kw_only=True):
    """A message to the author about a frame, in words or by a file of mine: a voice, a film."""

    client_id: ClientId
    text: str = ""
    media_id: Id | None = None


class StoryReplied(msgspec.Struct, kw_only=True):
    """The message as it was sent."""

    message: Message


class StickerDeed(msgspec.Struct, kw_only=True):
    """What I do with a sticker: choose in a poll, answer a question, open a link, want to be
    reminded when a countdown is over, or no longer. `named`: who asked may show my answer with my
    name."""

    client_id: ClientId
    option: Annotated[int, msgspec.Meta(ge=0, le=3)] | None = None
    text: Annotated[str, msgspec.Meta(max_length=MAX_ANSWER)] | None = None
    named: bool = False
    tapped: bool = False
    remind: bool | None = None


class ReportStory(msgspec.Struct, kw_only=True):
    """What is wrong with a story."""

    client_id: ClientId
    reason: Reason
    note: Annotated[str, msgspec.Meta(max_length=2_000)] = ""


@routes.get("/api/stories")
async def show_row(call: Call, query: StoryPageQuery) -> StoryRow:
    """Who tells something at the moment, new things first."""
    return await call.ports.db.read(
        reading.row, call.me, call.language, query.after, page_size(query.limit, MOST)
    )


@routes.post("/api/stories/seen", limit="seen")
async def see(call: Call, body: SeenStories) -> Done:
    """Notes what I have seen, for all my devices, and for the author as I want to be seen."""
    seen = [
        actions.Seen(as_int(one.author_id), as_int(one.story_id), one.frames) for one in body.seen
    ]
    await call.ports.db.write(actions.see, actions.Seeing(call.me, tuple(seen)))
    return Done()


@routes.get("/api/stories/{author}")
async def show_stories(call: Call) -> Told:
    """All that somebody tells me at the moment."""
    return await call.ports.db.read(reading.told, call.me, call.id("author"), call.language)


@routes.post("/api/stories/{author}/{story}/frames/{frame}/like", limit="react", sends=True)
async def like(call: Call, body: StoryLike) -> Done:
    """Tells the author that I like a frame, or takes that back."""
    await call.ports.db.write(actions.like, call.me, _frame(call), body.on)
    return Done()


@routes.post("/api/stories/{author}/{story}/frames/{frame}/replies", limit="send", sends=True)
async def reply(call: Call, body: StoryReply) -> StoryReplied:
    """Writes or speaks to the author about a frame, whose words are quoted, and stay."""
    settings = call.ports.settings
    limits = actions.Writing(
        settings.max_message,
        settings.max_group,
        (settings.strangers_per_day, settings.strangers_per_day_new),
    )
    return await call.ports.db.write(
        once, call.me, body.client_id, StoryReplied, _reply, call.me, _frame(call), body, limits
    )


def _reply(
    tx: Transaction,
    me: int,
    frame: tuple[int, int, int],
    body: StoryReply,
    limits: actions.Writing,
) -> StoryReplied:
    media = None if body.media_id is None else as_int(body.media_id)
    said = actions.Saying(body.text, media)
    message = actions.reply(tx, me, frame, body.client_id, said, limits)
    return StoryReplied(message=message)


@routes.post("/api/stories/{author}/{story}/frames/{frame}/stickers/{sticker}", limit="react")
async def use_sticker(call: Call, body: StickerDeed) -> StickerDone:
    """Chooses in a poll, answers a question, notes that a link was opened, asks for a reminder."""
    return await call.ports.db.write(
        once, call.me, body.client_id, StickerDone, _use, call.me, _frame(call), call.path, body
    )


def _use(
    tx: Transaction, me: int, frame: tuple[int, int, int], path: dict[str, str], body: StickerDeed
) -> StickerDone:
    deed = actions.Deed(body.option, body.text, body.tapped, body.remind, body.named)
    return StickerDone(sticker=actions.use_sticker(tx, me, frame, path["sticker"], deed))


@routes.post("/api/stories/{author}/{story}/report", limit="report")
async def report(call: Call, body: ReportStory) -> Done:
    """Puts a story before the host."""
    story = call.id("author"), call.id("story")
    return await call.ports.db.write(
        once, call.me, body.client_id, Done, _report, call.me, story, body
    )


def _report(tx: Transaction, me: int, story: tuple[int, int], body: ReportStory) -> Done:
    actions.report(tx, me, story, body.reason, body.note)
    return Done()


def _frame(call: Call) -> tuple[int, int, int]:
    return call.id("author"), call.id("story"), call.id("frame")
