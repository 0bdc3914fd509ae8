"""Has webhooks told as soon as their members' logs grow; a hint lost is made up for by a sweep."""

import asyncio

from entregent.live import Hub
from entregent.ports.db import Database, Transaction
from entregent.webhooks import WebhooksMoved, grown, sweep


class Hooks:
    """Watches, on the hub of this process, the logs that webhooks follow."""

    def __init__(self, db: Database, hub: Hub) -> None:
        self._db = db
        self._hub = hub
        self._moved: set[int] = set()
        self._grown: set[int] = set()
        self._telling: asyncio.Task[None] | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        hub.on_watched = self._note
        db.listen(WebhooksMoved, self._on_moved)

    async def sweep(self) -> None:
        """Learns who has webhooks, and looks at the logs that grew unheard."""
        self._loop = asyncio.get_running_loop()
        self._moved.clear()
        found = await sweep(self._db)
        self._hub.watched = found | self._moved

    def _on_moved(self, _tx: Transaction, fact: WebhooksMoved) -> None:
        self._moved.add(fact.member_id)
        self._hub.watched.add(fact.member_id)

    def _note(self, member_id: int) -> None:
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._look, member_id)

    async def close(self) -> None:
        """Ends what is under way: the sweep of the next start makes up for it."""
        self._loop = None
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)

    def _look(self, member_id: int) -> None:
        if self._loop is None:  # closed meanwhile
            return
        self._grown.add(member_id)
        if self._telling is None or self._telling.done():
            self._telling = asyncio.get_running_loop().create_task(self._tell())

    async def _tell(self) -> None:
        while self._grown:
            members, self._grown = self._grown, set()
            await grown(self._db, members)
