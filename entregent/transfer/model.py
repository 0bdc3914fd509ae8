"""What an import is, to the member and to us."""

from typing import Any, Literal

import msgspec

from entregent.kit.ids import Id

State = Literal["reading", "done", "refused", "undoing", "undone"]

MAX_RUNS = 3  # a file at which the process ends three times is not tried a fourth time
SILENT_MS = 600_000  # nobody works at an import that was not heard of for so long
MAX_NAME = 200


class Progress(msgspec.Struct):
    """How far it is; a `total` of 0 is not known yet."""

    done: int
    total: int


class Reason(msgspec.Struct):
    """Why a file was refused, in the member's language."""

    code: str
    message: str


class Import(msgspec.Struct, kw_only=True):
    """An import as its member sees it. `totals` has the counts of what the archive holds, and under
    `imported` what this run added."""

    id: Id
    file_name: str
    state: State
    progress: Progress
    started_at: int
    finished_at: int | None
    totals: dict[str, Any] | None
    refusal: Reason | None


class Added(msgspec.Struct, kw_only=True):
    """What an import has added so far; `held` counts messages that were there already."""

    messages: int = 0
    conversations: int = 0
    contacts: int = 0
    connections: int = 0
    drafts: int = 0
    notes: int = 0
    enriched: int = 0
    profile: int = 0
    invitations: int = 0
    held: int = 0
    known: int = 0


def more(added: Added, **by: int) -> Added:
    """The same with so many more of each."""
    return msgspec.structs.replace(
        added, **{name: getattr(added, name) + number for name, number in by.items()}
    )
