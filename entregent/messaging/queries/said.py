"""Statements over what becomes of messages after they were sent."""

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Integer,
    SmallInteger,
    Text,
    bindparam,
    delete,
    func,
    not_,
    or_,
    select,
    update,
)

from entregent.ports.db import in_list, statement, upsert_row

from ..tables import (
    conversations,
    hidden_messages,
    link_previews,
    mailbox,
    message_edits,
    messages,
    participants,
)
from .rows import MESSAGE, ROW, WAS

_here = messages.c.conversation_id == bindparam("key")
_one = (_here, messages.c.seq == bindparam("number"))

# -- who sees what ---------------------------------------------------------------------------------

PART = statement(
    select(
        participants.c.first_seq,
        participants.c.role,
        participants.c.left_at,
        participants.c.read_seq,
        participants.c.delivered_seq,
        conversations.c.apart,
        conversations.c.history,
    )
    .join(conversations, conversations.c.conversation_id == participants.c.conversation_id)
    .where(
        participants.c.conversation_id == bindparam("key"),
        participants.c.person_id == bindparam("person"),
    )
)
EVERYONE_EVER = statement(
    select(participants.c.person_id).where(
        participants.c.conversation_id == bindparam("key"), participants.c.kind == "member"
    )
)
HIDDEN_BY = statement(
    select(hidden_messages.c.message_id).where(
        hidden_messages.c.member_id == bindparam("me"),
        hidden_messages.c.conversation_id == bindparam("key"),
    )
)
HIDE = statement(upsert_row(hidden_messages))

_seen = (
    messages.c.conversation_id == bindparam("conversation_id"),
    messages.c.seq >= bindparam("first_seq"),
    not_(in_list(messages.c.message_id, "unseen")),
    or_(messages.c.author_id.is_(None), not_(in_list(messages.c.author_id, "authors"))),
)
# As `rows.BEFORE` and `rows.AFTER`, for who does not see everything.
BEFORE_SEEN = statement(
    select(*MESSAGE)
    .where(*_seen, messages.c.seq < bindparam("seq"))
    .order_by(messages.c.seq.desc())
    .limit(bindparam("limit", type_=Integer))
)
AFTER_SEEN = statement(
    select(*MESSAGE)
    .where(*_seen, messages.c.seq > bindparam("seq"))
    .order_by(messages.c.seq)
    .limit(bindparam("limit", type_=Integer))
)
# What was shared, before a number: messages with files of ours, and those with addresses in them.
WITH_FILES, WITH_LINKS = (
    statement(
        select(*MESSAGE)
        .where(*_seen, messages.c.seq < bindparam("seq"), column.contains(part))
        .order_by(messages.c.seq.desc())
        .limit(bindparam("limit", type_=Integer))
    )
    for column, part in ((messages.c.attachments, '"media_id"'), (messages.c.text, "://"))
)
LAST_SEEN = statement(
    select(*MESSAGE)
    .where(*_seen, messages.c.deleted_at.is_(None))
    .order_by(messages.c.seq.desc())
    .limit(1)
)
QUOTED = statement(select(*MESSAGE).where(_here, in_list(messages.c.seq, "numbers")))
QUOTING = statement(
    select(*MESSAGE).where(_here, messages.c.quote_seq == bindparam("number")).limit(500)
)
APART = statement(
    select(conversations.c.conversation_id).where(
        in_list(conversations.c.conversation_id, "ids"), conversations.c.apart == 1
    )
)
SET_APART = statement(
    update(conversations).where(conversations.c.conversation_id == bindparam("key")).values(apart=1)
)

# -- changing --------------------------------------------------------------------------------------

