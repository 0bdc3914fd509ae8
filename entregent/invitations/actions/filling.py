"""Invitations of a network that is being filled: many at once, and nobody looks on."""

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from entregent.accounts import members
from entregent.network import near
from entregent.ports.db import Transaction
from entregent.profiles import backgrounds, in_common, own_background

from ..model import (
    EMPTY,
    MASS,
    MASS_FROM,
    NO_RATE,
    NOTHING,
    ORGANISATION,
    PENDING,
    PERSONAL,
    SCHOOL,
    TEMPLATE,
    Reason,
    Weight,
)
from ..queries import rows as queries
from ..queries import words as word_queries
from ..wording import FROM_ANYBODY, bands, plain_words, shapes_of


class Filled(NamedTuple):
    """An invitation that waits; `sent` is how many the sender sent that week."""

    sender: int
    reason: Reason
    note: str
    at: int
    sent: int = 1


def fill_invitations(tx: Transaction, receiver: int, some: Sequence[Filled]) -> None:
    """Has them all wait for one receiver, as if each had been sent and looked at."""
    senders = [one.sender for one in some]
    mutuals = near(tx, receiver, senders)
    mine = own_background(tx, receiver)
    known = backgrounds(tx, senders)
    names = {key: one.name for key, one in members(tx, [receiver, *senders]).items()}
    words = []
    of_mine = [*mine.organisations.values(), *mine.schools.values()]
    for one in some:
        place = known.get(one.sender)
        theirs = [*place.organisations.values(), *place.schools.values()] if place else []
        people = [names[receiver], names[one.sender]]
        words.append(plain_words(one.note, people, of_mine + theirs) if one.note else "")
    written = [number for number, one in enumerate(some) if one.note]
    leaders = shapes_of([words[number] for number in written])
    shape_of = {number: written[leader] for number, leader in zip(written, leaders, strict=True)}
    sizes = Counter(shape_of.values())
    shapes = {leader: tx.new_id() for leader in sizes}
    rows, uses = [], []
    for number, one in enumerate(some):
        key, leader = tx.new_id(), shape_of.get(number)
        wrote = NOTHING
        if leader is not None:
            wrote = TEMPLATE if sizes[leader] >= FROM_ANYBODY else PERSONAL
            uses.append(
                {
                    "shape_id": shapes[leader],
                    "sender_id": one.sender,
                    "receiver_id": receiver,
                    "invitation_id": key,
                    "at": one.at,
                }
            )
        same = marks = 0
        if one.sender in known:
            common = in_common(mine, known[one.sender])
            same = ORGANISATION * bool(common.organisations) + SCHOOL * bool(common.schools)
            marks = EMPTY * known[one.sender].empty
        marks |= MASS * (one.sent >= MASS_FROM)
        weight = Weight(mutuals.get(one.sender, 0), same, marks)
        both = {
            "id": key, "reason": one.reason, "note": one.note, "at": one.at, "state": PENDING,
            "settled_at": None, "alike": 0, "held": None, "replied_at": None, "import_id": None,
            "rate": NO_RATE,
        }  # fmt: skip
        rows.append(
            both
            | {
                "member_id": receiver, "box": "received", "other_id": one.sender, "wrote": wrote,
                "mutuals": weight.mutuals, "same": same, "marks": marks,
                "closeness": weight.closeness,
                "shape_id": None if leader is None else shapes[leader],
            }
        )  # fmt: skip
        rows.append(
            both
            | {
                "member_id": one.sender, "box": "sent", "other_id": receiver, "wrote": 0,
                "mutuals": 0, "same": 0, "marks": 0, "closeness": 0, "shape_id": None,
            }
        )  # fmt: skip
    tx.run_many(queries.ADD, rows)
    tx.run_many(
        word_queries.ADD_SHAPE,
        [
            {"shape_id": key, "words": words[leader], "at": some[leader].at}
            for leader, key in shapes.items()
        ],
    )
    tx.run_many(
        word_queries.ADD_BAND,
        [
            {"band": band, "shape_id": key}
            for leader, key in shapes.items()
            for band in sorted(set(bands(words[leader])))
        ],
    )
    tx.run_many(word_queries.ADD_USE, uses)
