"""Taking back what was done about invitations: each waits again, as before."""

from collections.abc import Sequence

from entregent.network import block, hidden_among, part_from, relations, unblock, unfollow_all
from entregent.notifications import take_back_later
from entregent.ports.db import Row, Transaction
from entregent.profiles import cards, near_or_far

from ..events import (
    InvitationReceived,
    InvitationSent,
    InvitationsReopened,
    ReportTakenBack,
)
from ..model import ACCEPTED, BLOCKED, FOLLOWED, PENDING, REFUSED, REPORTED, UNKNOWN, Rules
from ..queries import rows as queries
from ..queries import words as word_queries
from ..reading import among, invitation_of, is_open, wired
from .answering import BECOMES, Outcome
from .following import accepted_news

ANY_STATE = range(64)


def take_back(
    tx: Transaction, me: int, steps: Sequence[Row], rules: Rules, *, told: bool
) -> Outcome:
    """Takes steps back; gives why not for those whom somebody has changed since."""
    rows = {row.id: row for row in among(tx, me, [step.invitation_id for step in steps])}
    outcome: Outcome = {}
    back: list[tuple[Row, Row]] = []
    for step in steps:
        row = rows.get(step.invitation_id)
        if step.verb == "keep" or (row is not None and row.state == step.was):
            outcome[step.invitation_id] = None
        elif row is None or row.state != BECOMES[step.verb]:
            outcome[step.invitation_id] = "changed"
        elif row.box != "archive" and not is_open(row, tx.now, rules, ANY_STATE):
            outcome[step.invitation_id] = "over"
        else:
            back.append((step, row))
    archived = [(step, row) for step, row in back if row.box == "archive"]
    live = _part(tx, me, [pair for pair in back if pair[1].box != "archive"], outcome)
    outcome |= dict.fromkeys((row.id for _, row in [*archived, *live]), None)
    tx.run_many(
        queries.SETTLE,
        [
            {"me": me, "invitation": row.id, "new_state": step.was, "settled": None}
            for step, row in [*archived, *live]
        ],
    )
    _tell(tx, me, [row for _, row in live], rules, told=told)
    return outcome


def _part(
    tx: Transaction, me: int, pairs: list[tuple[Row, Row]], outcome: Outcome
) -> list[tuple[Row, Row]]:
    """Undoes between the two what can be; gives the invitations that wait again."""
    blocked = [row.other_id for _, row in pairs if row.state == BLOCKED]
    for one in blocked:
        unblock(tx, me, one)
    standing = relations(tx, me, [row.other_id for _, row in pairs])
    hidden = hidden_among(tx, me, [row.other_id for _, row in pairs])
    accepted = [row.other_id for _, row in pairs if row.state == ACCEPTED]
    parted = set(part_from(tx, me, accepted)) if accepted else set()
    found = []
    for step, row in pairs:
        one = row.other_id
        if row.state == BLOCKED and not standing[one].reachable:
            block(tx, me, one)
            outcome[row.id] = "changed"
            continue
        if (
            not standing[one].reachable
            or one in hidden
            or (row.state == ACCEPTED and one not in parted)
        ):
            outcome[row.id] = "changed"
            continue
        if row.state == REPORTED:
            tx.emit(ReportTakenBack(reporter_id=me, person_id=one))
        found.append((step, row))
    unfollow_all(tx, me, [row.other_id for _, row in found if row.state == FOLLOWED])
    said = sorted(row.other_id for _, row in found if row.state in {UNKNOWN, REPORTED})
    tx.run_many(word_queries.TAKE_BACK, [{"sender": one, "me": me} for one in said])
    return found


def _tell(tx: Transaction, me: int, rows: Sequence[Row], rules: Rules, *, told: bool) -> None:
    """The senders of what had reached them wait again; the member's pages show it again."""
    loud = [row for row in rows if row.state in {ACCEPTED, REFUSED, BLOCKED}]
    ends = sorted((row.other_id, row.id) for row in loud)
    tx.run_many(
        queries.SETTLE,
        [
            {"me": sender, "invitation": key, "new_state": PENDING, "settled": None}
            for sender, key in ends
        ],
    )
    if told:
        take_back_later(
            tx, [accepted_news(me, row.other_id) for row in loud if row.state == ACCEPTED]
        )
    if loud:
        senders = [sender for sender, _ in ends]
        tx.emit(InvitationsReopened(sender_ids=senders, receiver_id=me))
        # How far away I am differs from one to the next; pages ask for that when they show it.
        face = near_or_far(tx, [me], [])[me]
        for end in tx.each(
            queries.FIND, [{"me": sender, "invitation": key} for sender, key in ends]
        ):
            tx.emit(
                InvitationSent(invitation=invitation_of(end, rules), card=face),
                to=[end.member_id],
            )
    if told:
        again = [row for row in among(tx, me, [row.id for row in rows]) if row.state == PENDING]
        seen = {one.id: one for one in cards(tx, me, [row.other_id for row in again])}
        for invitation in wired(tx, again, rules):
            face = seen[invitation.person_id]
            tx.emit(InvitationReceived(invitation=invitation, card=face), to=[me])
