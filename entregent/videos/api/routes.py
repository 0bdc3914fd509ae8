"""The routes of videos, and what several of its topics share."""

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Routes

from ..sight import Key

routes = Routes("videos")
MOST = 100  # on a page
ONE = "/api/videos/{author}/{video}"


class VideoDeed(msgspec.Struct, kw_only=True):
    """Says only that this is meant once."""

    client_id: ClientId


class VideoLike(msgspec.Struct, kw_only=True):
    """Whether I like it."""

    client_id: ClientId
    on: bool = True


def key_in(call: Call) -> Key:
    """The video that the path names."""
    return call.id("author"), call.id("video")
