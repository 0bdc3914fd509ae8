"""What a client holds of messaging, and how events change it: pure, and the same in the browser.

`tests/triples` holds what both must agree on.
"""

from collections.abc import Sequence

import msgspec

from entregent.kit.events import Event

from .desk import Desk, counted
from .events import (
    BulkProgressed,
    ConversationChanged,
    ConversationRemoved,
    DeskChanged,
    MessageChanged,
    MessageHidden,
    MessageSent,
    ScheduledChanged,
    ScheduledRemoved,
)
from .model import Counts, Message, Row


class State(msgspec.Struct, kw_only=True):
    """The counts and what they are sorted by, the rows by conversation, and the messages of the
    conversations that are open."""

    counts: Counts = msgspec.field(default_factory=Counts)
    desk: Desk = msgspec.field(default_factory=Desk)
    rows: dict[str, Row] = {}
    messages: dict[str, list[Message]] = {}


def apply(state: State, event: Event) -> State:
    """The state after an event. `InboxRefreshed` changes nothing here: the client loads anew."""
    match event:
        case MessageSent():
            return State(
                counts=added(state.counts, event.delta),
                desk=counted(state.desk, event.delta),
                rows={**state.rows, event.row.id: event.row},
                messages=_said(state.messages, event.message),
            )
        case ConversationChanged():
            return State(
                counts=added(state.counts, event.delta),
                desk=counted(state.desk, event.delta),
                rows={**state.rows, event.row.id: event.row},
                messages=state.messages,
            )
        case ConversationRemoved():
            return State(
                counts=added(state.counts, event.delta),
                desk=counted(state.desk, event.delta),
                rows={key: row for key, row in state.rows.items() if key != event.id},
                messages={key: said for key, said in state.messages.items() if key != event.id},
            )
        case MessageChanged():
            return msgspec.structs.replace(state, messages=_changed(state.messages, event.message))
        case MessageHidden():
            opened = state.messages.get(event.conversation_id)
            if opened is not None:
                left = [one for one in opened if one.seq != event.seq]
                return msgspec.structs.replace(
                    state, messages={**state.messages, event.conversation_id: left}
                )
        case BulkProgressed():
            return msgspec.structs.replace(
                state,
                counts=added(state.counts, event.delta),
                desk=counted(state.desk, event.delta),
            )
        case ScheduledChanged() | ScheduledRemoved():
            return msgspec.structs.replace(state, counts=added(state.counts, event.delta))
        case DeskChanged():
            return msgspec.structs.replace(state, desk=event.desk)
    return state


def added(counts: Counts, delta: dict[str, int]) -> Counts:
    """Counts with what they change by."""
    return msgspec.structs.replace(
        counts,
        **{name: getattr(counts, name) + by for name, by in delta.items() if "." not in name},
    )


def _said(opened: dict[str, list[Message]], message: Message) -> dict[str, list[Message]]:
    thread: Sequence[Message] | None = opened.get(message.conversation_id)
    if thread is None:  # a thread that was never opened is read whole when it is
        return opened
    others = [one for one in thread if one.seq != message.seq]
    return {
        **opened,
        message.conversation_id: sorted([*others, message], key=lambda one: one.seq),
    }


def _changed(opened: dict[str, list[Message]], message: Message) -> dict[str, list[Message]]:
    """What is not shown is not added: it comes as it is now when it is read."""
    thread = opened.get(message.conversation_id)
    if thread is None:
        return opened
    changed = [message if one.seq == message.seq else one for one in thread]
    return {**opened, message.conversation_id: changed}
