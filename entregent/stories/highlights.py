"""Frames that stay on a profile, as the wire has them: pure."""

import msgspec

from entregent.kit.ids import Id
from entregent.media import Media

from .model import StoryFrame


class FrameRef(msgspec.Struct, kw_only=True, frozen=True):
    """A frame of an own story."""

    story_id: Id
    frame_id: Id


class Highlight(msgspec.Struct, kw_only=True):
    """Frames that stay on a profile, and the first of them that has a picture."""

    id: Id
    title: str
    cover: Media | None
    frames: int


class Highlights(msgspec.Struct, kw_only=True):
    """All of a profile that the viewer may see."""

    highlights: list[Highlight]


class KeptFrame(msgspec.Struct, kw_only=True):
    """A frame of a highlight, with the story that it is of."""

    story_id: Id
    published_at: int
    frame: StoryFrame


class HighlightFrames(msgspec.Struct, kw_only=True):
    """A highlight as it is played."""

    id: Id
    title: str
    frames: list[KeptFrame]
