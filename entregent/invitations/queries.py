"""Every statement over invitations."""

from sqlalchemy import BigInteger, Integer, and_, bindparam, delete, func, select, tuple_, update

from entregent.ports.db import insert_row, statement

from .model import IGNORED, PENDING
from .tables import invitations

_mine = invitations.c.member_id == bindparam("me")
_limit = bindparam("limit", type_=Integer)
_waiting = and_(
    _mine,
    invitations.c.box == bindparam("box"),
    invitations.c.state == PENDING,
    invitations.c.at > bindparam("since"),
)

ADD = statement(insert_row(invitations))
FIND = statement(select(invitations).where(_mine, invitations.c.id == bindparam("invitation")))
PAGE = statement(
    select(invitations)
    .where(
        _waiting,
        tuple_(invitations.c.at, invitations.c.id)
        < tuple_(bindparam("after_at", type_=BigInteger), bindparam("after_id", type_=BigInteger)),
    )
    .order_by(invitations.c.at.desc(), invitations.c.id.desc())
    .limit(_limit)
)
COUNT_WAITING = statement(select(func.count()).select_from(invitations).where(_waiting))
BETWEEN = statement(
    select(invitations)
    .where(_mine, invitations.c.other_id == bindparam("other"))
    .order_by(invitations.c.id.desc())
    .limit(50)
)
SENT_SINCE = statement(
    select(func.count().label("sent"), func.min(invitations.c.at).label("first")).where(
        _mine, invitations.c.box == "sent", invitations.c.at > bindparam("since")
    )
)
SETTLE = statement(
    update(invitations)
    .where(_mine, invitations.c.id == bindparam("invitation"))
    .values(state=bindparam("state"), settled_at=bindparam("settled_at"))
)
OPEN_WITH = statement(
    select(invitations)
    .where(
        _mine,
        invitations.c.other_id == bindparam("other"),
        invitations.c.state.in_([PENDING, IGNORED]),
    )
    .order_by(invitations.c.id)
)
OPEN_OF = statement(
    select(invitations)
    .where(_mine, invitations.c.state.in_([PENDING, IGNORED]))
    .order_by(invitations.c.id)
)
TOO_OLD = statement(
    select(invitations)
    .where(invitations.c.state == PENDING, invitations.c.at <= bindparam("before"))
    .order_by(invitations.c.at, invitations.c.member_id, invitations.c.id)
    .limit(_limit)
)
DROP_ALL = statement(delete(invitations).where(_mine))
