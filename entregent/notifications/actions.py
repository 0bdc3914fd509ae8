"""What members are told, and what they do behind the bell."""

import secrets
from collections.abc import Iterable

import msgspec

from entregent.kit.ids import Id, as_int
from entregent.kit.paging import MAX_PAGE, decode_cursor, encode_cursor
from entregent.kit.people import WithPeople
from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import cards

from . import queries
from .events import NoticesRead, NoticesSeen, NoticeTaken, NoticeTold, WaysChanged
from .jobnames import TakeBackLater, TellLater, WriteDigest
from .model import (
    SHOWN_PEOPLE,
    Detail,
    Digest,
    Kind,
    Notice,
    NoticeSettings,
    SettingsChange,
    Tell,
    Thing,
    changed,
    complete,
    next_digest,
)

FAR = 2**62


class NoticePage(WithPeople):
    """A page of what the bell told, newest first; `bell` is what it counts."""

    notices: list[Notice]
    next: str | None
    bell: int

    def people(self) -> Iterable[int]:
        return {int(person) for one in self.notices for person in one.people}


class Rung(msgspec.Struct):
    """What the bell counts now."""

    bell: int


# -- reading -------------------------------------------------------------------------------------


def bell(tx: Transaction, me: int) -> int:
    """How many people there is unseen news of; what concerns nobody else counts as one each."""
    people: int = tx.value(queries.UNSEEN_PEOPLE, owner_id=me)
    alone: int = tx.value(queries.UNSEEN_OF_NOBODY, owner_id=me)
    return people + alone


def page(tx: Transaction, me: int, after: str = "", limit: int = 50) -> NoticePage:
    """A page of notices."""
    at, last = decode_cursor(after, int, int) if after else (FAR, FAR)
    limit = min(limit, MAX_PAGE)
    rows = tx.all(queries.PAGE, owner_id=me, after_at=at, after_id=last, limit=limit + 1)
    shown = rows[:limit]
    return NoticePage(
        notices=[notice_of(row) for row in shown],
        next=encode_cursor(shown[-1].at, shown[-1].notice_id) if len(rows) > limit else None,
        bell=bell(tx, me),
    )


def unseen(tx: Transaction, me: int, limit: int) -> list[Notice]:
    """The latest notices that the member has not seen."""
    return [notice_of(row) for row in tx.all(queries.UNSEEN, owner_id=me, limit=limit)]


def find(tx: Transaction, me: int, kind: Kind, topic: str) -> Notice | None:
    """The notice that gathers news of a kind and topic."""
    row = tx.first(queries.FIND_TOPIC, owner_id=me, of_kind=kind, of_topic=topic)
    return None if row is None else notice_of(row)


def settings_of(tx: Transaction, me: int) -> NoticeSettings:
    """What the member chose about being told."""
    chosen = tx.value(queries.SETTINGS, owner_id=me)
    mine = NoticeSettings() if chosen is None else msgspec.json.decode(chosen, type=NoticeSettings)
    return complete(mine)


# -- telling -------------------------------------------------------------------------------------


def tell_later(tx: Transaction, news: Iterable[Tell]) -> None:
    """Tells several members, in transactions of their own: costs one statement now."""
    wanted = [one for one in news if one.person_id != one.to]
    if wanted:
        enqueue(tx, TellLater(news=wanted))


def take_back_later(tx: Transaction, news: Iterable[Tell]) -> None:
    """What `tell_later` told, or is still going to tell, is so no more: costs one statement now."""
    wanted = list(news)
    if wanted:
        enqueue(tx, TakeBackLater(news=wanted))


def take_back(tx: Transaction, me: int, kind: Kind, topic: str, person_id: int) -> None:
    """What one person did is undone: a reaction withdrawn, a mention edited away."""
    row = tx.first(queries.FIND_TOPIC, owner_id=me, of_kind=kind, of_topic=topic)
    if row is None or not tx.touch(
        queries.DROP_PERSON, owner_id=me, notice=row.notice_id, person=person_id
    ):
        return
    if tx.first(queries.PEOPLE, owner_id=me, notice=row.notice_id) is not None:
        _tell_of(tx, me, kind, topic, row.notice_id)
        return
    tx.run(queries.DROP, owner_id=me, notice=row.notice_id)
    tx.emit(NoticeTaken(id=str(row.notice_id), bell=bell(tx, me)), to=[me])


def hide(tx: Transaction, me: int, person_id: int) -> None:
    """Nothing that the bell told the member is of this person any more."""
    for row in tx.all(queries.TOPICS_WITH, owner_id=me, person=person_id):
        take_back(tx, me, row.kind, row.topic, person_id)


def _tell_of(tx: Transaction, me: int, kind: Kind, topic: str, key: int) -> None:
    """Counts the people of a notice anew and tells the member's pages how it stands."""
    people = [row.person_id for row in tx.all(queries.PEOPLE, owner_id=me, notice=key)]
    faces = people[:SHOWN_PEOPLE]
    tx.run(
        queries.SET_FACES,
        owner_id=me,
        notice=key,
        new_faces=msgspec.json.encode([str(one) for one in faces]).decode(),
        new_people=len(people),
    )
    notice = find(tx, me, kind, topic)
    assert notice is not None
    told = NoticeTold(notice=notice, bell=bell(tx, me), cards=cards(tx, me, faces))
    tx.emit(told, to=[me])


