"""What is true at this moment only, on its way to streams: typing and presence; and what streams
have carried, on its way back."""

from collections.abc import Iterable, Sequence
from typing import Literal

import msgspec

from entregent.accounts import members
from entregent.kit.events import Passing
from entregent.kit.ids import Id, as_int
from entregent.network import relations
from entregent.ports.db import Database, Transaction

from .actions import Delivered, deliver

_CARRIED = '{"type":"message.sent"'
MOST_AT_ONCE = 16  # some milliseconds of the writer; whoever sends meanwhile goes between


class Typing(Passing, tag="typing"):
    """Somebody is writing in a conversation."""

    conversation_id: Id
    person_id: Id


class Present(Passing, tag="presence"):
    """Somebody is here now, or away."""

    person_id: Id
    state: Literal["here", "away"]


def presence_event(member_id: int, here: bool) -> bytes:
    """What streams are told of somebody's presence."""
    return msgspec.json.encode(Present(person_id=str(member_id), state="here" if here else "away"))


def typing_event(conversation_id: int, member_id: int) -> bytes:
    """What streams are told of somebody who writes."""
    return msgspec.json.encode(
        Typing(conversation_id=str(conversation_id), person_id=str(member_id))
    )


def watchers(tx: Transaction, member_id: int, candidates: Iterable[int]) -> list[int]:
    """Those who may know whether a member is here: connections, where both have it on."""
    ties = relations(tx, member_id, candidates)
    near = [one for one, tie in ties.items() if tie.connected]
    known = members(tx, {*near, member_id})
    if member_id not in known or not known[member_id].presence:
        return []
    return sorted(one for one in near if one in known and known[one].presence)


class _Said(msgspec.Struct):
    conversation_id: Id
    seq: int
    author_id: Id | None


class _Sent(msgspec.Struct):
    message: _Said


_decode = msgspec.json.Decoder(_Sent).decode


class Deliveries:
    """What the streams of this process have carried since the last time it was written down."""

    def __init__(self) -> None:
        self._carried: list[tuple[int, str]] = []

    def note(self, member_id: int, event: str) -> None:
        """An event went to a stream of a member: cheap, for it is asked of every one."""
        if event.startswith(_CARRIED):
            self._carried.append((member_id, event))

    async def flush(self, db: Database) -> None:
        """Writes down how far each conversation was delivered."""
        carried, self._carried = self._carried, []
        furthest: dict[tuple[int, int], int] = {}
        for member_id, event in carried:
            said = _decode(event).message
            if said.author_id != str(member_id):
                key = member_id, as_int(said.conversation_id)
                furthest[key] = max(said.seq, furthest.get(key, 0))
        news = [Delivered(*key, seq) for key, seq in furthest.items()]
        for start in range(0, len(news), MOST_AT_ONCE):
            some: Sequence[Delivered] = news[start : start + MOST_AT_ONCE]
            await db.write(deliver, some)
