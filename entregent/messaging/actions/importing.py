"""Bringing conversations of an archive into a member's mailbox: nobody else sees them.

The same batch may come any number of times, from any number of archives: a message is known by its
key, and what one import did to a conversation is kept as its trace, by which `forgetting` takes it
away again.
"""

import json
from collections.abc import Sequence

from entregent.ports.db import Row, Transaction

from ..archived import ImportedConversation, ImportedPerson, Kept, own_id
from ..model import UNHANDLED, shown
from ..queries import imports
from ..queries import rows as queries
from ..search_index import index
from .filing import (
    indexed,
    joined_draft,
    known_row,
    last_shown,
    message_row,
    other_rows,
    participant_row,
    trace_row,
)
from .merging import Merge


def keep_imported(
    tx: Transaction, me: int, import_id: int, batch: Sequence[ImportedConversation]
) -> Kept:
    """Adds what is new in some conversations of an archive, each at most once in the batch."""
    keys = [conversation.key for conversation in batch]
    known = {row.source_key: row for row in tx.all(imports.FIND_IMPORTED, me=me, keys=keys)}
    own = [number for key in keys if (number := own_id(key))]
    here = {row.conversation_id for row in tx.all(imports.MAILBOXES, owner_id=me, ids=own)}
    kept = Kept()
    fresh: list[ImportedConversation] = []
    again: list[tuple[ImportedConversation, Row]] = []
    for conversation in batch:
        if own_id(conversation.key) in here:
            kept += Kept(held=len(conversation.messages))  # it was said here, and still is
        elif conversation.key in known:
            again.append((conversation, known[conversation.key]))
        else:
            fresh.append(conversation)
    return kept + _begin(tx, me, import_id, fresh) + _complete(tx, me, import_id, again)


# -- what was not there ----------------------------------------------------------------------------


def _begin(tx: Transaction, me: int, import_id: int, fresh: Sequence[ImportedConversation]) -> Kept:
    places, people, messages, rows, known, traces = [], [], [], [], [], []
    for one in fresh:
        key = tx.new_id()
        ids = [_id_of(tx, person) for person in one.people]
        said = [
            message_row(tx, me, import_id, key, seq, ids, message)
            for seq, message in enumerate(one.messages, 1)
        ]
        kind = "group" if one.size > 2 else "direct"
        joined = one.messages[0].at if one.messages else one.at
        places.append(
            {
                "conversation_id": key,
                "kind": kind,
                "source": "linkedin",
                "title": one.title,
                "created_by": me,
                "created_at": tx.now,
                "last_seq": len(said),
                "closed": "imported",
                "import_id": import_id,
                "source_key": one.key,
                "probation": None,
            }
        )
        people.append(participant_row(key, me, "member", None, joined))
        people.extend(other_rows(key, ids, one.people, joined))
        messages.extend(said)
        draft = joined_draft(None, [d.text for d in one.drafts])
        rows.append(
            {
                "member_id": me,
                "conversation_id": key,
                "kind": kind,
                "source": "linkedin",
                "title": one.title,
                "people": json.dumps(shown(set(ids))),
                "size": one.size,
                "last_seq": len(said),
                "read_seq": len(said),
                **last_shown(said[-1] if said else None, one.at),
                "view": one.view,
                "unread": int(one.unread),
                "writable": 0,
                "draft": draft,
                "drafted": int(draft is not None),
                **UNHANDLED,
                "sort_at": said[-1]["at"] if said else one.at,
                "attached": int(any(message["attachments"] for message in said)),
                "import_id": import_id,
            }
        )
        known.append(known_row(me, one.key, key, [d.key for d in one.drafts]))
        traces.append(trace_row(me, import_id, key, [], None))
    tx.run_many(queries.INSERT_CONVERSATION, places)
    tx.run_many(queries.INSERT_PARTICIPANT, people)
    tx.run_many(queries.INSERT_MESSAGE, messages)
    tx.run_many(queries.INSERT_MAILBOX, rows)
    tx.run_many(imports.KEEP_IMPORTED, known)
    tx.run_many(imports.KEEP_TRACE, traces)
    index(tx, [indexed(me, message) for message in messages])
    drafts = sum(len(one.drafts) for one in fresh)
    notes = sum(message["kind"] == "note" for message in messages)
    return Kept(len(fresh), len(messages), drafts, notes=notes)


# -- what was there in part ------------------------------------------------------------------------


def _complete(
    tx: Transaction, me: int, import_id: int, again: Sequence[tuple[ImportedConversation, Row]]
) -> Kept:
    if not again:
        return Kept()
    ids = [row.conversation_id for _, row in again]
    places = {row.conversation_id: row for row in tx.all(imports.PLACES, ids=ids)}
    rows = {row.conversation_id: row for row in tx.all(imports.MAILBOXES, owner_id=me, ids=ids)}
    people: dict[int, list[Row]] = {}
    for person in tx.all(imports.EVERYONE, ids=ids):
        people.setdefault(person.conversation_id, []).append(person)
    traces = {
        trace.conversation_id: trace
        for trace in tx.all(imports.TRACES_AMONG, me=me, ids=ids)
        if trace.import_id == import_id
    }
    wanted = [
        {"conversation_id": row.conversation_id, "client_id": message.key}
        for one, row in again
        for message in one.messages
    ]
    held = {(row.conversation_id, row.client_id): row for row in tx.each(imports.HELD, wanted)}
    kept = Kept()
    for one, known in again:
        key = known.conversation_id
        if key not in rows:  # a group that the member has left since
            kept += Kept(held=len(one.messages))
            continue
        merge = Merge(tx, me, import_id, one, places[key], rows[key], people[key], held)
        kept += merge.carry_out(known, traces.get(key))
    return kept


def _id_of(tx: Transaction, person: ImportedPerson) -> int:
    return tx.new_id() if person.contact_id is None else person.contact_id
