"""What marks do to a conversation in a mailbox, and how that is undone: pure."""

import json
from collections.abc import Callable, Mapping
from typing import Any, Literal, NamedTuple, get_args

import msgspec

from entregent.kit.errors import Refusal
from entregent.kit.ids import Id

from .model import (
    ARCHIVED,
    DELETED,
    INBOX,
    MUTED,
    NOTIFY,
    PROMOTIONS,
    REQUESTS,
    SNOOZED,
    SPAM,
    Mark,
)

# The columns that marks change.
HANDLED = (
    "view",
    "box_id",
    "placed",
    "sort_at",
    "unread",
    "read_seq",
    "starred",
    "word",
    "mentioned",
    "notify",
    "snoozed_until",
    "remind_at",
    "returned",
    "labels",
    "cleared_seq",
    "draft",
    "drafted",
)
MARKS: tuple[Mark, ...] = get_args(Mark)
# What is put away by these, or read, was seen; a reminder is for what nobody has answered.
NEEDS_SEEN = frozenset({"archived", "spam", "snooze", "delete", "box", "remind", "route", "read"})
LONGEST = 5 * 366 * 86_400_000  # how far off a moment may lie
MOST_LABELS = 20  # of one conversation
Values = dict[str, Any]


class Route(msgspec.Struct, kw_only=True, omit_defaults=True):
    """Where a rule has conversations go: a mailbox ("0" is the personal one), a label, or both.
    In a bulk, how many of its parts that is about."""

    box: Id | None = None
    label: Id | None = None
    parts: int = 0


