"""Every statement over conversations and mailboxes, except the search index."""

from sqlalchemy import (
    BindParameter,
    Integer,
    SmallInteger,
    Text,
    and_,
    bindparam,
    case,
    delete,
    func,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy import (
    cast as sql_cast,
)
from sqlalchemy.sql import ColumnElement

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from ..model import (
    ARCHIVED,
    DELETED,
    INBOX,
    MINE,
    MUTED,
    REQUESTS,
    SNOOZED,
    TO_ANSWER,
)
from ..tables import (
    absences,
    conversations,
    left_conversations,
    mailbox,
    messages,
    pairs,
    participants,
)

ROW = [column for column in mailbox.c if column.name != "import_id"]

# -- sending: each statement serves all the messages that wait for the same commit ----------------

CONVERSATIONS = statement(
    select(
        conversations.c.conversation_id,
        conversations.c.kind,
        conversations.c.last_seq,
        conversations.c.closed,
        conversations.c.title,
        conversations.c.source,
        conversations.c.history,
        conversations.c.apart,
        conversations.c.probation,
        conversations.c.created_by,
        conversations.c.created_at,
    )
    .where(in_list(conversations.c.conversation_id, "ids"))
    .order_by(conversations.c.conversation_id)
    .with_for_update()
)
PARTICIPANTS = statement(
    select(
        participants.c.conversation_id,
        participants.c.person_id,
        participants.c.kind,
        participants.c.role,
        participants.c.first_seq,
        participants.c.joined_at,
        participants.c.name,
    ).where(in_list(participants.c.conversation_id, "ids"), participants.c.left_at.is_(None))
)
SENT_BEFORE = statement(
    select(
        messages.c.conversation_id,
        messages.c.client_id,
        messages.c.seq,
        messages.c.message_id,
        messages.c.author_id,
        messages.c.at,
        messages.c.text,
    ).where(
        messages.c.conversation_id == bindparam("conversation_id"),
        messages.c.client_id == bindparam("client_id"),
    )
)
# What only some messages have is added by a second statement, for those alone.
LATER = ("edited_at", "deleted_at", "quote_seq", "reactions", "extra")
INSERT_MESSAGE = statement(insert_row(messages, *LATER))
SET_LAST_SEQ = statement(
    update(conversations)
    .where(conversations.c.conversation_id == bindparam("key"))
    .values(last_seq=bindparam("seq"))
)


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return sql_cast(case((condition, 1), else_=0), SmallInteger)


# The number of `model.state_of`.
WAS = (
    mailbox.c.view
    + 16 * mailbox.c.unread
    + 32 * mailbox.c.drafted
    + 64 * mailbox.c.starred
    + 128 * mailbox.c.word
    + 512 * mailbox.c.writable
)


_own = mailbox.c.member_id == bindparam("author_id")
_heard = and_(~_own, mailbox.c.notify != MUTED)
_mention = bindparam("mention", type_=SmallInteger) == literal_column("1")
_brought: BindParameter[str] = bindparam("brought", type_=Text)
# Whether the receiver is away: kept in the row and told with it, so that sending asks nothing.
_away = (
    select(func.count())
    .select_from(absences)
    .where(
        absences.c.member_id == bindparam("owner_id"),
        absences.c.since <= bindparam("at"),
        absences.c.until > bindparam("at"),
    )
    .scalar_subquery()
)
# A new last message in a mailbox row: the author's own or another's. It commutes and may be
# repeated, because of `last_seq`.
DELIVER = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"),
        mailbox.c.conversation_id == bindparam("key"),
        mailbox.c.last_seq < bindparam("seq"),
    )
    .values(
        was=WAS,
        last_seq=bindparam("seq"),
        last_at=bindparam("at"),
        last_author_id=bindparam("author_id"),
        snippet=bindparam("text"),
        away=_away,
        last_media=_brought,
        attached=case((_brought.is_not(None), 1), else_=mailbox.c.attached),
        read_seq=case((_own, bindparam("seq")), else_=mailbox.c.read_seq),
        unread=_flag(~_own),
        draft=case((_own, null()), else_=mailbox.c.draft),
        drafted=case((_own, 0), else_=mailbox.c.drafted),
        sort_at=bindparam("at"),
        view=case(
            # Answering a request accepts it; what was put away comes back when others write.
            (and_(_own, mailbox.c.view.in_((REQUESTS, DELETED, DELETED + 1))), INBOX),
            (and_(_heard, mailbox.c.view.in_((ARCHIVED, SNOOZED, DELETED))), INBOX),
            (mailbox.c.view > DELETED, mailbox.c.view - (DELETED - 1)),
            (mailbox.c.view == DELETED, ARCHIVED),  # muted, but what is new is to be found
            else_=mailbox.c.view,
        ),
        word=case(
            (_own, MINE),
            (or_(mailbox.c.kind == "direct", _mention), TO_ANSWER),
            (mailbox.c.word == MINE, 0),
            else_=mailbox.c.word,
        ),
        mentioned=case((_own, 0), (_mention, 1), else_=mailbox.c.mentioned),
        returned=0,
        snoozed_until=case((_heard, null()), else_=mailbox.c.snoozed_until),
        remind_at=case((_own, mailbox.c.remind_at), else_=null()),  # this is the answer
    )
    .returning(*ROW)
)

