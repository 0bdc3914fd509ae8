"""Asking to connect, and what the other may do about it."""

from collections.abc import Iterable

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.paging import MAX_PAGE, decode_cursor, encode_cursor
from entregent.kit.people import WithPeople
from entregent.network import connect, relation
from entregent.ports.db import Row, Transaction
from entregent.profiles import card

from . import queries
from .events import InvitationAccepted, InvitationReceived, InvitationSent, InvitationSettled
from .model import (
    ACCEPTED,
    CLOSED,
    DAY,
    IGNORED,
    PENDING,
    WEEK,
    WITHDRAWN,
    Allowance,
    Box,
    Invitation,
    Reason,
    Rules,
    checked_note,
)

FAR = 2**62


class Waiting(WithPeople):
    """A page of what waits in a box, newest first; `total` is exact, of people."""

    invitations: list[Invitation]
    next: str | None
    total: int
    allowance: Allowance

    def people(self) -> Iterable[int]:
        return [int(one.person_id) for one in self.invitations]


class Asked(msgspec.Struct, kw_only=True):
    """What came of an invitation: it waits, or both had asked and are connected now."""

    invitation: Invitation | None
    connected: bool
    allowance: Allowance


class Settled(msgspec.Struct):
    """An invitation that waits no longer."""

    id: Id


# -- reading -------------------------------------------------------------------------------------


def waiting(tx: Transaction, me: int, box: Box = "received", days: int = Rules().days) -> int:
    """How many people wait for the member's answer (or the member for theirs)."""
    number: int = tx.value(queries.COUNT_WAITING, me=me, box=box, since=tx.now - days * DAY)
    return number


def page(
    tx: Transaction, me: int, box: Box, rules: Rules, after: str = "", limit: int = 50
) -> Waiting:
    """A page of a box."""
    at, last = decode_cursor(after, int, int) if after else (FAR, FAR)
    limit = min(limit, MAX_PAGE)
    rows = tx.all(
        queries.PAGE,
        me=me,
        box=box,
        since=tx.now - rules.days * DAY,
        after_at=at,
        after_id=last,
        limit=limit + 1,
    )
    shown = rows[:limit]
    return Waiting(
        invitations=[_invitation(row, rules) for row in shown],
        next=encode_cursor(shown[-1].at, shown[-1].id) if len(rows) > limit else None,
        total=waiting(tx, me, box, rules.days),
        allowance=allowance(tx, me, rules),
    )


def allowance(tx: Transaction, me: int, rules: Rules) -> Allowance:
    """What the member may still send."""
    row = tx.first(queries.SENT_SINCE, me=me, since=tx.now - WEEK)
    assert row is not None
    return Allowance(
        week=rules.per_week,
        left=max(0, rules.per_week - row.sent),
        resets_at=row.first + WEEK if row.sent else None,
        pending=waiting(tx, me, "sent", rules.days),
        pending_most=rules.pending,
    )


def find_for(tx: Transaction, me: int, invitation: int, box: Box) -> Row:
    """The member's own end of an invitation; nobody else's can be named."""
    row = tx.first(queries.FIND, me=me, invitation=invitation)
    if row is None or row.box != box:
        raise Refusal("invitations.not_found", status=404)
    return row


# -- sending -------------------------------------------------------------------------------------


def invite(tx: Transaction, me: int, other: int, reason: Reason, note: str, rules: Rules) -> Asked:
    """Asks somebody to connect. Whoever has asked already is answered by that."""
    note = checked_note(note)
    tie = relation(tx, me, other)
    if not tie.reachable:
        raise Refusal("invitations.nobody", status=404)
    if tie.connected:
        raise Refusal("invitations.connected_already", status=409)
    between = tx.all(queries.BETWEEN, me=me, other=other)
    theirs = [row for row in between if row.box == "received" and _is_open(row, tx.now, rules)]
    if theirs:
        return _both_asked(tx, me, theirs[0], note, rules)
    _may_ask(tx, me, between, rules)
    key = tx.new_id()
    for member, another, box in ((me, other, "sent"), (other, me, "received")):
        tx.run(
            queries.ADD,
            member_id=member,
            id=key,
            box=box,
            other_id=another,
            reason=reason,
            note=note,
            at=tx.now,
            state=PENDING,
            settled_at=None,
        )
    mine = _invitation(find_for(tx, me, key, "sent"), rules)
    received = msgspec.structs.replace(mine, box="received", person_id=str(me))
    tx.emit(InvitationSent(invitation=mine, card=card(tx, me, other)), to=[me])
    tx.emit(InvitationReceived(invitation=received, card=card(tx, other, me)), to=[other])
    return Asked(invitation=mine, connected=False, allowance=allowance(tx, me, rules))


