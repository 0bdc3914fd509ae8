"""Statements over what two people have written to each other, for the strength of their tie."""

from sqlalchemy import Integer, bindparam, select

from entregent.ports.db import statement

from ..tables import mailbox, messages

LAST_SAID = statement(
    select(messages.c.author_id, messages.c.at)
    .where(messages.c.conversation_id == bindparam("key"), messages.c.kind.in_(["text", "note"]))
    .order_by(messages.c.seq.desc())
    .limit(bindparam("limit", type_=Integer))
)
DIRECT_ROWS = statement(
    select(
        mailbox.c.conversation_id,
        mailbox.c.people,
        mailbox.c.last_at,
        mailbox.c.last_author_id,
        mailbox.c.last_seq,
    )
    .where(
        mailbox.c.member_id == bindparam("me"),
        mailbox.c.kind == "direct",
        mailbox.c.source == "entregent",
        mailbox.c.writable == 1,
    )
    .order_by(mailbox.c.last_at.desc())
    .limit(bindparam("limit", type_=Integer))
)
