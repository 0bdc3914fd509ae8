"""Asking to connect, and taking it back."""

from typing import Literal

import msgspec

from entregent.accounts import account, email_key
from entregent.kit.errors import Refusal
from entregent.kit.ids import Id, as_int
from entregent.network import contacts_among, relation
from entregent.notifications import Tell, tell_later
from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import card

from ..desk import InvitationSettings
from ..events import (
    InvitationAccepted,
    InvitationReceived,
    InvitationSent,
)
from ..jobnames import Arrive
from ..model import (
    ARRIVING,
    DAY,
    HELD,
    MASS_FROM,
    NO_RATE,
    OPEN,
    PENDING,
    REFUSED,
    WITHDRAWN,
    Allowance,
    Box,
    Held,
    Invitation,
    Reason,
    Rules,
    Weight,
    checked_note,
)
from ..queries import rows as queries
from ..queries import words as word_queries
from ..reading import allowance, among, between, find_for, invitation_of, is_open, since, wired
from .answering import Settled, accept, settle
from .arranging import settings_of
from .arriving import next_digest, rule_on_arrival
from .weighing import mark_mass, use_words, weigh

MOST_WITHDRAWN = 1_500
WhyNot = Literal["nobody", "connected", "sent", "received", "too_soon", "week_full", "pending_full"]


class Asked(msgspec.Struct, kw_only=True):
    """What came of an invitation: it waits, or both had asked and are connected now."""

    invitation: Invitation | None
    connected: bool
    allowance: Allowance


class Withdrawn(msgspec.Struct):
    """The invitations that were taken back."""

    withdrawn: int
    ids: list[Id]


class Before(msgspec.Struct, kw_only=True):
    """What to know before one writes: the receiver's line, and whether one may."""

    line: str
    asks_email: bool
    why_not: WhyNot | None
    again_at: int | None
    invitation_id: Id | None
    allowance: Allowance


# -- before one writes ---------------------------------------------------------------------------


def before(tx: Transaction, me: int, other: int, rules: Rules) -> Before:
    """What a sender sees before the first word. Nothing tells whether a door is closed."""
    left = allowance(tx, me, rules)
    tie = relation(tx, me, other)
    answer = Before(
        line="", asks_email=False, why_not=None, again_at=None, invitation_id=None, allowance=left
    )
    if not tie.reachable:
        answer.why_not = "nobody"
        return answer
    theirs = settings_of(tx, other)
    answer.line, answer.asks_email = theirs.line, theirs.door == "email"
    if tie.connected:
        answer.why_not = "connected"
        return answer
    past = between(tx, me, other)
    for row in past:
        if row.box == "sent" and is_open(row, tx.now, rules, {PENDING}):
            answer.why_not, answer.invitation_id = "sent", str(row.id)
            return answer
        if row.box == "received" and is_open(row, tx.now, rules, {PENDING}):
            answer.why_not, answer.invitation_id = "received", str(row.id)
            return answer
    answer.again_at = _again_at(tx, past, rules)
    if answer.again_at is not None:
        answer.why_not = "too_soon"
    elif left.left <= 0:
        answer.why_not, answer.again_at = "week_full", left.resets_at
    elif left.pending >= rules.pending:
        answer.why_not = "pending_full"
    return answer


def _again_at(tx: Transaction, past: list[Row], rules: Rules) -> int | None:
    """When one may ask again after having withdrawn, or having been refused."""
    moments = [
        (row.settled_at or 0) + rules.again_days * DAY
        for row in past
        if row.box == "sent" and row.state in {WITHDRAWN, REFUSED}
    ]
    latest = max(moments, default=0)
    return latest if latest > tx.now else None


# -- asking --------------------------------------------------------------------------------------


def invite(
    tx: Transaction,
    me: int,
    other: int,
    reason: Reason,
    note: str,
    rules: Rules,
    email: str = "",
) -> Asked:
    """Asks somebody to connect. Whoever has asked already is answered by that."""
    note = checked_note(note)
    tie = relation(tx, me, other)
    if not tie.reachable:
        raise Refusal("invitations.nobody", status=404)
    if tie.connected:
        raise Refusal("invitations.connected_already", status=409)
    past = between(tx, me, other)
    theirs = [row for row in past if row.box == "received" and is_open(row, tx.now, rules, OPEN)]
    if theirs:
        return _both_asked(tx, me, theirs[0], note, rules)
    left = _may_ask(tx, me, past, rules)
    received = _add(tx, me, other, reason, note, email, rules, left)
    if received.state == PENDING:
        received = rule_on_arrival(tx, other, received, rules)
    mine = invitation_of(find_for(tx, me, received.id, "sent"), rules)
    tx.emit(InvitationSent(invitation=mine, card=card(tx, me, other)), to=[me])
    if received.state == PENDING:
        told = wired(tx, [received], rules)[0]
        tx.emit(InvitationReceived(invitation=told, card=card(tx, other, me)), to=[other])
        tell_later(tx, [Tell(to=other, kind="invitation", topic=str(me), person_id=me)])
    if rules.per_week - left.left + 1 == MASS_FROM:
        mark_mass(tx, me, rules)
    return Asked(invitation=mine, connected=False, allowance=allowance(tx, me, rules))


