"""What a member may know of the invitations at their own end."""

from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id
from entregent.kit.paging import MAX_PAGE, decode_cursor, encode_cursor
from entregent.kit.people import WithPeople
from entregent.network import mutuals_with, near
from entregent.ports.db import Row, Transaction
from entregent.profiles import Profile, backgrounds, in_common, own_background, profile_of

from .model import (
    ARRIVING,
    DAY,
    EMPTY,
    FACELESS,
    MASS,
    MUTUALS_FROM,
    ORGANISATION,
    REFUSED,
    SCHOOL,
    STATES,
    WEEK,
    WROTE,
    About,
    Allowance,
    Box,
    Group,
    GroupCount,
    Invitation,
    Mark,
    PageBox,
    Rules,
    Same,
    Sort,
    place,
)
from .queries import rows as queries
from .queries import words as word_queries
from .wording import FROM_ANYBODY, FROM_ONE_SENDER

FAR = 2**62
SHOWN_MUTUALS = 12
_SAME: tuple[tuple[int, Same], ...] = ((ORGANISATION, "organisation"), (SCHOOL, "school"))
_MARKS: tuple[tuple[int, Mark], ...] = (
    (EMPTY, "empty_profile"),
    (FACELESS, "no_photo"),
    (MASS, "mass_inviter"),
)


class Shared(NamedTuple):
    """How many members were sent almost the same words: by everybody, by this sender."""

    members: int
    senders: int
    own: int


class Waiting(WithPeople):
    """A page of what waits in a box; `total` is exact, of people.

    The first page has the groups of all that wait. `arriving` come with the next digest.
    """

    invitations: list[Invitation]
    next: str | None
    total: int
    allowance: Allowance
    groups: list[GroupCount] = msgspec.field(default_factory=list)
    arriving: int = 0
    arrives_at: int | None = None

    def people(self) -> Iterable[int]:
        return [int(one.person_id) for one in self.invitations]


class Preview(WithPeople):
    """Who asks, without leaving the page: what they show, and what is shared with me."""

    invitation: Invitation
    profile: Profile | None
    mutuals: list[Id]
    mutual_total: int
    organisations: list[str]
    schools: list[str]

    def people(self) -> Iterable[int]:
        return [int(self.invitation.person_id), *(int(one) for one in self.mutuals)]


def is_open(row: Row, now: int, rules: Rules, states: Iterable[int]) -> bool:
    """Whether a row is in one of the states and not too old."""
    return row.state in states and (row.box == "archive" or row.at > now - rules.days * DAY)


def since(now: int, box: Box, rules: Rules) -> int:
    """What is not younger waits no more; an archive's never grow too old."""
    return -1 if box == "archive" else now - rules.days * DAY


def waiting(tx: Transaction, me: int, box: PageBox = "received", days: int = Rules().days) -> int:
    """How many people wait for the member's answer (or the member for theirs)."""
    where, state = place(box)
    after = -1 if where == "archive" else tx.now - days * DAY
    number: int = tx.value(queries.COUNT, me=me, box=where, of_state=state, since=after)
    return number


def allowance(tx: Transaction, me: int, rules: Rules) -> Allowance:
    """What the member may still send."""
    row = tx.first(queries.SENT_SINCE, me=me, since=tx.now - WEEK)
    assert row is not None
    return Allowance(
        week=rules.per_week,
        left=max(0, rules.per_week - row.sent),
        resets_at=row.first + WEEK if row.sent else None,
        pending=waiting(tx, me, "sent", rules.days),
        pending_most=rules.pending,
        again_days=rules.again_days,
    )


def find_for(tx: Transaction, me: int, invitation: int, *boxes: Box) -> Row:
    """The member's own end of an invitation; nobody else's can be named."""
    row = tx.first(queries.FIND, me=me, invitation=invitation)
    if row is None or row.box not in boxes:
        raise Refusal("invitations.not_found", status=404)
    return row


def refused_between(tx: Transaction, one: int, other: int) -> bool:
    """Whether the last thing that came of asking between two members was a refusal."""
    rows = between(tx, one, other)
    return bool(rows) and rows[0].state == REFUSED


def between(tx: Transaction, me: int, other: int) -> list[Row]:
    """What members have asked each other, at the member's end, newest first."""
    found = [row for row in tx.all(queries.BETWEEN, me=me, other=other) if row.box != "archive"]
    return sorted(found, key=lambda row: row.id, reverse=True)


def among(tx: Transaction, me: int, ids: Iterable[int]) -> list[Row]:
    """Those of the invitations that the member has at their end, in the order of the ids."""
    return tx.each(queries.FIND, [{"me": me, "invitation": one} for one in sorted(set(ids))])


def open_among(tx: Transaction, me: int, others: Iterable[int]) -> list[Row]:
    """What is open between the member and any of the others, oldest first."""
    found = tx.each(queries.OPEN_WITH, [{"me": me, "other": one} for one in others])
    return sorted(found, key=lambda row: row.id)


