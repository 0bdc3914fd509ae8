"""Reports as they come in, and the queue that they make."""

from typing import NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.reports import Reason
from entregent.ports.db import Transaction
from entregent.profiles import cards, profile_of

from . import queries
from .hosts import tell_hosts
from .model import MAX_NOTE, MAX_SHOWN, NOBODY, WAITS, ReportKind, Witnessed


class Reported(NamedTuple):
    """Something that a member puts before the hosts."""

    kind: ReportKind
    reporter_id: int
    person_id: int | None
    reason: str
    note: str
    seen: Witnessed
    conversation_id: int | None = None
    seq: int | None = None
    invitation_id: int | None = None


def take_in(tx: Transaction, one: Reported) -> None:
    """Keeps a report, and puts whom it is about on top of the queue."""
    person = one.person_id or NOBODY
    tx.run(
        queries.ADD_REPORT,
        person_id=person,
        report_id=tx.new_id(),
        kind=one.kind,
        reporter_id=one.reporter_id,
        reason=one.reason,
        note=one.note[:MAX_NOTE],
        seen=msgspec.json.encode(_short(one.seen)).decode(),
        conversation_id=one.conversation_id,
        seq=one.seq,
        invitation_id=one.invitation_id,
        at=tx.now,
        state=WAITS,
    )
    count_anew(tx, person)


def report_person(tx: Transaction, me: int, person: int, reason: Reason, note: str) -> None:
    """Puts a member before the hosts, with what I see of the profile."""
    found = [card for card in cards(tx, me, [person]) if card.kind == "member"]
    if not found or person == me:
        raise Refusal("kit.not_found", status=404)
    profile = profile_of(tx, me, person)
    seen = Witnessed(name=profile.name, headline=profile.headline, about=profile.about)
    take_in(tx, Reported("person", me, person, reason, note, seen))


def take_back(tx: Transaction, reporter: int, person: int) -> None:
    """The reporter has undone it before anybody decided."""
    if tx.touch(queries.TAKE_BACK, person=person, reporter=reporter):
        count_anew(tx, person)


def count_anew(tx: Transaction, person: int) -> None:
    """Counts what waits about a person, and tells the hosts' pages."""
    reports = tx.all(queries.COUNT_WAITING, person=person)[0]
    appeals = tx.all(queries.COUNT_APPEALS, person=person)[0]
    known = tx.first(queries.FIND_CASE, person=person)
    last = max(reports.last_at or 0, appeals.last_at or 0) or (known.last_at if known else tx.now)
    tx.run(
        queries.KEEP_CASE,
        person_id=person,
        waiting=reports.waiting,
        reporters=reports.reporters,
        appeals=appeals.appeals,
        last_at=last,
        open=int(reports.waiting + appeals.appeals > 0),
    )
    tell_hosts(tx)


def _short(seen: Witnessed) -> Witnessed:
    said = [msgspec.structs.replace(one, text=one.text[:MAX_SHOWN]) for one in seen.said]
    return msgspec.structs.replace(seen, said=said, about=seen.about[:MAX_SHOWN])