def _add(
    tx: Transaction,
    me: int,
    other: int,
    reason: Reason,
    note: str,
    email: str,
    rules: Rules,
    left: Allowance,
) -> Row:
    """Writes both ends; what the receiver's end knows is no part of the sender's."""
    key = tx.new_id()
    theirs = settings_of(tx, other)
    weight = weigh(tx, other, me, rules.per_week - left.left + 1)
    if contacts_among(tx, other, [me]):
        weight = weight._replace(known=True)
    held = _held_back(tx, me, other, theirs, weight, email)
    digest = None if held else next_digest(theirs, tx.now)
    shape, wrote = use_words(tx, me, other, key, note)
    common = {"id": key, "reason": reason, "note": note, "at": tx.now, "settled_at": None}
    unknown = {
        "wrote": 0, "mutuals": 0, "same": 0, "marks": 0, "closeness": 0, "rate": NO_RATE,
        "shape_id": None, "alike": 0, "held": None, "replied_at": None, "import_id": None,
    }  # fmt: skip
    sent: Box = "sent"
    tx.run(
        queries.ADD,
        **common, **unknown, member_id=me, box=sent, other_id=other, state=PENDING,
    )  # fmt: skip
    found = unknown | {
        "wrote": wrote,
        "mutuals": weight.mutuals,
        "same": weight.same,
        "marks": weight.marks,
        "closeness": weight.closeness,
        "rate": weight.rate,
        "shape_id": shape,
        "held": held,
    }
    state = HELD if held else PENDING if digest is None else ARRIVING
    tx.run(
        queries.ADD,
        **common, **found, member_id=other, box="received", other_id=me, state=state,
    )  # fmt: skip
    if digest is not None:
        enqueue(tx, Arrive(member_id=other), owner=other, at=digest, key="digest")
    return find_for(tx, other, key, "received")


def _held_back(
    tx: Transaction,
    me: int,
    other: int,
    theirs: InvitationSettings,
    weight: Weight,
    email: str,
) -> Held | None:
    """Why the receiver does not want to be shown this one; the sender is not told."""
    if tx.first(word_queries.SAID_BY, sender=me, me=other) is not None:
        return "said_unknown"
    if theirs.paused_until is not None and theirs.paused_until > tx.now:
        return "paused"
    if theirs.door == "nobody":
        return "nobody"
    if theirs.door == "shared" and not weight.mutuals:
        return "no_shared_connection"
    if theirs.door == "email" and email_key(email) != email_key(account(tx, other).email):
        return "no_email"
    return None


def _may_ask(tx: Transaction, me: int, past: list[Row], rules: Rules) -> Allowance:
    for row in past:
        if row.box == "sent" and is_open(row, tx.now, rules, {PENDING}):
            raise Refusal("invitations.already_sent", status=409)
    again = _again_at(tx, past, rules)
    if again is not None:
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
    return left


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


# -- taking back ---------------------------------------------------------------------------------


def withdraw(tx: Transaction, me: int, invitation: int) -> Settled:
    """Takes an invitation back."""
    row = find_for(tx, me, invitation, "sent")
    if row.state == PENDING:
        settle(tx, row, WITHDRAWN)
    elif row.state != WITHDRAWN:
        raise Refusal("invitations.over", status=409)
    return Settled(str(invitation))


def withdraw_many(
    tx: Transaction, me: int, ids: list[Id], older_than_days: int | None, rules: Rules
) -> Withdrawn:
    """Takes back those that still wait: the ones named, or all older than so many days."""
    if older_than_days is not None:
        until = tx.now - older_than_days * DAY
        rows = tx.all(queries.WAITING_SENT, me=me, since=since(tx.now, "sent", rules), until=until)
        wanted = [row.id for row in rows]
    else:
        wanted = [as_int(one) for one in ids]
    found = [
        row
        for row in among(tx, me, wanted[:MOST_WITHDRAWN])
        if row.box == "sent" and row.state == PENDING
    ]
    for row in found:
        settle(tx, row, WITHDRAWN)
    return Withdrawn(len(found), [str(row.id) for row in found])