class Act(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A mark, and what it says: until when, which label, which mailbox (none is the personal)."""

    mark: Mark | Literal["route"]
    until: int | None = None
    label: Id | None = None
    box: Id | None = None
    by: Literal["hand", "desk"] = "hand"  # the desk moves without choosing for the member
    routes: list[Route] = []

    def of_part(self, part: int) -> "Act":
        """What is done to one part of a bulk: of what rules say, each part is about one rule."""
        for route in self.routes:
            if part < route.parts:
                return Act(mark="route", routes=[route])
            part -= route.parts
        return self

    def check(self, now: int) -> None:
        """Refuses what lacks its moment or its label."""
        if self.mark in ("snooze", "remind") and not now < (self.until or 0) <= now + LONGEST:
            raise Refusal("messaging.moment_must_come", field="until")
        if self.mark in ("label", "unlabel") and self.label is None:
            raise Refusal("messaging.no_such_label", status=404, field="label")


class Seen(NamedTuple):
    """How far a member had seen who marks: up to which message by conversation, and of those that
    are not named, up to when. Nothing said is everything seen."""

    seqs: Mapping[int, int] = {}
    at: int | None = None

    def newer(self, row: Any) -> bool:
        """Whether another has said something since."""
        # Who wrote the last word elsewhere saw there what came before it.
        if row.last_author_id == row.member_id:
            return False
        seq = self.seqs.get(row.conversation_id)
        if seq is not None:
            return bool(row.last_seq > seq)
        return self.at is not None and row.last_at > self.at


def changes_unseen(act: Act, row: Any, seen: Seen) -> Values:
    """What a mark on what needs to be seen changes where there is more: it is read that far."""
    seq = seen.seqs.get(row.conversation_id, 0)
    return {"read_seq": seq} if act.mark == "read" and seq > row.read_seq else {}


ALL_SEEN = Seen()


def changes(act: Act, row: Any) -> Values:
    """What a mark changes of a mailbox row: the columns that become another."""
    wanted = _DO[act.mark](act, row)
    return {name: value for name, value in wanted.items() if getattr(row, name) != value}


def _read(_: Act, row: Any) -> Values:
    return {"unread": 0, "mentioned": 0, "returned": 0, "read_seq": row.last_seq}


def _sets(**values: int | None) -> Callable[[Act, Any], Values]:
    return lambda *_: values


def _goes(view: int) -> Callable[[Act, Any], Values]:
    def go(_: Act, row: Any) -> Values:
        if row.view == view:
            return {}
        return {"view": view, "snoozed_until": None, "returned": 0}

    return go


def _snooze(act: Act, row: Any) -> Values:
    # Who asks to be let in, or is nobody to wait for, does not come to the inbox by itself.
    if row.view in (REQUESTS, SPAM, PROMOTIONS):
        return {}
    return {"view": SNOOZED, "snoozed_until": act.until, "returned": 0}


def _unsnooze(act: Act, row: Any) -> Values:
    return _goes(INBOX)(act, row) if row.view == SNOOZED else {}


def _label(act: Act, row: Any) -> Values:
    labels = labels_in(row.labels)
    if act.label in labels or len(labels) >= MOST_LABELS:
        return {}
    return {"labels": _kept([*labels, str(act.label)])}


def _unlabel(act: Act, row: Any) -> Values:
    return {"labels": _kept([one for one in labels_in(row.labels) if one != act.label])}


def _box(act: Act, row: Any) -> Values:
    box = int(act.box or 0)
    if box == row.box_id:
        return {}
    return {"box_id": box, "placed": row.placed if act.by == "desk" else 1}


def _route(act: Act, row: Any) -> Values:
    """What the member has put somewhere by hand stays there."""
    found: Values = {}
    (route,) = act.routes
    if route.box is not None and not row.placed:
        found["box_id"] = int(route.box)
    if route.label is not None:
        found |= _label(Act(mark="label", label=route.label), row)
    return found


def _delete(_: Act, row: Any) -> Values:
    return {
        "view": row.view + DELETED - 1 if row.view in (REQUESTS, SPAM, PROMOTIONS) else DELETED,
        "cleared_seq": row.last_seq,
        "read_seq": row.last_seq,
        "draft": None,
        "snoozed_until": None,
        "remind_at": None,
        **dict.fromkeys(("unread", "mentioned", "returned", "starred", "word", "drafted"), 0),
    }


_DO: dict[str, Callable[[Act, Any], Values]] = {
    "read": _read,
    "unread": _sets(unread=1),
    "archived": _goes(ARCHIVED),
    "inbox": _goes(INBOX),
    "spam": _goes(SPAM),
    "star": _sets(starred=1),
    "unstar": _sets(starred=0),
    "snooze": _snooze,
    "unsnooze": _unsnooze,
    "mute": _sets(notify=MUTED),
    "unmute": _sets(notify=NOTIFY.index("all")),
    "mentions": _sets(notify=NOTIFY.index("mentions")),
    "label": _label,
    "unlabel": _unlabel,
    "box": _box,
    "route": _route,
    "delete": _delete,
    "remind": lambda act, _: {"remind_at": act.until},
    "unremind": _sets(remind_at=None),
}


class Before(msgspec.Struct, array_like=True):
    """How a conversation was before a mark, and what the mark made of it; only what changed."""

    id: int
    last_seq: int
    was: Values
    became: Values


def before(row: Any, changed: Values) -> Before:
    """What is kept of a row for undoing its change."""
    was = {name: getattr(row, name) for name in changed}
    return Before(row.conversation_id, row.last_seq, was, changed)


def restored(kept: Before, row: Any) -> Values:
    """What undoing changes of a row: it becomes as it was, except for what came between.

    What was changed again since stays so, and a new message stays new, in the place it came to.
    """
    values: Values = {}
    for name, was in kept.was.items():
        now = getattr(row, name)
        if name == "labels":
            values[name] = _labels_restored(kept, now)
        elif now == kept.became[name]:
            values[name] = was
    if row.last_seq > kept.last_seq:
        for name in ("mentioned", "word", "sort_at", "returned", "snoozed_until", "remind_at"):
            values.pop(name, None)
        if values.get("unread") == 0:
            del values["unread"]
        if row.view == INBOX:
            values.pop("view", None)
    if values.get("view", row.view) != SNOOZED:
        values["snoozed_until"] = None
    return {name: value for name, value in values.items() if getattr(row, name) != value}


def _labels_restored(kept: Before, now: str | None) -> str | None:
    was, became = (labels_in(some["labels"]) for some in (kept.was, kept.became))
    left = [one for one in labels_in(now) if one in was or one not in became]
    return _kept([*left, *(one for one in was if one not in became and one not in left)])


def labels_in(text: str | None) -> list[str]:
    """The ids of a row's labels as the mailbox keeps them."""
    found: list[str] = json.loads(text) if text else []
    return found


def _kept(labels: list[str]) -> str | None:
    return json.dumps(labels) if labels else None
