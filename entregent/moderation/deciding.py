"""Deciding: what it does, whom it is told, objecting, and taking it back."""

import hmac
import secrets
from typing import Any, NamedTuple

from entregent.accounts import FOR_GOOD, Standing, members, set_standing
from entregent.kit.errors import Refusal
from entregent.kit.ids import MAX_ID
from entregent.kit.reports import Reason
from entregent.kit.text import clean
from entregent.notifications import Detail, Tell, Thing, tell, tell_later
from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import enqueue

from . import queries
from .hosts import write_down
from .jobnames import SendDecision
from .model import APPEAL_DAYS, DAY_MS, MAX_APPEAL, Verdict
from .taking import count_anew


class Judgement(NamedTuple):
    """What a host says about a person. `last` is the newest report that the host has seen; None
    where it answers no report, or all of them."""

    verdict: Verdict
    reason: Reason
    statement: str
    days: int | None = None
    last: int | None = None


class Ruled(NamedTuple):
    """A decision, and the sessions and tokens that it ended."""

    decision_id: int
    ended: list[int]


def decide(tx: Transaction, host: int | None, person: int, ruling: Judgement) -> Ruled:
    """Decides what waits about a person. Nobody decides about themselves."""
    _may_decide(host, person)
    statement = clean(ruling.statement)
    if ruling.verdict != "dismiss":
        found = members(tx, [person]).get(person)
        if found is None or found.closed:
            raise Refusal("moderation.not_a_member", status=409)
        if not statement:
            raise Refusal("moderation.say_why", field="statement")
        if ruling.verdict == "restrict" and ruling.days is None:
            raise Refusal("moderation.say_how_long", field="days")
    last = MAX_ID if ruling.last is None else ruling.last
    settled = tx.all(queries.WAITING_UP_TO, person=person, last=last)
    if not settled and (ruling.verdict == "dismiss" or ruling.last is not None):
        raise Refusal("moderation.nothing_waits", status=409)
    key = tx.new_id()
    until = None
    if ruling.verdict in ("restrict", "suspend") and ruling.days is not None:
        until = tx.now + ruling.days * DAY_MS
    tx.run(
        queries.ADD_DECISION,
        person_id=person,
        decision_id=key,
        verdict=ruling.verdict,
        reason=ruling.reason,
        statement=statement,
        reports=len(settled),
        until=until,
        by_id=host,
        at=tx.now,
        key=secrets.token_urlsafe(24),
    )
    tx.run(queries.SETTLE, person=person, last=last, decision=key)
    ended = _enforce(tx, person)
    detail = {"decision": str(key), "verdict": ruling.verdict, "reports": len(settled)}
    write_down(tx, host, "decide", person, detail)
    if ruling.verdict != "dismiss":
        _tell(tx, person, key, ruling.verdict)
    tell_later(
        tx,
        [
            Tell(to=one, kind="house", topic=f"settled:{key}", detail=Detail(what="settled"))
            for one in sorted({row.reporter_id for row in settled})
        ],
    )
    count_anew(tx, person)
    return Ruled(key, ended)


def reverse(tx: Transaction, host: int | None, person: int, key: int, statement: str) -> Ruled:
    """Takes a decision back; where somebody objected, that is the answer."""
    _may_decide(host, person)
    row = _found(tx, person, key)
    if row.reversed_at is not None or row.verdict == "dismiss":
        raise Refusal("moderation.reversed_already", status=409)
    words = _words(statement)
    tx.run(queries.REVERSE, person=person, decision=key, moment=tx.now, by=host, words=words)
    ended = _enforce(tx, person)
    write_down(tx, host, "reverse", person, {"decision": str(key), "verdict": row.verdict})
    _tell(tx, person, key, "reverse")
    count_anew(tx, person)
    return Ruled(key, ended)


