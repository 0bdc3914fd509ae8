"""Every statement over the lists of a mailbox: pages, ids and counts of each view."""

from typing import Any

from sqlalchemy import Integer, SmallInteger, and_, bindparam, func, literal_column, or_, select
from sqlalchemy.sql import ColumnElement, Select

from entregent.ports.db import Statement, in_list, statement

from ..model import INBOX, MINE, TO_ANSWER
from ..tables import boxes, labelled, mailbox
from .rows import ROW

_one: ColumnElement[int] = literal_column("1")
_mine = mailbox.c.member_id == bindparam("member_id")
_here = [
    _mine,
    mailbox.c.view == bindparam("view", type_=SmallInteger),
    mailbox.c.box_id == bindparam("box"),
]
# Text, not parameters: the planner must see that the partial index fits.
_writable = mailbox.c.writable == _one
_there = mailbox.c.view < literal_column("6")
LISTS: dict[str, list[ColumnElement[bool]]] = {
    "view": _here,
    "unread": [
        *_here[:1],
        mailbox.c.view == literal_column("0"),
        _here[2],
        mailbox.c.unread == _one,
    ],
    "starred": [_mine, mailbox.c.starred == _one],
    "drafts": [_mine, mailbox.c.drafted == _one],
    "awaiting_me": [
        _mine,
        mailbox.c.word == literal_column(str(TO_ANSWER)),
        mailbox.c.view == literal_column(str(INBOX)),
        _writable,
    ],
    "awaiting_them": [
        _mine,
        mailbox.c.word == literal_column(str(MINE)),
        literal_column("view IN (0, 1, 5)"),
        _writable,
    ],
}


def _before(sort_at: ColumnElement[int], key: ColumnElement[int]) -> list[ColumnElement[bool]]:
    at, last = bindparam("at", type_=sort_at.type), bindparam("key", type_=key.type)
    return [sort_at <= at, or_(sort_at < at, and_(sort_at == at, key < last))]


def _page(selected: Select[Any], table: Any) -> Statement:
    return statement(
        selected.where(*_before(table.c.sort_at, table.c.conversation_id))
        .order_by(table.c.sort_at.desc(), table.c.conversation_id.desc())
        .limit(bindparam("limit", type_=Integer))
    )


def _ids(where: list[ColumnElement[bool]], table: Any) -> Statement:
    return statement(
        select(table.c.sort_at, table.c.conversation_id)
        .where(*where)
        .order_by(table.c.sort_at.desc(), table.c.conversation_id.desc())
    )


_label = [
    labelled.c.member_id == bindparam("member_id"),
    labelled.c.label_id == bindparam("label"),
    labelled.c.view == literal_column(str(INBOX)),
]
PAGE = {kind: _page(select(*ROW).where(*where), mailbox) for kind, where in LISTS.items()} | {
    "label": _page(
        select(*ROW)
        .select_from(labelled)
        .join(
            mailbox,
            and_(
                mailbox.c.member_id == labelled.c.member_id,
                mailbox.c.conversation_id == labelled.c.conversation_id,
            ),
        )
        .where(*_label),
        labelled,
    )
}
IDS = {kind: _ids(where, mailbox) for kind, where in LISTS.items()} | {
    "label": _ids(_label, labelled)
}

# -- counts ---------------------------------------------------------------------------------------

COUNT_VIEWS = statement(
    select(mailbox.c.view, mailbox.c.box_id, func.count().label("n"))
    .where(_mine, _there)
    .group_by(mailbox.c.view, mailbox.c.box_id)
)
COUNT_UNREAD = statement(
    select(mailbox.c.box_id, func.count().label("n"))
    .where(_mine, mailbox.c.view == literal_column("0"), mailbox.c.unread == _one)
    .group_by(mailbox.c.box_id)
)
_COUNTED = ("starred", "drafts", "awaiting_me", "awaiting_them")
COUNT_OTHERS = statement(
    select(
        *(
            select(func.count())
            .select_from(mailbox)
            .where(*LISTS[kind])
            .scalar_subquery()
            .label(kind)
            for kind in _COUNTED
        )
    )
)
UNREAD_MESSAGES = statement(
    select(
        mailbox.c.view,
        mailbox.c.box_id,
        mailbox.c.starred,
        mailbox.c.word,
        mailbox.c.writable,
        func.sum(mailbox.c.last_seq - mailbox.c.read_seq).label("n"),
    )
    .where(_mine, _there, mailbox.c.unread == _one)
    .group_by(
        mailbox.c.view, mailbox.c.box_id, mailbox.c.starred, mailbox.c.word, mailbox.c.writable
    )
)
COUNT_LABELS = statement(
    select(labelled.c.label_id, func.count().label("n"))
    .where(
        labelled.c.member_id == bindparam("member_id"),
        in_list(labelled.c.label_id, "ids"),
        labelled.c.view == literal_column(str(INBOX)),
    )
    .group_by(labelled.c.label_id)
)

# -- the desk -------------------------------------------------------------------------------------

# Those that were just deleted too: their conversations may still be on the way out.
EVERY_BOX = statement(
    select(boxes.c.id).where(
        boxes.c.member_id == bindparam("member_id"),
        or_(boxes.c.deleted_at == 0, boxes.c.deleted_at > bindparam("since")),
    )
)
