"""Every statement over conversations and mailboxes, except the search index."""

from typing import Any

from sqlalchemy import (
    BindParameter,
    Integer,
    SmallInteger,
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
from sqlalchemy.sql import ColumnElement, Select

from entregent.ports.db import in_list, insert_row, statement, upsert_row

from ..model import ARCHIVED, INBOX, REQUESTS
from ..tables import (
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
INSERT_MESSAGE = statement(insert_row(messages))
SET_LAST_SEQ = statement(
    update(conversations)
    .where(conversations.c.conversation_id == bindparam("key"))
    .values(last_seq=bindparam("seq"))
)


def _flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return sql_cast(case((condition, 1), else_=0), SmallInteger)


WAS = mailbox.c.view + 16 * mailbox.c.unread + 32 * mailbox.c.drafted


_own = mailbox.c.member_id == bindparam("author_id")
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
        read_seq=case((_own, bindparam("seq")), else_=mailbox.c.read_seq),
        unread=_flag(~_own),
        draft=case((_own, null()), else_=mailbox.c.draft),
        drafted=case((_own, 0), else_=mailbox.c.drafted),
        view=case(
            # Answering a request accepts it; an archived conversation comes back when others write.
            (and_(_own, mailbox.c.view == REQUESTS), INBOX),
            (and_(~_own, mailbox.c.view == ARCHIVED), INBOX),
            else_=mailbox.c.view,
        ),
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
INSERT_CONVERSATION = statement(insert_row(conversations))
INSERT_PARTICIPANT = statement(insert_row(participants))
INSERT_MAILBOX = statement(insert_row(mailbox))
UPSERT_MAILBOX = statement(
    upsert_row(
        mailbox,
        update=[c.name for c in mailbox.c if c.name not in ("member_id", "conversation_id")],
    )
)
SET_TITLE = statement(
    update(conversations)
    .where(conversations.c.conversation_id == bindparam("key"))
    .values(title=bindparam("new_title"))
)
CLOSE_CONVERSATION = statement(
    update(conversations)
    .where(conversations.c.conversation_id == bindparam("key"))
    .values(closed=bindparam("why"))
)
SET_WRITABLE = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"), mailbox.c.conversation_id == bindparam("key")
    )
    .values(was=WAS, writable=bindparam("can"))
    .returning(*ROW)
)
ACCEPT = statement(
    update(mailbox)
    .where(
        mailbox.c.member_id == bindparam("owner_id"),
        mailbox.c.conversation_id == bindparam("key"),
        mailbox.c.view == REQUESTS,
    )
    .values(was=WAS, view=INBOX)
    .returning(*ROW)
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
ADD_LEFT = statement(upsert_row(left_conversations))
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

ONE_ROW = statement(
    select(*ROW).where(
        mailbox.c.member_id == bindparam("member_id"),
        mailbox.c.conversation_id == bindparam("conversation_id"),
    )
)
SOME_ROWS = statement(
    select(*ROW).where(
        mailbox.c.member_id == bindparam("member_id"), in_list(mailbox.c.conversation_id, "ids")
    )
)


def _view(kind: str) -> list[ColumnElement[bool]]:
    mine = mailbox.c.member_id == bindparam("member_id")
    if kind == "unread":
        # Text, not a parameter: the planner must see that the partial index fits.
        return [mine, mailbox.c.view == INBOX, mailbox.c.unread == literal_column("1")]
    return [mine, mailbox.c.view == bindparam("view", type_=SmallInteger)]


def _after() -> ColumnElement[bool]:
    at: BindParameter[int] = bindparam("at")
    key: BindParameter[int] = bindparam("key")
    return or_(
        mailbox.c.last_at < at, and_(mailbox.c.last_at == at, mailbox.c.conversation_id < key)
    )


def _newest(selected: Select[Any]) -> Select[Any]:
    return selected.order_by(mailbox.c.last_at.desc(), mailbox.c.conversation_id.desc())


PAGE = {
    kind: statement(
        _newest(
            select(*ROW).where(*_view(kind), mailbox.c.last_at <= bindparam("at"), _after())
        ).limit(bindparam("limit", type_=Integer))
    )
    for kind in ("view", "unread")
}
IDS = {
    kind: statement(
        _newest(select(mailbox.c.last_at, mailbox.c.conversation_id).where(*_view(kind)))
    )
    for kind in ("view", "unread")
}
COUNT_VIEWS = statement(
    select(mailbox.c.view, func.count().label("n"))
    .where(mailbox.c.member_id == bindparam("member_id"))
    .group_by(mailbox.c.view)
)
COUNT_UNREAD = statement(select(func.count()).select_from(mailbox).where(*_view("unread")))
COUNT_DRAFTS = statement(
    select(func.count())
    .select_from(mailbox)
    .where(mailbox.c.member_id == bindparam("member_id"), mailbox.c.drafted == literal_column("1"))
)

_chosen = [
    mailbox.c.member_id == bindparam("owner_id"),
    in_list(mailbox.c.conversation_id, "ids"),
]
MARK = {
    "read": statement(
        update(mailbox)
        .where(*_chosen, or_(mailbox.c.unread == 1, mailbox.c.read_seq < mailbox.c.last_seq))
        .values(was=WAS, unread=0, read_seq=mailbox.c.last_seq)
        .returning(*ROW)
    ),
    "unread": statement(
        update(mailbox)
        .where(*_chosen, mailbox.c.unread == 0)
        .values(was=WAS, unread=1)
        .returning(*ROW)
    ),
    **{
        name: statement(
            update(mailbox)
            .where(*_chosen, mailbox.c.view != number)
            .values(was=WAS, view=number)
            .returning(*ROW)
        )
        for name, number in (("archived", ARCHIVED), ("inbox", INBOX), ("spam", 3))
    },
}
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
