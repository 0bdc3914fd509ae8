"""How strong a tie is, from what was really exchanged (N4), and whom to write to this week (N3).

Both are for the member's own eyes: nothing of it is kept, told or shown to anybody else.
"""

import json
from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import log2
from typing import Literal, NamedTuple

import msgspec

from entregent.kit.ids import Id
from entregent.kit.people import WithPeople
from entregent.network import cadences, circle, near
from entregent.ports.db import Row, Transaction

from .queries import rows as queries
from .queries import ties

DAY = 86_400_000
WEEK = 7 * DAY
LOOKED_AT = 300  # messages of a conversation
CONVERSATIONS = 2_000
WEIGHED = 60
MOST = 7
SILENT_DAYS, UNANSWERED_DAYS, NEW_DAYS = 45, 4, 21

Level = Literal["none", "weak", "some", "strong"]
Because = Literal["they_wrote", "i_wrote", "replies", "recent", "mutuals"]
Reason = Literal["cadence", "silence", "unanswered", "new_connection"]


class TieReason(msgspec.Struct, kw_only=True):
    """One of the numbers that a strength is made of; `recent` counts days since."""

    kind: Because
    number: int


class TieStrength(msgspec.Struct, kw_only=True):
    """From 0 to 100, with everything that it is made of."""

    strength: int
    level: Level
    reasons: list[TieReason]


class WorthWriting(msgspec.Struct, kw_only=True):
    """Somebody to write to, and why now; `days` since the last word, or since connecting."""

    person_id: Id
    reason: Reason
    days: int
    strength: int


class Weekly(WithPeople, kw_only=True):
    """Six or seven people worth writing to, until the week ends."""

    people_: list[WorthWriting] = msgspec.field(name="people")
    until: int

    def people(self) -> Iterable[int]:
        return [int(one.person_id) for one in self.people_]


class Exchange(NamedTuple):
    """What two have written to each other lately."""

    theirs: int = 0
    mine: int = 0
    replies: int = 0
    last_at: int = 0


def exchange(tx: Transaction, me: int, key: int) -> Exchange:
    """What stands in a direct conversation, its last messages."""
    said = tx.all(ties.LAST_SAID, key=key, limit=LOOKED_AT)
    mine = sum(one.author_id == me for one in said)
    turns = sum(a.author_id != b.author_id for a, b in pairwise(said))
    return Exchange(len(said) - mine, mine, turns, said[0].at if said else 0)


def strength_of(found: Exchange, mutuals: int, now: int) -> int:
    """From 0 to 100. One who only writes and is never answered makes no tie."""
    both = 9 * log2(1 + min(found.theirs, found.mine, 30))
    answered = 5 * log2(1 + min(found.replies, 60))
    days = (now - found.last_at) / DAY if found.last_at else None
    fresh = 0 if days is None or not found.replies else max(0.0, 15 * (1 - days / 365))
    known = 2.5 * log2(1 + min(mutuals, 30))
    return min(100, round(min(both, 42) + min(answered, 30) + fresh + min(known, 13)))


def tie_with(tx: Transaction, me: int, other: int) -> TieStrength:
    """How strong the member's tie with somebody is, and what of."""
    key = tx.value(queries.FIND_PAIR, low=min(me, other), high=max(me, other))
    found = Exchange() if key is None else exchange(tx, me, key)
    mutuals = near(tx, me, [other]).get(other, 0)
    strength = strength_of(found, mutuals, tx.now)
    days = (tx.now - found.last_at) // DAY if found.last_at else 0
    numbers: list[tuple[Because, int]] = [
        ("they_wrote", found.theirs),
        ("i_wrote", found.mine),
        ("replies", found.replies),
        ("recent", days),
        ("mutuals", mutuals),
    ]
    return TieStrength(
        strength=strength,
        level="strong"
        if strength >= 60
        else "some"
        if strength >= 30
        else "weak"
        if strength
        else "none",
        reasons=[
            TieReason(kind=kind, number=number)
            for kind, number in numbers
            if number or (kind == "recent" and found.last_at)
        ],
    )


def weekly(tx: Transaction, me: int) -> Weekly:
    """Who is worth writing to this week: as it stood when the week began, on Monday at midnight
    UTC, but for those to whom something was written since."""
    begun = (tx.now + 3 * DAY) // WEEK * WEEK - 3 * DAY
    friends = circle(tx, me)
    rows = {
        json.loads(row.people)[0]: row
        for row in tx.all(ties.DIRECT_ROWS, me=me, limit=CONVERSATIONS)
        if json.loads(row.people)
    }
    found = _by_rhythm(tx, me, rows, begun)
    found |= {
        one: why for one, why in _by_silence(me, rows, friends, begun).items() if one not in found
    }
    order = sorted(found.items(), key=lambda item: (_RANK[item[1][0]], -item[1][1], item[0]))
    weighed = []
    mutual = near(tx, me, [one for one, _ in order[:WEIGHED]])
    for one, (reason, days) in order[:WEIGHED]:
        said = exchange(tx, me, rows[one].conversation_id) if one in rows else Exchange()
        strength = strength_of(said, mutual.get(one, 0), begun)
        weighed.append(
            WorthWriting(person_id=str(one), reason=reason, days=days, strength=strength)
        )
    weighed.sort(key=lambda one: (one.reason != "cadence", -one.strength, int(one.person_id)))
    return Weekly(people_=_mixed(weighed), until=begun + WEEK)


_RANK: dict[Reason, int] = {"cadence": 0, "unanswered": 1, "silence": 2, "new_connection": 3}


def _by_rhythm(
    tx: Transaction, me: int, rows: dict[int, Row], begun: int
) -> dict[int, tuple[Reason, int]]:
    found: dict[int, tuple[Reason, int]] = {}
    for one, words in cadences(tx, me).items():
        row = rows.get(one)
        last = row.last_at if row is not None else 0
        days = (begun + WEEK - max(last, words.changed_at if not last else 0)) // DAY
        if last < begun + WEEK and days >= (words.cadence_days or 0):
            found[one] = ("cadence", days)
    return found


def _by_silence(
    me: int, rows: dict[int, Row], friends: dict[int, int], begun: int
) -> dict[int, tuple[Reason, int]]:
    found: dict[int, tuple[Reason, int]] = {}
    for one, since in friends.items():
        row = rows.get(one)
        if row is None or not row.last_seq:
            if begun - NEW_DAYS * DAY <= since < begun:
                found[one] = ("new_connection", (begun - since) // DAY)
            continue
        days = (begun - row.last_at) // DAY
        theirs = row.last_author_id != me
        if theirs and UNANSWERED_DAYS <= days < SILENT_DAYS:
            found[one] = ("unanswered", days)
        elif days >= SILENT_DAYS:
            found[one] = ("silence", days)
    return found


def _mixed(weighed: Sequence[WorthWriting]) -> list[WorthWriting]:
    """At most seven, and no kind of reason more than four of them while others wait."""
    taken: list[WorthWriting] = []
    for most in (4, MOST):
        for one in weighed:
            same = sum(other.reason == one.reason for other in taken)
            if one not in taken and len(taken) < MOST and same < most:
                taken.append(one)
    return taken
