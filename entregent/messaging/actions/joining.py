"""Who is in a group: adding, asking, accepting, removing, roles (M1)."""

from collections.abc import Iterable
from typing import Any, Literal

from entregent.kit.errors import Refusal
from entregent.network import hidden_among, hidden_within, relations
from entregent.ports.db import Transaction
from entregent.ports.jobs import enqueue

from ..events import ConversationChanged, GroupChanged
from ..jobnames import FillHistory
from ..model import INBOX, REQUESTS, delta, state_of
from ..queries import groups, said
from ..queries import rows as queries
from ..reading import row_of
from .announcing import tell_group
from .blank import blank_row
from .changing import show_last
from .groups import administered, go_out, group_part, redraw, take_from_mailbox
from .strangers import check_asking, check_reachable
from .telling import tell


def add_people(
    tx: Transaction,
    me: int,
    key: int,
    member_ids: Iterable[int],
    most: int,
    strangers: tuple[int, int] | None = None,
) -> None:
    """Brings people into a group: contacts of mine at once, others are asked."""
    administered(tx, me, key)
    place = tx.all(queries.CONVERSATIONS, ids=[key])[0]
    here = {one.person_id for one in tx.all(queries.PARTICIPANTS, ids=[key])}
    asked = {one.person_id for one in tx.all(groups.ASKED, key=key)}
    fresh = sorted(set(member_ids) - here - {me})
    if not fresh:
        return
    if len(here | asked | set(fresh)) > most:
        raise Refusal("messaging.too_many_people", field="member_ids", most=most)
    ties = relations(tx, me, fresh)
    check_reachable(tx, me, [one for one in fresh if not ties[one].reachable], fresh)
    joining = [one for one in fresh if ties[one].connected]
    far = [one for one in fresh if one not in joining]
    ask_people(tx, me, place, sorted(here), far, strangers)
    for one in joining:
        _enter(tx, place, one)
    if joining:
        redraw(tx, key, place.title)
        tell_group(tx, me, key, "added", place.title, joining)


def ask_people(
    tx: Transaction,
    me: int,
    place: Any,
    here: Iterable[int],
    people: Iterable[int],
    strangers: tuple[int, int] | None = None,
) -> None:
    """Asks members whether they want to be in a group; who has declined is not asked again.
    To how many strangers one may write in a day is `strangers`, and as a new member."""
    key, everyone = place.conversation_id, list(here)
    fresh = [one for one in people if tx.first(groups.ASKED_ONE, key=key, person=one) is None]
    if fresh and strangers is not None:
        check_asking(tx, me, key, fresh, *strangers)
    for one in fresh:
        tx.run(
            groups.ASK, conversation_id=key, person_id=one, by_id=me, at=tx.now, declined_at=None
        )
        row = blank_row(tx.now, one, key, "group", place.title, everyone)
        _show(tx, one, key, {**row, "view": REQUESTS, "writable": 0})


def join(tx: Transaction, me: int, key: int) -> None:
    """I want to be in the group that I am asked to join."""
    asked = tx.first(groups.ASKED_ONE, key=key, person=me)
    if asked is None or asked.declined_at is not None:
        raise Refusal("messaging.not_asked", status=404)
    place = tx.all(queries.CONVERSATIONS, ids=[key])[0]
    _enter(tx, place, me)
    redraw(tx, key, place.title)


def decline(tx: Transaction, me: int, key: int) -> None:
    """I do not want to be in it; nobody is told, and nobody asks me again."""
    asked = tx.first(groups.ASKED_ONE, key=key, person=me)
    if asked is None:
        raise Refusal("messaging.not_asked", status=404)
    if asked.declined_at is None:
        tx.run(groups.DECLINE, key=key, person=me, at=tx.now)
        take_from_mailbox(tx, me, key)


