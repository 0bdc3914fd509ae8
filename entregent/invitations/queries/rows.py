"""Every statement over the invitations themselves."""

from typing import Any

from sqlalchemy import (
    BigInteger,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    delete,
    func,
    select,
    tuple_,
    update,
)
from sqlalchemy.sql import ColumnElement

from entregent.ports.db import in_list, insert_row, statement

from ..model import (
    ACCEPTED,
    EMPTY,
    FACELESS,
    MASS,
    NOTHING,
    OPEN,
    ORGANISATION,
    PENDING,
    PERSONAL,
    SCHOOL,
    TEMPLATE,
    Group,
    Sort,
)
from ..tables import invitations

_mine = invitations.c.member_id == bindparam("me")
_limit = bindparam("limit", type_=Integer)
_one = and_(_mine, invitations.c.id == bindparam("invitation"))
_in_box = and_(
    _mine,
    invitations.c.box == bindparam("box"),
    invitations.c.state == bindparam("of_state"),
    invitations.c.at > bindparam("since"),
)


def _set(column: ColumnElement[Any], flag: int) -> ColumnElement[bool]:
    """Whether one of at most three flags is set, alone or with others."""
    return column.in_([flags for flags in range(8) if flags & flag])


GROUPS: dict[Group, ColumnElement[bool]] = {
    "personal": invitations.c.wrote == PERSONAL,
    "template": invitations.c.wrote == TEMPLATE,
    "no_note": invitations.c.wrote == NOTHING,
    "mutuals": invitations.c.mutuals >= bindparam("mutuals", type_=Integer),
    "organisation": _set(invitations.c.same, ORGANISATION),
    "school": _set(invitations.c.same, SCHOOL),
    "empty_profile": _set(invitations.c.marks, EMPTY),
    "no_photo": _set(invitations.c.marks, FACELESS),
    "mass_inviter": _set(invitations.c.marks, MASS),
}
_at, _id, _close = invitations.c.at, invitations.c.id, invitations.c.closeness
_after_at = bindparam("after_at", type_=BigInteger)
_after_id = bindparam("after_id", type_=BigInteger)
_after_close = bindparam("after_close", type_=Integer)
_ORDER: dict[Sort, tuple[ColumnElement[bool], tuple[ColumnElement[Any], ...]]] = {
    "date": (
        tuple_(_at, _id) < tuple_(_after_at, _after_id),
        (_at.desc(), _id.desc()),
    ),
    "oldest": (tuple_(_at, _id) > tuple_(_after_at, _after_id), (_at, _id)),
    "closeness": (
        tuple_(_close, _at, _id) < tuple_(_after_close, _after_at, _after_id),
        (_close.desc(), _at.desc(), _id.desc()),
    ),
}


def _page(group: Group, sort: Sort) -> Select[Any]:
    further, order = _ORDER[sort]
    wanted = select(invitations).where(_in_box, further).order_by(*order).limit(_limit)
    return wanted if group == "all" else wanted.where(GROUPS[group])


def _ids(group: Group) -> Select[Any]:
    wanted = (
        select(_id, _at, invitations.c.other_id, invitations.c.box)
        .where(_in_box)
        .order_by(_at.desc(), _id.desc())
    )
    return wanted if group == "all" else wanted.where(GROUPS[group])


