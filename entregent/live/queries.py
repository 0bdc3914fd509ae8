"""Every statement over the log."""

from sqlalchemy import Integer, bindparam, delete, select, update

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from .tables import commands, log, log_heads

GROW_HEAD = statement(  # by so many numbers; gives the last of them
    upsert_row(log_heads, do={"seq": lambda excluded: log_heads.c.seq + excluded.seq}).returning(
        log_heads.c.member_id, log_heads.c.seq
    )
)
APPEND = statement(insert_row(log))

HEAD = statement(
    select(log_heads.c.seq, log_heads.c.floor).where(
        log_heads.c.member_id == bindparam("member_id")
    )
)
HEADS = statement(
    select(log_heads.c.member_id, log_heads.c.seq).where(in_list(log_heads.c.member_id, "ids"))
)
SINCE = statement(
    select(log.c.seq, log.c.event)
    .where(log.c.member_id == bindparam("member_id"), log.c.seq > bindparam("after"))
    .order_by(log.c.seq)
    .limit(bindparam("limit", type_=Integer))
)
LONG_LOGS = statement(
    select(log_heads.c.member_id, log_heads.c.seq, log_heads.c.floor)
    .where(log_heads.c.seq - log_heads.c.floor > bindparam("keep"))
    .order_by(log_heads.c.member_id)
    .limit(bindparam("limit", type_=Integer))
)
TRIM = statement(
    delete(log).where(log.c.member_id == bindparam("owner_id"), log.c.seq <= bindparam("upto"))
)
RAISE_FLOOR = statement(
    update(log_heads)
    .where(log_heads.c.member_id == bindparam("owner_id"))
    .values(floor=bindparam("upto"))
)

FIND_COMMAND = statement(
    select(commands.c.action, commands.c.answer).where(
        commands.c.member_id == bindparam("member_id"),
        commands.c.client_id == bindparam("client_id"),
    )
)
KEEP_COMMAND = statement(insert_row(commands))
FORGET_COMMANDS = statement(delete(commands).where(commands.c.at < bindparam("before")))
