"""Every statement over settings, rules, saved replies and the queue."""

from sqlalchemy import BigInteger, Integer, bindparam, delete, func, select, update

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from ..tables import invitation_rules, invitation_settings, reply_queue, saved_replies

FIND_SETTINGS = statement(
    select(invitation_settings).where(invitation_settings.c.member_id == bindparam("me"))
)
SET_SETTINGS = statement(
    upsert_row(
        invitation_settings,
        update=["line", "door", "paused_until", "digest_hours", "suggested"],
    )
)
NOT_SUGGESTED = statement(
    select(invitation_settings.c.member_id).where(
        in_list(invitation_settings.c.member_id, "ids"), invitation_settings.c.suggested == 0
    )
)
DROP_SETTINGS = statement(
    delete(invitation_settings).where(invitation_settings.c.member_id == bindparam("me"))
)

RULES = statement(
    select(invitation_rules)
    .where(invitation_rules.c.member_id == bindparam("me"))
    .order_by(invitation_rules.c.position, invitation_rules.c.id)
)
ADD_RULE = statement(insert_row(invitation_rules))
DROP_RULES = statement(
    delete(invitation_rules).where(invitation_rules.c.member_id == bindparam("me"))
)

REPLIES = statement(
    select(saved_replies)
    .where(saved_replies.c.member_id == bindparam("me"))
    .order_by(saved_replies.c.position, saved_replies.c.id)
)
ADD_REPLY = statement(insert_row(saved_replies))
DROP_REPLIES = statement(delete(saved_replies).where(saved_replies.c.member_id == bindparam("me")))

_queued = reply_queue.c.member_id == bindparam("me")
_place = bindparam("after", type_=BigInteger)
ADD_TO_QUEUE = statement(upsert_row(reply_queue, update=["verb", "text"]))
QUEUE = statement(
    select(reply_queue)
    .where(_queued, reply_queue.c.place > _place)
    .order_by(reply_queue.c.place)
    .limit(bindparam("limit", type_=Integer))
)
COUNT_QUEUE = statement(select(func.count()).select_from(reply_queue).where(_queued))
FIND_IN_QUEUE = statement(
    select(reply_queue).where(_queued, reply_queue.c.invitation_id == bindparam("invitation"))
)
SET_QUEUED = statement(
    update(reply_queue)
    .where(_queued, reply_queue.c.invitation_id == bindparam("invitation"))
    .values(text=bindparam("words"))
)
DROP_QUEUED = statement(
    delete(reply_queue).where(_queued, in_list(reply_queue.c.invitation_id, "ids"))
)
DROP_QUEUE = statement(delete(reply_queue).where(_queued))