_EVERY_GROUP: tuple[Group, ...] = ("all", *GROUPS)
ADD = statement(insert_row(invitations))
FIND = statement(select(invitations).where(_one))
PAGE = {(group, sort): statement(_page(group, sort)) for group in _EVERY_GROUP for sort in _ORDER}
IDS = {group: statement(_ids(group)) for group in _EVERY_GROUP}
COUNT = statement(select(func.count()).select_from(invitations).where(_in_box))
COUNT_GROUPS = statement(
    select(
        func.count().label("all"),
        *(
            func.coalesce(func.sum(case((holds, 1), else_=0)), 0).label(group)
            for group, holds in GROUPS.items()
        ),
    )
    .select_from(invitations)
    .where(_in_box)
)
# What `conditions` ask of each.
EVERY_IN_BOX = statement(
    select(
        _id,
        invitations.c.other_id,
        invitations.c.box,
        invitations.c.reason,
        invitations.c.wrote,
        invitations.c.mutuals,
        invitations.c.same,
        invitations.c.rate,
    )
    .where(_in_box)
    .order_by(_at, _id)
)
COUNT_ARRIVING = statement(
    select(func.count())
    .select_from(invitations)
    .where(_mine, invitations.c.box == "received", invitations.c.state == bindparam("of_state"))
)
# In no order: ordered, SQLite would rather walk all that the member ever had.
BETWEEN = statement(select(invitations).where(_mine, invitations.c.other_id == bindparam("other")))
SENT_SINCE = statement(
    select(func.count().label("sent"), func.min(invitations.c.at).label("first")).where(
        _mine, invitations.c.box == "sent", invitations.c.at > bindparam("since")
    )
)
SENT_AND_ACCEPTED = statement(
    select(
        func.count().label("sent"),
        func.coalesce(func.sum(case((invitations.c.state == ACCEPTED, 1), else_=0)), 0).label(
            "accepted"
        ),
    ).where(_mine, invitations.c.box == "sent", invitations.c.at > bindparam("since"))
)
WAITING_SENT = statement(
    select(invitations.c.id, invitations.c.other_id)
    .where(
        _mine,
        invitations.c.box == "sent",
        invitations.c.state == PENDING,
        invitations.c.at > bindparam("since"),
        invitations.c.at <= bindparam("until"),
    )
    .order_by(invitations.c.id)
)
SETTLE = statement(
    update(invitations)
    .where(_one)
    .values(state=bindparam("new_state"), settled_at=bindparam("settled"))
)
SET_REPLIED = statement(update(invitations).where(_one).values(replied_at=bindparam("replied")))
SET_WROTE = statement(update(invitations).where(_one).values(wrote=bindparam("now_wrote")))
SET_WEIGHT = statement(
    update(invitations)
    .where(_one)
    .values(
        mutuals=bindparam("now_mutuals"),
        closeness=bindparam("now_closeness"),
        marks=bindparam("now_marks"),
    )
)
SET_MARKS = statement(update(invitations).where(_one).values(marks=bindparam("now_marks")))
_open_with = select(invitations).where(
    _mine, invitations.c.state.in_(sorted(OPEN)), invitations.c.box != "archive"
)
OPEN_WITH = statement(_open_with.where(invitations.c.other_id == bindparam("other")))
OPEN_OF = statement(_open_with.order_by(invitations.c.id))
NEXT_OPEN = statement(
    _open_with.where(_id > bindparam("after", type_=BigInteger)).order_by(_id).limit(_limit)
)
WITH_OPEN = statement(
    select(invitations.c.member_id)
    .where(
        in_list(invitations.c.member_id, "members"),
        invitations.c.state.in_(sorted(OPEN)),
        invitations.c.box != "archive",
    )
    .distinct()
)
ANY_OPEN = statement(_open_with.with_only_columns(invitations.c.id).limit(1))
ARRIVING = statement(
    select(invitations)
    .where(_mine, invitations.c.box == "received", invitations.c.state == bindparam("of_state"))
    .order_by(_at, _id)
    .limit(_limit)
)
TOO_OLD = statement(
    select(invitations)
    .where(
        invitations.c.state.in_(sorted(OPEN)),
        invitations.c.at <= bindparam("before"),
        invitations.c.box != "archive",
    )
    .order_by(invitations.c.at, invitations.c.member_id, invitations.c.id)
    .limit(_limit)
)
DROP_ALL = statement(delete(invitations).where(_mine))
DROP_IMPORT = statement(
    delete(invitations).where(
        _mine, invitations.c.box == "archive", invitations.c.import_id == bindparam("import_of")
    )
)
IN_ARCHIVE = statement(
    select(invitations)
    .where(_mine, invitations.c.box == "archive")
    .order_by(invitations.c.at, invitations.c.id)
)
