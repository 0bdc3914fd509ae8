"""A member's conversations on their way out: whole, newest first, a few in memory at a time."""

from collections.abc import Iterator

from entregent.ports.db import Transaction

from .archived import ExportedConversation, archive_key
from .lists import ids
from .queries import imports

AT_ONCE = 50


def exported(tx: Transaction, me: int) -> Iterator[ExportedConversation]:
    """Every conversation in the member's mailbox, newest first."""
    wanted = ids(tx, me, "all")
    for start in range(0, len(wanted), AT_ONCE):
        some = wanted[start : start + AT_ONCE]
        rows = {
            row.conversation_id: row for row in tx.all(imports.MAILBOXES, owner_id=me, ids=some)
        }
        places = {row.conversation_id: row for row in tx.all(imports.PLACES, ids=some)}
        people: dict[int, list[object]] = {key: [] for key in some}
        first: dict[int, int] = {}
        for person in tx.all(imports.EVERYONE, ids=some):
            people[person.conversation_id].append(person)
            if person.person_id == me:
                first[person.conversation_id] = person.first_seq
        for key in some:
            after = first.get(key, 1) - 1
            said = tx.all(imports.MESSAGES_AFTER, key=key, after=after)
            source = archive_key(key, places[key].source_key)
            yield ExportedConversation(source, rows[key], people[key], said)
