"""The lists of a mailbox: which there are, their pages and their counts."""

import heapq
import re
from collections import Counter
from collections.abc import Iterable
from typing import Any, Literal, NamedTuple, get_args

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.paging import decode_cursor, encode_cursor
from entregent.kit.people import WithPeople
from entregent.ports.db import Transaction

from .desk import Box, Desk, Filter, Label, SavedFilter
from .matching import Asked
from .model import INBOX, VIEWS, Counts, Row, awaiting
from .queries import desk, scheduled
from .queries import lists as queries
from .reading import people_of, row_of

AnyView = Literal[
    "inbox",
    "unread",
    "awaiting_me",
    "awaiting_them",
    "snoozed",
    "starred",
    "archived",
    "requests",
    "spam",
    "promotions",
    "drafts",
    "all",
]
FAR_FUTURE = 2**62
DAY = 86_400_000
_NAMED = re.compile(r"(label|box|filter):([1-9][0-9]{0,18})")


class Inbox(WithPeople):
    """A page of a view; `total` is exact."""

    rows: list[Row]
    next: str | None
    total: int

    def people(self) -> Iterable[int]:
        return people_of(self.rows)


class Place(NamedTuple):
    """A view by its name, or a label, mailbox or filter by its id."""

    kind: str
    id: int = 0


def place_of(view: str) -> Place:
    """What a view's name in a request means."""
    if view in get_args(AnyView):
        return Place(view)
    named = _NAMED.fullmatch(view)
    if named is None:
        raise Refusal("messaging.no_such_view", status=404, field="view")
    return Place(named[1], int(named[2]))


def counts(tx: Transaction, me: int) -> Counts:
    """How many conversations stand in each of my views."""
    return _numbers(tx, me)[0]


def counts_and_desk(tx: Transaction, me: int) -> tuple[Counts, Desk]:
    """All numbers, and what I sort by with its numbers."""
    numbers, in_boxes, unread = _numbers(tx, me)
    return numbers, _desk(tx, me, in_boxes, unread)


def _numbers(tx: Transaction, me: int) -> tuple[Counts, dict[int, int], dict[int, int]]:
    """The counts, and by mailbox what is in an inbox and unread there."""
    views: dict[str, int] = dict.fromkeys(VIEWS, 0)
    in_boxes: dict[int, int] = {}
    everything = 0
    for row in tx.all(queries.COUNT_VIEWS, member_id=me):
        everything += row.n
        if row.view == INBOX:
            in_boxes[row.box_id] = row.n
        else:
            views[VIEWS[row.view]] += row.n
    views["inbox"] = in_boxes.get(0, 0)
    unread = {row.box_id: row.n for row in tx.all(queries.COUNT_UNREAD, member_id=me)}
    (others,) = tx.all(queries.COUNT_OTHERS, member_id=me)
    numbers = Counts(
        **views,
        **others._asdict(),
        unread=unread.get(0, 0),
        all=everything,
        scheduled=tx.value(scheduled.COUNT, me=me),
    )
    return numbers, in_boxes, unread


def _desk(tx: Transaction, me: int, in_boxes: dict[int, int], unread: dict[int, int]) -> Desk:
    labels = tx.all(desk.EVERY["labels"], owner_id=me)
    ids = [label.id for label in labels]
    found = tx.all(queries.COUNT_LABELS, member_id=me, ids=ids) if ids else []
    labelled = {row.label_id: row.n for row in found}
    return Desk(
        labels=[
            Label(
                id=str(one.id),
                name=one.name,
                color=one.color,
                position=one.position,
                count=labelled.get(one.id, 0),
            )
            for one in labels
        ],
        boxes=[
            Box(
                id=str(one.id),
                name=one.name,
                position=one.position,
                count=in_boxes.get(one.id, 0),
                unread=unread.get(one.id, 0),
            )
            for one in tx.all(desk.EVERY["boxes"], owner_id=me)
        ],
        filters=[
            SavedFilter(
                id=str(one.id),
                name=one.name,
                filter=msgspec.json.decode(one.filter, type=Filter),
                position=one.position,
            )
            for one in tx.all(desk.EVERY["filters"], owner_id=me)
        ],
    )


class UnreadMessages(msgspec.Struct):
    """How many messages are unread in each view that has any, mailboxes as `box.<id>`: what stands
    behind the counts, which are of conversations."""

    views: dict[str, int]


