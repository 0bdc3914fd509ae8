"""What a receiver does about invitations, one or many of them in few statements."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.network import block, cannot_connect, connect_all, follow_all
from entregent.notifications import tell_later
from entregent.ports.db import Row, Transaction

from ..events import (
    InvitationAccepted,
    InvitationAnswered,
    InvitationRefused,
    InvitationReported,
    InvitationSettled,
    ManyAccepted,
)
from ..model import (
    ACCEPTED,
    BLOCKED,
    FOLLOWED,
    HELD,
    IGNORED,
    OPEN,
    PENDING,
    REFUSED,
    REPLIED,
    REPORTED,
    TEMPLATE,
    UNKNOWN,
    Box,
    Rules,
    Verb,
)
from ..queries import desk as desk_queries
from ..queries import rows as queries
from ..queries import words as word_queries
from ..reading import find_for, is_open
from .following import accepted_news

# Where each verb leads; "keep" leads nowhere.
BECOMES: dict[Verb, int] = {
    "accept": ACCEPTED,
    "follow": FOLLOWED,
    "ignore": IGNORED,
    "unknown": UNKNOWN,
    "report": REPORTED,
    "block": BLOCKED,
    "reply": REPLIED,
    "ask": REPLIED,
    "refuse": REFUSED,
    "release": PENDING,
}
NEEDS_TEXT = frozenset({"reply", "ask"})
NOT_IN_ARCHIVE = frozenset({"reply", "ask", "refuse", "release"})


class Doing(NamedTuple):
    """One invitation and what is to be done about it; `text` is what is said to the sender."""

    row: Row
    verb: Verb
    text: str = ""
    client_id: str = ""


class Manner(NamedTuple):
    """How it is done: `told` when the member's pages hear of each one, and else are told once, by
    the caller; `room` is how many connections more there may be, where the caller knows it."""

    rules: Rules
    told: bool
    room: int | None = None


class Settled(msgspec.Struct):
    """An invitation that waits no longer."""

    id: Id


Outcome = dict[int, str | None]  # by invitation: None when done, else why not


def carry_out(tx: Transaction, me: int, doings: Sequence[Doing], manner: Manner) -> Outcome:
    """Does to each invitation what is to be done; gives why not for those where it cannot be."""
    outcome: Outcome = {}
    by_verb: dict[Verb, list[Doing]] = {}
    for doing in doings:
        why = _cannot(doing, tx.now, manner.rules)
        new = doing.verb in NEEDS_TEXT or doing.row.state != BECOMES.get(doing.verb)
        if why is None and new and doing.verb != "keep":
            by_verb.setdefault(doing.verb, []).append(doing)
        else:
            outcome[doing.row.id] = why
    for verb, some in by_verb.items():
        archived = [one for one in some if one.row.box == "archive"]
        live = [one for one in some if one.row.box != "archive"]
        if archived:
            _move(tx, me, [one.row for one in archived], BECOMES[verb], told=manner.told)
            outcome |= dict.fromkeys((one.row.id for one in archived), None)
        if live:
            outcome |= _VERBS[verb](tx, me, live, manner)
    done = [key for key, why in outcome.items() if why is None]
    tx.run(desk_queries.DROP_QUEUED, me=me, ids=done)
    return outcome


def _cannot(doing: Doing, now: int, rules: Rules) -> str | None:
    row, verb = doing.row, doing.verb
    if row.box == "archive":
        return "archive" if verb in NOT_IN_ARCHIVE else None
    if row.box != "received":
        return "not_found"
    if row.state == BECOMES.get(verb) and verb not in NEEDS_TEXT:
        return None  # done before
    if not is_open(row, now, rules, OPEN):
        return "over"
    if verb in NEEDS_TEXT and not doing.text:
        return "nothing_said"
    if verb == "refuse" and row.state != REPLIED:
        return "not_answered"
    if verb == "release" and row.state != HELD:
        return "over"
    return None


# -- accepting -----------------------------------------------------------------------------------


def _accept(tx: Transaction, me: int, doings: list[Doing], manner: Manner) -> Outcome:
    rows = [one.row for one in doings]
    ends = _senders_ends(tx, rows)
    waiting = [row for row in rows if row.id in ends and ends[row.id].state == PENDING]
    outcome: Outcome = dict.fromkeys((row.id for row in rows), "over")
    asked = [row.other_id for row in waiting]
    faults = cannot_connect(tx, me, asked, manner.rules.connections, manner.room)
    outcome |= {row.id: faults[row.other_id] for row in waiting if row.other_id in faults}
    fine = [row for row in waiting if row.other_id not in faults]
    if not fine:
        return outcome
    _move(tx, me, fine, ACCEPTED, told=manner.told)
    _move_ends(tx, fine, ACCEPTED)
    connect_all(tx, me, [row.other_id for row in fine], told=manner.told)
    if manner.told:
        tell_later(tx, [accepted_news(me, row.other_id) for row in fine])
    texts = {one.row.id: one for one in doings if one.text}
    outcome |= dict.fromkeys((row.id for row in fine), None)
    accepted = [
        InvitationAccepted(
            invitation_id=row.id,
            sender_id=row.other_id,
            receiver_id=me,
            note=row.note,
            sent_at=row.at,
            template=row.wrote == TEMPLATE,
        )
        for row in fine
    ]
    if len(accepted) == 1:
        tx.emit(accepted[0])
    else:
        tx.emit(ManyAccepted(accepted=accepted, told=manner.told))
    for row in fine:
        if row.id in texts:
            _say(tx, me, texts[row.id])
    return outcome


def _senders_ends(tx: Transaction, rows: Sequence[Row]) -> dict[int, Row]:
    asked = sorted((row.other_id, row.id) for row in rows)
    found = tx.each(queries.FIND, [{"me": me, "invitation": key} for me, key in asked])
    return {row.id: row for row in found}


def _move(tx: Transaction, me: int, rows: Sequence[Row], state: int, *, told: bool) -> None:
    """Changes the member's own end, telling the member's pages of what they showed."""
    settled = None if state in {PENDING, REPLIED} else tx.now
    become = {"me": me, "new_state": state, "settled": settled}
    tx.run_many(queries.SETTLE, [become | {"invitation": row.id} for row in rows])
    if told:
        for row in rows:
            if row.state == PENDING and state != PENDING:
                tx.emit(InvitationSettled(id=str(row.id), box=row.box), to=[me])


def _move_ends(tx: Transaction, rows: Sequence[Row], state: int) -> None:
    """Changes the senders' ends, which they are told."""
    ends = sorted((row.other_id, row.id) for row in rows)
    tx.run_many(
        queries.SETTLE,
        [
            {"me": sender, "invitation": key, "new_state": state, "settled": tx.now}
            for sender, key in ends
        ],
    )
    for sender, key in ends:
        tx.emit(InvitationSettled(id=str(key), box="sent"), to=[sender])


