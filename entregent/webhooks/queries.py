"""Every statement over webhooks."""

from sqlalchemy import Integer, bindparam, delete, func, or_, select, update

from entregent.ports.db import insert_row, statement

from .tables import deliveries, webhooks

_hook = (webhooks.c.member_id == bindparam("owner_id"), webhooks.c.id == bindparam("hook_id"))
_of_hook = (
    deliveries.c.member_id == bindparam("owner_id"),
    deliveries.c.webhook_id == bindparam("hook_id"),
)
_one = (*_of_hook, deliveries.c.id == bindparam("delivery_id"))

ADD = statement(insert_row(webhooks))
FIND = statement(select(webhooks).where(*_hook))
LOCK = statement(select(webhooks).where(*_hook).with_for_update())
OF_MEMBER = statement(
    select(webhooks)
    .where(webhooks.c.member_id == bindparam("owner_id"))
    .order_by(webhooks.c.id.desc())
)
LISTENING = statement(
    select(webhooks)
    .where(webhooks.c.member_id == bindparam("owner_id"), webhooks.c.state == "on")
    .order_by(webhooks.c.id)
    .with_for_update()
)
WATCHING = statement(
    select(webhooks.c.member_id, func.min(webhooks.c.cursor).label("cursor"))
    .where(webhooks.c.state == "on")
    .group_by(webhooks.c.member_id)
    .order_by(webhooks.c.member_id)
)
CHANGE = statement(
    update(webhooks)
    .where(*_hook)
    .values(
        url=bindparam("url"),
        kinds=bindparam("kinds"),
        state=bindparam("state"),
        off_because=bindparam("off_because"),
        cursor=bindparam("cursor"),
        failing_since=bindparam("failing_since"),
    )
)
SET_SECRET = statement(update(webhooks).where(*_hook).values(secret=bindparam("secret")))
SET_CURSOR = statement(update(webhooks).where(*_hook).values(cursor=bindparam("cursor")))
SET_FAILING = statement(
    update(webhooks).where(*_hook).values(failing_since=bindparam("failing_since"))
)
DROP = statement(delete(webhooks).where(*_hook))
DROP_ALL = statement(delete(webhooks).where(webhooks.c.member_id == bindparam("owner_id")))

ADD_DELIVERY = statement(insert_row(deliveries))
FIND_DELIVERY = statement(select(deliveries).where(*_one))
DUE = statement(
    select(deliveries)
    .where(*_of_hook, deliveries.c.next_at <= bindparam("now"))
    .order_by(deliveries.c.next_at, deliveries.c.id)
    .limit(bindparam("limit", type_=Integer))
)
NEXT = statement(
    select(func.min(deliveries.c.next_at)).where(*_of_hook, deliveries.c.next_at.is_not(None))
)
WAITING = statement(
    select(deliveries.c.webhook_id, func.count().label("number"))
    .where(deliveries.c.member_id == bindparam("owner_id"), deliveries.c.next_at.is_not(None))
    .group_by(deliveries.c.webhook_id)
)
PAGE = statement(
    select(deliveries)
    .where(*_of_hook, deliveries.c.id < bindparam("before"))
    .order_by(deliveries.c.id.desc())
    .limit(bindparam("limit", type_=Integer))
)
TRIED = statement(
    update(deliveries)
    .where(*_one)
    .values(
        state=bindparam("state"),
        tries=bindparam("tries"),
        sent_at=bindparam("sent_at"),
        next_at=bindparam("next_at"),
        status=bindparam("status"),
        failure=bindparam("failure"),
    )
)
GIVE_UP_WAITING = statement(
    update(deliveries)
    .where(*_of_hook, deliveries.c.next_at.is_not(None))
    .values(state="failed", next_at=None)
)
DROP_OLD = statement(
    delete(deliveries).where(
        *_of_hook,
        deliveries.c.next_at.is_(None),
        or_(
            (deliveries.c.state == "done") & (deliveries.c.at < bindparam("done_before")),
            deliveries.c.at < bindparam("failed_before"),
        ),
    )
)
DROP_DELIVERIES = statement(delete(deliveries).where(*_of_hook))
DROP_ALL_DELIVERIES = statement(
    delete(deliveries).where(deliveries.c.member_id == bindparam("owner_id"))
)