def _may_ask(tx: Transaction, me: int, between: list[Row], rules: Rules) -> None:
    for row in between:
        if row.box == "sent":
            if row.state == PENDING and _is_open(row, tx.now, rules):
                raise Refusal("invitations.already_sent", status=409)
            again = (row.settled_at or 0) + rules.again_days * DAY
            if row.state == WITHDRAWN and again > tx.now:
                days = -(-(again - tx.now) // DAY)
                raise Refusal("invitations.too_soon", status=409, days=days)
    left = allowance(tx, me, rules)
    if left.left <= 0:
        wait = ((left.resets_at or tx.now) - tx.now) // 1_000 + 1
        raise Refusal(
            "invitations.week_full",
            status=429,
            retry_after=wait,
            most=rules.per_week,
            hours=-(-wait // 3_600),
        )
    if left.pending >= rules.pending:
        raise Refusal("invitations.pending_full", status=409, most=rules.pending)


def _both_asked(tx: Transaction, me: int, theirs: Row, note: str, rules: Rules) -> Asked:
    accept(tx, me, theirs.id, rules)
    if note:  # what I wanted to say is said as well
        tx.emit(
            InvitationAccepted(
                invitation_id=tx.new_id(),
                sender_id=me,
                receiver_id=theirs.other_id,
                note=note,
                sent_at=tx.now,
            )
        )
    return Asked(invitation=None, connected=True, allowance=allowance(tx, me, rules))


# -- answering -----------------------------------------------------------------------------------


def accept(tx: Transaction, me: int, invitation: int, rules: Rules) -> Settled:
    """Connects the two. An ignored invitation can still be accepted."""
    row = find_for(tx, me, invitation, "received")
    if row.state != ACCEPTED:
        if not _is_open(row, tx.now, rules):
            raise Refusal("invitations.over", status=409)
        _settle(tx, row, ACCEPTED)
        connect(tx, row.other_id, me, rules.connections)
        tx.emit(
            InvitationAccepted(
                invitation_id=row.id,
                sender_id=row.other_id,
                receiver_id=me,
                note=row.note,
                sent_at=row.at,
            )
        )
    return Settled(str(invitation))


def ignore(tx: Transaction, me: int, invitation: int) -> Settled:
    """Puts an invitation aside. The sender never learns it."""
    row = find_for(tx, me, invitation, "received")
    if row.state == PENDING:
        _set(tx, me, row.id, IGNORED)
        tx.emit(InvitationSettled(id=str(row.id), box="received"), to=[me])
    return Settled(str(invitation))


def withdraw(tx: Transaction, me: int, invitation: int) -> Settled:
    """Takes an invitation back."""
    row = find_for(tx, me, invitation, "sent")
    if row.state == PENDING:
        _settle(tx, row, WITHDRAWN)
    elif row.state != WITHDRAWN:
        raise Refusal("invitations.over", status=409)
    return Settled(str(invitation))


# -- what ends invitations by itself -------------------------------------------------------------


def close_between(tx: Transaction, one: int, other: int) -> None:
    """Nothing waits any more between two members who are connected or blocked."""
    for row in tx.all(queries.OPEN_WITH, me=one, other=other):
        _settle(tx, row, CLOSED)


def close_all_of(tx: Transaction, member_id: int) -> None:
    """The member has left: nobody waits for an answer, nor are they waited for."""
    for row in tx.all(queries.OPEN_OF, me=member_id):
        _settle(tx, row, CLOSED)
    tx.run(queries.DROP_ALL, me=member_id)


def expire(tx: Transaction, rules: Rules, limit: int = 500) -> int:
    """Settles invitations that are too old, oldest first; gives how many."""
    rows = tx.all(queries.TOO_OLD, before=tx.now - rules.days * DAY, limit=limit)
    for row in rows:
        _set(tx, row.member_id, row.id, CLOSED)
        tx.emit(InvitationSettled(id=str(row.id), box=row.box), to=[row.member_id])
    return len(rows)


# -- within --------------------------------------------------------------------------------------


def _is_open(row: Row, now: int, rules: Rules) -> bool:
    return row.state in {PENDING, IGNORED} and row.at > now - rules.days * DAY


def _settle(tx: Transaction, row: Row, state: int) -> None:
    """Settles both ends, telling each that still saw it waiting."""
    other: Box = "sent" if row.box == "received" else "received"
    ends: tuple[tuple[int, Box], ...] = ((row.member_id, row.box), (row.other_id, other))
    for member, box in ends:
        end = tx.first(queries.FIND, me=member, invitation=row.id)
        if end is None or end.state not in {PENDING, IGNORED}:
            continue
        _set(tx, member, row.id, state)
        if end.state == PENDING:
            tx.emit(InvitationSettled(id=str(row.id), box=box), to=[member])


def _set(tx: Transaction, member: int, invitation: int, state: int) -> None:
    tx.run(queries.SETTLE, me=member, invitation=invitation, state=state, settled_at=tx.now)


def _invitation(row: Row, rules: Rules) -> Invitation:
    return Invitation(
        id=str(row.id),
        box=row.box,
        person_id=str(row.other_id),
        reason=row.reason,
        note=row.note,
        at=row.at,
        expires_at=row.at + rules.days * DAY,
    )
