"""What the search index has of a member's and the member may not see (any more): groups they came
back to, people whom a block hides in groups, conversations that they have deleted.

The index is made for the many who have none of this; for the others each hit is looked at.
"""

from collections.abc import Sequence
from typing import NamedTuple

from entregent.network import any_hidden
from entregent.ports.db import Transaction

from .queries import groups, said
from .queries import rows as queries
from .search_index import LAST_PLACE, Hit, Sought, find
from .sight import Sight, sight

PAGE = 500


class Narrow(NamedTuple):
    """Conversations of which the index says too much, and whether any was cleared."""

    sights: dict[int, Sight]
    cleared: bool


def find_seen(
    tx: Transaction, me: int, query: str | Sought, before: int, limit: int
) -> tuple[list[Hit], int]:
    """As `search_index.find`, without what the member may not see."""
    narrow = _narrow(tx, me)
    if not narrow.sights and not narrow.cleared:
        return find(tx, me, query, before, limit)
    shown: list[Hit] = []
    total, place = 0, LAST_PLACE
    while True:
        page, _ = find(tx, me, query, place, PAGE)
        seen = _seen(tx, me, narrow, page)
        total += len(seen)
        shown += [hit for hit in seen if hit.place < before][: limit - len(shown)]
        if len(page) < PAGE:
            return shown, total
        place = page[-1].place


def _narrow(tx: Transaction, me: int) -> Narrow:
    partial = {row.conversation_id for row in tx.all(groups.CAME_BACK, me=me)}
    if any_hidden(tx, me):
        mine = [row.conversation_id for row in tx.all(queries.GROUPS_OF, member_id=me)]
        partial |= {row.conversation_id for row in tx.all(said.APART, ids=mine)}
    rows = tx.all(queries.SOME_ROWS, member_id=me, ids=sorted(partial)) if partial else []
    sights = {row.conversation_id: sight(tx, me, row) for row in rows}
    return Narrow(sights, tx.first(groups.ANY_CLEARED, me=me) is not None)


def _seen(tx: Transaction, me: int, narrow: Narrow, hits: Sequence[Hit]) -> list[Hit]:
    cleared: dict[int, int] = {}
    if narrow.cleared and hits:
        ids = sorted({hit.conversation_id for hit in hits})
        found = tx.all(groups.CLEARED, me=me, ids=ids)
        cleared = {row.conversation_id: row.cleared_seq for row in found}
    doubtful = [hit for hit in hits if hit.conversation_id in narrow.sights]
    keys = [{"conversation_id": hit.conversation_id, "seq": hit.seq} for hit in doubtful]
    stored = {(row.conversation_id, row.seq): row for row in tx.each(queries.ONE_MESSAGE, keys)}

    def visible(hit: Hit) -> bool:
        key = hit.conversation_id, hit.seq
        if hit.seq <= cleared.get(hit.conversation_id, 0):
            return False
        seen = narrow.sights.get(hit.conversation_id)
        return seen is None or (key in stored and seen.sees(stored[key]))

    return [hit for hit in hits if visible(hit)]
