"""The routes of stories, and what several of its topics share."""

import msgspec

from entregent.kit.ids import ClientId
from entregent.kit.routes import Routes

routes = Routes("stories")
MOST = 100  # on a page


class StoryDeed(msgspec.Struct, kw_only=True):
    """Says only that this is meant once."""

    client_id: ClientId


class StoryPageQuery(msgspec.Struct, kw_only=True):
    """Which page."""

    after: str = ""
    limit: int = 50