def uphold(tx: Transaction, host: int | None, person: int, key: int, statement: str) -> Ruled:
    """Answers who objected that the decision stands."""
    _may_decide(host, person)
    row = _found(tx, person, key)
    if row.appealed_at is None or row.answered_at is not None:
        raise Refusal("moderation.nothing_waits", status=409)
    words = _words(statement)
    tx.run(queries.ANSWER, person=person, decision=key, moment=tx.now, words=words)
    write_down(tx, host, "uphold", person, {"decision": str(key)})
    _tell(tx, person, key, "uphold")
    count_anew(tx, person)
    return Ruled(key, [])


def appeal(tx: Transaction, person: int, key: int, text: str) -> None:
    """The person concerned objects: once, within half a year."""
    row = _found(tx, person, key)
    if row.verdict == "dismiss":
        raise Refusal("kit.not_found", status=404)
    words = clean(text)[:MAX_APPEAL]
    if row.appealed_at is not None or row.reversed_at is not None:
        raise Refusal("moderation.appealed_already", status=409)
    if row.at + APPEAL_DAYS * DAY_MS < tx.now:
        raise Refusal("moderation.too_late", status=409, days=APPEAL_DAYS)
    if not words:
        raise Refusal("moderation.say_why", field="text")
    tx.run(queries.APPEAL, person=person, decision=key, moment=tx.now, words=words)
    write_down(tx, person, "appeal", person, {"decision": str(key)})
    count_anew(tx, person)


def opened_by(tx: Transaction, token: str) -> Row:
    """The decision that a letter's key opens, for who cannot come in."""
    person, _, rest = token.partition(".")
    key, _, secret = rest.partition(".")
    for number in (person, key):
        if not (number.isascii() and number.isdigit() and len(number) <= 19):
            raise Refusal("moderation.bad_key", status=404)
    if int(person) <= MAX_ID and int(key) <= MAX_ID:
        row = tx.first(queries.FIND_DECISION, person=int(person), decision=int(key))
        if row is not None and hmac.compare_digest(row.key.encode(), secret.encode()):
            return row
    raise Refusal("moderation.bad_key", status=404)


def key_of(row: Any) -> str:
    """What opens a decision without a session."""
    return f"{row.person_id}.{row.decision_id}.{row.key}"


def suspension_of(tx: Transaction, person: int) -> Row | None:
    """The decision by which somebody cannot come in."""
    rows = tx.all(queries.DECISIONS_ON, person=person)
    return next((row for row in rows if row.verdict == "suspend" and in_force(row, tx.now)), None)


def in_force(row: Any, now: int) -> bool:
    """Whether a decision still does something."""
    return (
        row.verdict in ("restrict", "suspend")
        and row.reversed_at is None
        and (row.until is None or row.until > now)
    )


def _enforce(tx: Transaction, person: int) -> list[int]:
    """The account as all decisions on it have it, however many there are."""
    known = members(tx, [person]).get(person)
    if known is None or known.closed:
        return []
    ends: dict[str, int] = {}
    for row in tx.all(queries.DECISIONS_ON, person=person):
        if in_force(row, tx.now):
            until = FOR_GOOD if row.until is None else row.until
            ends[row.verdict] = max(ends.get(row.verdict, 0), until)
    return set_standing(tx, person, Standing(ends.get("restrict", 0), ends.get("suspend", 0)))


def _tell(tx: Transaction, person: int, key: int, what: str) -> None:
    thing = Thing(kind="decision", id=str(key))
    tell(
        tx,
        Tell(
            to=person, kind="house", topic=f"decision:{key}", thing=thing, detail=Detail(what=what)
        ),
    )
    job = SendDecision(member_id=person, decision_id=key, what=what)
    enqueue(tx, job, owner=person, key=f"{key}.{what}")


def _may_decide(host: int | None, person: int) -> None:
    if host is not None and host == person:
        raise Refusal("moderation.own_case", status=403)


def _found(tx: Transaction, person: int, key: int) -> Row:
    row = tx.first(queries.LOCK_DECISION, person=person, decision=key)
    if row is None:
        raise Refusal("kit.not_found", status=404)
    return row


def _words(statement: str) -> str:
    words = clean(statement)
    if not words:
        raise Refusal("moderation.say_why", field="statement")
    return words
