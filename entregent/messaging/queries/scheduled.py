"""Statements over messages that wait for their time."""

from sqlalchemy import bindparam, delete, func, or_, select, update

from entregent.ports.db import insert_row, statement

from ..tables import scheduled_messages

_mine = scheduled_messages.c.member_id == bindparam("me")
_one = (_mine, scheduled_messages.c.scheduled_id == bindparam("id"))

ADD = statement(insert_row(scheduled_messages))
ONE = statement(select(scheduled_messages).where(*_one))
BY_CLIENT_ID = statement(
    select(scheduled_messages).where(
        _mine, scheduled_messages.c.client_id == bindparam("client_id")
    )
)
ALL = statement(
    select(scheduled_messages)
    .where(_mine)
    .order_by(scheduled_messages.c.send_at, scheduled_messages.c.scheduled_id)
)
COUNT_ALL = statement(select(func.count()).select_from(scheduled_messages).where(_mine))
# Those that wait for their time, or for the member; not those that are only held.
COUNT = statement(
    select(func.count())
    .select_from(scheduled_messages)
    .where(_mine, or_(scheduled_messages.c.held == 0, scheduled_messages.c.refusal.is_not(None)))
)
DROP_ALL = statement(delete(scheduled_messages).where(_mine))
DROP = statement(delete(scheduled_messages).where(*_one))
REFUSE = statement(update(scheduled_messages).where(*_one).values(refusal=bindparam("why")))
