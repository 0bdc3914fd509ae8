"""What a member sorts conversations by: labels, mailboxes, saved filters. Pure, and wire types."""

from typing import Annotated, Literal

import msgspec

from entregent.kit.ids import Id

from .model import Mark, View

Name = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]
Kind = Literal["labels", "boxes", "filters"]
Color = Annotated[int, msgspec.Meta(ge=0, le=11)]
Moment = Annotated[int, msgspec.Meta(ge=0, le=8_640_000_000_000_000)]
ShortText = Annotated[str, msgspec.Meta(max_length=200)]
SomeIds = Annotated[list[Id], msgspec.Meta(max_length=20)]


class Label(msgspec.Struct, kw_only=True):
    """A label; `count` is its conversations in an inbox."""

    id: Id
    name: str
    color: int
    position: int
    count: int


class Box(msgspec.Struct, kw_only=True):
    """A mailbox beside the personal one, with its conversations and the unread ones of them."""

    id: Id
    name: str
    position: int
    count: int
    unread: int


class Filter(msgspec.Struct, kw_only=True, omit_defaults=True, forbid_unknown_fields=True):
    """What conversations must all have; nothing said is everything that is not deleted.

    Box "0" is the personal mailbox. `since` and `until` go by the last message.
    """

    view: View | Literal["all"] | None = None
    box: Id | None = None
    labels: SomeIds | None = None
    unread: bool | None = None
    starred: bool | None = None
    awaiting: Literal["me", "them"] | None = None
    has_attachment: bool | None = None
    since: Moment | None = None
    until: Moment | None = None
    text: ShortText | None = None
    tags: Annotated[list[ShortText], msgspec.Meta(max_length=20)] | None = None
    organisation: ShortText | None = None
    degree: Literal[1, 2, 3] | None = None
    stranger: bool | None = None  # nobody in it is a connection of mine


class SavedFilter(msgspec.Struct, kw_only=True):
    """A filter saved as a view. `count` is null until it is asked for: `/api/filters/counts`."""

    id: Id
    name: str
    filter: Filter
    position: int
    count: int | None = None


class Desk(msgspec.Struct, kw_only=True):
    """All of it, in order."""

    labels: list[Label] = []
    boxes: list[Box] = []
    filters: list[SavedFilter] = []


class Bulk(msgspec.Struct, kw_only=True):
    """Something that is done to many conversations; while it is undone, `done` goes down."""

    id: Id
    mark: Mark | Literal["route"]
    done: int
    total: int
    state: Literal["running", "done", "stopped", "undone"]


def counted(desk: Desk, delta: dict[str, int]) -> Desk:
    """A desk with what its counts change by."""
    if not any("." in name for name in delta):
        return desk
    return Desk(
        labels=[
            msgspec.structs.replace(one, count=one.count + delta.get(f"label.{one.id}", 0))
            for one in desk.labels
        ],
        boxes=[
            msgspec.structs.replace(
                one,
                count=one.count + delta.get(f"box.{one.id}", 0),
                unread=one.unread + delta.get(f"box.{one.id}.unread", 0),
            )
            for one in desk.boxes
        ],
        filters=desk.filters,
    )