# -- in silence ----------------------------------------------------------------------------------


def _done(doings: Sequence[Doing]) -> Outcome:
    return dict.fromkeys((one.row.id for one in doings), None)


def _ignore(tx: Transaction, me: int, doings: list[Doing], manner: Manner) -> Outcome:
    _move(tx, me, [one.row for one in doings], IGNORED, told=manner.told)
    return _done(doings)


def _follow(tx: Transaction, me: int, doings: list[Doing], manner: Manner) -> Outcome:
    follow_all(tx, me, [one.row.other_id for one in doings])
    _move(tx, me, [one.row for one in doings], FOLLOWED, told=manner.told)
    return _done(doings)


def _unknown(tx: Transaction, me: int, doings: list[Doing], manner: Manner) -> Outcome:
    _say_against(tx, me, doings, "unknown")
    _move(tx, me, [one.row for one in doings], UNKNOWN, told=manner.told)
    return _done(doings)


def _report(tx: Transaction, me: int, doings: list[Doing], manner: Manner) -> Outcome:
    _say_against(tx, me, doings, "report")
    for one in doings:
        tx.emit(
            InvitationReported(
                invitation_id=one.row.id,
                reporter_id=me,
                person_id=one.row.other_id,
                reason=one.row.reason,
                note=one.row.note,
                at=one.row.at,
                why=one.text,
            )
        )
    _move(tx, me, [one.row for one in doings], REPORTED, told=manner.told)
    return _done(doings)


def _say_against(tx: Transaction, me: int, doings: Sequence[Doing], kind: str) -> None:
    tx.run_many(
        word_queries.SAY_AGAINST,
        [
            {
                "member_id": one.row.other_id,
                "by_id": me,
                "kind": kind,
                "invitation_id": one.row.id,
                "why": one.text if kind == "report" else "",
                "at": tx.now,
            }
            for one in sorted(doings, key=lambda one: one.row.other_id)
        ],
    )


