"""Statements over the conversation of two who part, or meet."""

from sqlalchemy import and_, bindparam, case, update

from entregent.ports.db import statement

from ..model import DELETED, INBOX, REQUESTS
from ..tables import conversations, mailbox
from .rows import ROW, WAS

_mine = and_(
    mailbox.c.member_id == bindparam("owner_id"), mailbox.c.conversation_id == bindparam("key")
)
CLOSE_CONVERSATION = statement(
    update(conversations)
    .where(conversations.c.conversation_id == bindparam("key"))
    .values(closed=bindparam("why"))
)
SET_WRITABLE = statement(
    update(mailbox).where(_mine).values(was=WAS, writable=bindparam("can")).returning(*ROW)
)
ACCEPT = statement(
    update(mailbox)
    .where(_mine, mailbox.c.view.in_((REQUESTS, DELETED + 1)))
    .values(was=WAS, view=case((mailbox.c.view == REQUESTS, INBOX), else_=DELETED))
    .returning(*ROW)
)
