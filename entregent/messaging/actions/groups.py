"""Groups: their title and rules, leaving them, and what is shown of them."""

import json
from typing import Any, Literal

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction

from ..events import ConversationRemoved, GroupChanged
from ..model import Row, checked_title, delta, shown, state_of
from ..queries import groups
from ..queries import rows as queries
from ..reading import find_for, labels_of, row_of
from .announcing import tell_group
from .telling import tell, unlabel_all


def rename(tx: Transaction, me: int, conversation_id: int, title: str | None) -> Row:
    """Gives a group another title; its owner and administrators may."""
    administered(tx, me, conversation_id)
    checked = checked_title(title)
    tx.run(queries.SET_TITLE, key=conversation_id, new_title=checked)
    rows = redraw(tx, conversation_id, checked)
    tell_group(tx, me, conversation_id, "renamed", checked, rows)
    return rows[me]


def set_history(
    tx: Transaction, me: int, conversation_id: int, rule: Literal["all", "joining"]
) -> Row:
    """Says whether those who join from now on see what was said before them."""
    administered(tx, me, conversation_id)
    tx.run(groups.SET_HISTORY, key=conversation_id, rule=rule)
    place = tx.all(queries.CONVERSATIONS, ids=[conversation_id])[0]
    return redraw(tx, conversation_id, place.title)[me]


def leave(tx: Transaction, me: int, conversation_id: int) -> None:
    """Leaves a group; it goes from my mailbox. The owner's part goes to who came first."""
    if tx.first(groups.ASKED_ONE, key=conversation_id, person=me) is not None:
        tx.run(groups.DECLINE, key=conversation_id, person=me, at=tx.now)
        take_from_mailbox(tx, me, conversation_id)
        return
    group_part(tx, me, conversation_id)
    go_out(tx, me, conversation_id)


def go_out(tx: Transaction, me: int, conversation_id: int) -> None:
    """Takes somebody out of a group that they are in, or are asked to be in."""
    tx.run(groups.UNASK, key=conversation_id, person=me)
    tx.run(queries.LEAVE, key=conversation_id, person=me, at=tx.now)
    tx.run(queries.ADD_LEFT, member_id=me, conversation_id=conversation_id, back=0)
    take_from_mailbox(tx, me, conversation_id)
    place = tx.all(queries.CONVERSATIONS, ids=[conversation_id])[0]
    people = tx.all(queries.PARTICIPANTS, ids=[conversation_id])
    members = [person for person in people if person.kind == "member"]
    if members and all(person.role != "owner" for person in people):
        heir = min(members, key=lambda one: (one.role != "admin", one.joined_at, one.person_id))
        tx.run(queries.MAKE_OWNER, key=conversation_id, person=heir.person_id)
    redraw(tx, conversation_id, place.title)
    tx.emit(GroupChanged(conversation_id=conversation_id, member_id=me))


def take_from_mailbox(tx: Transaction, member: int, conversation_id: int) -> None:
    """The conversation goes from a member's mailbox."""
    row = tx.first(queries.ONE_ROW, member_id=member, conversation_id=conversation_id)
    if row is not None:
        tx.run(queries.REMOVE_ROW, owner_id=member, key=conversation_id)
        unlabel_all(tx, row)
        gone = delta(state_of(row), None, row.box_id, labels_of(row))
        tx.emit(ConversationRemoved(id=str(conversation_id), delta=gone), to=[member])


def group_part(tx: Transaction, me: int, conversation_id: int) -> Any:
    """My part in a group that I am in."""
    row = find_for(tx, me, conversation_id)
    part = tx.first(queries.MY_PART, conversation_id=conversation_id, person=me)
    if row.kind != "group" or not row.writable or part is None or part.left_at is not None:
        raise Refusal("messaging.not_a_group", status=409)
    return part


def administered(tx: Transaction, me: int, conversation_id: int) -> Any:
    """My part in a group of which I am the owner or an administrator."""
    part = group_part(tx, me, conversation_id)
    if part.role not in ("owner", "admin"):
        raise Refusal("messaging.only_administrators", status=403)
    return part


def redraw(tx: Transaction, conversation_id: int, title: str | None) -> dict[int, Row]:
    """Shows a group's new title and faces in the mailboxes of those who are in it, or are asked."""
    people = tx.all(queries.PARTICIPANTS, ids=[conversation_id])
    everyone = {person.person_id for person in people}
    asked = {one.person_id for one in tx.all(groups.ASKED, key=conversation_id)}
    rows: dict[int, Row] = {}
    for person in sorted(everyone | asked):
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
