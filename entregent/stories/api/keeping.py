"""What has ended, and what of it stays on a profile, over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.paging import page_size
from entregent.kit.routes import Call, Done
from entregent.live import once
from entregent.ports.db import Transaction

from .. import actions, reading
from ..highlights import FrameRef, Highlight, HighlightFrames, Highlights
from ..model import (
    MOST_KEPT,
    StoryArchive,
)
from .routes import MOST, StoryPageQuery, routes

Frames = Annotated[list[FrameRef], msgspec.Meta(min_length=1, max_length=MOST_KEPT)]


class NewHighlight(msgspec.Struct, kw_only=True):
    """Frames to keep on the profile, in this order."""

    client_id: ClientId
    title: str
    frames: Frames


class HighlightChange(msgspec.Struct, kw_only=True):
    """What is to be otherwise; what is left out stays."""

    client_id: ClientId
    title: str | None = None
    frames: Frames | None = None


class HighlightDone(msgspec.Struct, kw_only=True):
    """The highlight as it is now."""

    highlight: Highlight


@routes.get("/api/stories/archive")
async def show_archive(call: Call, query: StoryPageQuery) -> StoryArchive:
    """My own stories that have ended."""
    return await call.ports.db.read(
        reading.archive, call.me, call.language, query.after, page_size(query.limit, MOST)
    )


@routes.get("/api/profiles/{handle}/highlights")
async def list_highlights(call: Call) -> Highlights:
    """What stays on a profile, as far as I may see it."""
    return await call.ports.db.read(reading.highlights, call.me, call.path["handle"])


@routes.post("/api/highlights")
async def add_highlight(call: Call, body: NewHighlight) -> HighlightDone:
    """Keeps frames on my profile: whoever could see them may see them still."""
    return await call.ports.db.write(
        once, call.me, body.client_id, HighlightDone, _add, call.me, body
    )


def _add(tx: Transaction, me: int, body: NewHighlight) -> HighlightDone:
    return HighlightDone(highlight=actions.keep_highlight(tx, me, body.title, body.frames))


@routes.patch("/api/highlights/{id}")
async def change_highlight(call: Call, body: HighlightChange) -> HighlightDone:
    """Calls it otherwise, or has other frames in it."""
    return await call.ports.db.write(
        once, call.me, body.client_id, HighlightDone, _alter, call.me, call.id("id"), body
    )


def _alter(tx: Transaction, me: int, key: int, body: HighlightChange) -> HighlightDone:
    changed = actions.change_highlight(tx, me, key, body.title, body.frames)
    return HighlightDone(highlight=changed)


@routes.delete("/api/highlights/{id}")
async def drop_highlight(call: Call) -> Done:
    """Takes it from my profile; the frames stay in the archive."""
    await call.ports.db.write(actions.drop_highlight, call.me, call.id("id"))
    return Done()


@routes.get("/api/highlights/{author}/{id}")
async def play_highlight(call: Call) -> HighlightFrames:
    """The frames of a highlight."""
    return await call.ports.db.read(
        reading.highlight_frames, call.me, call.id("author"), call.id("id"), call.language
    )
