"""A conversation with its people: who is in it, who is asked, how far each has read."""

from entregent.ports.db import Transaction

from .actions import receipts_for
from .queries import groups, invited
from .queries import rows as queries
from .reading import Conversation, Participant, find_for, row_of, strangers


def conversation(tx: Transaction, me: int, conversation_id: int) -> Conversation:
    """A conversation of mine with its people."""
    stored = find_for(tx, me, conversation_id)
    row = row_of(stored)
    receipts = receipts_for(tx, me, stored) if row.source == "entregent" else {}
    group = row.kind == "group"
    asked = tx.all(groups.ASKED, key=conversation_id) if group else []
    people = tx.all(queries.PARTICIPANTS, ids=[conversation_id])
    here = any(person.person_id == me for person in people)
    return Conversation(
        row=row,
        cards=strangers(tx, [row]),
        participants=[
            Participant(
                id=str(person.person_id),
                kind=person.kind,
                name=person.name,
                role=person.role,
                joined_at=person.joined_at,
                delivered_seq=receipts.get(person.person_id, (0, 0))[0],
                read_seq=receipts.get(person.person_id, (0, 0))[1],
            )
            for person in people
        ],
        history="all" if tx.value(groups.HISTORY, key=conversation_id) == "all" else "joining",
        asked=[str(one.person_id) for one in asked] if here else [],
        refused=tx.value(invited.WHY_CLOSED, key=conversation_id) == "refused",
        asked_by=next((str(one.by_id) for one in asked if one.person_id == me), None),
    )
