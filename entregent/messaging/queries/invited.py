"""Statements over the conversations that invitations make."""

from sqlalchemy import bindparam, case, delete, func, select

from entregent.ports.db import in_list, statement

from ..tables import conversations, messages, pairs, participants

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
# How much was said in each, and what came first.
SAID = statement(
    select(
        messages.c.conversation_id,
        func.count().label("number"),
        func.sum(case((messages.c.kind == "note", 1), else_=0)).label("notes"),
        func.min(messages.c.seq).label("seq"),
        func.min(messages.c.at).label("at"),
    )
    .where(in_list(messages.c.conversation_id, "ids"))
    .group_by(messages.c.conversation_id)
)
DROP_EVERYBODY = statement(
    delete(participants).where(participants.c.conversation_id == bindparam("key"))
)
WHY_CLOSED = statement(
    select(conversations.c.closed).where(conversations.c.conversation_id == bindparam("key"))
)
REFUSED_AMONG = statement(
    select(conversations.c.conversation_id).where(
        in_list(conversations.c.conversation_id, "ids"), conversations.c.closed == "refused"
    )
)
