"""What waits, over HTTP."""

from typing import Annotated

import msgspec

from entregent.kit.paging import MAX_PAGE
from entregent.kit.routes import Call, Raw
from entregent.ports.db import Transaction

from ..actions import Waiting, page
from ..actions.arranging import settings_of
from ..actions.arriving import next_digest
from ..actions.deciding import decisions
from ..model import MUTUALS_FROM, Group, PageBox, Rules, Sort
from ..reading import Preview, preview
from .routes import routes


class InvitationsQuery(msgspec.Struct, kw_only=True):
    """Which box and group, in which order, and where the last page ended."""

    box: PageBox = "received"
    group: Group = "all"
    sort: Sort = "date"
    mutuals: Annotated[int, msgspec.Meta(ge=0, le=30_000)] = MUTUALS_FROM
    after: str = ""
    limit: Annotated[int, msgspec.Meta(ge=1, le=MAX_PAGE)] = 50


@routes.get("/api/invitations", scope="network.read")
async def list_invitations(call: Call, query: InvitationsQuery) -> Waiting:
    """A page of what waits."""
    rules = Rules.of(call.ports.settings)
    return await call.ports.db.read(_page, call.me, query, rules)


@routes.get("/api/invitations/archive.csv", scope="export", media="text/csv")
async def export_decisions(call: Call) -> Raw:
    """What was decided about the pile of an archive."""
    text: str = await call.ports.db.read(decisions, call.me)
    headers = ((b"content-disposition", b'attachment; filename="Invitations decided.csv"'),)
    return Raw(text.encode("utf-8-sig"), "text/csv; charset=utf-8", headers)


@routes.get("/api/invitations/{id}", scope="network.read")
async def show_invitation(call: Call) -> Preview:
    """One invitation, with who asks."""
    rules = Rules.of(call.ports.settings)
    return await call.ports.db.read(preview, call.me, call.id("id"), rules)


def _page(tx: Transaction, me: int, query: InvitationsQuery, rules: Rules) -> Waiting:
    arrives_at = next_digest(settings_of(tx, me), tx.now)
    return page(
        tx,
        me,
        query.box,
        rules,
        query.after,
        query.limit,
        group=query.group,
        sort=query.sort,
        mutuals=query.mutuals,
        arrives_at=arrives_at,
    )