SET_LATER = statement(
    update(messages)
    .where(*_one)
    .values(
        quote_seq=bindparam("quoted"),
        extra=bindparam("rare"),
        attachments=bindparam("files", type_=Text),
    )
)
SET_TEXT = statement(
    update(messages)
    .where(*_one)
    .values(text=bindparam("new_text"), edited_at=bindparam("at"), extra=bindparam("rare"))
)
SET_EXTRA = statement(update(messages).where(*_one).values(extra=bindparam("rare")))
SET_REACTIONS = statement(update(messages).where(*_one).values(reactions=bindparam("given")))
EMPTY = statement(
    update(messages)
    .where(*_one)
    .values(
        text="",
        deleted_at=bindparam("at"),
        edited_at=None,
        subject=None,
        attachments=None,
        quote_seq=None,
        reactions=None,
        extra=None,
    )
)
ADD_EDIT = statement(upsert_row(message_edits, update=["text"]))
EDITS = statement(
    select(message_edits.c.at, message_edits.c.text)
    .where(
        message_edits.c.conversation_id == bindparam("key"), message_edits.c.seq == bindparam("seq")
    )
    .order_by(message_edits.c.at)
)
DROP_EDITS = statement(
    delete(message_edits).where(
        message_edits.c.conversation_id == bindparam("key"), message_edits.c.seq == bindparam("seq")
    )
)
ANY_FILE = statement(
    select(messages.c.seq).where(*_seen, messages.c.attachments.is_not(None)).limit(1)
)
SET_ATTACHED = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"), mailbox.c.conversation_id == bindparam("key")
    )
    .values(attached=bindparam("files", type_=SmallInteger))
)
_brought: BindParameter[str] = bindparam("brought", type_=Text)
# What a conversation shows in a list, after its last message has changed.
SET_SHOWN = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"),
        mailbox.c.conversation_id == bindparam("key"),
        or_(
            mailbox.c.snippet != bindparam("text"),
            func.coalesce(mailbox.c.last_author_id, 0) != bindparam("whose"),
            func.coalesce(mailbox.c.last_media, "") != func.coalesce(_brought, ""),
        ),
    )
    .values(
        was=WAS,
        snippet=bindparam("text"),
        last_media=_brought,
        last_author_id=func.nullif(bindparam("whose"), 0),
    )
    .returning(*ROW)
)

# -- receipts --------------------------------------------------------------------------------------

_part = (
    participants.c.conversation_id == bindparam("key"),
    participants.c.person_id == bindparam("person"),
)
_read = func.coalesce(participants.c.read_seq, 0)
_delivered = func.coalesce(participants.c.delivered_seq, 0)
SET_READ = statement(
    update(participants)
    .where(*_part, _read < bindparam("upto"))
    .values(read_seq=bindparam("upto"))
    .returning(participants.c.delivered_seq)
)
SET_DELIVERED = statement(
    update(participants)
    .where(*_part, _delivered < bindparam("upto"), _read < bindparam("upto"))
    .values(delivered_seq=bindparam("upto"))
    .returning(
        participants.c.conversation_id,
        participants.c.person_id,
        participants.c.delivered_seq,
        participants.c.read_seq,
    )
)
_reader: BindParameter[int] = bindparam("reader", type_=BigInteger)
AUTHORS_BETWEEN = statement(
    select(messages.c.conversation_id, messages.c.author_id, _reader.label("reader"))
    .where(
        _here,
        messages.c.seq > bindparam("after"),
        messages.c.seq <= bindparam("upto"),
        messages.c.author_id != _reader,
    )
    .distinct()
)
RECEIPTS = statement(
    select(participants.c.person_id, participants.c.delivered_seq, participants.c.read_seq).where(
        participants.c.conversation_id == bindparam("key"), participants.c.left_at.is_(None)
    )
)

# -- previews of links -----------------------------------------------------------------------------

PREVIEW = statement(
    select(link_previews.c.preview, link_previews.c.expires_at).where(
        link_previews.c.url == bindparam("address")
    )
)
KEEP_PREVIEW = statement(upsert_row(link_previews, update=["preview", "expires_at"]))
DROP_PREVIEWS = statement(
    delete(link_previews).where(link_previews.c.expires_at < bindparam("before"))
)
