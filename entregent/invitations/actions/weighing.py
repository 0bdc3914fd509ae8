"""What is found out about an invitation when it comes, and kept true afterwards."""

from collections.abc import Iterable, Sequence

from entregent.accounts import members
from entregent.network import near
from entregent.ports.db import Row, Transaction
from entregent.profiles import Background, backgrounds, in_common, own_background

from ..events import InvitationsRefreshed
from ..model import (
    EMPTY,
    FACELESS,
    MASS,
    MASS_FROM,
    NO_RATE,
    NOTHING,
    OPEN,
    ORGANISATION,
    PERSONAL,
    SCHOOL,
    TEMPLATE,
    WEEK,
    Rules,
    Weight,
)
from ..queries import rows as queries
from ..queries import runs as run_queries
from ..queries import words as word_queries
from ..reading import since
from ..wording import FROM_ANYBODY, FROM_ONE_SENDER, bands, nearest, plain_words

FEWEST_FOR_A_RATE = 5
REFUSAL_WEIGHS = 3  # "I don't know this person" counts as so many that were not accepted


def weigh(tx: Transaction, receiver: int, sender: int, sent: int) -> Weight:
    """Who asks, as the receiver may see it; `sent` is how many the sender sent this week."""
    other = backgrounds(tx, [sender]).get(sender)
    same = marks = 0
    if other is not None:
        common = in_common(own_background(tx, receiver), other)
        same = ORGANISATION * bool(common.organisations) + SCHOOL * bool(common.schools)
        marks = _shown(other)
    if sent >= MASS_FROM:
        marks |= MASS
    return Weight(
        mutuals=near(tx, receiver, [sender]).get(sender, 0),
        same=same,
        marks=marks,
        rate=rate_of(tx, sender),
    )


def _shown(sender: Background) -> int:
    """The marks that follow from what a profile shows to members."""
    return EMPTY * sender.empty | FACELESS * (not sender.pictured)


