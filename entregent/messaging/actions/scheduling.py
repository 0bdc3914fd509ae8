"""Sending later, and the seconds in which sending can be undone: both are messages that wait."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from entregent.accounts import check_may_send
from entregent.kit.errors import Refusal
from entregent.media import Media, Use, attach, release, seen_through
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from ..attached import use_later, waits_of
from ..events import ScheduledChanged, ScheduledRemoved
from ..jobnames import SendScheduled
from ..model import NO_MORE, Message, More, Passed, Scheduled, checked_text
from ..queries import rows as queries
from ..queries import scheduled as statements
from ..reading import find_for
from ..said import brought
from ..sight import message_for, with_quotes
from .sending import Send, send_messages
from .special import check_files
from .telling import tell

MOST_WAITING = 500  # of one member
FARTHEST_MS = 366 * 86_400_000


class Later(NamedTuple):
    """A message to send at a moment, or after being held for some seconds."""

    send: Send
    send_at: int | None
    hold_seconds: int | None


def schedule(tx: Transaction, later: Later) -> Message | Scheduled:
    """Keeps a message until its time. A repeated client id answers with what became of it."""
    send, more = later.send, later.send.more or NO_MORE
    me, key = send.author_id, send.conversation_id
    known = tx.first(statements.BY_CLIENT_ID, me=me, client_id=send.client_id)
    if known is not None:
        return _shown(tx, [known])[0]
    sent = tx.each(queries.SENT_BEFORE, [{"conversation_id": key, "client_id": send.client_id}])
    if sent and sent[0].author_id == me:
        message = tx.first(queries.ONE_MESSAGE, conversation_id=key, seq=sent[0].seq)
        return with_quotes(tx, key, [message])[0]
    row = find_for(tx, me, key)
    place = tx.all(queries.CONVERSATIONS, ids=[key])[0]
    if place.closed is not None:
        raise Refusal(f"messaging.closed_{place.closed}", status=403)
    if not row.writable:
        raise Refusal("messaging.conversation_not_found", status=404)
    if more.quote_seq is not None:
        message_for(tx, me, row, more.quote_seq)
    text, empty = send.text, bool(more.media)
    if more.forward is not None:
        origin = message_for(tx, me, find_for(tx, me, more.forward[0]), more.forward[1])
        text, empty = origin.text, bool(brought([origin]))
    text = checked_text(text, send.most, empty=empty)
    check_files(more)
    if tx.value(statements.COUNT_ALL, me=me) >= MOST_WAITING:
        raise Refusal("messaging.too_many_scheduled", status=409, most=MOST_WAITING)
    held = later.send_at is None
    send_at = tx.now + (later.hold_seconds or 0) * 1000 if held else later.send_at or 0
    if not tx.now <= send_at <= tx.now + FARTHEST_MS:
        raise Refusal("messaging.bad_moment", field="send_at")
    scheduled_id = tx.new_id()
    waiting = {
        "member_id": me,
        "scheduled_id": scheduled_id,
        "conversation_id": key,
        "client_id": send.client_id,
        "text": text,
        "more": msgspec.json.encode(more).decode(),
        "created_at": tx.now,
        "send_at": send_at,
        "held": int(held),
        "refusal": None,
    }
    if more.media:
        attach(tx, me, [str(one) for one in more.media], use_later(scheduled_id))
    tx.run(statements.ADD, **waiting)
    job = SendScheduled(member_id=str(me), scheduled_id=str(scheduled_id))
    enqueue(tx, job, owner=me, at=send_at, key=str(scheduled_id))
    if row.draft is not None:  # what was written is on its way
        tell(
            tx,
            me,
            tx.all(queries.SET_DRAFT, owner_id=me, key=key, new_draft=None, has_draft=0),
        )
    return _tell(tx, me, scheduled_id, 0 if held else 1)


def scheduled_of(tx: Transaction, me: int) -> list[Scheduled]:
    """All that waits, the next one first."""
    return _shown(tx, tx.all(statements.ALL, me=me))


def send_scheduled(
    tx: Transaction, me: int, scheduled_id: int, most: int, previews: bool
) -> Message:
    """Sends what waits now; a refusal leaves it waiting."""
    row = _find(tx, me, scheduled_id)
    send = Send(
        me,
        row.conversation_id,
        row.client_id,
        row.text,
        most,
        more=_more(row),
        previews=previews,
    )
    (answer,) = send_messages(tx, [send])
    if isinstance(answer, Refusal):
        raise answer
    _remove(tx, me, row)
    return answer


def send_due(tx: Transaction, me: int, scheduled_id: int, most: int, previews: bool) -> None:
    """The job's way: nothing where it was sent or taken back meanwhile; what cannot be sent waits
    for the member, with the reason."""
    row = tx.first(statements.ONE, me=me, id=scheduled_id)
    if row is None or row.send_at > tx.now or row.refusal is not None:
        return
    try:
        check_may_send(tx, me)
        send_scheduled(tx, me, scheduled_id, most, previews)
    except Refusal as refusal:
        tx.run(statements.REFUSE, me=me, id=scheduled_id, why=refusal.code)
        _tell(tx, me, scheduled_id, 1 if row.held else 0)


def cancel_scheduled(tx: Transaction, me: int, scheduled_id: int) -> None:
    """Takes back what waits."""
    _remove(tx, me, _find(tx, me, scheduled_id))


def show_waiting(tx: Transaction, me: int, use: Use) -> None:
    """The files of a message that waits look different now."""
    waits = waits_of(use)
    if waits is not None and tx.first(statements.ONE, me=me, id=waits) is not None:
        _tell(tx, me, waits, 0)


def may_see_waiting(tx: Transaction, me: int, scheduled_id: int) -> bool:
    """Only who wrote it sees what waits."""
    return tx.first(statements.ONE, me=me, id=scheduled_id) is not None


def _shown(tx: Transaction, rows: Sequence[Any]) -> list[Scheduled]:
    """Messages that wait, as the wire has them."""
    given = [(row, _more(row), use_later(row.scheduled_id)) for row in rows]
    uses = [use for _, more, use in given if more.media]
    files = seen_through(tx, uses) if uses else {}
    return [_scheduled(row, more, files.get(use, [])) for row, more, use in given]


def _scheduled(row: Any, more: More, files: list[Media]) -> Scheduled:
    return Scheduled(
        id=str(row.scheduled_id),
        conversation_id=str(row.conversation_id),
        client_id=row.client_id,
        text=row.text,
        send_at=row.send_at,
        held=bool(row.held),
        refusal=row.refusal,
        quote_seq=more.quote_seq,
        forward=None if more.forward is None else Passed(str(more.forward[0]), more.forward[1]),
        media=files,
    )


def _more(row: Any) -> More:
    return msgspec.json.decode(row.more, type=More)


def _find(tx: Transaction, me: int, scheduled_id: int) -> Any:
    row = tx.first(statements.ONE, me=me, id=scheduled_id)
    if row is None:
        raise Refusal("messaging.not_scheduled", status=404)
    return row


def _remove(tx: Transaction, me: int, row: Any) -> None:
    tx.run(statements.DROP, me=me, id=row.scheduled_id)
    if _more(row).media:  # as its message has them, or for its author to go on with
        release(tx, use_later(row.scheduled_id))
    # What is held counts among what waits only once it could not be sent.
    counted = not row.held or row.refusal is not None
    delta = {"scheduled": -1} if counted else {}
    tx.emit(ScheduledRemoved(id=str(row.scheduled_id), delta=delta), to=[me])


def _tell(tx: Transaction, me: int, scheduled_id: Any, more: int) -> Scheduled:
    (waiting,) = _shown(tx, [tx.first(statements.ONE, me=me, id=scheduled_id)])
    delta = {"scheduled": more} if more else {}
    tx.emit(ScheduledChanged(scheduled=waiting, delta=delta), to=[me])
    return waiting
