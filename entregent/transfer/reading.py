"""What a member, and the worker, may know of imports."""

import json

import msgspec

from entregent.accounts import account
from entregent.kit.errors import Refusal
from entregent.ports.db import Row, Transaction

from . import queries
from .linkedin import Report
from .model import Added, Import, Progress
from .sentences import reason

SHOWN = 200

decoded = msgspec.json.Decoder(Added).decode


def find(tx: Transaction, me: int, import_id: int) -> Row:
    """A member's import."""
    row = tx.first(queries.FIND, me=me, of_import=import_id)
    if row is None:
        raise Refusal("transfer.no_import", status=404)
    return row


def seen(tx: Transaction, row: Row) -> Import:
    """An import as its member sees it."""
    language = account(tx, row.member_id).language
    totals = None
    if row.counts is not None:
        totals = {**json.loads(row.counts), "imported": imported(decoded(row.added))}
    return Import(
        id=str(row.import_id),
        file_name=row.file_name,
        state=row.state,
        progress=Progress(row.done, row.total),
        started_at=row.started_at,
        finished_at=row.finished_at,
        totals=totals,
        refusal=reason(row.refusal, language),
    )


def imported(added: Added) -> dict[str, int]:
    """What a run added, under the names that everybody sees."""
    sums = msgspec.structs.asdict(added)
    return {name: number for name, number in sums.items() if name not in {"held", "known"}}


def every_import(tx: Transaction, me: int) -> list[Import]:
    """The member's imports, the newest first."""
    return [seen(tx, row) for row in tx.all(queries.ALL, me=me, limit=SHOWN)]


def one_import(tx: Transaction, me: int, import_id: int) -> tuple[Import, Report]:
    """An import with its report."""
    row = find(tx, me, import_id)
    report = msgspec.json.decode(row.report, type=Report) if row.report else Report()
    return seen(tx, row), report


def reads(tx: Transaction, me: int, import_id: int, spool: str) -> bool:
    """Whether an import still reads that copy of its file."""
    return bool(find(tx, me, import_id).spool == spool)


def sums_of(tx: Transaction, me: int, import_id: int) -> Added:
    """What an import has added so far."""
    return decoded(find(tx, me, import_id).added)


def owner_slug(tx: Transaction, me: int) -> str | None:
    """The member's own address on LinkedIn, as far as an import told it."""
    slug: str | None = tx.value(queries.SLUG, me=me)
    return slug


def repeated(tx: Transaction, me: int, client_id: str) -> Import | None:
    """The import that a client began with this id, if there is one."""
    row = tx.first(queries.FIND_BY_CLIENT, me=me, key=client_id)
    return None if row is None else seen(tx, row)


def running(tx: Transaction, me: int) -> list[Row]:
    """The member's imports that are under way, or were when their process ended."""
    return tx.all(queries.RUNNING, me=me)


def spooled(tx: Transaction) -> list[str]:
    """Our copies of files that are still needed."""
    return [row.spool for row in tx.all(queries.SPOOLED)]