def _block(tx: Transaction, me: int, doings: list[Doing], _manner: Manner) -> Outcome:
    outcome: Outcome = {}
    for one in doings:
        try:
            block(tx, me, one.row.other_id)  # which closes both ends
            outcome[one.row.id] = None
        except Refusal:
            outcome[one.row.id] = "nobody"
    gone = [one.row for one in doings if outcome[one.row.id] is None]
    # What the block has settled it has told.
    _move(tx, me, gone, BLOCKED, told=False)
    return outcome


def _release(tx: Transaction, me: int, doings: list[Doing], manner: Manner) -> Outcome:
    _move(tx, me, [one.row for one in doings], PENDING, told=manner.told)
    return _done(doings)


# -- in words ------------------------------------------------------------------------------------


def _reply(tx: Transaction, me: int, doings: list[Doing], manner: Manner) -> Outcome:
    """Writes without accepting: the sender reads it, and still waits."""
    ends = _senders_ends(tx, [one.row for one in doings])
    outcome: Outcome = {}
    fine = []
    for one in doings:
        waits = one.row.id in ends and ends[one.row.id].state == PENDING
        outcome[one.row.id] = None if waits else "over"
        if waits:
            fine.append(one)
    _move(tx, me, [one.row for one in fine if one.row.state != REPLIED], REPLIED, told=manner.told)
    for one in fine:
        tx.run(queries.SET_REPLIED, me=me, invitation=one.row.id, replied=tx.now)
        _say(tx, me, one)
    return outcome


def _say(tx: Transaction, me: int, doing: Doing) -> None:
    tx.emit(
        InvitationAnswered(
            invitation_id=doing.row.id,
            sender_id=doing.row.other_id,
            receiver_id=me,
            note=doing.row.note,
            sent_at=doing.row.at,
            text=doing.text,
            client_id=doing.client_id,
        )
    )


def _refuse(tx: Transaction, me: int, doings: list[Doing], manner: Manner) -> Outcome:
    """After a reply: the sender is told, and can write no more."""
    rows = [one.row for one in doings]
    _move(tx, me, rows, REFUSED, told=manner.told)
    _move_ends(tx, rows, REFUSED)
    for row in rows:
        tx.emit(InvitationRefused(invitation_id=row.id, sender_id=row.other_id, receiver_id=me))
    return _done(doings)


_Doer = Callable[[Transaction, int, list[Doing], Manner], Outcome]
_VERBS: dict[Verb, _Doer] = {
    "accept": _accept,
    "follow": _follow,
    "ignore": _ignore,
    "unknown": _unknown,
    "report": _report,
    "block": _block,
    "reply": _reply,
    "ask": _reply,
    "refuse": _refuse,
    "release": _release,
}


# -- one at a time -------------------------------------------------------------------------------

WHY: dict[str, tuple[str, int]] = {
    "over": ("invitations.over", 409),
    "connected": ("invitations.connected_already", 409),
    "nobody": ("invitations.nobody", 404),
    "too_many_connections": ("network.too_many_connections", 409),
    "their_connections_full": ("network.their_connections_full", 409),
}


def accept(tx: Transaction, me: int, invitation: int, rules: Rules) -> Settled:
    """Connects the two. An ignored invitation can still be accepted."""
    row = find_for(tx, me, invitation, "received", "archive")
    why = carry_out(tx, me, [Doing(row, "accept")], Manner(rules, told=True))[row.id]
    if why is not None:
        code, status = WHY[why]
        raise Refusal(code, status=status, most=rules.connections)
    return Settled(str(invitation))


def ignore(tx: Transaction, me: int, invitation: int, rules: Rules = Rules()) -> Settled:  # noqa: B008
    """Puts an invitation aside. The sender never learns it."""
    row = find_for(tx, me, invitation, "received", "archive")
    if row.state == PENDING:
        carry_out(tx, me, [Doing(row, "ignore")], Manner(rules, told=True))
    return Settled(str(invitation))


def settle(tx: Transaction, row: Row, state: int) -> None:
    """Settles both ends, telling each that still saw it waiting."""
    other: Box = "sent" if row.box == "received" else "received"
    ends: tuple[tuple[int, Box], ...] = ((row.member_id, row.box), (row.other_id, other))
    for member, box in ends:
        end = tx.first(queries.FIND, me=member, invitation=row.id)
        if end is None or end.state not in OPEN:
            continue
        tx.run(queries.SETTLE, me=member, invitation=row.id, new_state=state, settled=tx.now)
        if end.state == PENDING:
            tx.emit(InvitationSettled(id=str(row.id), box=box), to=[member])
