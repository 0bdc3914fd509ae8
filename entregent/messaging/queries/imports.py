"""Every statement over what imports bring and take away again."""

from sqlalchemy import (
    Integer,
    SmallInteger,
    bindparam,
    case,
    delete,
    literal_column,
    null,
    select,
    update,
)

from entregent.ports.db import in_list, statement, upsert_row

from ..model import DELETED
from ..tables import (
    conversations,
    import_traces,
    imported_conversations,
    left_conversations,
    mailbox,
    messages,
    participants,
)
from .rows import ROW

_limit = bindparam("limit", type_=Integer)
_mine = mailbox.c.member_id == bindparam("owner_id")
_row = mailbox.c.conversation_id == bindparam("key")

FIND_IMPORTED = statement(
    select(imported_conversations).where(
        imported_conversations.c.member_id == bindparam("me"),
        in_list(imported_conversations.c.source_key, "keys"),
    )
)
KEEP_IMPORTED = statement(upsert_row(imported_conversations, update=["drafts"]))
DROP_IMPORTED = statement(
    delete(imported_conversations).where(
        imported_conversations.c.member_id == bindparam("me"),
        imported_conversations.c.source_key == bindparam("key"),
    )
)

KEEP_TRACE = statement(upsert_row(import_traces, update=["held", "before"]))
DROP_TRACE = statement(
    delete(import_traces).where(
        import_traces.c.member_id == bindparam("me"),
        import_traces.c.import_id == bindparam("of_import"),
        import_traces.c.conversation_id == bindparam("key"),
    )
)
TRACES_OF = statement(
    select(import_traces)
    .where(
        import_traces.c.member_id == bindparam("me"),
        import_traces.c.import_id == bindparam("of_import"),
    )
    .order_by(import_traces.c.conversation_id)
    .limit(_limit)
)
TRACES_AMONG = statement(
    select(import_traces)
    .where(
        import_traces.c.member_id == bindparam("me"),
        in_list(import_traces.c.conversation_id, "ids"),
    )
    .order_by(import_traces.c.conversation_id, import_traces.c.import_id)
)

PLACES = statement(select(conversations).where(in_list(conversations.c.conversation_id, "ids")))
MAILBOXES = statement(select(mailbox).where(_mine, in_list(mailbox.c.conversation_id, "ids")))
SET_PLACE = statement(
    update(conversations)
    .where(conversations.c.conversation_id == bindparam("key"))
    .values(
        kind=bindparam("new_kind"),
        title=bindparam("new_title"),
        last_seq=bindparam("seq"),
        import_id=bindparam("of_import"),
    )
)
SET_MAILBOX = statement(
    update(mailbox)
    .where(_mine, _row)
    .values(
        kind=bindparam("new_kind"),
        title=bindparam("new_title"),
        people=bindparam("faces"),
        size=bindparam("new_size", type_=SmallInteger),
        last_seq=bindparam("seq"),
        read_seq=bindparam("seq"),
        last_at=bindparam("at"),
        sort_at=bindparam("at"),
        last_author_id=bindparam("author"),
        snippet=bindparam("text"),
        # What is deleted has no draft, so that nobody counts it.
        draft=case((mailbox.c.view < DELETED, bindparam("new_draft")), else_=null()),
        drafted=case(
            (mailbox.c.view < DELETED, bindparam("has_draft", type_=SmallInteger)), else_=0
        ),
        attached=bindparam("files", type_=SmallInteger),
        import_id=bindparam("of_import"),
    )
    .returning(*ROW)
)
ATTACHED = statement(
    select(literal_column("1"))
    .where(messages.c.conversation_id == bindparam("key"), messages.c.attachments.is_not(None))
    .limit(literal_column("1"))
)

HELD = statement(  # what is there already of what an import brings
    select(messages).where(
        messages.c.conversation_id == bindparam("conversation_id"),
        messages.c.client_id == bindparam("client_id"),
    )
)
EVERY_MESSAGE = statement(
    select(messages).where(messages.c.conversation_id == bindparam("key")).order_by(messages.c.seq)
)
MESSAGES_AFTER = statement(
    select(messages)
    .where(messages.c.conversation_id == bindparam("key"), messages.c.seq > bindparam("after"))
    .order_by(messages.c.seq)
)
LAST_OF = statement(
    select(messages.c.conversation_id, messages.c.at, messages.c.seq).where(
        messages.c.conversation_id == bindparam("key"), messages.c.seq == bindparam("seq")
    )
)
DROP_MESSAGES = statement(delete(messages).where(messages.c.conversation_id == bindparam("key")))

EVERYONE = statement(
    select(participants)
    .where(in_list(participants.c.conversation_id, "ids"))
    .order_by(participants.c.conversation_id, participants.c.person_id)
)
DROP_PEOPLE = statement(
    delete(participants).where(
        participants.c.conversation_id == bindparam("key"),
        in_list(participants.c.person_id, "ids"),
    )
)
NAME_PERSON = statement(
    update(participants)
    .where(
        participants.c.conversation_id == bindparam("key"),
        participants.c.person_id == bindparam("person"),
    )
    .values(name=bindparam("new_name"))
)
DROP_PLACE = statement(
    delete(conversations).where(conversations.c.conversation_id == bindparam("key"))
)
DROP_ROW = statement(delete(mailbox).where(_mine, _row))

UNKNOWN = statement(
    select(participants.c.person_id, participants.c.name).where(
        in_list(participants.c.conversation_id, "ids"), participants.c.kind == "unknown"
    )
)
DROP_LEFT = statement(
    delete(left_conversations).where(
        left_conversations.c.member_id == bindparam("me"),
        left_conversations.c.conversation_id == bindparam("key"),
    )
)
