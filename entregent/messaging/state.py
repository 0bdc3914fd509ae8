"""What a client holds of messaging, and how events change it: pure, and the same in the browser.

`tests/triples` holds what both must agree on.
"""

from collections.abc import Sequence

import msgspec

from entregent.kit.events import Event

from .events import ConversationChanged, ConversationRemoved, MessageSent
from .model import Counts, Message, Row


class State(msgspec.Struct, kw_only=True):
    """The counts, the rows by conversation, and the messages of the conversations that are open."""

    counts: Counts = msgspec.field(default_factory=Counts)
    rows: dict[str, Row] = {}
    messages: dict[str, list[Message]] = {}


def apply(state: State, event: Event) -> State:
    """The state after an event. `InboxRefreshed` changes nothing here: the client loads anew."""
    match event:
        case MessageSent():
            return State(
                counts=added(state.counts, event.delta),
                rows={**state.rows, event.row.id: event.row},
                messages=_said(state.messages, event.message),
            )
        case ConversationChanged():
            return State(
                counts=added(state.counts, event.delta),
                rows={**state.rows, event.row.id: event.row},
                messages=state.messages,
            )
        case ConversationRemoved():
            return State(
                counts=added(state.counts, event.delta),
                rows={key: row for key, row in state.rows.items() if key != event.id},
                messages={key: said for key, said in state.messages.items() if key != event.id},
            )
    return state


def added(counts: Counts, delta: dict[str, int]) -> Counts:
    """Counts with what they change by."""
    return msgspec.structs.replace(
        counts, **{name: getattr(counts, name) + by for name, by in delta.items()}
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
