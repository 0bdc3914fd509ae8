"""Statements over who is in a group, and who is asked to be."""

from sqlalchemy import SmallInteger, bindparam, delete, literal_column, select, update

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from ..model import INBOX
from ..tables import asked_people, conversations, left_conversations, mailbox, participants
from .rows import ROW, WAS

_part = (
    participants.c.conversation_id == bindparam("key"),
    participants.c.person_id == bindparam("person"),
)
_asked = (
    asked_people.c.conversation_id == bindparam("key"),
    asked_people.c.person_id == bindparam("person"),
)

ADD = statement(insert_row(participants, "delivered_seq", "read_seq"))
COME_BACK = statement(
    update(participants)
    .where(*_part)
    .values(left_at=None, role="member", joined_at=bindparam("at"), first_seq=bindparam("from_seq"))
)
BACK = statement(
    update(left_conversations)
    .where(
        left_conversations.c.member_id == bindparam("me"),
        left_conversations.c.conversation_id == bindparam("key"),
    )
    .values(back=1)
)
CAME_BACK = statement(
    select(left_conversations.c.conversation_id).where(
        left_conversations.c.member_id == bindparam("me"), left_conversations.c.back == 1
    )
)
ANY_CLEARED = statement(
    select(mailbox.c.conversation_id)
    .where(mailbox.c.member_id == bindparam("me"), mailbox.c.cleared_seq > literal_column("0"))
    .limit(1)
)
CLEARED = statement(
    select(mailbox.c.conversation_id, mailbox.c.cleared_seq).where(
        mailbox.c.member_id == bindparam("me"), in_list(mailbox.c.conversation_id, "ids")
    )
)
SET_ROLE = statement(update(participants).where(*_part).values(role=bindparam("new_role")))
SET_HISTORY = statement(
    update(conversations)
    .where(conversations.c.conversation_id == bindparam("key"))
    .values(history=bindparam("rule"))
)
HISTORY = statement(
    select(conversations.c.history).where(conversations.c.conversation_id == bindparam("key"))
)

PEOPLE_NOW = statement(
    select(participants.c.person_id)
    .join(conversations, conversations.c.conversation_id == participants.c.conversation_id)
    .where(
        participants.c.conversation_id == bindparam("key"),
        participants.c.kind == "member",
        participants.c.left_at.is_(None),
        conversations.c.kind == "group",
        conversations.c.closed.is_(None),
    )
)
MY_GROUPS = statement(
    select(participants.c.conversation_id).where(
        in_list(participants.c.conversation_id, "ids"),
        participants.c.person_id == bindparam("person"),
        participants.c.left_at.is_(None),
    )
)
ASK = statement(upsert_row(asked_people))  # who has declined is not asked again
ASKED = statement(
    select(asked_people.c.person_id, asked_people.c.by_id, asked_people.c.at)
    .where(asked_people.c.conversation_id == bindparam("key"), asked_people.c.declined_at.is_(None))
    .order_by(asked_people.c.at, asked_people.c.person_id)
)
ASKED_ONE = statement(select(asked_people.c.by_id, asked_people.c.declined_at).where(*_asked))
DECLINE = statement(update(asked_people).where(*_asked).values(declined_at=bindparam("at")))
UNASK = statement(delete(asked_people).where(*_asked))

# A group that a member was asked to join, now that they have.
ENTER = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"), mailbox.c.conversation_id == bindparam("key")
    )
    .values(
        was=WAS,
        view=INBOX,
        writable=1,
        last_seq=bindparam("seq"),
        read_seq=bindparam("seq"),
        last_at=bindparam("at"),
        sort_at=bindparam("at"),
        size=bindparam("new_size", type_=SmallInteger),
    )
    .returning(*ROW)
)
