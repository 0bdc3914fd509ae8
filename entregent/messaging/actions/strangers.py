"""First words to strangers and new contacts: where they go, and what is said to everybody (M15,
M16). Nobody is told that their words went to spam: they would only learn to hide better."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import Literal, NamedTuple

import msgspec

from entregent.accounts import account, members
from entregent.invitations import refused_between
from entregent.kit.errors import Refusal
from entregent.kit.events import PartChanged
from entregent.kit.text import words
from entregent.network import following_among, mutuals_with, ties
from entregent.ports.db import Transaction
from entregent.profiles import cards

from ..markup import links, listed
from ..model import INBOX, REQUESTS, SPAM
from ..queries import strangers as queries
from .telling import tell

Landing = Literal["inbox", "requests", "refuse"]

DAY_MS = 86_400_000
NEW_DAYS = 7  # how long a member is new, and a connection
REPEATED = 4  # the same to so many others before is said to everybody
PITCHED = 2  # to so many, when it is the first that a new contact says
STRANGER, NEW_CONTACT, AFTER_NOTE = 1, 2, 3


class Senders(msgspec.Struct, kw_only=True):
    """Where the first words go of those with whom one shares a connection, and of all others."""

    near: Landing = "requests"
    far: Landing = "requests"


class First(NamedTuple):
    """The first words in a conversation that is on probation."""

    author_id: int
    reader_id: int
    conversation_id: int
    kind: int
    text: str


class Noted(NamedTuple):
    """The note of an invitation as first words; `template` where many were sent nearly the same."""

    first: First
    template: bool


def senders(tx: Transaction, me: int) -> Senders:
    """Where first words to me go."""
    row = tx.first(queries.POLICY, me=me)
    return Senders() if row is None else Senders(near=row.near, far=row.far)


def set_senders(tx: Transaction, me: int, near: Landing | None, far: Landing | None) -> Senders:
    """Changes where first words to me go; what is left out stays."""
    now = senders(tx, me)
    chosen = Senders(near=near or now.near, far=far or now.far)
    tx.run(queries.SET_POLICY, member_id=me, near=chosen.near, far=chosen.far)
    tx.emit(PartChanged(part="senders"), to=[me])
    return chosen


def landing(tx: Transaction, me: int, other: int, most: int, most_new: int) -> int:
    """The view in which another finds my first words; refuses where they want none, and where I
    have written to many strangers today."""
    chosen = _chosen(tx, me, other)
    if chosen == "refuse":
        raise Refusal("messaging.wants_no_requests", status=403, field="member_ids")
    _check_number(tx, me, 1, most, most_new)
    return INBOX if chosen == "inbox" else REQUESTS


def check_asking(
    tx: Transaction, me: int, key: int, others: Sequence[int], most: int, most_new: int
) -> None:
    """Refuses what I ask strangers to join where one of them wants no first words, mine or
    anybody's, and where I have written to many today; what they are asked counts as first words."""
    unwilling = [one for one in others if _chosen(tx, me, one) == "refuse"]
    if names := _named(tx, me, unwilling, others):
        raise Refusal(
            "messaging.some_want_no_requests", status=403, field="member_ids", names=names
        )
    if unwilling:
        raise Refusal("messaging.wants_no_requests", status=403, field="member_ids")
    check_reachable(tx, me, [one for one in others if refused_between(tx, me, one)], others)
    _check_number(tx, me, len(others), most, most_new)
    before = tx.value(queries.STRANGERS_IN, me=me, key=key, since=tx.now - DAY_MS) or 0
    asked = {"member_id": me, "conversation_id": key, "stranger": before + len(others)}
    tx.run(queries.COUNT_ASKED, **asked, at=tx.now, words=0)


def check_reachable(
    tx: Transaction, me: int, unreachable: Sequence[int], among: Sequence[int]
) -> None:
    """Refuses where somebody whom I have chosen cannot be written to."""
    if names := _named(tx, me, unreachable, among):
        raise Refusal("messaging.cannot_write_to_some", status=403, field="member_ids", names=names)
    if unreachable:
        raise Refusal("messaging.cannot_write_to", status=403, field="member_ids")


def _named(tx: Transaction, me: int, some: Sequence[int], among: Sequence[int]) -> str:
    """Whom of several a refusal is about; nothing where it is the only one chosen, or where I am
    not told who that is."""
    found = cards(tx, me, some) if len(among) > 1 else []
    return listed(card.name for card in found if card.name)


