"""The queue: answers filled in for each, looked at and sent one by one (I9)."""

from collections.abc import Sequence

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.kit.ids import Id
from entregent.kit.paging import MAX_PAGE, encode_cursor, number_after
from entregent.kit.people import WithPeople
from entregent.ports.db import Row, Transaction

from ..desk import checked_text, filled
from ..model import Invitation, Rules, Selection, Verb
from ..queries import desk as desk_queries
from ..queries import rows as queries
from ..reading import among, wired
from ..runs import Run
from .arranging import reply_text
from .planning import Plan
from .running import begin, selected, values_for


class QueuedReply(msgspec.Struct, kw_only=True):
    """An answer that waits to be looked at, and the invitation that it answers."""

    invitation: Invitation
    verb: Verb
    text: str


class Queue(WithPeople, kw_only=True):
    """A page of the queue, in order; `total` is exact."""

    items: list[QueuedReply]
    next: str | None
    total: int

    def people(self) -> list[int]:
        return [int(one.invitation.person_id) for one in self.items]


class Queued(msgspec.Struct):
    """How many answers were put into the queue, and how many wait in it now."""

    queued: int
    total: int


def enqueue_replies(
    tx: Transaction,
    me: int,
    ids: Sequence[Id] | None,
    all_: Selection | None,
    verb: Verb,
    text: str,
    reply_id: int | None,
    rules: Rules,
) -> Queued:
    """Has an answer wait for each invitation that is meant, filled in for that person."""
    if reply_id is not None:
        text = reply_text(tx, me, reply_id)
    text = checked_text(text) if text else ""
    rows = [row for row in selected(tx, me, ids, all_, rules)[1] if row.box == "received"]
    if not rows:
        raise Refusal("invitations.not_found", status=404)
    values = values_for(tx, me, [row.other_id for row in rows])
    tx.run_many(
        desk_queries.ADD_TO_QUEUE,
        [
            {
                "member_id": me,
                "invitation_id": row.id,
                "place": tx.new_id(),
                "verb": verb,
                "text": filled(text, values[row.other_id]),
            }
            for row in sorted(rows, key=lambda row: (row.at, row.id))
        ],
    )
    _told(tx, me)
    return Queued(len(rows), tx.value(desk_queries.COUNT_QUEUE, me=me))


def queue_of(tx: Transaction, me: int, rules: Rules, after: str = "") -> Queue:
    """A page of the queue."""
    last = number_after(after, 0)
    found = tx.all(desk_queries.QUEUE, me=me, after=last, limit=MAX_PAGE + 1)
    shown = found[:MAX_PAGE]
    rows = among(tx, me, [one.invitation_id for one in shown])
    invitations = {int(one.id): one for one in wired(tx, rows, rules)}
    return Queue(
        items=[
            QueuedReply(invitation=invitations[one.invitation_id], verb=one.verb, text=one.text)
            for one in shown
            if one.invitation_id in invitations
        ],
        next=encode_cursor(shown[-1].place) if len(found) > MAX_PAGE else None,
        total=tx.value(desk_queries.COUNT_QUEUE, me=me),
    )


def _queued(tx: Transaction, me: int, invitation: int) -> Row:
    row = tx.first(desk_queries.FIND_IN_QUEUE, me=me, invitation=invitation)
    if row is None:
        raise Refusal("invitations.not_queued", status=404)
    return row


def edit(tx: Transaction, me: int, invitation: int, text: str) -> None:
    """Keeps an answer as it was edited."""
    _queued(tx, me, invitation)
    tx.run(
        desk_queries.SET_QUEUED,
        me=me,
        invitation=invitation,
        words=checked_text(text) if text.strip() else "",
    )
    _told(tx, me)


def send_queued(tx: Transaction, me: int, invitation: int, text: str | None, rules: Rules) -> Run:
    """Sends an answer, as it waits or as it is given now."""
    waiting = _queued(tx, me, invitation)
    said = waiting.text if text is None else text
    if said or waiting.verb != "accept":
        said = checked_text(said)
    row = tx.first(queries.FIND, me=me, invitation=invitation)
    if row is None:
        raise Refusal("invitations.not_found", status=404)
    texts = {waiting.verb: said} if said else {}
    run = begin(tx, me, "bulk", "received", [Plan(row, waiting.verb)], texts, rules)
    tx.run(desk_queries.DROP_QUEUED, me=me, ids=[invitation])
    _told(tx, me)
    return run


def skip(tx: Transaction, me: int, invitation: int) -> None:
    """Takes an invitation out of the queue."""
    if tx.touch(desk_queries.DROP_QUEUED, me=me, ids=[invitation]):
        _told(tx, me)


def _told(tx: Transaction, me: int) -> None:
    tx.emit(PartChanged(part="invitation_queue"), to=[me])
