"""Beginning a conversation."""

from typing import NamedTuple

from entregent.kit.errors import Refusal
from entregent.network import relations
from entregent.ports.db import Transaction

from ..events import ConversationChanged
from ..model import INBOX, REQUESTS, Row, checked_title, delta, state_of
from ..queries import rows as queries
from ..reading import row_of
from .blank import blank_row
from .joining import ask_people, keep_apart
from .strangers import check_reachable, landing, probation


class Begin(NamedTuple):
    """A conversation to begin. With one other member it is the one direct conversation.
    `silent` when nothing is said yet."""

    me: int
    member_ids: list[int]
    title: str | None
    most_people: int
    silent: bool = False
    strangers: tuple[int, int] = (50, 10)  # how many may be written to in a day; by a new member


def begin_conversation(tx: Transaction, begin: Begin) -> Row:
    """Finds the direct conversation with a member, or makes it, or makes a group."""
    others = sorted(set(begin.member_ids) - {begin.me})
    if not others:
        raise Refusal("messaging.nobody", field="member_ids")
    if len(others) + 1 > begin.most_people:
        raise Refusal("messaging.too_many_people", field="member_ids", most=begin.most_people)
    ties = relations(tx, begin.me, others)
    check_reachable(tx, begin.me, [one for one in others if not ties[one].reachable], others)
    title = checked_title(begin.title)
    if len(others) == 1 and title is None:
        connected = ties[others[0]].connected
        return _direct(
            tx,
            begin.me,
            others[0],
            connected=connected,
            silent=begin.silent,
            strangers=begin.strangers,
        )
    # M1: whoever is not a contact is asked first.
    known = [one for one in others if ties[one].connected]
    row = _make(tx, "group", begin.me, known, title, set(known))
    key, here = int(row.id), [begin.me, *known]
    keep_apart(tx, key, here)
    if len(known) < len(others):
        place = tx.all(queries.CONVERSATIONS, ids=[key])[0]
        far = [one for one in others if one not in known]
        ask_people(tx, begin.me, place, here, far, begin.strangers)
    return row


def direct_conversation(tx: Transaction, one: int, other: int) -> int:
    """The id of the direct conversation of two connected members, made if there is none."""
    return int(_direct(tx, one, other, connected=True).id)


def _direct(
    tx: Transaction,
    me: int,
    other: int,
    *,
    connected: bool,
    silent: bool = False,
    strangers: tuple[int, int] | None = None,
) -> Row:
    low, high = min(me, other), max(me, other)
    known = tx.value(queries.FIND_PAIR, low=low, high=high)
    if known is not None:
        row = tx.first(queries.ONE_ROW, member_id=me, conversation_id=known)
        if row is not None:
            return row_of(row)
    if silent and not connected:
        # Nobody is asked by a stranger who says nothing.
        raise Refusal("messaging.empty", field="text")
    view, trial = INBOX, None
    if strangers is not None:  # the note of an invitation is weighed there
        if not connected:
            view = landing(tx, me, other, *strangers)
        trial = probation(tx, me, other, connected)
    made = _make(tx, "direct", me, [other], None, {other} if view == INBOX else set(), trial)
    tx.run(queries.INSERT_PAIR, member_id=low, other_id=high, conversation_id=int(made.id))
    return made


def _make(
    tx: Transaction,
    kind: str,
    me: int,
    others: list[int],
    title: str | None,
    known: set[int],
    trial: int | None = None,
) -> Row:
    key = tx.new_id()
    everyone = [me, *others]
    tx.run(
        queries.INSERT_CONVERSATION,
        conversation_id=key,
        kind=kind,
        source="entregent",
        title=title,
        created_by=me,
        created_at=tx.now,
        last_seq=0,
        closed=None,
        import_id=None,
        source_key=None,
        probation=trial,
    )
    tx.run_many(
        queries.INSERT_PARTICIPANT,
        [
            {
                "conversation_id": key,
                "person_id": person,
                "kind": "member",
                "name": None,
                "role": "owner" if person == me and kind == "group" else "member",
                "joined_at": tx.now,
                "first_seq": 1,
                "left_at": None,
            }
            for person in everyone
        ],
    )
    rows = [
        blank_row(tx.now, person, key, kind, title, everyone)
        | {"view": INBOX if person == me or person in known else REQUESTS}
        for person in everyone
    ]
    mine: Row | None = None
    for row in tx.each(queries.BEGIN_ROW, rows):
        wire = row_of(row)
        tx.emit(ConversationChanged(row=wire, delta=delta(None, state_of(row))), to=[row.member_id])
        if row.member_id == me:
            mine = wire
    assert mine is not None
    return mine
