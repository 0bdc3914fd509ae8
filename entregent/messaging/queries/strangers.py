"""Statements over first words: where they go, and how often they were said."""

from sqlalchemy import BigInteger, BindParameter, bindparam, func, select, update

from entregent.ports.db import statement, upsert_row

from ..tables import conversations, first_words, mailbox, sender_policies
from .rows import ROW, WAS

POLICY = statement(
    select(sender_policies.c.near, sender_policies.c.far).where(
        sender_policies.c.member_id == bindparam("me")
    )
)
SET_POLICY = statement(upsert_row(sender_policies, update=["near", "far"]))
SET_PROBATION = statement(
    update(conversations)
    .where(conversations.c.conversation_id == bindparam("key"))
    .values(probation=bindparam("kind"))
)
ADD_FIRST = statement(upsert_row(first_words))
COUNT_ASKED = statement(upsert_row(first_words, update=["at", "stranger"]))
STRANGERS_SINCE = statement(
    select(func.coalesce(func.sum(first_words.c.stranger), 0)).where(
        first_words.c.member_id == bindparam("me"), first_words.c.at > bindparam("since")
    )
)
STRANGERS_IN = statement(
    select(first_words.c.stranger).where(
        first_words.c.member_id == bindparam("me"),
        first_words.c.conversation_id == bindparam("key"),
        first_words.c.at > bindparam("since"),
    )
)
_key: BindParameter[int] = bindparam("key", type_=BigInteger)
# How often the same was said first to others lately, for each of some conversations.
SAID_BEFORE = statement(
    select(_key.label("key"), func.count().label("times"))
    .select_from(first_words)
    .where(
        first_words.c.member_id == bindparam("me"),
        first_words.c.words == bindparam("words"),
        first_words.c.at > bindparam("since"),
        first_words.c.conversation_id != _key,
    )
)
MOVE = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"), mailbox.c.conversation_id == bindparam("key")
    )
    .values(was=WAS, view=bindparam("new_view"), held=bindparam("mark"))
    .returning(*ROW)
)
