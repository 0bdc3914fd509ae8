"""What a client holds of the bell, and how events change it: pure, and the same in the browser."""

import msgspec

from entregent.kit.events import Event

from .events import NoticesRead, NoticesSeen, NoticeTaken, NoticeTold
from .model import Notice


class State(msgspec.Struct, kw_only=True):
    """The count of the bell, and the notices behind it, newest first."""

    bell: int = 0
    notices: list[Notice] = []


def apply(state: State, event: Event) -> State:
    """The state after an event."""
    match event:
        case NoticeTold():
            others = [one for one in state.notices if one.id != event.notice.id]
            return State(
                bell=event.bell,
                notices=sorted([event.notice, *others], key=_newest, reverse=True),
            )
        case NoticeTaken():
            left = [one for one in state.notices if one.id != event.id]
            return State(bell=event.bell, notices=left)
        case NoticesSeen():
            return State(
                bell=event.bell,
                notices=[
                    msgspec.structs.replace(one, seen=one.seen or one.at <= event.upto)
                    for one in state.notices
                ],
            )
        case NoticesRead():
            ids = None if event.ids is None else set(event.ids)
            return State(
                bell=event.bell,
                notices=[
                    msgspec.structs.replace(one, read=event.read, seen=one.seen or event.read)
                    if ids is None or one.id in ids
                    else one
                    for one in state.notices
                ],
            )
    return state


def _newest(notice: Notice) -> tuple[int, int]:
    return notice.at, int(notice.id)
