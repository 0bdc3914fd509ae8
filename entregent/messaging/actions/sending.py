"""Sending: all messages that wait for the same commit, in a constant number of statements."""

from collections.abc import Iterable, Sequence
from itertools import repeat
from typing import Any, NamedTuple

from entregent.kit.errors import Refusal
from entregent.media import Media
from entregent.notifications import watched
from entregent.ports.db import Transaction, batched

from ..attached import encoded_line, line_of, names_of
from ..events import MessageSent
from ..markup import glimpse, plain
from ..model import Message, More, checked_text
from ..queries import rows as queries
from ..reading import row_of
from ..search_index import Indexed, index
from ..sight import with_quotes
from .announcing import announce
from .away import notice_absent
from .routing import Arrived, route_first
from .special import Special, is_special, keep_special, kept_apart, prepare, shown_to
from .strangers import AFTER_NOTE, DAY_MS, NEW_DAYS, First, weigh
from .telling import delta_of, follow


class Send(NamedTuple):
    """One message to send. `most` is the longest text allowed, in characters; `at` is when it was
    said, for a network that is being filled (else: now); `more` is what only some are sent with,
    `previews` whether links are looked up."""

    author_id: int
    conversation_id: int
    client_id: str
    text: str
    most: int
    at: int | None = None
    more: More | None = None
    previews: bool = False


@batched
def send_messages(tx: Transaction, sends: list[Send]) -> list[Message | Refusal]:
    """Sends all waiting messages in a constant number of statements.

    A repeated client id answers with the message as it was sent the first time.
    """
    answers: list[Message | Refusal | None] = [None] * len(sends)
    ids = sorted({send.conversation_id for send in sends})
    asked = tx.ask_each(
        queries.SENT_BEFORE,
        [{"conversation_id": s.conversation_id, "client_id": s.client_id} for s in sends],
    )
    asked_places = tx.ask(queries.CONVERSATIONS, ids=ids)
    asked_people = tx.ask(queries.PARTICIPANTS, ids=ids)
    before = {(row.conversation_id, row.client_id): row for row in asked()}
    places = {row.conversation_id: row for row in asked_places()}
    people: dict[int, list[Any]] = {}
    writers: set[tuple[int, int]] = set()
    for person in asked_people():
        people.setdefault(person.conversation_id, []).append(person)
        writers.add((person.conversation_id, person.person_id))

    last_seq = {key: place.last_seq for key, place in places.items()}
    fresh: dict[tuple[int, str], Message] = {}
    specials: dict[str, Special] = {}
    for position, send in enumerate(sends):
        key = (send.conversation_id, send.client_id)
        try:
            known: Any = fresh.get(key) or before.get(key)
            if known is not None and str(known.author_id) == str(send.author_id):
                answers[position] = known if isinstance(known, Message) else _again(tx, known)
                continue
            _may_write(places.get(send.conversation_id), writers, send)
            if known is not None:
                raise Refusal("kit.client_id_reused", status=409)
            special = None
            if is_special(send.text, send.more):
                seq = last_seq[send.conversation_id] + 1
                special = prepare(tx, send, people[send.conversation_id], seq)
            text = checked_text(send.text, send.most) if special is None else special.text
        except Refusal as refusal:
            answers[position] = refusal
            continue
        last_seq[send.conversation_id] += 1
        message = Message(
            id=str(tx.new_id()),
            conversation_id=str(send.conversation_id),
            seq=last_seq[send.conversation_id],
            author_id=str(send.author_id),
            at=tx.now if send.at is None else send.at,
            text=text,
            client_id=send.client_id,
        )
        if special is not None:
            message = special.complete(message)
            specials[message.id] = special
        answers[position] = fresh[key] = message
    if fresh:
        if any(place.probation for place in places.values()):
            first = map(_first, fresh.values(), repeat(places), repeat(people))
            if firsts := [one for one in first if one]:
                weigh(tx, firsts)
        reach = _Reach(people, specials, kept_apart(tx, places, people))
        _write(tx, list(fresh.values()), reach)
        if begun := [one for one in fresh.values() if one.seq == 1]:
            route_first(tx, _arrived(begun, reach))
    return [answer for answer in answers if answer is not None]


def _first(message: Message, places: dict[int, Any], people: dict[int, list[Any]]) -> First | None:
    """The first words between two who hardly know each other, or None."""
    key, author = int(message.conversation_id), int(message.author_id or 0)
    place = places[key]
    if not place.probation or message.seq != (2 if place.probation == AFTER_NOTE else 1):
        return None
    if place.probation == AFTER_NOTE and (
        author == place.created_by or message.at - place.created_at > NEW_DAYS * DAY_MS
    ):
        return None  # the answer to a note, or long after it
    reader = next((one.person_id for one in people[key] if one.person_id != author), None)
    return None if reader is None else First(author, reader, key, place.probation, message.text)