def remove_person(tx: Transaction, me: int, key: int, person: int) -> None:
    """Takes somebody out: the owner anybody, administrators those without a part of their own."""
    mine = administered(tx, me, key)
    asked = tx.first(groups.ASKED_ONE, key=key, person=person)
    if asked is not None and asked.declined_at is None:
        tx.run(groups.UNASK, key=key, person=person)
        take_from_mailbox(tx, person, key)
        return
    theirs = tx.first(queries.MY_PART, conversation_id=key, person=person)
    if theirs is None or theirs.left_at is not None or person == me:
        raise Refusal("messaging.not_in_the_group", status=404)
    if mine.role != "owner" and theirs.role != "member":
        raise Refusal("messaging.only_the_owner", status=403)
    go_out(tx, person, key)
    place = tx.all(queries.CONVERSATIONS, ids=[key])[0]
    tell_group(tx, me, key, "removed", place.title, [person])


def set_role(
    tx: Transaction, me: int, key: int, person: int, role: Literal["owner", "admin", "member"]
) -> None:
    """Gives somebody another part; the owner may, and handing that on makes me an administrator."""
    mine = group_part(tx, me, key)
    if mine.role != "owner":
        raise Refusal("messaging.only_the_owner", status=403)
    theirs = tx.first(queries.MY_PART, conversation_id=key, person=person)
    if theirs is None or theirs.left_at is not None:
        raise Refusal("messaging.not_in_the_group", status=404)
    if person == me:
        if role != "owner":
            raise Refusal("messaging.a_group_has_an_owner", status=409)
        return
    if theirs.role == role:
        return
    tx.run(groups.SET_ROLE, key=key, person=person, new_role=role)
    if role == "owner":
        tx.run(groups.SET_ROLE, key=key, person=me, new_role="admin")
    place = tx.all(queries.CONVERSATIONS, ids=[key])[0]
    redraw(tx, key, place.title)
    if role != "member":
        tell_group(tx, me, key, "owner" if role == "owner" else "role", place.title, [person])


def keep_apart(tx: Transaction, key: int, people: Iterable[int]) -> None:
    """Notes that a block stands between two of those who are in a group, where one does."""
    if hidden_within(tx, people):
        tx.run(said.SET_APART, key=key)


def _enter(tx: Transaction, place: Any, person: int) -> None:
    """Somebody is in the group from now on, and sees what its rule says."""
    key, everything = place.conversation_id, place.history == "all"
    first = 1 if everything else place.last_seq + 1
    before = tx.first(queries.MY_PART, conversation_id=key, person=person)
    if before is None:
        tx.run(
            groups.ADD,
            conversation_id=key,
            person_id=person,
            kind="member",
            name=None,
            role="member",
            joined_at=tx.now,
            first_seq=first,
            left_at=None,
        )
    else:
        tx.run(groups.COME_BACK, key=key, person=person, at=tx.now, from_seq=first)
        tx.run(groups.BACK, me=person, key=key)
    tx.run(groups.UNASK, key=key, person=person)
    tx.emit(GroupChanged(conversation_id=key, member_id=person))
    everyone = [one.person_id for one in tx.all(queries.PARTICIPANTS, ids=[key])]
    if hidden_among(tx, person, everyone):
        tx.run(said.SET_APART, key=key)
    seq = place.last_seq
    entered = tx.all(
        groups.ENTER, owner_id=person, key=key, seq=seq, at=tx.now, new_size=len(everyone)
    )
    if entered:
        tell(tx, person, entered)
    else:
        row = blank_row(tx.now, person, key, "group", place.title, everyone)
        _show(tx, person, key, {**row, "view": INBOX, "last_seq": seq, "read_seq": seq})
    if everything and seq:
        show_last(tx, key, [person])
        enqueue(tx, FillHistory(conversation_id=str(key)), key=str(key))


def _show(tx: Transaction, member: int, key: int, row: dict[str, Any]) -> None:
    tx.run(queries.INSERT_MAILBOX, **row)
    stored = tx.first(queries.ONE_ROW, member_id=member, conversation_id=key)
    assert stored is not None
    tx.emit(
        ConversationChanged(row=row_of(stored), delta=delta(None, state_of(stored))), to=[member]
    )
