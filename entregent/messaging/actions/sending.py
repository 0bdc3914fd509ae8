"""Sending: all messages that wait for the same commit, in a constant number of statements."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction, batched

from ..events import MessageSent
from ..model import Message, checked_text
from ..queries import rows as queries
from ..reading import row_of
from ..search_index import Indexed, index
from .telling import delta_of


class Send(NamedTuple):
    """One message to send. `most` is the longest text allowed, in characters; `at` is when it was
    said, for a network that is being filled (else: now)."""

    author_id: int
    conversation_id: int
    client_id: str
    text: str
    most: int
    at: int | None = None


@batched
def send_messages(tx: Transaction, sends: list[Send]) -> list[Message | Refusal]:
    """Sends all waiting messages in a constant number of statements.

    A repeated client id answers with the message as it was sent the first time.
    """
    answers: list[Message | Refusal | None] = [None] * len(sends)
    before = {
        (row.conversation_id, row.client_id): row
        for row in tx.each(
            queries.SENT_BEFORE,
            [{"conversation_id": s.conversation_id, "client_id": s.client_id} for s in sends],
        )
    }
    ids = sorted({send.conversation_id for send in sends})
    places = {row.conversation_id: row for row in tx.all(queries.CONVERSATIONS, ids=ids)}
    people: dict[int, list[Any]] = {}
    writers: set[tuple[int, int]] = set()
    for person in tx.all(queries.PARTICIPANTS, ids=ids):
        people.setdefault(person.conversation_id, []).append(person)
        writers.add((person.conversation_id, person.person_id))

    last_seq = {key: place.last_seq for key, place in places.items()}
    fresh: dict[tuple[int, str], Message] = {}
    for position, send in enumerate(sends):
        key = (send.conversation_id, send.client_id)
        try:
            known: Any = fresh.get(key) or before.get(key)
            if known is not None and str(known.author_id) == str(send.author_id):
                answers[position] = known if isinstance(known, Message) else _again(known)
                continue
            _may_write(places.get(send.conversation_id), writers, send)
            if known is not None:
                raise Refusal("kit.client_id_reused", status=409)
            text = checked_text(send.text, send.most)
        except Refusal as refusal:
            answers[position] = refusal
            continue
        last_seq[send.conversation_id] += 1
        answers[position] = fresh[key] = Message(
            id=str(tx.new_id()),
            conversation_id=str(send.conversation_id),
            seq=last_seq[send.conversation_id],
            author_id=str(send.author_id),
            at=tx.now if send.at is None else send.at,
            text=text,
            client_id=send.client_id,
        )
    if fresh:
        _write(tx, list(fresh.values()), people)
    return [answer for answer in answers if answer is not None]


def _again(found: Any) -> Message:
    return Message(
        id=str(found.message_id),
        conversation_id=str(found.conversation_id),
        seq=found.seq,
        author_id=str(found.author_id),
        at=found.at,
        text=found.text,
        client_id=found.client_id,
    )


def _may_write(place: Any, writers: set[tuple[int, int]], send: Send) -> None:
    if (send.conversation_id, send.author_id) not in writers:
        raise Refusal("messaging.conversation_not_found", status=404)
    if place.closed is not None:
        raise Refusal(f"messaging.closed_{place.closed}", status=403)


def _write(tx: Transaction, sent: Sequence[Message], people: dict[int, list[Any]]) -> None:
    """Messages, conversations, every mailbox they reach, and the logs."""
    tx.run_many(
        queries.INSERT_MESSAGE,
        [
            {
                "conversation_id": int(message.conversation_id),
                "seq": message.seq,
                "message_id": int(message.id),
                "author_id": int(message.author_id or 0),
                "at": message.at,
                "client_id": message.client_id,
                "kind": message.kind,
                "text": message.text,
                "subject": None,
                "attachments": None,
                "import_id": None,
            }
            for message in sent
        ],
    )
    newest = {message.conversation_id: message for message in sent}
    tx.run_many(
        queries.SET_LAST_SEQ,
        [{"key": int(key), "seq": message.seq} for key, message in newest.items()],
    )
    index(
        tx,
        [
            Indexed(
                int(message.conversation_id),
                message.seq,
                message.at,
                [person.person_id for person in people[int(message.conversation_id)]],
                message.text,
            )
            for message in sent
        ],
    )
    # A second message in the same conversation must find the first one delivered.
    for turn in _turns(sent):
        _deliver(tx, turn, people)


def _turns(sent: Sequence[Message]) -> Iterable[list[Message]]:
    """The messages in rounds that hold at most one of each conversation, in order."""
    rounds: list[list[Message]] = []
    depth: dict[str, int] = {}
    for message in sent:
        place = depth.get(message.conversation_id, 0)
        depth[message.conversation_id] = place + 1
        if place == len(rounds):
            rounds.append([])
        rounds[place].append(message)
    return rounds


def _deliver(tx: Transaction, turn: Sequence[Message], people: dict[int, list[Any]]) -> None:
    of = {int(message.conversation_id): message for message in turn}
    rows = [
        {
            "owner_id": person.person_id,
            "key": key,
            "seq": message.seq,
            "at": message.at,
            "author_id": int(message.author_id or 0),
            "text": _preview(message.text),
        }
        for key, message in of.items()
        for person in people[key]
        if person.kind == "member"
    ]
    # One order everywhere, so that no two writers wait for each other in a ring.
    rows.sort(key=lambda row: (row["owner_id"], row["key"]))
    for changed in tx.each(queries.DELIVER, rows):
        tx.emit(
            MessageSent(
                message=of[changed.conversation_id], row=row_of(changed), delta=delta_of(changed)
            ),
            to=[changed.member_id],
        )


def _preview(text: str) -> str:
    return " ".join(text[:400].split())[:140]
