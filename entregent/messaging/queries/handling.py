"""Every statement over what marks and timers do to mailbox rows, and over bulks."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, bindparam, delete, func, select, update

from entregent.ports.db import Statement, in_list, insert_row, statement, upsert_row

from ..acts import HANDLED
from ..model import DELETED
from ..tables import bulk_parts, bulks, mailbox
from .rows import ROW

_mine = mailbox.c.member_id == bindparam("owner_id")
_limit = bindparam("limit", type_=Integer)
_SOME = select(*ROW).where(_mine, in_list(mailbox.c.conversation_id, "ids"))
# In one order, so that no two writers wait for each other in a ring.
TAKE = statement(
    _SOME.where(mailbox.c.view < DELETED).order_by(mailbox.c.conversation_id).with_for_update()
)
NEWS_IN = statement(
    select(
        mailbox.c.member_id,
        mailbox.c.conversation_id,
        mailbox.c.last_seq,
        mailbox.c.last_at,
        mailbox.c.last_author_id,
    ).where(_mine, in_list(mailbox.c.conversation_id, "ids"))
)
TAKE_DELETED_TOO = statement(_SOME.order_by(mailbox.c.conversation_id).with_for_update())


@lru_cache(maxsize=256)
def set_handled(names: tuple[str, ...]) -> Statement:
    """Gives some rows the same new values in these columns, and touches only their indexes."""
    return statement(
        update(mailbox)
        .where(_mine, in_list(mailbox.c.conversation_id, "ids"))
        .values({name: bindparam(f"new_{name}", type_=mailbox.c[name].type) for name in names})
    )


SET_ALL = {"all": set_handled(HANDLED)}  # for the test that looks at what statements touch

# -- timers ---------------------------------------------------------------------------------------


def _due(column: Any) -> Any:
    return (
        select(*ROW)
        .where(_mine, column.is_not(None), column <= bindparam("now"))
        .order_by(column, mailbox.c.conversation_id)
        .limit(_limit)
        .with_for_update()
    )


DUE = {
    "snooze": statement(_due(mailbox.c.snoozed_until)),
    "reminder": statement(_due(mailbox.c.remind_at)),
}
NEXT = {
    "snooze": statement(
        select(func.min(mailbox.c.snoozed_until)).where(_mine, mailbox.c.snoozed_until.is_not(None))
    ),
    "reminder": statement(
        select(func.min(mailbox.c.remind_at)).where(_mine, mailbox.c.remind_at.is_not(None))
    ),
}

# -- bulks ----------------------------------------------------------------------------------------

_bulk = (bulks.c.member_id == bindparam("owner_id"), bulks.c.bulk_id == bindparam("of_bulk"))
_parts = (
    bulk_parts.c.member_id == bindparam("owner_id"),
    bulk_parts.c.bulk_id == bindparam("of_bulk"),
)
ADD_BULK = statement(insert_row(bulks))
KEEP_PART = statement(upsert_row(bulk_parts, update=["before"]))
BULK = statement(select(bulks).where(*_bulk).with_for_update())
SET_BULK = statement(
    update(bulks)
    .where(*_bulk)
    .values(state=bindparam("new_state"), done=bindparam("new_done", type_=Integer))
)
NEXT_PART = statement(
    select(bulk_parts)
    .where(*_parts, bulk_parts.c.before.is_(None))
    .order_by(bulk_parts.c.part)
    .limit(1)
)
LAST_PART = statement(
    select(bulk_parts)
    .where(*_parts, bulk_parts.c.before.is_not(None))
    .order_by(bulk_parts.c.part.desc())
    .limit(1)
)
DROP_PART = statement(delete(bulk_parts).where(*_parts, bulk_parts.c.part == bindparam("number")))
DROP_PARTS = statement(delete(bulk_parts).where(*_parts))
DROP_BULK = statement(delete(bulks).where(*_bulk))
OLD_BULKS = statement(
    select(bulks.c.bulk_id, bulks.c.member_id).where(bulks.c.at < bindparam("before")).limit(_limit)
)
