"""What goes with a member into an export: all that they told, and what of it they keep."""

import msgspec

from entregent.kit.ids import Id
from entregent.ports.db import Transaction

from . import queries
from .highlights import FrameRef
from .model import (
    Drawn,
    Replies,
    StoryAudience,
    StoryKind,
    StoryState,
)
from .sight import audience_of, frames_of, kept_in


class ExportedStory(msgspec.Struct, kw_only=True):
    """A story as its author made it; of its files the export has one each, named by its id."""

    id: Id
    kind: StoryKind
    state: StoryState
    published_at: int
    expires_at: int
    audience: StoryAudience
    replies: Replies
    frames: list[Drawn]


class ExportedHighlight(msgspec.Struct, kw_only=True):
    """Frames that stay on the profile."""

    title: str
    frames: list[FrameRef]


class ExportedStories(msgspec.Struct, kw_only=True):
    """All of it, the oldest first."""

    stories: list[ExportedStory]
    highlights: list[ExportedHighlight]


def exported(tx: Transaction, me: int) -> ExportedStories | None:
    """What the member has told and not deleted; None where that is nothing."""
    rows = tx.all(queries.EVERY, author=me)
    if not rows:
        return None
    return ExportedStories(
        stories=[
            ExportedStory(
                id=str(row.story_id),
                kind=row.kind,
                state=row.state,
                published_at=row.published_at,
                expires_at=row.expires_at,
                audience=audience_of(row),
                replies=row.replies,
                frames=frames_of(row),
            )
            for row in sorted(rows, key=lambda row: row.story_id)
        ],
        highlights=[
            ExportedHighlight(title=row.title, frames=kept_in(row))
            for row in reversed(tx.all(queries.HIGHLIGHTS, author=me))
        ],
    )
