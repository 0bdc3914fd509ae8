"""Groups: their title, and leaving them."""

import json
from typing import Any

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction

from ..events import ConversationRemoved
from ..model import Row, checked_title, delta, shown, state_of
from ..queries import rows as queries
from ..reading import find_for, labels_of, row_of
from .telling import tell, unlabel_all


def rename(tx: Transaction, me: int, conversation_id: int, title: str | None) -> Row:
    """Gives a group another title; its owner may."""
    part = _group_part(tx, me, conversation_id)
    if part.role != "owner":
        raise Refusal("messaging.only_the_owner", status=403)
    checked = checked_title(title)
    tx.run(queries.SET_TITLE, key=conversation_id, new_title=checked)
    return _redraw(tx, conversation_id, checked)[me]


def leave(tx: Transaction, me: int, conversation_id: int) -> None:
    """Leaves a group; it goes from my mailbox. The owner's part goes to who came first."""
    _group_part(tx, me, conversation_id)
    go_out(tx, me, conversation_id)


def go_out(tx: Transaction, me: int, conversation_id: int) -> None:
    """Takes somebody out of a group that they are in."""
    tx.run(queries.LEAVE, key=conversation_id, person=me, at=tx.now)
    tx.run(queries.ADD_LEFT, member_id=me, conversation_id=conversation_id, back=0)
    row = tx.first(queries.ONE_ROW, member_id=me, conversation_id=conversation_id)
    if row is not None:
        tx.run(queries.REMOVE_ROW, owner_id=me, key=conversation_id)
        unlabel_all(tx, row)
        gone = delta(state_of(row), None, row.box_id, labels_of(row))
        tx.emit(ConversationRemoved(id=str(conversation_id), delta=gone), to=[me])
    place = tx.all(queries.CONVERSATIONS, ids=[conversation_id])[0]
    people = tx.all(queries.PARTICIPANTS, ids=[conversation_id])
    members = [person for person in people if person.kind == "member"]
    if members and all(person.role != "owner" for person in people):
        heir = min(members, key=lambda person: (person.joined_at, person.person_id))
        tx.run(queries.MAKE_OWNER, key=conversation_id, person=heir.person_id)
    _redraw(tx, conversation_id, place.title)


def _group_part(tx: Transaction, me: int, conversation_id: int) -> Any:
    row = find_for(tx, me, conversation_id)
    part = tx.first(queries.MY_PART, conversation_id=conversation_id, person=me)
    if row.kind != "group" or part is None or part.left_at is not None:
        raise Refusal("messaging.not_a_group", status=409)
    return part


def _redraw(tx: Transaction, conversation_id: int, title: str | None) -> dict[int, Row]:
    """Shows a group's new title and faces in the mailboxes of those who are in it."""
    people = tx.all(queries.PARTICIPANTS, ids=[conversation_id])
    everyone = {person.person_id for person in people}
    rows: dict[int, Row] = {}
    for person in sorted(everyone):
        for row in tx.all(
            queries.REDRAW,
            owner_id=person,
            key=conversation_id,
            new_title=title,
            faces=json.dumps(shown(everyone - {person})),
            new_size=len(everyone),
        ):
            tell(tx, person, [row])
            rows[person] = row_of(row)
    return rows
