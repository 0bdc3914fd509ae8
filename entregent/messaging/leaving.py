"""A member's conversations on their way out: all that the member can see of them, newest first, a
few in memory at a time."""

from collections.abc import Iterator

from entregent.ports.db import Transaction

from .archived import ExportedConversation, archive_key
from .lists import ids
from .queries import imports
from .sight import sight

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
        for person in tx.all(imports.EVERYONE, ids=some):
            people[person.conversation_id].append(person)
        for key in some:
            seen = sight(tx, me, rows[key])
            found = tx.all(imports.MESSAGES_AFTER, key=key, after=seen.first_seq - 1)
            said = [one for one in found if one.deleted_at is None and seen.sees(one)]
            source = archive_key(key, places[key].source_key)
            yield ExportedConversation(source, rows[key], people[key], said)
