"""What hosts see of reports and decisions, and what those concerned see."""

from collections.abc import Iterable
from typing import Any

import msgspec

from entregent.accounts import account, members, standings
from entregent.kit.errors import Refusal
from entregent.kit.ids import MAX_ID, Id
from entregent.kit.paging import decode_cursor, encode_cursor, number_after
from entregent.kit.people import WithPeople
from entregent.kit.reports import Reason
from entregent.ports.db import Transaction

from . import queries
from .deciding import in_force, key_of
from .model import (
    APPEAL_DAYS,
    DAY_MS,
    NOBODY,
    TAKEN_BACK,
    WAITS,
    Act,
    ReportKind,
    Verdict,
    Witnessed,
)

PAGE = 50


class ReasonCount(msgspec.Struct, kw_only=True):
    """How often a reason was given."""

    reason: Reason
    count: int


class HostCase(msgspec.Struct, kw_only=True):
    """A line of the queue: a person, and what waits about them. `person_id` is null for reports
    about nobody in particular, such as a whole group."""

    person_id: Id | None
    name: str
    waiting: int
    reporters: int
    appeals: int
    reasons: list[ReasonCount]
    last_at: int


class HostCases(WithPeople):
    """A page of the queue; `total` counts all lines."""

    cases: list[HostCase]
    next: str | None
    total: int

    def people(self) -> Iterable[int]:
        return {int(one.person_id) for one in self.cases if one.person_id}


class HostReport(msgspec.Struct, kw_only=True):
    """Something that was reported, with what the reporter saw then."""

    id: Id
    kind: ReportKind
    reporter_id: Id
    reason: Reason
    note: str
    seen: Witnessed
    at: int
    state: str  # waiting, decided, taken_back
    decision_id: Id | None


class Appeal(msgspec.Struct, kw_only=True):
    """What the person concerned said to a decision, and what a host answered."""

    text: str
    at: int


class Decision(msgspec.Struct, kw_only=True):
    """A decision, as the person whom it concerns sees it."""

    id: Id
    verdict: Verdict
    reason: Reason
    statement: str
    at: int
    until: int | None
    in_force: bool
    reversed_at: int | None
    appeal: Appeal | None
    answer: Appeal | None
    appeal_until: int | None  # null where nobody can object any more


class HostDecision(msgspec.Struct, kw_only=True):
    """A decision, as hosts see it: with who decided, null for the command line."""

    decision: Decision
    by_id: Id | None
    reports: int


class HostFile(WithPeople):
    """All that hosts know of a person: reports (a page, newest first), decisions, how the account
    stands."""

    case: HostCase
    member: bool
    restricted_until: int
    suspended_until: int
    reports: list[HostReport]
    next: str | None
    decisions: list[HostDecision]

    def people(self) -> Iterable[int]:
        ids = {one.reporter_id for one in self.reports}
        ids |= {said.author_id for one in self.reports for said in one.seen.said if said.author_id}
        ids |= {one.by_id for one in self.decisions if one.by_id}
        if self.case.person_id:
            ids.add(self.case.person_id)
        return {int(one) for one in ids}


class AuditEntry(msgspec.Struct, kw_only=True):
    """A line of what hosts did."""

    id: Id
    at: int
    by_id: Id | None
    what: Act
    person_id: Id | None
    detail: dict[str, str | int]


class AuditLog(WithPeople):
    """A page of what hosts did, the newest first."""

    entries: list[AuditEntry]
    next: str | None

    def people(self) -> Iterable[int]:
        return {int(one) for entry in self.entries for one in (entry.by_id, entry.person_id) if one}


class Decisions(msgspec.Struct):
    """The decisions that concern a member, the newest first."""

    decisions: list[Decision]


def cases(tx: Transaction, waiting: bool, after: str = "") -> HostCases:
    """A page of the queue; without `waiting`, of those about whom all is decided."""
    at, last = decode_cursor(after, int, int) if after else (MAX_ID, MAX_ID)
    state = int(waiting)
    rows = tx.all(queries.PAGE_OF_CASES, is_open=state, after_at=at, after_id=last, limit=PAGE + 1)
    shown = rows[:PAGE]
    more = encode_cursor(shown[-1].last_at, shown[-1].person_id) if len(rows) > PAGE else None
    return HostCases(
        cases=_lines(tx, shown), next=more, total=tx.value(queries.COUNT_CASES, is_open=state)
    )


