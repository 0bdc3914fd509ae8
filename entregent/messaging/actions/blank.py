"""A mailbox row as it begins."""

import json
from typing import Any

from ..model import INBOX, UNHANDLED, shown


def blank_row(
    now: int, person: int, key: int, kind: str, title: str | None, everyone: list[int]
) -> dict[str, Any]:
    """The mailbox row of a conversation in which nothing was said yet."""
    return {
        "member_id": person,
        "conversation_id": key,
        "kind": kind,
        "source": "entregent",
        "title": title,
        "people": json.dumps(shown(set(everyone) - {person})),
        "size": len(everyone),
        "last_seq": 0,
        "read_seq": 0,
        "last_at": now,
        "sort_at": now,
        "last_author_id": None,
        "snippet": "",
        "view": INBOX,
        "unread": 0,
        "writable": 1,
        "draft": None,
        "drafted": 0,
        **UNHANDLED,
        "import_id": None,
    }
