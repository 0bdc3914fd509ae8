"""The routes of stories, and what several of its topics share."""

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.routes import Call, Routes

routes = Routes("stories")


class StoryDeed(msgspec.Struct, kw_only=True):
    """Says only that this is meant once."""

    client_id: ClientId


class StoryPageQuery(msgspec.Struct, kw_only=True):
    """Which page."""

    after: str = ""
    limit: int = 50


def language(call: Call) -> str:
    """In which language the caller reads."""
    return "en" if call.caller is None else call.caller.language


def page_size(limit: int) -> int:
    """How long a page may be."""
    return max(1, min(limit, 100))
