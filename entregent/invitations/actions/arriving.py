"""What happens when an invitation comes: the member's rules, and the hours of the digest.

Whatever the sender can see of a rule (accepted, asked) happens some minutes later, so that nobody
can tell it from a person.
"""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import card

from ..desk import HOUR, InvitationSettings
from ..events import InvitationReceived, InvitationsRefreshed
from ..jobnames import Arrive
from ..model import ARRIVING, DAY, PENDING, Rules
from ..queries import rows as queries
from ..reading import among, find_for, wired
from .arranging import rules_of
from .planning import Plan
from .ruling import decide, texts_of
from .running import begin

VISIBLE = frozenset({"accept", "ask"})
SOONEST, SPREAD = 4 * 60_000, 36 * 60_000
MOST = 500


def next_digest(settings: InvitationSettings, now: int) -> int | None:
    """When the next digest comes; None for who takes invitations as they come."""
    if not settings.digest_hours:
        return None
    zone = ZoneInfo(settings.zone)
    begun = _hour(zone, now)
    for hours in range(1, 26):
        at = begun + hours * HOUR
        if _there(zone, at).hour in settings.digest_hours:
            return at
    return begun + DAY


def _hour(zone: ZoneInfo, now: int) -> int:
    """When the present hour began there: zones differ by quarters of an hour."""
    there = _there(zone, now)
    return now - (there.minute * 60 + there.second) * 1_000 - now % 1_000


def _there(zone: ZoneInfo, at: int) -> datetime:
    return datetime.fromtimestamp(at // 1_000, UTC).astimezone(zone)


def rule_on_arrival(tx: Transaction, me: int, row: Row, rules: Rules) -> Row:
    """Does what a rule says about an invitation that has just come; gives it as it is then."""
    some = rules_of(tx, me).rules
    if not some:
        return row
    rule = decide(tx, me, [row], some, rules)[0].rule
    if rule is None:
        return row
    if rule.then in VISIBLE:
        tx.run(queries.SETTLE, me=me, invitation=row.id, new_state=ARRIVING, settled=None)
        later = tx.now + SOONEST + row.id * 2_654_435_761 % SPREAD
        job = Arrive(member_id=me, invitation_id=row.id)
        enqueue(tx, job, owner=me, at=later, key=str(row.id))
    else:
        begin(tx, me, "arrival", "received", [Plan(row, rule.then, rule)], {}, rules)
    return find_for(tx, me, row.id, "received")


def arrive(tx: Transaction, me: int, invitation: int | None, rules: Rules) -> bool:
    """Shows what was to come later, or does what a rule says about it; True if there is more."""
    if invitation is None:
        rows = tx.all(queries.ARRIVING, me=me, of_state=ARRIVING, limit=MOST)
    else:
        row = tx.first(queries.FIND, me=me, invitation=invitation)
        rows = [row] if row is not None and row.state == ARRIVING else []
    if not rows:
        return False
    ids = [row.id for row in rows]
    back = {"me": me, "new_state": PENDING, "settled": None}
    tx.run_many(queries.SETTLE, [back | {"invitation": one} for one in ids])
    shown = among(tx, me, ids)
    some = rules_of(tx, me).rules
    plans = [
        Plan(one.row, one.rule.then, one.rule)
        for one in decide(tx, me, shown, some, rules)
        if one.rule is not None
    ]
    if plans:
        begin(tx, me, "arrival", "received", plans, texts_of(tx, me, some), rules)
    if invitation is None:
        tx.emit(InvitationsRefreshed(), to=[me])
        return len(rows) == MOST
    for told in wired(tx, among(tx, me, ids), rules):
        if told.about is not None and told.about.state == "waiting":
            seen = card(tx, me, int(told.person_id))
            tx.emit(InvitationReceived(invitation=told, card=seen), to=[me])
    return False
