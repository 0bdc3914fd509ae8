"""Rows of imported conversations, and writing them: what importing and forgetting share."""

import json
from collections.abc import Sequence
from typing import Any

from entregent.ports.db import Transaction

from ..archived import ImportedMessage, ImportedPerson, encoded, preview, with_names
from ..model import shown
from ..queries import imports
from ..queries import rows as queries
from ..search_index import Indexed, index, remove
from .telling import follow

ENRICHED = ("text", "subject", "attachments", "author_id")


def indexed(me: int, message: dict[str, Any]) -> Indexed:
    """A message as the search index takes it: for the member alone."""
    subject, text = message["subject"], with_names(message["text"], message["attachments"])
    return Indexed(
        message["conversation_id"],
        message["seq"],
        message["at"],
        [me],
        f"{subject} {text}" if subject else text,
    )


def rewrite(
    tx: Transaction,
    me: int,
    key: int,
    was: Sequence[tuple[int, int]],
    rows: Sequence[dict[str, Any]],
) -> None:
    """Writes all messages of a conversation anew, numbered in this order."""
    tx.run(imports.DROP_MESSAGES, key=key)
    remove(tx, [Indexed(key, seq, at, (), "") for seq, at in was])
    for seq, row in enumerate(rows, 1):
        row["seq"] = seq
    tx.run_many(queries.INSERT_MESSAGE, rows)
    index(tx, [indexed(me, row) for row in rows])


def settle(
    tx: Transaction,
    me: int,
    key: int,
    import_id: int,
    title: str | None,
    others: set[int],
    size: int,
    last: dict[str, Any] | None,
    at: int,
    draft: str | None,
) -> None:
    """Shows in the mailbox what the conversation has come to."""
    seq = last["seq"] if last else 0
    kind = "group" if size > 2 else "direct"
    shown_last = last_shown(last, at)
    tx.run(imports.SET_PLACE, key=key, new_kind=kind, new_title=title, seq=seq, of_import=import_id)
    changed = tx.all(
        imports.SET_MAILBOX,
        owner_id=me,
        key=key,
        new_kind=kind,
        new_title=title,
        faces=json.dumps(shown(others)),
        new_size=size,
        seq=seq,
        at=shown_last["last_at"],
        author=shown_last["last_author_id"],
        text=shown_last["snippet"],
        new_draft=draft,
        has_draft=int(draft is not None),
        files=tx.value(imports.ATTACHED, key=key) or 0,
        of_import=import_id,
    )
    follow(tx, changed)


def last_shown(message: dict[str, Any] | None, at: int) -> dict[str, Any]:
    if message is None:
        return {"last_at": at, "last_author_id": None, "snippet": ""}
    return {
        "last_at": message["at"],
        "last_author_id": message["author_id"],
        "snippet": preview(message["text"], message["attachments"]),
    }


def other_rows(
    key: int, ids: Sequence[int], people: Sequence[ImportedPerson], joined: int
) -> list[dict[str, Any]]:
    rows = {}
    for number, person in zip(ids, people, strict=True):
        kind, name = ("unknown", person.name) if person.contact_id is None else ("contact", None)
        rows[number] = participant_row(key, number, kind, name, joined)
    return list(rows.values())


def participant_row(
    key: int, person: int, kind: str, name: str | None, joined: int
) -> dict[str, Any]:
    return {
        "conversation_id": key,
        "person_id": person,
        "kind": kind,
        "name": name,
        "role": "member",
        "joined_at": joined,
        "first_seq": 1,
        "left_at": None,
    }


def message_row(
    tx: Transaction,
    me: int,
    import_id: int,
    key: int,
    seq: int,
    ids: Sequence[int],
    message: ImportedMessage,
) -> dict[str, Any]:
    return {
        "conversation_id": key,
        "seq": seq,
        "message_id": tx.new_id(),
        "author_id": me if message.author is None else ids[message.author],
        "at": message.at,
        "client_id": message.key,
        "kind": "note" if message.note else "text",
        "text": message.text,
        "subject": message.subject,
        "attachments": encoded(message.files),
        "import_id": import_id,
    }


def known_row(me: int, source_key: str, key: int, drafts: list[str]) -> dict[str, Any]:
    return {
        "member_id": me,
        "source_key": source_key,
        "conversation_id": key,
        "drafts": json.dumps(drafts),
    }


def trace_row(
    me: int, import_id: int, key: int, held: list[int], before: str | None
) -> dict[str, Any]:
    return {
        "member_id": me,
        "import_id": import_id,
        "conversation_id": key,
        "held": json.dumps(held),
        "before": before,
    }


def joined_draft(draft: str | None, more: Sequence[str]) -> str | None:
    """A draft with others after it; a conversation here has one."""
    texts = [] if draft is None else [draft]
    texts.extend(text for text in more if text and text not in texts)
    return "\n\n".join(texts) or None
