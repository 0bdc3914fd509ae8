"""Every statement over absences, and over what is said by itself meanwhile."""

from sqlalchemy import SmallInteger, and_, bindparam, case, delete, func, null, select, update

from entregent.ports.db import insert_row, statement, upsert_row

from ..model import ARCHIVED, DELETED
from ..tables import absence_answers, absences, mailbox
from .rows import ROW, WAS

ABSENCE = statement(select(absences).where(absences.c.member_id == bindparam("me")))
KEEP_ABSENCE = statement(
    upsert_row(absences, update=["absence_id", "since", "until", "text", "audience"])
)
END_ABSENCE = statement(
    update(absences)
    .where(absences.c.member_id == bindparam("me"), absences.c.until > bindparam("now"))
    .values(until=bindparam("now"))
)
DROP_ABSENCE = statement(delete(absences).where(absences.c.member_id == bindparam("me")))
_answers = (
    absence_answers.c.member_id == bindparam("me"),
    absence_answers.c.absence_id == bindparam("absence"),
)
ANSWERED = statement(
    select(absence_answers.c.at).where(*_answers, absence_answers.c.other_id == bindparam("other"))
)
COUNT_ANSWERED = statement(select(func.count()).select_from(absence_answers).where(*_answers))
STRANGERS_SINCE = statement(
    select(func.count())
    .select_from(absence_answers)
    .where(
        absence_answers.c.member_id == bindparam("me"),
        absence_answers.c.at > bindparam("since"),
        absence_answers.c.stranger == 1,
    )
)
ADD_ANSWER = statement(insert_row(absence_answers))

# What was said by itself: who is away has read and answered nothing by it, and whoever hears it
# has no answer yet.
_own = mailbox.c.member_id == bindparam("author_id")
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
        last_at=case((_own, mailbox.c.last_at), else_=bindparam("at")),
        sort_at=case((_own, mailbox.c.sort_at), else_=bindparam("at")),
        last_author_id=case((_own, mailbox.c.last_author_id), else_=bindparam("author_id")),
        snippet=case((_own, mailbox.c.snippet), else_=bindparam("text")),
        last_media=case((_own, mailbox.c.last_media), else_=null()),
        unread=case((_own, mailbox.c.unread), else_=bindparam("news", type_=SmallInteger)),
        view=case(
            (and_(~_own, mailbox.c.view > DELETED), mailbox.c.view - (DELETED - 1)),
            (and_(~_own, mailbox.c.view == DELETED), ARCHIVED),
            else_=mailbox.c.view,
        ),
    )
    .returning(*ROW)
)
