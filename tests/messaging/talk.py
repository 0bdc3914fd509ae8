"""What the tests of messaging say and look at."""

from collections import Counter
from collections.abc import Iterable
from itertools import count
from typing import Any

import msgspec

from entregent.kit.events import Event
from entregent.live import missed_since
from entregent.messaging import (
    Begin,
    Counts,
    Send,
    begin_conversation,
    counts_and_desk,
    send_messages,
)
from entregent.messaging.events import (
    BulkProgressed,
    ConversationChanged,
    ConversationRemoved,
    DeskChanged,
    InboxRefreshed,
    MessageChanged,
    MessageHidden,
    MessageSent,
    ScheduledChanged,
    ScheduledRemoved,
)
from entregent.messaging.lists import ids
from entregent.messaging.model import Message, Row
from entregent.messaging.reading import find_for, row_of, some_rows, thread
from entregent.messaging.state import State
from entregent.ports.db import Transaction
from tests.world import World

MOST = 8_000
KINDS: list[type[Event]] = [
    MessageSent,
    MessageChanged,
    MessageHidden,
    ConversationChanged,
    ConversationRemoved,
    DeskChanged,
    BulkProgressed,
    InboxRefreshed,
    ScheduledChanged,
    ScheduledRemoved,
]
_numbers = count(1)


def a_send(
    author: int, key: int, text: str = "Hello", client_id: str = "", most: int = MOST
) -> Send:
    return Send(author, key, client_id or f"client-{next(_numbers):06}", text, most)


def say(world: World, author: int, key: int, text: str = "Hello", client_id: str = "") -> Message:
    """Sends one message, as the only one of its commit."""
    batched: Any = send_messages
    sent: Message = world.do(batched, a_send(author, key, text, client_id))
    return sent


def say_all(world: World, *sends: Send) -> list[Any]:
    """Sends messages that waited for the same commit: for each the message or the refusal."""
    return world.do(send_messages_of, sends)


def send_messages_of(tx: Transaction, sends: Iterable[Send]) -> list[Any]:
    return list(send_messages(tx, list(sends)))


def begin(world: World, me: int, *others: int, title: str | None = None) -> int:
    """A conversation in which nothing is said yet."""
    return int(world.do(begin_conversation, Begin(me, list(others), title, 50)).id)


def row(world: World, member: int, key: int) -> Row:
    """A conversation as it stands in a member's mailbox."""
    return world.see(_row, member, key)


def _row(tx: Transaction, member: int, key: int) -> Row:
    return row_of(find_for(tx, member, key))


def everything(tx: Transaction, member: int) -> State:
    """A member's fresh state, read from the tables, with every thread opened."""
    keys = ids(tx, member, "all")
    rows = {row.id: row for row in some_rows(tx, member, keys)}
    opened = {str(key): thread(tx, member, key, limit=10_000).messages for key in keys}
    counts, desk = counts_and_desk(tx, member)
    return State(counts=counts, desk=desk, rows=rows, messages=opened)


def recount(rows: Iterable[Row]) -> Counts:
    """The counts that follow from the rows, counted one by one."""
    found: Counter[str] = Counter()
    for one in rows:
        boxed = one.view == "inbox" and one.box is not None
        found[one.view] += not boxed
        found["all"] += 1
        found["unread"] += one.unread and one.view == "inbox" and not boxed
        found["drafts"] += one.draft is not None
        found["starred"] += one.starred
        if one.awaiting:
            found[f"awaiting_{one.awaiting}"] += 1
    return Counts(**found)


_BY_TAG = {str(kind.__struct_config__.tag): kind for kind in KINDS}


def events_after(tx: Transaction, member: int, after: int) -> list[Event]:
    """What a member's log tells of messaging after a number."""
    found = []
    for _, text in missed_since(tx, member, after).events:
        kind = _BY_TAG.get(msgspec.json.decode(text)["type"])
        if kind is not None:
            found.append(msgspec.json.decode(text, type=kind))
    return found