def settle(tx: Transaction, me: int, topic: str, *kinds: Kind) -> None:
    """The member has met the thing itself: what the bell told of it is read."""
    rows = tx.all(queries.TOPICS, owner_id=me, kinds=list(kinds), of_topic=topic)
    if rows:
        mark(tx, me, [str(row.notice_id) for row in rows], read=True)


def settle_each(tx: Transaction, people: list[int], topics: list[str], kind: Kind) -> None:
    """Several members have met things: what each was told of any of them is read."""
    found: dict[int, list[Id]] = {}
    for row in tx.all(queries.UNREAD_ABOUT, ids=people, of_kind=kind, topics=topics):
        found.setdefault(row.member_id, []).append(str(row.notice_id))
    for one, ids in found.items():
        mark(tx, one, ids, read=True)


# -- behind the bell -----------------------------------------------------------------------------


def see(tx: Transaction, me: int, upto: int) -> Rung:
    """The member has looked at everything that was there at a moment."""
    rows = tx.all(queries.SEE_UPTO, owner_id=me, upto=upto)
    if rows:
        tx.run(queries.SEE_PEOPLE, owner_id=me, ids=[row.notice_id for row in rows])
        tx.emit(NoticesSeen(upto=upto, bell=bell(tx, me)), to=[me])
    return Rung(bell(tx, me))


def mark(tx: Transaction, me: int, ids: list[Id] | None, *, read: bool) -> Rung:
    """Marks notices (all where `ids` is None) as read, or as to be read again."""
    numbers = None if ids is None else [as_int(one) for one in ids]
    if not read:
        rows = tx.all(queries.UNREAD_SOME, owner_id=me, ids=numbers or [])
    elif numbers is None:
        rows = tx.all(queries.READ_ALL, owner_id=me)
    else:
        rows = tx.all(queries.READ_SOME, owner_id=me, ids=numbers)
    found = sorted(row.notice_id for row in rows)
    if found:
        if read:
            tx.run(queries.SEE_PEOPLE, owner_id=me, ids=found)
        told = None if ids is None and read else [str(one) for one in found]
        tx.emit(NoticesRead(ids=told, read=read, bell=bell(tx, me)), to=[me])
    return Rung(bell(tx, me))


def change_settings(
    tx: Transaction, me: int, change: SettingsChange, before: Digest | None = None
) -> NoticeSettings:
    """Changes what the member asked for and leaves the rest; `before` as `plan` has it."""
    mine = changed(settings_of(tx, me), change)
    tx.run(queries.KEEP_SETTINGS, member_id=me, chosen=msgspec.json.encode(mine).decode())
    plan(tx, me, mine, before)
    tx.emit(WaysChanged(settings=mine), to=[me])
    return mine


def plan(tx: Transaction, me: int, mine: NoticeSettings, before: Digest | None = None) -> None:
    """Has the next digest written when it is due. `before` is what one click could bring back."""
    due = next_digest(mine, tx.now)
    row = tx.first(queries.LOCK_DIGEST, owner_id=me)
    if row is None and due is None:
        return
    tx.run(
        queries.KEEP_DIGEST,
        member_id=me,
        secret=secrets.token_urlsafe(24) if row is None else row.secret,
        due_at=due,
        # What waited before is no news when one begins to be told.
        told_at=tx.now if row is None or row.due_at is None else row.told_at,
        before=None if before is None else msgspec.json.encode(before).decode(),
    )
    if due is not None:
        enqueue(tx, WriteDigest(member_id=me), owner=me, at=due, key="digest")


# -- what ends by itself -------------------------------------------------------------------------


def forget(tx: Transaction, before: int, limit: int = 500) -> int:
    """Drops notices from before a moment, some at a time; gives how many."""
    rows = tx.all(queries.OLD, before=before, limit=limit)
    for row in rows:
        tx.run(queries.DROP_PEOPLE, owner_id=row.member_id, notice=row.notice_id)
        tx.run(queries.DROP, owner_id=row.member_id, notice=row.notice_id)
    return len(rows)


def forget_member(tx: Transaction, member_id: int) -> None:
    """The member has left."""
    tx.run(queries.DROP_ALL_PEOPLE, owner_id=member_id)
    tx.run(queries.DROP_ALL, owner_id=member_id)
    tx.run(queries.DROP_SETTINGS, owner_id=member_id)
    tx.run(queries.DROP_DIGEST, owner_id=member_id)


# -- within --------------------------------------------------------------------------------------


def notice_of(row: Row) -> Notice:
    """A notice as the wire has it."""
    return Notice(
        id=str(row.notice_id),
        kind=row.kind,
        people=msgspec.json.decode(row.faces),
        count=row.people,
        thing=None if row.thing is None else msgspec.json.decode(row.thing, type=Thing),
        detail=msgspec.json.decode(row.detail, type=Detail),
        at=row.at,
        seen=bool(row.seen),
        read=bool(row.read),
    )