def file_of(tx: Transaction, person: int, after: str = "") -> HostFile:
    """All that there is about a person."""
    before = number_after(after, MAX_ID)
    row = tx.first(queries.FIND_CASE, person=person)
    if row is None:
        raise Refusal("kit.not_found", status=404)
    found = tx.all(queries.PAGE_OF_REPORTS, person=person, before=before, limit=PAGE + 1)
    shown = found[:PAGE]
    known = members(tx, [person]).get(person)
    standing = standings(tx, [person]).get(person)
    return HostFile(
        case=_lines(tx, [row])[0],
        member=known is not None and not known.closed,
        restricted_until=standing.restricted_until if standing else 0,
        suspended_until=standing.suspended_until if standing else 0,
        reports=[_report(one) for one in shown],
        next=encode_cursor(shown[-1].report_id) if len(found) > PAGE else None,
        decisions=[
            _host_decision(one, tx.now) for one in tx.all(queries.DECISIONS_ON, person=person)
        ],
    )


def log(tx: Transaction, after: str = "") -> AuditLog:
    """A page of what hosts did."""
    before = number_after(after, MAX_ID)
    rows = tx.all(queries.PAGE_OF_LOG, before=before, limit=PAGE + 1)
    shown = rows[:PAGE]
    return AuditLog(
        entries=[
            AuditEntry(
                id=str(row.entry_id),
                at=row.at,
                by_id=None if row.by_id is None else str(row.by_id),
                what=row.what,
                person_id=None if row.person_id is None else str(row.person_id),
                detail=msgspec.json.decode(row.detail),
            )
            for row in shown
        ],
        next=encode_cursor(shown[-1].entry_id) if len(rows) > PAGE else None,
    )


def host_decision(tx: Transaction, person: int, key: int) -> HostDecision:
    """One decision, as hosts see it."""
    return _host_decision(tx.first(queries.FIND_DECISION, person=person, decision=key), tx.now)


def one_decision(tx: Transaction, me: int, key: int) -> Decision:
    """One decision, as the person whom it concerns sees it."""
    return decision_of(tx.first(queries.FIND_DECISION, person=me, decision=key), tx.now)


def decisions_on(tx: Transaction, me: int) -> Decisions:
    """The decisions that concern a member; what was dismissed concerns nobody."""
    rows = tx.all(queries.DECISIONS_ON, person=me)
    return Decisions([decision_of(row, tx.now) for row in rows if row.verdict != "dismiss"])


def decision_of(row: Any, now: int) -> Decision:
    """A decision as the wire has it."""
    last = row.at + APPEAL_DAYS * DAY_MS
    objected = row.appealed_at is not None
    open_ = row.verdict != "dismiss" and not objected and row.reversed_at is None and last > now
    return Decision(
        id=str(row.decision_id),
        verdict=row.verdict,
        reason=row.reason,
        statement=row.statement,
        at=row.at,
        until=row.until,
        in_force=in_force(row, now),
        reversed_at=row.reversed_at,
        appeal=Appeal(text=row.appeal, at=row.appealed_at) if objected else None,
        answer=None if row.answered_at is None else Appeal(text=row.answer, at=row.answered_at),
        appeal_until=last if open_ else None,
    )


def to_tell(tx: Transaction, person: int, key: int) -> tuple[str, str, str, Decision, str] | None:
    """Whom a letter about a decision goes to (address, name, language), what it tells, and what
    opens it; None where nobody is there any more."""
    row = tx.first(queries.FIND_DECISION, person=person, decision=key)
    if row is None:
        return None
    try:
        mine = account(tx, person)
    except Refusal:
        return None
    return mine.email, mine.name, mine.language, decision_of(row, tx.now), key_of(row)


def _lines(tx: Transaction, rows: list[Any]) -> list[HostCase]:
    people = [row.person_id for row in rows]
    names = members(tx, people)
    reasons: dict[int, list[ReasonCount]] = {}
    for found in tx.all(queries.COUNT_REASONS, people=people):
        one = ReasonCount(reason=found.reason, count=found.times)
        reasons.setdefault(found.person_id, []).append(one)
    return [
        HostCase(
            person_id=None if row.person_id == NOBODY else str(row.person_id),
            name=names[row.person_id].name if row.person_id in names else "",
            waiting=row.waiting,
            reporters=row.reporters,
            appeals=row.appeals,
            reasons=reasons.get(row.person_id, []),
            last_at=row.last_at,
        )
        for row in rows
    ]


def _host_decision(row: Any, now: int) -> HostDecision:
    return HostDecision(
        decision=decision_of(row, now),
        by_id=None if row.by_id is None else str(row.by_id),
        reports=row.reports,
    )


def _report(row: Any) -> HostReport:
    states = {WAITS: "waiting", TAKEN_BACK: "taken_back"}
    return HostReport(
        id=str(row.report_id),
        kind=row.kind,
        reporter_id=str(row.reporter_id),
        reason=row.reason,
        note=row.note,
        seen=msgspec.json.decode(row.seen, type=Witnessed),
        at=row.at,
        state=states.get(row.state, "decided"),
        decision_id=None if row.decision_id is None else str(row.decision_id),
    )