def _chosen(tx: Transaction, me: int, other: int) -> Landing:
    """Where another wants my first words."""
    policy = senders(tx, other)
    return policy.near if mutuals_with(tx, me, other, 1) else policy.far


def _check_number(tx: Transaction, me: int, more: int, most: int, most_new: int) -> None:
    """Refuses to write to more strangers than one may in a day."""
    new = tx.now - account(tx, me).created_at < NEW_DAYS * DAY_MS
    allowed = min(most, most_new) if new else most
    if tx.value(queries.STRANGERS_SINCE, me=me, since=tx.now - DAY_MS) + more > allowed:
        raise Refusal("messaging.many_strangers", status=429, retry_after=3_600, most=allowed)


def probation(tx: Transaction, me: int, other: int, connected: bool) -> int | None:
    """The kind of probation that a new conversation begins with, where the two hardly know each
    other: its first words are weighed."""
    if not connected:
        return STRANGER
    since = ties(tx, me, [other])[other].since
    return None if since is None or tx.now - since > NEW_DAYS * DAY_MS else NEW_CONTACT


def weigh(tx: Transaction, firsts: Sequence[First]) -> None:
    """Sorts first words that are said to everybody, or that a new contact begins with a link.

    A constant number of statements, but for those that are sorted out.
    """
    names = members(tx, {first.reader_id for first in firsts})
    rows = [
        {
            "member_id": first.author_id,
            "conversation_id": first.conversation_id,
            "at": tx.now,
            "stranger": int(first.kind == STRANGER),
            "words": _number(first.text, names[first.reader_id].name),
        }
        for first in firsts
    ]
    asked = [
        {
            "me": row["member_id"],
            "words": row["words"],
            "since": tx.now - NEW_DAYS * DAY_MS,
            "key": row["conversation_id"],
        }
        for row in rows
    ]
    before = {row.key: row.times for row in tx.each(queries.SAID_BEFORE, asked)}
    tx.run_many(queries.ADD_FIRST, rows)
    times = {first.conversation_id: before.get(first.conversation_id, 0) for first in firsts}
    pitches = [
        first
        for first in firsts
        if first.kind != STRANGER and (times[first.conversation_id] >= PITCHED or links(first.text))
    ]
    held = {first.conversation_id for first in _uninvited(tx, pitches)}
    spam = [
        first
        for first in firsts
        if first.kind == STRANGER and times[first.conversation_id] >= REPEATED
    ]
    _move(tx, spam, SPAM)
    _move(tx, [first for first in firsts if first.conversation_id in held], REQUESTS)


def pitched(tx: Transaction, notes: Sequence[Noted]) -> set[int]:
    """Of the notes of invitations that were accepted, the conversations of those that begin with a
    link, or with words that many were sent: requests until they are answered. What comes after a
    note is weighed as if it came first."""
    pitches = [note.first for note in notes if note.template or links(note.first.text)]
    return {first.conversation_id for first in _uninvited(tx, pitches)}


def hold_pitch(tx: Transaction, note: Noted) -> None:
    """The same where the conversation was there already, and nothing was said in it."""
    tx.run(queries.SET_PROBATION, key=note.first.conversation_id, kind=AFTER_NOTE)
    if pitched(tx, [note]):
        _move(tx, [note.first], REQUESTS)


def _move(tx: Transaction, firsts: Sequence[First], view: int) -> None:
    moved = tx.each(
        queries.MOVE,
        [
            {
                "owner_id": one.reader_id,
                "key": one.conversation_id,
                "new_view": view,
                "mark": int(view == REQUESTS),
            }
            for one in firsts
        ],
    )
    for row in sorted(moved, key=lambda row: row.conversation_id):
        tell(tx, row.member_id, [row])


def _uninvited(tx: Transaction, firsts: Sequence[First]) -> list[First]:
    """Those whose reader does not care for the author otherwise: who follows somebody wants to
    hear whatever it is."""
    authors: dict[int, list[int]] = {}
    for first in firsts:
        authors.setdefault(first.reader_id, []).append(first.author_id)
    followed = {reader: following_among(tx, reader, some) for reader, some in authors.items()}
    return [first for first in firsts if first.author_id not in followed[first.reader_id]]


def _number(text: str, name: str) -> int:
    """The same for texts that differ in the addressee's name, signs, accents and numbers only."""
    addressee = set(words(name))
    said = [word for word in words(text) if word not in addressee and not word.isdigit()]
    digest = blake2b(" ".join(said[:200]).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big") >> 1
