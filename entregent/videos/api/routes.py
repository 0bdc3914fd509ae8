"""The routes of videos, and what several of its topics share."""

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Routes

from ..sight import Key

routes = Routes("videos")
ONE = "/api/videos/{author}/{video}"


class VideoDeed(msgspec.Struct, kw_only=True):
    """Says only that this is meant once."""

    client_id: ClientId


class VideoLike(msgspec.Struct, kw_only=True):
    """Whether I like it."""

    client_id: ClientId
    on: bool = True


def language(call: Call) -> str:
    """In which language the caller reads."""
    return "en" if call.caller is None else call.caller.language


def page_size(limit: int) -> int:
    """How long a page may be."""
    return max(1, min(limit, 100))


def key_in(call: Call) -> Key:
    """The video that the path names."""
    return call.id("author"), call.id("video")
