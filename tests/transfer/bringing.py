"""Bringing archives into the fixed world's accounts, and looking at what came of it."""

import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import select

from entregent.kit.errors import Refusal
from entregent.ports.db import Transaction
from entregent.server.tables import metadata
from entregent.transfer import Begin, begin_here, bring, digest_of
from entregent.transfer.actions import take_back, undo, undone
from entregent.transfer.model import Added
from entregent.transfer.reading import sums_of
from tests.transfer.archives import zipped
from tests.world import World

# What an import leaves in the tables that are the member's to see.
SEEN = (
    "conversations", "participants", "messages", "mailbox", "contacts", "contact_emails",
    "profiles", "handles", "profile_words", "message_words",
)  # fmt: skip
TRACES = ("imported_conversations", "import_traces", "contact_sources")


def nothing() -> None:
    """Nobody listens."""


class Brought:
    """An import that has ended."""

    def __init__(self, import_id: int, added: Added, refusal: Refusal | None) -> None:
        self.import_id, self.added, self.refusal = import_id, added, refusal


def import_file(
    world: World, me: int, place: Path, went_on: Callable[[], None] = nothing
) -> Brought:
    """Imports a file as the command line would."""
    world.clock.forward(seconds=1)
    asked = Begin(me, f"test-{uuid.uuid4().hex}", place.name, digest_of(place))
    import_id = world.do(begin_here, asked)
    refusal = bring(world.db, me, import_id, place, place.name, went_on)
    return Brought(import_id, world.see(sums_of, me, import_id), refusal)


def import_files(world: World, me: int, folder: Path, files: Mapping[str, str | bytes]) -> Brought:
    """Imports a ZIP of these files."""
    place = folder / f"{uuid.uuid4().hex}.zip"
    place.write_bytes(zipped(files))
    return import_file(world, me, place)


def take_whole_back(world: World, me: int, import_id: int) -> None:
    """Undoes an import as the worker would."""
    world.do(undo, me, import_id)
    while world.do(take_back, me, import_id):
        pass
    world.do(undone, me, import_id)


def tables(world: World, names: tuple[str, ...] = SEEN) -> dict[str, set[Any]]:
    """All rows of these tables."""
    return {name: world.see(_every_row, name) for name in names}


def _every_row(tx: Transaction, name: str) -> set[Any]:
    return set(map(tuple, tx.all(select(metadata.tables[name]))))


def said(world: World, me: int) -> dict[str, list[Any]]:
    """Every imported conversation's messages, without what is numbered anew each time."""
    rows = tables(world, ("conversations", "messages", "mailbox"))
    columns = {name: [c.name for c in metadata.tables[name].c] for name in rows}

    def dicts(name: str) -> list[dict[str, Any]]:
        return [dict(zip(columns[name], row, strict=True)) for row in rows[name]]

    mine = {row["conversation_id"] for row in dicts("mailbox") if row["member_id"] == me}
    keys = {
        row["conversation_id"]: row["source_key"]
        for row in dicts("conversations")
        if row["conversation_id"] in mine and row["source_key"] is not None
    }
    found: dict[str, list[Any]] = {key: [] for key in keys.values()}
    for row in sorted(dicts("messages"), key=lambda row: row["seq"]):
        if row["conversation_id"] in keys:
            told = [row[name] for name in ("seq", "at", "text", "subject", "attachments")]
            mine_too = row["author_id"] == me
            found[keys[row["conversation_id"]]].append(
                (*told, mine_too, row["kind"], row["client_id"])
            )
    return found
