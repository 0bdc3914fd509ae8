"""Taking an import away again: exactly what it added, and what it changed as it was before.

What another import has too stays, as that import's. What a later import was told stays as well,
and remembers what it would go back to.
"""

import json
from collections.abc import Sequence
from typing import Any

from entregent.ports.db import Row, Transaction

from ..queries import imports
from ..queries import rows as queries
from .filing import (
    known_row,
    participant_row,
    rewrite,
    settle,
    trace_row,
)
from .telling import unlabel_all

AT_ONCE = 40


def forget_imported(tx: Transaction, me: int, import_id: int) -> int:
    """Takes away what an import did to the next conversations; gives how many, 0 at the end."""
    traces = tx.all(imports.TRACES_OF, me=me, of_import=import_id, limit=AT_ONCE)
    ids = [trace.conversation_id for trace in traces]
    later: dict[int, list[_Later]] = {}
    for trace in tx.all(imports.TRACES_AMONG, me=me, ids=ids):
        if trace.import_id > import_id:
            later.setdefault(trace.conversation_id, []).append(_Later(trace))
    places = {row.conversation_id: row for row in tx.all(imports.PLACES, ids=ids)}
    rows = {row.conversation_id: row for row in tx.all(imports.MAILBOXES, owner_id=me, ids=ids)}
    for trace in traces:
        key = trace.conversation_id
        followers = later.get(key, [])
        if trace.before is None and not followers:
            _drop(tx, me, places[key], rows.get(key))
        else:
            _Taking(tx, me, trace, followers, places[key], rows.get(key)).carry_out()
        tx.run(imports.DROP_TRACE, me=me, of_import=import_id, key=key)
    return len(traces)


class _Later:
    """The trace of a later import in the same conversation."""

    def __init__(self, trace: Row) -> None:
        self.import_id: int = trace.import_id
        self.held: set[int] = set(json.loads(trace.held))
        self.before: dict[str, Any] | None = (
            None if trace.before is None else json.loads(trace.before)
        )


def _drop(tx: Transaction, me: int, place: Row, row: Row | None) -> None:
    """The conversation was this import's alone."""
    key = place.conversation_id
    was = [(row.seq, row.at) for row in tx.all(imports.EVERY_MESSAGE, key=key)]
    rewrite(tx, me, key, was, [])
    people = [row.person_id for row in tx.all(imports.EVERYONE, ids=[key])]
    tx.run(imports.DROP_PEOPLE, key=key, ids=people)
    tx.run(imports.DROP_ROW, owner_id=me, key=key)
    if row is not None:
        unlabel_all(tx, row)
    tx.run(imports.DROP_LEFT, me=me, key=key)
    tx.run(imports.DROP_IMPORTED, me=me, key=place.source_key)
    tx.run(imports.DROP_PLACE, key=key)


class _Taking:
    """One import taken out of a conversation that others have a part in."""

    def __init__(
        self, tx: Transaction, me: int, trace: Row, later: Sequence[_Later], place: Row,
        row: Row | None,
    ) -> None:  # fmt: skip
        self.tx, self.me, self.trace, self.later = tx, me, trace, later
        self.place, self.row = place, row
        self.key: int = place.conversation_id
        self.before: dict[str, Any] | None = (
            None if trace.before is None else json.loads(trace.before)
        )

    def carry_out(self) -> None:
        """Writes all of it."""
        last = self._messages()
        maker = self.place.import_id
        if self.before is None:
            # The next import that has the conversation is the one that brought it.
            maker = self.later[0].import_id
            self.later[0].before = None
            title, size, draft, at = self._as_it_is()
        else:
            title, size, draft, at = self._as_it_was(self.before.get("place"))
        others = {
            person.person_id
            for person in self.tx.all(imports.EVERYONE, ids=[self.key])
            if person.person_id != self.me
        }
        settle(self.tx, self.me, self.key, maker, title, others, size, last, at, draft)
        for one in self.later:
            before = None if one.before is None else json.dumps(one.before)
            self.tx.run(
                imports.KEEP_TRACE,
                **trace_row(self.me, one.import_id, self.key, sorted(one.held), before),
            )

    def _messages(self) -> dict[str, Any] | None:
        """Leaves what others hold and restores what was enriched; gives the last message."""
        was: dict[str, Any] = (self.before or {}).get("messages", {})
        rows = [row._asdict() for row in self.tx.all(imports.EVERY_MESSAGE, key=self.key)]
        places = [(row["seq"], row["at"]) for row in rows]
        left = []
        changed = False
        for row in rows:
            key = row["message_id"]
            heir = next((one for one in self.later if key in one.held), None)
            if row["import_id"] == self.trace.import_id:
                changed = True
                if heir is None:
                    continue
                row["import_id"] = heir.import_id
                heir.held.discard(key)
            elif str(key) in was:
                if heir is None:
                    changed = True
                    row.update(was[str(key)])
                elif heir.before is not None:
                    heir.before.setdefault("messages", {})[str(key)] = was[str(key)]
            left.append(row)
        if changed:
            rewrite(self.tx, self.me, self.key, places, left)
        return left[-1] if left else None

    def _as_it_is(self) -> tuple[str | None, int, str | None, int]:
        if self.row is None:
            return self.place.title, 2, None, self.tx.now
        return self.place.title, self.row.size, self.row.draft, self.row.last_at

    def _as_it_was(self, place: dict[str, Any] | None) -> tuple[str | None, int, str | None, int]:
        if place is None or self.row is None:
            return self._as_it_is()
        if self.later:
            heir = self.later[0]
            if heir.before is not None:
                heir.before["place"] = {**heir.before.get("place", {}), **place}
            return self._as_it_is()
        then = {person[0]: person for person in place["people"]}
        now = {person.person_id: person for person in self.tx.all(imports.EVERYONE, ids=[self.key])}
        gone = [person for person in now if person not in then and person != self.me]
        self.tx.run(imports.DROP_PEOPLE, key=self.key, ids=gone)
        self.tx.run_many(
            queries.INSERT_PARTICIPANT,
            [
                participant_row(self.key, person, kind, name, joined)
                for person, kind, name, joined in then.values()
                if person not in now
            ],
        )
        for person, _, name, _ in then.values():
            if person in now and now[person].name != name:
                self.tx.run(imports.NAME_PERSON, key=self.key, person=person, new_name=name)
        self.tx.run(
            imports.KEEP_IMPORTED,
            **known_row(self.me, self.place.source_key, self.key, json.loads(place["drafts"])),
        )
        # A draft that was written on since is the member's own.
        same = self.row.draft == place["draft_then"]
        draft = place["draft"] if same else self.row.draft
        return place["title"], place["size"], draft, place["last_at"]
