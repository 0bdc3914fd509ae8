"""Telling members, one or many at once in few statements."""

from collections.abc import Iterable, Sequence

import msgspec

from entregent.kit.people import Card
from entregent.network import relations
from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import cards, just_met

from . import queries
from .actions import notice_of, take_back
from .events import NoticeTold
from .jobnames import PushNews
from .model import BELL, SHOWN_PEOPLE, NoticeSettings, Tell, complete, cut

PUSH_AFTER_MS = 5_000  # who sees it at once in an open page need not be told twice
_settings = msgspec.json.Decoder(NoticeSettings).decode


def tell(tx: Transaction, news: Tell) -> None:
    """Tells a member something, by the ways the member chose. Nobody is told of themselves."""
    if news.person_id != news.to:
        _tell(tx, {news.to: news})


def tell_each(tx: Transaction, news: Iterable[Tell]) -> None:
    """The same as `tell` for one after the other, except for what is so no more."""
    rounds: list[dict[int, Tell]] = []
    wanted = list(news)
    apart = _apart(tx, wanted)
    for one in wanted:
        if one.person_id == one.to or (one.to, one.person_id) in apart:
            continue
        free = next((some for some in rounds if one.to not in some), None)
        if free is None:
            rounds.append(free := {})
        free[one.to] = one
    for some in rounds:
        _tell(tx, some)


def take_back_each(tx: Transaction, news: Iterable[Tell]) -> None:
    """The same as `take_back` for one after the other, except for what is so again."""
    wanted = list(news)
    apart = _apart(tx, wanted)
    over = [one for one in wanted if one.kind != "accepted" or (one.to, one.person_id) in apart]
    topics = sorted({(one.to, one.kind, one.topic) for one in over})
    asked = [{"owner_id": to, "of_kind": kind, "of_topic": topic} for to, kind, topic in topics]
    # Of a long run that is taken back, most were never told.
    told = {(row.member_id, row.kind, row.topic) for row in tx.each(queries.FIND_TOPIC, asked)}
    for one in over:
        if one.person_id is not None and (one.to, one.kind, one.topic) in told:
            take_back(tx, one.to, one.kind, one.topic, one.person_id)


def _apart(tx: Transaction, news: Iterable[Tell]) -> set[tuple[int, int | None]]:
    """To whom it is not so, or no more, that somebody has accepted: an answer may be taken back
    before it is told."""
    by_person: dict[int, list[int]] = {}
    for one in news:
        if one.kind == "accepted" and one.person_id is not None:
            by_person.setdefault(one.person_id, []).append(one.to)
    return {
        (to, person)
        for person, asked in by_person.items()
        for to, tie in relations(tx, person, asked).items()
        if not tie.connected
    }


def _tell(tx: Transaction, news: dict[int, Tell]) -> None:
    """One thing to each member."""
    chosen = {
        row.member_id: complete(_settings(row.chosen))
        for row in tx.all(queries.SETTINGS_AMONG, members=list(news))
    }
    at_first = complete(NoticeSettings())
    ways = {one.to: chosen.get(one.to, at_first).of(one.kind) for one in news.values()}
    pushed = [one.to for one in news.values() if ways[one.to].push]
    rows = tx.all(queries.WITH_DEVICES, members=pushed) if pushed else []
    devices = {row.member_id for row in rows}
    ringing = [one for one in news.values() if ways[one.to].bell and one.kind in BELL]
    if ringing:
        _ring(tx, ringing)
    rung = {one.to for one in ringing}
    for member in sorted(devices):
        one = news[member]
        job = PushNews(
            member_id=member,
            of=one.kind,
            topic=one.topic,
            thing=one.thing,
            person_id=one.person_id,
            detail=cut(one.detail),
            bell=member in rung,
        )
        enqueue(tx, job, owner=member, key=f"{one.kind}:{one.topic}", at=tx.now + PUSH_AFTER_MS)


def _ring(tx: Transaction, news: Sequence[Tell]) -> None:
    topics = [
        {"owner_id": one.to, "of_kind": one.kind, "of_topic": one.topic}
        for one in sorted(news, key=lambda one: one.to)
    ]
    known: dict[int, Row] = {row.member_id: row for row in tx.each(queries.FIND_TOPIC, topics)}
    since: dict[int, dict[int, int]] = {}
    for member, row in sorted(known.items()):
        if row.read:  # what was read is over: from here on others are meant
            tx.run(queries.DROP_PEOPLE, owner_id=member, notice=row.notice_id)
        else:
            found = tx.all(queries.PEOPLE, owner_id=member, notice=row.notice_id)
            since[member] = {one.person_id: one.at for one in found}
    rows, behind = [], []
    people: dict[int, list[int]] = {}
    for one in sorted(news, key=lambda one: one.to):
        key = known[one.to].notice_id if one.to in known else tx.new_id()
        there = since.get(one.to, {})
        if one.person_id is not None:
            there = there | {one.person_id: tx.now}
            behind.append(
                {
                    "member_id": one.to,
                    "notice_id": key,
                    "person_id": one.person_id,
                    "at": tx.now,
                    "seen": 0,
                }
            )
        others = people[one.to] = sorted(there, key=lambda who: (-there[who], who))
        rows.append(
            {
                "member_id": one.to,
                "notice_id": key,
                "kind": one.kind,
                "topic": one.topic,
                "thing": None if one.thing is None else msgspec.json.encode(one.thing).decode(),
                "detail": msgspec.json.encode(cut(one.detail)).decode(),
                "faces": msgspec.json.encode([str(who) for who in others[:SHOWN_PEOPLE]]).decode(),
                "people": len(others),
                "at": tx.now,
                "seen": 0,
                "read": 0,
            }
        )
    tx.run_many(queries.KEEP, rows)
    tx.run_many(queries.ADD_PERSON, behind)
    bells = _bells(tx, [one.to for one in news])
    faces = _Faces(tx)
    kinds = {one.to: one for one in news}
    for row in tx.each(queries.FIND_TOPIC, topics):
        told = NoticeTold(
            notice=notice_of(row),
            bell=bells.get(row.member_id, 0),
            cards=faces.of(kinds[row.member_id], people[row.member_id][:SHOWN_PEOPLE]),
        )
        tx.emit(told, to=[row.member_id])


def _bells(tx: Transaction, members: list[int]) -> dict[int, int]:
    """What the bell of each counts."""
    found: dict[int, int] = {}
    for statement in (queries.UNSEEN_PEOPLE_OF, queries.UNSEEN_OF_NOBODY_OF):
        for row in tx.all(statement, members=members):
            found[row.member_id] = found.get(row.member_id, 0) + row.number
    return found


class _Faces:
    """The cards of who is behind a notice: one for all who have just been connected to the same
    person, and nobody else to be told of."""

    def __init__(self, tx: Transaction) -> None:
        self._tx = tx
        self._met: dict[int, Card] = {}

    def of(self, one: Tell, people: list[int]) -> list[Card]:
        if one.kind != "accepted" or one.person_id is None or people != [one.person_id]:
            return cards(self._tx, one.to, people)
        if one.person_id not in self._met:
            self._met[one.person_id] = just_met(self._tx, one.person_id)
        return [self._met[one.person_id]]
