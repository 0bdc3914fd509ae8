"""Every statement over labels, mailboxes and saved filters as things of their own."""

from sqlalchemy import SmallInteger, bindparam, func, select, update

from entregent.ports.db import insert_row, statement

from ..tables import boxes, labels, mailbox, saved_filters

TABLES = {"labels": labels, "boxes": boxes, "filters": saved_filters}
_MORE = {"labels": "color", "boxes": "undo_id", "filters": "filter"}

ADD = {name: statement(insert_row(table)) for name, table in TABLES.items()}
ONE = {
    name: statement(
        select(table).where(
            table.c.member_id == bindparam("owner_id"),
            table.c.id == bindparam("key"),
            table.c.deleted_at == 0,
        )
    )
    for name, table in TABLES.items()
}
EVERY = {
    name: statement(
        select(table)
        .where(table.c.member_id == bindparam("owner_id"), table.c.deleted_at == 0)
        .order_by(table.c.position, table.c.id)
    )
    for name, table in TABLES.items()
}
DELETED_ONE = {
    name: statement(
        select(table).where(
            table.c.member_id == bindparam("owner_id"),
            table.c.id == bindparam("key"),
            table.c.deleted_at > bindparam("since"),
        )
    )
    for name, table in TABLES.items()
}
SET = {
    name: statement(
        update(table)
        .where(table.c.member_id == bindparam("owner_id"), table.c.id == bindparam("key"))
        .values(
            name=bindparam("new_name"),
            position=bindparam("new_position"),
            deleted_at=bindparam("new_deleted_at"),
            **{_MORE[name]: bindparam("more", type_=table.c[_MORE[name]].type)},
        )
    )
    for name, table in TABLES.items()
}
LAST = {
    name: statement(
        select(
            func.count().label("n"), func.coalesce(func.max(table.c.position), 0).label("position")
        ).where(table.c.member_id == bindparam("owner_id"), table.c.deleted_at == 0)
    )
    for name, table in TABLES.items()
}
IN_BOX = statement(
    select(mailbox.c.conversation_id)
    .where(
        mailbox.c.member_id == bindparam("owner_id"),
        mailbox.c.view == bindparam("view", type_=SmallInteger),
        mailbox.c.box_id == bindparam("box"),
    )
    .order_by(mailbox.c.conversation_id)
)
