"""Search over HTTP."""

import msgspec

from entregent.kit.paging import page_size
from entregent.kit.routes import Call

from .. import reading
from ..jobs import fill_index
from ..reading import SearchPage
from .routes import routes


class SearchQuery(msgspec.Struct):
    """Words to look for (the last one may be the beginning of a word) and operators; days begin on
    the clock of `zone`."""

    q: str = ""
    after: str | None = None
    limit: int = 30
    zone: str = "UTC"


@routes.get("/api/search", limit="search", scope="messages.read")
async def search(call: Call, query: SearchQuery) -> SearchPage:
    """Searches all my messages, archive and imports too."""
    await fill_index(call.ports.db)
    return await call.ports.db.read(
        reading.search, call.me, query.q[:200], query.after, page_size(query.limit), query.zone[:64]
    )