# The note of an invitation: last where nothing else was said, and read whatever was unread before.
_first = mailbox.c.last_seq == 0
DELIVER_NOTE = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"), mailbox.c.conversation_id == bindparam("key")
    )
    .values(
        was=WAS,
        last_seq=bindparam("seq"),
        read_seq=case(
            (mailbox.c.read_seq == mailbox.c.last_seq, bindparam("seq")),
            else_=mailbox.c.read_seq,
        ),
        last_at=case((_first, bindparam("at")), else_=mailbox.c.last_at),
        sort_at=case((_first, bindparam("at")), else_=mailbox.c.sort_at),
        view=case(
            (mailbox.c.view > DELETED, mailbox.c.view - (DELETED - 1)),
            (mailbox.c.view == DELETED, INBOX),
            else_=mailbox.c.view,
        ),
        last_author_id=case((_first, bindparam("author_id")), else_=mailbox.c.last_author_id),
        snippet=case((_first, bindparam("text")), else_=mailbox.c.snippet),
    )
    .returning(*ROW)
)

# -- conversations ---------------------------------------------------------------------------------

FIND_PAIR = statement(
    select(pairs.c.conversation_id).where(
        pairs.c.member_id == bindparam("low"), pairs.c.other_id == bindparam("high")
    )
)
INSERT_PAIR = statement(insert_row(pairs))
INSERT_CONVERSATION = statement(insert_row(conversations, "history", "apart"))
INSERT_PARTICIPANT = statement(insert_row(participants, "delivered_seq", "read_seq"))
INSERT_MAILBOX = statement(insert_row(mailbox))
SET_TITLE = statement(
    update(conversations)
    .where(conversations.c.conversation_id == bindparam("key"))
    .values(title=bindparam("new_title"))
)
LEAVE = statement(
    update(participants)
    .where(
        participants.c.conversation_id == bindparam("key"),
        participants.c.person_id == bindparam("person"),
    )
    .values(left_at=bindparam("at"))
)
MAKE_OWNER = statement(
    update(participants)
    .where(
        participants.c.conversation_id == bindparam("key"),
        participants.c.person_id == bindparam("person"),
    )
    .values(role="owner")
)
ADD_LEFT = statement(upsert_row(left_conversations, update=["back"]))
GROUPS_OF, DIRECT_OF = (
    statement(
        select(mailbox.c.conversation_id)
        .where(mailbox.c.member_id == bindparam("member_id"), mailbox.c.kind == kind, *more)
        .order_by(mailbox.c.conversation_id)
    )
    for kind, more in (("group", ()), ("direct", (mailbox.c.writable == 1,)))
)
REMOVE_ROW = statement(
    delete(mailbox).where(
        mailbox.c.member_id == bindparam("owner_id"), mailbox.c.conversation_id == bindparam("key")
    )
)
REDRAW = statement(  # title, faces and size of a group after it changed
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"), mailbox.c.conversation_id == bindparam("key")
    )
    .values(
        was=WAS,
        title=bindparam("new_title"),
        people=bindparam("faces"),
        size=bindparam("new_size", type_=SmallInteger),
    )
    .returning(*ROW)
)

# -- the mailbox -----------------------------------------------------------------------------------

BEGIN_ROW = statement(insert_row(mailbox).returning(*ROW))
ONE_ROW = statement(
    select(*ROW).where(
        mailbox.c.member_id == bindparam("member_id"),
        mailbox.c.conversation_id == bindparam("conversation_id"),
    )
)
SOME_ROWS = statement(
    select(*ROW).where(
        mailbox.c.member_id == bindparam("member_id"),
        in_list(mailbox.c.conversation_id, "ids"),
        # A sum is in no index: else SQLite takes that of the views, and reads a whole mailbox.
        mailbox.c.view + 0 < DELETED,
    )
)


# Nobody has read further than the last message.
_seen = case(
    (mailbox.c.last_seq > bindparam("seq"), bindparam("seq", type_=Integer)),
    else_=mailbox.c.last_seq,
)
READ_UP_TO = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"),
        mailbox.c.conversation_id == bindparam("key"),
        or_(
            mailbox.c.read_seq < _seen,
            and_(mailbox.c.unread == 1, mailbox.c.last_seq <= bindparam("seq")),
        ),
    )
    .values(
        was=WAS,
        read_seq=case((mailbox.c.read_seq < _seen, _seen), else_=mailbox.c.read_seq),
        unread=_flag(mailbox.c.last_seq > bindparam("seq")),
        mentioned=case((mailbox.c.last_seq > bindparam("seq"), mailbox.c.mentioned), else_=0),
        returned=case((mailbox.c.last_seq > bindparam("seq"), mailbox.c.returned), else_=0),
    )
    .returning(*ROW)
)
SET_DRAFT = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"), mailbox.c.conversation_id == bindparam("key")
    )
    .values(was=WAS, draft=bindparam("new_draft"), drafted=bindparam("has_draft"))
    .returning(*ROW)
)

# -- messages --------------------------------------------------------------------------------------

MESSAGE = [column for column in messages.c if column.name != "import_id"]
_here = [
    messages.c.conversation_id == bindparam("conversation_id"),
    messages.c.seq >= bindparam("first_seq"),
]
BEFORE = statement(
    select(*MESSAGE)
    .where(*_here, messages.c.seq < bindparam("seq"))
    .order_by(messages.c.seq.desc())
    .limit(bindparam("limit", type_=Integer))
)
AFTER = statement(
    select(*MESSAGE)
    .where(*_here, messages.c.seq > bindparam("seq"))
    .order_by(messages.c.seq)
    .limit(bindparam("limit", type_=Integer))
)
BEGIN_MESSAGE = statement(insert_row(messages, *LATER).returning(*MESSAGE))
ONE_MESSAGE = statement(
    select(*MESSAGE).where(
        messages.c.conversation_id == bindparam("conversation_id"),
        messages.c.seq == bindparam("seq"),
    )
)
MY_PART = statement(
    select(participants.c.first_seq, participants.c.role, participants.c.left_at).where(
        participants.c.conversation_id == bindparam("conversation_id"),
        participants.c.person_id == bindparam("person"),
    )
)