def page(
    tx: Transaction,
    me: int,
    box: PageBox,
    rules: Rules,
    after: str = "",
    limit: int = 50,
    *,
    group: Group = "all",
    sort: Sort = "date",
    mutuals: int = MUTUALS_FROM,
    arrives_at: int | None = None,
) -> Waiting:
    """A page of a box, or of one group in it."""
    where, state = place(box)
    begin = _begin(sort, after)
    limit = min(limit, MAX_PAGE)
    in_box = {"me": me, "box": where, "of_state": state, "since": since(tx.now, where, rules)}
    rows = tx.all(queries.PAGE[group, sort], **in_box, **begin, mutuals=mutuals, limit=limit + 1)
    shown = rows[:limit]
    counted = tx.all(queries.COUNT_GROUPS, **in_box, mutuals=mutuals)[0]
    numbers: dict[Group, int] = dict(zip(("all", *queries.GROUPS), counted, strict=True))
    groups = [GroupCount(key=key, count=number) for key, number in numbers.items()]
    arriving = tx.value(queries.COUNT_ARRIVING, me=me, of_state=ARRIVING)
    return Waiting(
        invitations=wired(tx, shown, rules),
        next=_next(sort, shown[-1]) if len(rows) > limit else None,
        total=numbers[group],
        allowance=allowance(tx, me, rules),
        groups=groups if not after and box != "sent" else [],
        arriving=arriving if box == "received" else 0,
        arrives_at=arrives_at if box == "received" and arriving else None,
    )


def _begin(sort: Sort, after: str) -> dict[str, int | str]:
    if sort == "closeness":
        close, at, last = decode_cursor(after, int, int, int) if after else (2**31 - 1, FAR, FAR)
        return {"after_close": close, "after_at": at, "after_id": last}
    first = (-1, 0) if sort == "oldest" else (FAR, FAR)
    at, last = decode_cursor(after, int, int) if after else first
    return {"after_at": at, "after_id": last}


def _next(sort: Sort, last: Row) -> str:
    if sort == "closeness":
        return encode_cursor(last.closeness, last.at, last.id)
    return encode_cursor(last.at, last.id)


def preview(tx: Transaction, me: int, invitation: int, rules: Rules) -> Preview:
    """One invitation with all that helps to decide about it."""
    row = find_for(tx, me, invitation, "received", "archive")
    shown = wired(tx, [row], rules)[0]
    if row.box == "archive":
        return Preview(
            invitation=shown,
            profile=None,
            mutuals=[],
            mutual_total=0,
            organisations=[],
            schools=[],
        )
    profile = _profile(tx, me, row.other_id)
    shared = mutuals_with(tx, me, row.other_id, SHOWN_MUTUALS) if profile else []
    found = backgrounds(tx, [row.other_id]) if profile else {}
    common = (
        in_common(own_background(tx, me), found[row.other_id]) if row.other_id in found else None
    )
    return Preview(
        invitation=shown,
        profile=profile,
        mutuals=[str(one) for one in shared],
        mutual_total=near(tx, me, [row.other_id]).get(row.other_id, 0) if profile else 0,
        organisations=common.organisations if common else [],
        schools=common.schools if common else [],
    )


def _profile(tx: Transaction, me: int, other: int) -> Profile | None:
    try:
        return profile_of(tx, me, other)
    except Refusal:
        return None  # who asks has left, or is blocked by now


# -- as the wire has it --------------------------------------------------------------------------


def wired(tx: Transaction, rows: Sequence[Row], rules: Rules) -> list[Invitation]:
    """Rows as their member sees them, with what is known of their words."""
    shared = shared_words(tx, rows)
    return [invitation_of(row, rules, shared.get(row.id)) for row in rows]


def shared_words(tx: Transaction, rows: Sequence[Row]) -> dict[int, Shared]:
    """How many members were sent almost the same words as each of these rows."""
    shaped = [row for row in rows if row.shape_id is not None]
    if not shaped:
        return {}
    shapes = sorted({row.shape_id for row in shaped})
    senders = sorted({row.other_id for row in shaped})
    everybody = {row.shape_id: row for row in tx.all(word_queries.COUNT_USES, ids=shapes)}
    own = {
        (row.shape_id, row.sender_id): row.members
        for row in tx.all(word_queries.COUNT_OWN_USES, ids=shapes, senders=senders)
    }
    return {
        row.id: Shared(
            everybody[row.shape_id].members,
            everybody[row.shape_id].senders,
            own.get((row.shape_id, row.other_id), 0),
        )
        for row in shaped
        if row.shape_id in everybody
    }


def invitation_of(row: Row, rules: Rules, shared: Shared | None = None) -> Invitation:
    """A row as its member sees it. A sender is told nothing of what the receiver knows."""
    return Invitation(
        id=str(row.id),
        box=row.box,
        person_id=str(row.other_id),
        reason=row.reason,
        note=row.note,
        at=row.at,
        expires_at=0 if row.box == "archive" else row.at + rules.days * DAY,
        about=None if row.box == "sent" else _about(row, shared),
    )


def _about(row: Row, shared: Shared | None) -> About:
    alike: int = row.alike
    by: Literal["sender", "others"] | None = None
    if shared is not None and shared.own >= FROM_ONE_SENDER and shared.own >= shared.members:
        alike, by = shared.own, "sender"
    elif shared is not None and shared.members >= FROM_ANYBODY:
        alike, by = shared.members, "others"
    elif shared is not None and shared.own >= FROM_ONE_SENDER:
        alike, by = shared.own, "sender"
    elif row.box == "archive" and row.alike:
        by = "others"
    return About(
        source="archive" if row.box == "archive" else "member",
        wrote=WROTE[row.wrote],
        alike=alike,
        by=by,
        mutuals=row.mutuals,
        same=[name for flag, name in _SAME if row.same & flag],
        marks=[name for flag, name in _MARKS if row.marks & flag],
        closeness=row.closeness,
        state=STATES[row.state],
        replied_at=row.replied_at,
        held=row.held,
    )