def unread_messages(tx: Transaction, me: int) -> UnreadMessages:
    """How many messages wait behind the counts."""
    found: Counter[str] = Counter()
    for row in tx.all(queries.UNREAD_MESSAGES, member_id=me):
        here = row.view == INBOX
        place = f"box.{row.box_id}" if here and row.box_id else VIEWS[row.view]
        whose = awaiting(row.view, row.word, row.writable)
        names = [place, "all"]
        if here and not row.box_id:
            names.append("unread")
        if row.starred:
            names.append("starred")
        if whose:
            names.append(f"awaiting_{whose}")
        for name in names:
            found[name] += max(int(row.n), 0)
    return UnreadMessages({name: n for name, n in found.items() if n})


def total(tx: Transaction, me: int, view: str) -> int:
    """How many conversations a view holds."""
    place = place_of(view)
    if place.kind == "filter":
        return _asked(tx, me, place.id).count()
    if place.kind == "label":
        found = tx.first(queries.COUNT_LABELS, member_id=me, ids=[place.id])
        return found.n if found else 0
    if place.kind == "box":
        rows = tx.all(queries.COUNT_VIEWS, member_id=me)
        return sum(row.n for row in rows if (row.view, row.box_id) == (INBOX, place.id))
    number: int = getattr(counts(tx, me), place.kind)
    return number


def page(
    tx: Transaction, me: int, view: str, after: str | None, limit: int
) -> tuple[list[Row], str | None]:
    """A page of a view, newest first, and the cursor of the next."""
    at, key = FAR_FUTURE, FAR_FUTURE
    if after is not None:
        at, key = (int(part) for part in decode_cursor(after, int, int))
    place = place_of(view)
    if place.kind == "filter":
        found = _asked(tx, me, place.id).page(at, key, limit + 1)
    else:
        asked = {"member_id": me, "at": at, "key": key, "limit": limit + 1}
        lists = _lists(tx, me, place)
        found = [row for kind, more in lists for row in tx.all(queries.PAGE[kind], **asked, **more)]
        if len(lists) > 1:
            found.sort(key=lambda row: (row.sort_at, row.conversation_id), reverse=True)
    rows = found[:limit]
    following = (
        encode_cursor(rows[-1].sort_at, rows[-1].conversation_id) if len(found) > limit else None
    )
    return [row_of(row) for row in rows], following


def ids(tx: Transaction, me: int, view: str) -> list[int]:
    """All conversation ids of a view, newest first."""
    place = place_of(view)
    if place.kind == "filter":
        return _asked(tx, me, place.id).ids()
    lists = [
        tx.all(queries.IDS[kind], member_id=me, **more) for kind, more in _lists(tx, me, place)
    ]
    if len(lists) == 1:
        return [key for _, key in lists[0]]
    return [key for _, key in heapq.merge(*lists, reverse=True)]


def counts_of_filters(tx: Transaction, me: int) -> dict[str, int]:
    """How many conversations each of my saved filters matches now."""
    return {
        str(one.id): Asked(tx, me, msgspec.json.decode(one.filter, type=Filter)).count()
        for one in tx.all(desk.EVERY["filters"], owner_id=me)
    }


def matching(tx: Transaction, me: int, wanted: Filter) -> int:
    """How many conversations a filter matches."""
    return Asked(tx, me, wanted).count()


def chosen(tx: Transaction, me: int, view: str, wanted: Filter | None) -> list[int]:
    """All conversations of a view that also match a filter."""
    found = ids(tx, me, view)
    if wanted is None:
        return found
    fitting = set(Asked(tx, me, wanted).ids())
    return [one for one in found if one in fitting]


def _asked(tx: Transaction, me: int, key: int) -> Asked:
    saved = tx.first(desk.ONE["filters"], owner_id=me, key=key)
    if saved is None:
        raise Refusal("messaging.no_such_filter", status=404, field="view")
    return Asked(tx, me, msgspec.json.decode(saved.filter, type=Filter))


def _lists(tx: Transaction, me: int, place: Place) -> list[tuple[str, dict[str, Any]]]:
    """The indexed lists that make up a view: most views hold what is in any mailbox."""
    match place.kind:
        case "label":
            return [("label", {"label": place.id})]
        case "box":
            return [("view", {"view": INBOX, "box": place.id})]
        case "inbox":
            return [("view", {"view": INBOX, "box": 0})]
        case "unread":
            return [("unread", {"box": 0})]
        case kind if kind in queries.PAGE:
            return [(kind, {})]
    views = [n for n, view in enumerate(VIEWS) if place.kind in (view, "all")]
    boxes = [0, *(row.id for row in tx.all(queries.EVERY_BOX, member_id=me, since=tx.now - DAY))]
    return [("view", {"view": view, "box": box}) for view in views for box in boxes]
