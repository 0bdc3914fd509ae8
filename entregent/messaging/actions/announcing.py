"""Telling members of what they did not see happen: by the bell, and by their devices.

Messages do not fill the bell: a device is told of them, once for each conversation, unless it was
read meanwhile.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from typing import Any

from entregent.kit.text import snippet
from entregent.network import hidden_among
from entregent.notifications import (
    Detail,
    Pushed,
    Tell,
    Thing,
    language_of,
    push,
    take_back,
    tell,
    tell_later,
)
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import card

from ..jobnames import PushMessage
from ..markup import plain
from ..model import INBOX, MUTED, NOTIFY, Message
from ..queries import rows as queries
from ..reading import faces

PUSH_AFTER_MS = 4_000  # who reads it at once in an open page need not be told
MENTIONS = NOTIFY.index("mentions")


def announce(
    tx: Transaction,
    delivered: Sequence[Any],
    of: Mapping[int, Message],
    listening: Container[int],
    mentions: Callable[[Message, int], int] | None,
) -> None:
    """Tells of what was just delivered, in a constant number of statements: by the bell, and by
    the devices of those who are `listening`.
    """
    news = [
        row
        for row in delivered
        if row.unread
        and row.view == INBOX
        and row.notify != MUTED
        and of[row.conversation_id].kind == "text"
    ]
    if not news:
        return
    if mentions is not None:
        tell_later(
            tx,
            [
                _mention(row, of[row.conversation_id])
                for row in news
                if mentions(of[row.conversation_id], row.member_id)
            ],
        )
    for row in news:
        if row.member_id in listening and (row.notify != MENTIONS or row.mentioned):
            enqueue(
                tx,
                PushMessage(
                    member_id=str(row.member_id),
                    conversation_id=str(row.conversation_id),
                    seq=row.last_seq,
                ),
                owner=row.member_id,
                key=str(row.conversation_id),
                at=tx.now + PUSH_AFTER_MS,
            )


def push_message(tx: Transaction, me: int, key: int, seq: int) -> bool:
    """Has a member's devices told of a conversation, unless it was read, moved or muted since."""
    row = tx.first(queries.ONE_ROW, member_id=me, conversation_id=key)
    if row is None or not row.unread or row.read_seq >= seq or row.view != INBOX:
        return False
    if row.notify == MUTED or (row.notify == MENTIONS and not row.mentioned):
        return False
    name = card(tx, me, row.last_author_id).name if row.last_author_id else ""
    return push(
        tx,
        me,
        "mention" if row.mentioned else "message",
        Pushed(
            title=f"{name} · {row.title}" if row.kind == "group" and row.title else name,
            body=row.snippet,
            tag=f"conversation:{key}",
            url=f"/messages/{key}",
            at=row.last_at,
            language=language_of(tx, me),
        ),
    )


def _mention(row: Any, message: Message) -> Tell:
    return Tell(
        to=row.member_id,
        kind="mention",
        topic=message.conversation_id,
        thing=Thing(kind="message", id=message.conversation_id, seq=message.seq),
        person_id=int(message.author_id or 0),
        detail=Detail(text=snippet(plain(message.text))),
    )


def tell_reaction(tx: Transaction, me: int, message: Any, emoji: str) -> None:
    """The author is told who reacted, unless the two do not see each other."""
    author = message.author_id
    row = author and tx.first(
        queries.ONE_ROW, member_id=author, conversation_id=message.conversation_id
    )
    if not row or author == me or hidden_among(tx, author, [me]):
        return
    tell(
        tx,
        Tell(
            to=author,
            kind="reaction",
            topic=f"{message.conversation_id}:{message.seq}",
            thing=Thing(kind="message", id=str(message.conversation_id), seq=message.seq),
            person_id=me,
            detail=Detail(text=snippet(plain(message.text)), emoji=emoji),
        ),
    )


def take_reaction_back(tx: Transaction, me: int, message: Any) -> None:
    """No emoji of mine is left under a message."""
    if message.author_id and message.author_id != me:
        topic = f"{message.conversation_id}:{message.seq}"
        take_back(tx, message.author_id, "reaction", topic, me)


def tell_group(
    tx: Transaction, me: int, key: int, what: str, title: str | None, people: Iterable[int]
) -> None:
    """Tells people what somebody did to a group that they are, or were, in."""
    tell_later(
        tx,
        [
            Tell(
                to=one,
                kind="group",
                topic=f"{key}:{what}",
                thing=Thing(kind="conversation", id=str(key)),
                person_id=me,
                detail=Detail(text=title or "", what=what),
            )
            for one in people
        ],
    )


def tell_returned(tx: Transaction, me: int, rows: Iterable[Any], why: str) -> None:
    """Conversations are back: a snooze is over, or nobody has answered."""
    news = []
    for row in rows:
        direct = row.kind == "direct"
        people = [int(one) for one in faces(row.people)] if direct else []
        news.append(
            Tell(
                to=me,
                kind="returned",
                topic=str(row.conversation_id),
                thing=Thing(kind="conversation", id=str(row.conversation_id)),
                person_id=people[0] if people else None,
                detail=Detail(text=row.title or "", what=why),
            )
        )
    tell_later(tx, news)
