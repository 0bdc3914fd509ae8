"""Delivered and read: told to who wrote what was delivered or read, where both have it on (M5)."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from entregent.accounts import members
from entregent.network import hidden_among
from entregent.ports.db import Transaction

from ..events import ReceiptChanged
from ..model import ARCHIVED, INBOX, SNOOZED
from ..queries import rows as queries
from ..queries import said
from ..reading import find_for

# From where nobody is told: a stranger shall not learn that their request was seen.
OPEN_VIEWS = (INBOX, ARCHIVED, SNOOZED)


def _open(row: Any) -> bool:
    """Whether others may be told how far somebody is in a conversation of theirs: not before a
    request is accepted, and not once one of them was blocked, has left or was removed."""
    return bool(row.writable) and row.view in OPEN_VIEWS


class Delivered(NamedTuple):
    """A message that a member's stream has carried."""

    member_id: int
    conversation_id: int
    seq: int


def read_by(tx: Transaction, me: int, key: int, seq: int) -> None:
    """I have read up to a message: tells who wrote what is new in that."""
    part = tx.first(said.PART, key=key, person=me)
    row = tx.first(queries.ONE_ROW, member_id=me, conversation_id=key)
    if part is None or row is None:
        return
    before, upto = part.read_seq or 0, min(seq, row.last_seq)
    if upto <= before or not tx.all(said.SET_READ, key=key, person=me, upto=upto):
        return
    if members(tx, [me])[me].receipts:
        _tell(tx, [_News(key, me, before, max(upto, part.delivered_seq or 0), upto)])


def deliver(tx: Transaction, delivered: Sequence[Delivered]) -> None:
    """Streams have carried messages to members: of each conversation the last one."""
    asked = [
        {"key": one.conversation_id, "person": one.member_id, "upto": one.seq} for one in delivered
    ]
    asked.sort(key=lambda row: (row["key"], row["person"]))
    changed = tx.each(said.SET_DELIVERED, asked)
    known = members(tx, {row.person_id for row in changed}) if changed else {}
    _tell(
        tx,
        [
            _News(
                row.conversation_id,
                row.person_id,
                row.read_seq or 0,
                row.delivered_seq,
                row.read_seq or 0,
            )
            for row in changed
            if row.person_id in known and known[row.person_id].receipts
        ],
    )


class _News(NamedTuple):
    """Somebody, with receipts on, was given or has read what came after a number."""

    conversation_id: int
    person_id: int
    after: int
    delivered: int
    read: int


def _tell(tx: Transaction, news: Sequence[_News]) -> None:
    """Tells those who wrote what it is about, except whom it is no business of; a constant number
    of statements, except in groups with a block."""
    rows = tx.each(
        queries.ONE_ROW,
        [{"member_id": one.person_id, "conversation_id": one.conversation_id} for one in news],
    )
    open_ = {(row.conversation_id, row.member_id): row.kind for row in rows if _open(row)}
    news = [one for one in news if one[:2] in open_]
    found = tx.each(
        said.AUTHORS_BETWEEN,
        [
            {
                "key": one.conversation_id,
                "reader": one.person_id,
                "after": one.after,
                "upto": max(one.delivered, one.read),
            }
            for one in news
        ],
    )
    authors: dict[tuple[int, int], set[int]] = {}
    for row in found:
        authors.setdefault((row.conversation_id, row.reader), set()).add(row.author_id)
    known = members(tx, {row.author_id for row in found}) if found else {}
    for one in news:
        told = {
            author
            for author in authors.get(one[:2], ())
            if author in known and known[author].receipts and not known[author].closed
        }
        if told and open_[one[:2]] == "group":
            told -= hidden_among(tx, one.person_id, told)
        event = ReceiptChanged(
            conversation_id=str(one.conversation_id),
            person_id=str(one.person_id),
            delivered_seq=max(one.delivered, one.read),
            read_seq=one.read,
        )
        tx.emit(event, to=sorted(told))


def readers_of(tx: Transaction, me: int, people: Iterable[int], *, apart: bool) -> set[int]:
    """Those of some people who may be told of me: both have it on, and no block is between."""
    wanted = set(people) - {me}
    if not wanted:
        return set()
    known = members(tx, wanted | {me})
    if me not in known or not known[me].receipts:
        return set()
    told = {one for one in wanted if one in known and known[one].receipts and not known[one].closed}
    return told - hidden_among(tx, me, told) if apart else told


def typing_readers(tx: Transaction, me: int, key: int) -> list[int]:
    """Who is told that I am writing in a conversation; nobody before a request is accepted."""
    row = find_for(tx, me, key)
    if not _open(row):
        return []
    people = [
        one.person_id
        for one in tx.all(queries.PARTICIPANTS, ids=[key])
        if one.kind == "member" and one.person_id != me
    ]
    told = readers_of(tx, me, people, apart=True)
    shown = []
    for one in sorted(told):
        theirs = tx.first(queries.ONE_ROW, member_id=one, conversation_id=key)
        if theirs is not None and theirs.view in OPEN_VIEWS:
            shown.append(one)
    return shown


def receipts_for(tx: Transaction, me: int, row: Any) -> dict[int, tuple[int, int]]:
    """How far the others were given and have read a conversation, as far as I may know."""
    if not row.writable:
        return {}
    key = row.conversation_id
    found = {one.person_id: one for one in tx.all(said.RECEIPTS, key=key)}
    if me not in found:
        return {}
    told = readers_of(tx, me, found, apart=row.kind == "group")
    shown = {}
    for one in told:
        theirs = tx.first(queries.ONE_ROW, member_id=one, conversation_id=key)
        if theirs is not None and theirs.view in OPEN_VIEWS:
            read = found[one].read_seq or 0
            shown[one] = max(found[one].delivered_seq or 0, read), read
    return shown
