"""Statements over the conversations that invitations make."""

from sqlalchemy import bindparam, delete, select

from entregent.ports.db import statement

from ..tables import conversations, messages, pairs

FIND_PAIRS = statement(
    select(pairs.c.member_id, pairs.c.other_id, pairs.c.conversation_id).where(
        pairs.c.member_id == bindparam("low"), pairs.c.other_id == bindparam("high")
    )
)
DROP_PAIR = statement(
    delete(pairs).where(
        pairs.c.member_id == bindparam("low"), pairs.c.other_id == bindparam("high")
    )
)
SAID = statement(
    select(messages.c.seq, messages.c.at, messages.c.kind)
    .where(messages.c.conversation_id == bindparam("key"))
    .order_by(messages.c.seq)
    .limit(2)
)
WHY_CLOSED = statement(
    select(conversations.c.closed).where(conversations.c.conversation_id == bindparam("key"))
)