def _arrived(begun: Iterable[Message], reach: "_Reach") -> Iterable[Arrived]:
    """Who hears the first words of a conversation."""
    for message in begun:
        for person in reach.readers(message):
            if person.kind == "member" and str(person.person_id) != message.author_id:
                yield Arrived(person.person_id, int(message.conversation_id), message.text)


class _Reach(NamedTuple):
    """Whom messages go to: everyone in the conversation, but not over a block in a group."""

    people: dict[int, list[Any]]
    specials: dict[str, Special]
    apart: set[tuple[int, int]]

    def readers(self, message: Message) -> list[Any]:
        here = self.people[int(message.conversation_id)]
        if not self.apart:
            return here
        author = int(message.author_id or 0)
        return [one for one in here if (author, one.person_id) not in self.apart]

    def mentions(self, message: Message, person: int) -> int:
        special = self.specials.get(message.id) if self.specials else None
        return int(special is not None and person in special.mentions)

    def files(self, message: Message) -> Sequence[Media]:
        special = self.specials.get(message.id) if self.specials else None
        return () if special is None else special.files

    def shown(self, message: Message, reader: int) -> Message:
        """The message as one reader sees it."""
        if message.id not in self.specials:
            return message
        key = int(message.conversation_id)
        first = next(one.first_seq for one in self.people[key] if one.person_id == reader)
        return shown_to(message, first, {a for a, b in self.apart if b == reader})


def _again(tx: Transaction, found: Any) -> Message:
    key = found.conversation_id
    row = tx.first(queries.ONE_MESSAGE, conversation_id=key, seq=found.seq)
    return with_quotes(tx, key, [row])[0]


def _may_write(place: Any, writers: set[tuple[int, int]], send: Send) -> None:
    if (send.conversation_id, send.author_id) not in writers:
        raise Refusal("messaging.conversation_not_found", status=404)
    if place.closed is not None:
        raise Refusal(f"messaging.closed_{place.closed}", status=403)


def _write(tx: Transaction, sent: Sequence[Message], reach: _Reach) -> None:
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
    if reach.specials:
        keep_special(
            tx, [(one, reach.specials[one.id]) for one in sent if one.id in reach.specials]
        )
    newest = {message.conversation_id: message for message in sent}
    tx.run_many(
        queries.SET_LAST_SEQ,
        [{"key": int(key), "seq": message.seq} for key, message in newest.items()],
    )
    index(
        tx,
        (  # made only where it is asked for
            Indexed(
                int(message.conversation_id),
                message.seq,
                message.at,
                [person.person_id for person in reach.readers(message)],
                " ".join([plain(message.text), *(file.name for file in reach.files(message))]),
            )
            for message in sent
        ),
    )
    # A second message in the same conversation must find the first one delivered.
    for turn in _turns(sent):
        _deliver(tx, turn, reach)


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


def _deliver(tx: Transaction, turn: Sequence[Message], reach: _Reach) -> None:
    of = {int(message.conversation_id): message for message in turn}
    files = {key: reach.files(message) for key, message in of.items()}
    previews = {key: glimpse(message.text) or names_of(files[key]) for key, message in of.items()}
    brought = {key: encoded_line(line_of(some)) for key, some in files.items()}
    rows = [
        {
            "owner_id": person.person_id,
            "key": key,
            "seq": message.seq,
            "at": message.at,
            "author_id": int(message.author_id or 0),
            "text": previews[key],
            "brought": brought[key],
            "mention": reach.mentions(message, person.person_id),
        }
        for key, message in of.items()
        for person in reach.readers(message)
        if person.kind == "member"
    ]
    # One order everywhere, so that no two writers wait for each other in a ring.
    rows.sort(key=lambda row: (row["owner_id"], row["key"]))
    asked = tx.ask_each(queries.DELIVER, rows)
    listening = watched(tx, {row["owner_id"] for row in rows})
    delivered = asked()
    follow(tx, delivered)
    announce(tx, delivered, of, listening, reach.mentions if reach.specials else None)
    notice_absent(tx, delivered)
    for changed in delivered:
        message = of[changed.conversation_id]
        if reach.specials:
            message = reach.shown(message, changed.member_id)
        tx.emit(
            MessageSent(message=message, row=row_of(changed), delta=delta_of(changed)),
            to=[changed.member_id],
        )
