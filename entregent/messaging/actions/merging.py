"""One conversation that is there already, completed by what another archive has of it."""

import json
from bisect import bisect_left
from collections.abc import Sequence
from typing import Any

from entregent.ports.db import Row, Transaction

from ..archived import ImportedConversation, ImportedMessage, ImportedPerson, Kept, encoded, stored
from ..queries import imports
from ..queries import rows as queries
from ..search_index import index
from .filing import (
    ENRICHED,
    indexed,
    joined_draft,
    known_row,
    message_row,
    participant_row,
    rewrite,
    settle,
    trace_row,
)


class Merge:
    """One conversation that is there, and the same one of an archive."""

    def __init__(
        self,
        tx: Transaction,
        me: int,
        import_id: int,
        one: ImportedConversation,
        place: Row,
        row: Row,
        people: Sequence[Row],
        held: dict[tuple[int, str], Row],
    ) -> None:
        self.tx, self.me, self.import_id = tx, me, import_id
        self.one, self.place, self.row = one, place, row
        self.key: int = place.conversation_id
        self.people = [person for person in people if person.person_id != me]
        self.added: list[dict[str, Any]] = []
        self.renamed: dict[int, str] = {}
        self.left_out: dict[int, int] = {}
        self.ids = [self._recognised(person) for person in one.people]
        self.fresh: list[ImportedMessage] = []
        self.found: list[int] = []
        self.changed: dict[int, tuple[dict[str, Any], dict[str, Any]]] = {}
        for message in one.messages:
            known = held.get((self.key, message.key))
            if known is None:
                self.fresh.append(message)
                continue
            if known.import_id != import_id:
                self.found.append(known.message_id)
            self._enrich(known, message)

    def carry_out(self, known: Row, trace: Row | None) -> Kept:
        """Writes all of it."""
        one, tx = self.one, self.tx
        title = self.place.title or one.title
        brought = set(json.loads(known.drafts))
        drafts = [
            draft
            for draft in one.drafts
            if draft.key not in brought and draft.text != self.row.draft
        ]
        draft = joined_draft(self.row.draft, [d.text for d in drafts]) if drafts else self.row.draft
        fresh = bool(self.fresh or drafts)
        news = self.changed or self.added or self.renamed or self.left_out
        if not fresh and (one.settled or not (news or title != self.place.title)):
            self._keep_trace(trace, None, {})
            return Kept(held=len(self.found))
        place = self._snapshot(known.drafts, draft)
        last = self._write_messages()
        others = {person.person_id for person in self.people} - self.left_out.keys()
        others |= {person["person_id"] for person in self.added}
        tx.run(imports.DROP_PEOPLE, key=self.key, ids=list(self.left_out))
        tx.run_many(queries.INSERT_PARTICIPANT, self.added)
        for person, name in self.renamed.items():
            tx.run(imports.NAME_PERSON, key=self.key, person=person, new_name=name)
        size = max(len(others) + 1, self.row.size)
        settle(
            tx, self.me, self.key, self.place.import_id, title, others, size, last,
            self.row.last_at, draft,
        )  # fmt: skip
        if drafts:
            kept_drafts = [*brought, *(d.key for d in drafts)]
            tx.run(
                imports.KEEP_IMPORTED, **known_row(self.me, one.key, self.key, sorted(kept_drafts))
            )
        before = {str(key): was for key, (was, _) in self.changed.items()}
        self._keep_trace(trace, place, before)
        notes = sum(message.note for message in self.fresh)
        return Kept(0, len(self.fresh), len(drafts), len(self.changed), len(self.found), notes)

    # -- people ----------------------------------------------------------------------------------

    def _recognised(self, person: ImportedPerson) -> int:
        """Who of those in the conversation this is; somebody new is added."""
        if len(self.people) == 1 and len(self.one.people) == 1 and self.one.size <= 2:
            return self._only_other(person, self.people[0])
        if person.contact_id is not None:
            if person.contact_id not in self._present():
                self._add(person.contact_id, "contact", None)
            return person.contact_id
        for other in self.people:
            if other.kind == "unknown" and other.name == person.name:
                return int(other.person_id)
        new = self.tx.new_id()
        self._add(new, "unknown", person.name)
        return new

    def _only_other(self, person: ImportedPerson, other: Row) -> int:
        """The one other of a conversation of two is always the same, whatever is known of them."""
        known = int(other.person_id)
        if other.kind == "unknown" and person.contact_id is not None:
            self.left_out[known] = person.contact_id
            self._add(person.contact_id, "contact", None)
            return person.contact_id
        if other.kind == "unknown" and other.name is None and person.name is not None:
            self.renamed[known] = person.name
        return known

    def _present(self) -> set[int]:
        return {person.person_id for person in self.people} | {
            person["person_id"] for person in self.added
        }

    def _add(self, person: int, kind: str, name: str | None) -> None:
        self.added.append(participant_row(self.key, person, kind, name, self.one.at))

    # -- messages --------------------------------------------------------------------------------

    def _author(self, message: ImportedMessage) -> int:
        return self.me if message.author is None else self.ids[message.author]

    def _enrich(self, known: Row, message: ImportedMessage) -> None:
        """Notes what the archive knows more of a message; nothing known is ever lost."""
        author = self.left_out.get(known.author_id, known.author_id)
        faceless = any(
            p.person_id == author and p.kind == "unknown" and p.name is None for p in self.people
        )
        if faceless and message.author is not None:
            author = self._author(message)
        richer = message.text.count("\n") > known.text.count("\n")
        more = len(message.files) > len(stored(known.attachments))
        after = {
            "text": message.text if richer else known.text,
            "subject": known.subject or message.subject,
            "attachments": encoded(message.files) if more else known.attachments,
            "author_id": author,
        }
        before = {name: getattr(known, name) for name in ENRICHED}
        if after != before:
            self.changed[known.message_id] = (before, after)

    def _write_messages(self) -> dict[str, Any] | None:
        """Puts the new ones in their place in time; gives the last message."""
        last = self.tx.first(imports.LAST_OF, key=self.key, seq=self.place.last_seq)
        later = last is None or all(message.at >= last.at for message in self.fresh)
        if later and not self.changed and not self.left_out:
            fresh = [
                message_row(
                    self.tx, self.me, self.import_id, self.key, self.place.last_seq + number,
                    self.ids, message,
                )
                for number, message in enumerate(self.fresh, 1)
            ]  # fmt: skip
            self.tx.run_many(queries.INSERT_MESSAGE, fresh)
            index(self.tx, [indexed(self.me, message) for message in fresh])
            if fresh:
                return fresh[-1]
            rows = self.tx.all(
                queries.ONE_MESSAGE, conversation_id=self.key, seq=last.seq if last else 0
            )
            return rows[0]._asdict() if rows else None
        rows = [row._asdict() for row in self.tx.all(imports.EVERY_MESSAGE, key=self.key)]
        was = [(row["seq"], row["at"]) for row in rows]
        for row in rows:
            if row["author_id"] in self.left_out and row["message_id"] not in self.changed:
                before = {name: row[name] for name in ENRICHED}
                after = before | {"author_id": self.left_out[row["author_id"]]}
                self.changed[row["message_id"]] = (before, after)
            if row["message_id"] in self.changed:
                row.update(self.changed[row["message_id"]][1])
        rewrite(self.tx, self.me, self.key, was, self._in_order(rows))
        return rows[-1] if rows else None

    def _in_order(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Those that are there stay as they stand to each other; each new one goes beside its
        neighbour of the same moment, else to its place in time."""
        fresh = {message.key for message in self.fresh}
        before: ImportedMessage | None = None
        for message in self.one.messages:
            if message.key in fresh:
                at = -1
                if before is not None and before.at == message.at:
                    at = next(
                        (n for n, row in enumerate(rows) if row["client_id"] == before.key), -1
                    )
                if at < 0:
                    at = bisect_left(rows, message.at, key=lambda row: row["at"]) - 1
                made = message_row(self.tx, self.me, self.import_id, self.key, 0, self.ids, message)
                rows.insert(at + 1, made)
            before = message
        return rows

    # -- the trace -------------------------------------------------------------------------------

    def _snapshot(self, drafts: str, draft: str | None) -> dict[str, Any]:
        return {
            "kind": self.place.kind,
            "title": self.place.title,
            "size": self.row.size,
            "people": [[p.person_id, p.kind, p.name, p.joined_at] for p in self.people],
            "last_at": self.row.last_at,
            "draft": self.row.draft,
            "draft_then": draft,
            "drafts": drafts,
        }

    def _keep_trace(
        self, trace: Row | None, place: dict[str, Any] | None, messages: dict[str, Any]
    ) -> None:
        if trace is not None and trace.before is None:
            return  # this import made the conversation
        before: dict[str, Any] = json.loads(trace.before) if trace else {}
        if place is not None:
            then = place["draft_then"]
            before.setdefault("place", place)["draft_then"] = then
        known = before.setdefault("messages", {})
        for key, was in messages.items():
            known.setdefault(key, was)
        found = {*json.loads(trace.held), *self.found} if trace else set(self.found)
        self.tx.run(
            imports.KEEP_TRACE,
            **trace_row(self.me, self.import_id, self.key, sorted(found), json.dumps(before)),
        )