def rate_of(tx: Transaction, sender: int) -> int:
    """How many percent of a sender's invitations of the last year were accepted."""
    row = tx.first(queries.SENT_AND_ACCEPTED, me=sender, since=tx.now - 52 * WEEK)
    assert row is not None
    if row.sent < FEWEST_FOR_A_RATE:
        return NO_RATE
    against = tx.value(word_queries.SAID_AGAINST, sender=sender, since=tx.now - 52 * WEEK)
    return int(100 * row.accepted // (row.sent + (REFUSAL_WEIGHS - 1) * against))


def mark_mass(tx: Transaction, sender: int, rules: Rules) -> None:
    """The sender has become a mass inviter: whoever they wait for is told so."""
    waiting = tx.all(
        queries.WAITING_SENT, me=sender, since=since(tx.now, "sent", rules), until=tx.now
    )
    ends = tx.each(queries.FIND, [{"me": row.other_id, "invitation": row.id} for row in waiting])
    changed = [
        {"me": row.member_id, "invitation": row.id, "now_marks": row.marks | MASS}
        for row in sorted(ends, key=lambda row: (row.member_id, row.id))
        if not row.marks & MASS
    ]
    tx.run_many(queries.SET_MARKS, changed)


# -- the words of notes --------------------------------------------------------------------------


def note_words(tx: Transaction, sender: int, receiver: int, note: str) -> str:
    """What is left of a note without names, organisations, numbers and addresses."""
    people = [one.name for one in members(tx, [sender, receiver]).values()]
    places = [
        name
        for known in backgrounds(tx, [sender, receiver], 3).values()
        for name in (*known.organisations.values(), *known.schools.values())
    ]
    return plain_words(note, people, places)


def shape_of(tx: Transaction, words: str) -> int:
    """The shape of some words: a known one if they are almost the same, else a new one."""
    keys = bands(words)
    near_ones = [row.shape_id for row in tx.all(word_queries.FIND_BANDS, bands=list(keys))]
    known = tx.all(word_queries.FIND_SHAPES, ids=near_ones) if near_ones else []
    found = nearest(words, ((row.shape_id, row.words) for row in known))
    if found is not None:
        return found
    shape = tx.new_id()
    tx.run(word_queries.ADD_SHAPE, shape_id=shape, words=words, at=tx.now)
    tx.run_many(
        word_queries.ADD_BAND, [{"band": band, "shape_id": shape} for band in sorted(set(keys))]
    )
    return shape


def use_words(
    tx: Transaction, sender: int, receiver: int, invitation: int, note: str
) -> tuple[int | None, int]:
    """Notes whose words these are; gives their shape, and whether they are a template.

    When they become one, so do those that were sent before in the same words and still wait.
    """
    if not note:
        return None, NOTHING
    shape = shape_of(tx, note_words(tx, sender, receiver, note))
    tx.run(
        word_queries.ADD_USE,
        shape_id=shape,
        sender_id=sender,
        receiver_id=receiver,
        invitation_id=invitation,
        at=tx.now,
    )
    everybody = tx.all(word_queries.COUNT_USES, ids=[shape])[0]
    own = tx.all(word_queries.COUNT_OWN_USES, ids=[shape], senders=[sender])[0].members
    if everybody.members == FROM_ANYBODY or own == FROM_ONE_SENDER:
        uses = tx.all(word_queries.USES, shape=shape)
        if everybody.members < FROM_ANYBODY:
            uses = [one for one in uses if one.sender_id == sender]
        _turn(tx, [one for one in uses if one.invitation_id != invitation])
    alike = everybody.members >= FROM_ANYBODY or own >= FROM_ONE_SENDER
    return shape, TEMPLATE if alike else PERSONAL


def _turn(tx: Transaction, uses: Sequence[Row]) -> None:
    ends = tx.each(
        queries.FIND, [{"me": one.receiver_id, "invitation": one.invitation_id} for one in uses]
    )
    turned = sorted(
        (row.member_id, row.id)
        for row in ends
        if row.box == "received" and row.wrote == PERSONAL and row.state in OPEN
    )
    tx.run_many(
        queries.SET_WROTE,
        [{"me": me, "invitation": key, "now_wrote": TEMPLATE} for me, key in turned],
    )
    for me in sorted({me for me, _ in turned}):
        tx.emit(InvitationsRefreshed(), to=[me])


# -- kept true -----------------------------------------------------------------------------------


def reweigh(tx: Transaction, me: int, after: int, limit: int) -> int | None:
    """Counts the mutual connections anew of those who wait for the member, and for whom the member
    waits, and looks again at what they show; some at a time. Gives where to go on, None at the
    end, or where a run goes on: once it rests all is counted anew."""
    if tx.first(run_queries.GOES_ON, me=me) is not None:
        return None
    rows = tx.all(queries.NEXT_OPEN, me=me, after=after, limit=limit)
    _reweigh(tx, me, rows)
    return rows[-1].id if len(rows) == limit else None


def _reweigh(tx: Transaction, me: int, rows: Iterable[Row]) -> None:
    rows = list(rows)
    counted = near(tx, me, {row.other_id for row in rows})
    mine = [row for row in rows if row.box == "received"]
    theirs = tx.each(
        queries.FIND,
        [{"me": row.other_id, "invitation": row.id} for row in rows if row.box == "sent"],
    )
    shown = backgrounds(tx, {row.other_id for row in [*mine, *theirs]})
    changed = []
    for row in [*mine, *theirs]:
        other = row.other_id if row.member_id == me else row.member_id
        mutuals, sender = counted.get(other, 0), shown.get(row.other_id)
        marks = row.marks if sender is None else row.marks & MASS | _shown(sender)
        if (mutuals, marks) != (row.mutuals, row.marks):
            closer = Weight(mutuals=mutuals).closeness - Weight(mutuals=row.mutuals).closeness
            changed.append(
                {
                    "me": row.member_id,
                    "invitation": row.id,
                    "now_mutuals": mutuals,
                    "now_closeness": row.closeness + closer,
                    "now_marks": marks,
                }
            )
    changed.sort(key=lambda one: (one["me"], one["invitation"]))
    tx.run_many(queries.SET_WEIGHT, changed)


def waiting_among(tx: Transaction, members: Sequence[int]) -> list[int]:
    """Those of the members at whose ends anything waits."""
    return sorted(row.member_id for row in tx.all(queries.WITH_OPEN, members=list(members)))


def anybody_waits(tx: Transaction, me: int) -> bool:
    """Whether anything waits at either end of the member's."""
    return tx.first(queries.ANY_OPEN, me=me) is not None
