"""Being away: whoever writes is answered by itself, once in each absence (M11).

Sending only sees, on the mailbox row that it delivers to, that somebody is away; the answer is a
job. It is no answer of the member's: the conversation stays unread and waits for them.
"""

from collections.abc import Sequence
from typing import Any

from entregent.accounts import account, may_send
from entregent.invitations import filled, values_for
from entregent.network import relation
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from ..away import Absence, AbsenceNow, Audience, checked
from ..events import AbsenceChanged, MessageSent
from ..jobnames import AnswerAway
from ..markup import glimpse, plain
from ..model import DELETED, PROMOTIONS, SPAM
from ..queries import away as queries
from ..queries import rows
from ..reading import faces, row_of
from ..search_index import Indexed, index
from ..sight import with_quotes
from .strangers import DAY_MS, NEW_DAYS
from .telling import delta_of, follow

UNANSWERED = (SPAM, PROMOTIONS)


def absence_of(tx: Transaction, me: int) -> AbsenceNow:
    """The absence that is on or to come."""
    row = tx.first(queries.ABSENCE, me=me)
    if row is None or row.until <= tx.now:
        return AbsenceNow(None, 0)
    answered = tx.value(queries.COUNT_ANSWERED, me=me, absence=row.absence_id)
    return AbsenceNow(_wire(row), answered)


def go_away(
    tx: Transaction,
    me: int,
    key: int | None,
    since: int | None,
    until: int,
    text: str,
    audience: Audience,
) -> AbsenceNow:
    """Keeps when the member is away and what is said. `key` is the absence that this changes, or
    brings back: nobody is answered twice in it."""
    begin = tx.now if since is None else since
    kept = checked(text, begin, until, tx.now)
    row = tx.first(queries.ABSENCE, me=me)
    same = row is not None and (row.absence_id == key or row.until > tx.now)
    tx.run(
        queries.KEEP_ABSENCE,
        member_id=me,
        absence_id=row.absence_id if row is not None and same else tx.new_id(),
        since=begin,
        until=until,
        text=kept,
        audience=audience,
    )
    now = absence_of(tx, me)
    tx.emit(AbsenceChanged(absence=now.absence), to=[me])
    return now


def come_home(tx: Transaction, me: int) -> None:
    """The member is back; a second time nothing happens."""
    if tx.touch(queries.END_ABSENCE, me=me, now=tx.now):
        tx.emit(AbsenceChanged(absence=None), to=[me])


def notice_absent(tx: Transaction, delivered: Sequence[Any]) -> None:
    """Has those answered who wrote to somebody who is away."""
    for row in delivered:
        if row.away and _to_answer(row):
            job = AnswerAway(member_id=str(row.member_id), conversation_id=str(row.conversation_id))
            enqueue(tx, job, owner=row.member_id, key=str(row.conversation_id))


def _to_answer(row: Any) -> bool:
    """No groups, nothing imported, nothing unwanted; not where the member has the last word."""
    return (
        row.kind == "direct"
        and row.source == "entregent"
        and bool(row.writable)
        and row.view < DELETED
        and row.view not in UNANSWERED
        and row.last_author_id not in (None, row.member_id)
    )


def answer_away(tx: Transaction, me: int, key: int, most: int, most_new: int) -> bool:
    """Answers for a member who is away, unless it was done before or is not called for."""
    absence = tx.first(queries.ABSENCE, me=me)
    row = tx.first(rows.ONE_ROW, member_id=me, conversation_id=key)
    if absence is None or not absence.since <= tx.now < absence.until:
        return False
    if row is None or not _to_answer(row) or not row.unread:
        return False
    other = int(faces(row.people)[0])
    tie = relation(tx, me, other)
    answered = tie.connected or absence.audience == "everyone"
    if not tie.reachable or not answered or not may_send(tx, me):
        return False
    if tx.first(queries.ANSWERED, me=me, absence=absence.absence_id, other=other) is not None:
        return False
    if not tie.connected and _spent(tx, me, most, most_new):
        return False
    tx.run(
        queries.ADD_ANSWER,
        member_id=me,
        absence_id=absence.absence_id,
        other_id=other,
        at=tx.now,
        stranger=int(not tie.connected),
    )
    _say(tx, me, other, key, absence)
    return True


def _spent(tx: Transaction, me: int, most: int, most_new: int) -> bool:
    """Whether as many strangers were answered today as a member may write to."""
    new = tx.now - account(tx, me).created_at < NEW_DAYS * DAY_MS
    answered: int = tx.value(queries.STRANGERS_SINCE, me=me, since=tx.now - DAY_MS)
    return answered >= (min(most, most_new) if new else most)


def _say(tx: Transaction, me: int, other: int, key: int, absence: Any) -> None:
    place = tx.all(rows.CONVERSATIONS, ids=[key])[0]
    seq = place.last_seq + 1
    text = filled(absence.text, values_for(tx, me, [other])[other])
    tx.run(
        rows.INSERT_MESSAGE,
        conversation_id=key,
        seq=seq,
        message_id=tx.new_id(),
        author_id=me,
        at=tx.now,
        client_id=f"away-{absence.absence_id}",
        kind="away",
        text=text,
        subject=None,
        attachments=None,
        import_id=None,
    )
    tx.run(rows.SET_LAST_SEQ, key=key, seq=seq)
    index(tx, [Indexed(key, seq, tx.now, [me, other], plain(text))])
    [message] = with_quotes(tx, key, tx.all(rows.ONE_MESSAGE, conversation_id=key, seq=seq))
    for member in sorted((me, other)):
        delivered = tx.all(
            queries.DELIVER,
            owner_id=member,
            key=key,
            seq=seq,
            at=tx.now,
            author_id=me,
            text=glimpse(text),
            news=1,
        )
        follow(tx, delivered)
        for row in delivered:
            tx.emit(MessageSent(message=message, row=row_of(row), delta=delta_of(row)), to=[member])


def _wire(row: Any) -> Absence:
    return Absence(
        id=str(row.absence_id),
        since=row.since,
        until=row.until,
        text=row.text,
        audience=row.audience,
    )
