"""Statements of filters: made of what a filter says, each combination once."""

from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, SmallInteger, and_, bindparam, exists, func, or_, select, true
from sqlalchemy.sql import ColumnElement

from entregent.ports.db import Statement, in_list, statement

from ..model import DELETED
from ..tables import labelled, mailbox
from .lists import LISTS
from .rows import ROW

Shape = tuple[tuple[str, int], ...]  # what is said, and in which way
_mine = mailbox.c.member_id == bindparam("member_id")


def _said(name: str, how: int) -> list[ColumnElement[bool]]:
    match name:
        case "view":
            return [mailbox.c.view == bindparam("view", type_=SmallInteger)]
        case "box":
            return [mailbox.c.box_id == bindparam("box")]
        case "labels":
            return [
                exists()
                .where(
                    labelled.c.member_id == mailbox.c.member_id,
                    labelled.c.label_id == bindparam(f"label{number}"),
                    labelled.c.conversation_id == mailbox.c.conversation_id,
                )
                .correlate(mailbox)
                for number in range(how)
            ]
        case "unread" | "starred":
            return [mailbox.c[name] == how]
        case "has_attachment":
            return [mailbox.c.attached == how]
        case "awaiting":
            return LISTS["awaiting_me" if how else "awaiting_them"][1:]
        case "since":
            return [mailbox.c.last_at >= bindparam("since")]
        case "until":
            return [mailbox.c.last_at < bindparam("until")]
        case "among":
            return [in_list(mailbox.c.conversation_id, "among")]
    return []


def _where(shape: Shape) -> list[ColumnElement[bool]]:
    said = [condition for name, how in shape for condition in _said(name, how)]
    # Those that are named are looked up by key: a sum is in no index, so the views' is not taken.
    named = any(name == "among" for name, _ in shape)
    return [_mine, (mailbox.c.view + 0 if named else mailbox.c.view) < DELETED, *said]


def _before() -> ColumnElement[bool]:
    at, key = (
        bindparam("at", type_=mailbox.c.sort_at.type),
        bindparam("key", type_=mailbox.c.conversation_id.type),
    )
    return and_(
        mailbox.c.sort_at <= at,
        or_(mailbox.c.sort_at < at, mailbox.c.conversation_id < key),
    )


def _ordered(columns: list[Any], shape: Shape, more: ColumnElement[bool]) -> Any:
    return (
        select(*columns)
        .where(*_where(shape), more)
        .order_by(mailbox.c.sort_at.desc(), mailbox.c.conversation_id.desc())
    )


@lru_cache(maxsize=256)
def page_of(shape: Shape) -> Statement:
    """The rows of a page."""
    return statement(_ordered(ROW, shape, _before()).limit(bindparam("limit", type_=Integer)))


@lru_cache(maxsize=256)
def all_of(shape: Shape) -> Statement:
    """All ids in order, with whom each row shows and where it stands."""
    names = ("sort_at", "conversation_id", "people", "size", "box_id", "placed", "labels")
    columns = [mailbox.c[name] for name in names]
    return statement(_ordered(columns, shape, true()))


@lru_cache(maxsize=256)
def count_of(shape: Shape) -> Statement:
    """How many there are."""
    return statement(select(func.count()).select_from(mailbox).where(*_where(shape)))


# One of each kind, for the test that looks at what statements touch.
SAMPLES = {
    name: page_of(((name, 1),))
    for name in ("view", "box", "labels", "unread", "has_attachment", "awaiting", "since", "among")
} | {"all": all_of(()), "count": count_of((("labels", 2),))}
