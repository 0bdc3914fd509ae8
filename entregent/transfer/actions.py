"""What becomes of an import: begun, carried on, finished, refused, taken back."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

import msgspec

from entregent.accounts import members
from entregent.invitations import Sorted, forget_archive, keep_archive
from entregent.kit.errors import Refusal
from entregent.kit.text import clean_line
from entregent.messaging import (
    ImportedConversation,
    InboxRefreshed,
    Kept,
    forget_imported,
    keep_imported,
)
from entregent.network import NewContact, add_contacts, forget_contacts
from entregent.notifications import Detail, Tell, Thing
from entregent.notifications import tell as ring
from entregent.ports.db import Row, Transaction
from entregent.ports.jobs import enqueue
from entregent.profiles import Profile, change_profile, profile_of

from . import queries
from .events import ImportProgressed
from .filling import Filling, emptied, filled
from .jobnames import BringImport, UndoImport
from .linkedin import Report
from .model import MAX_NAME, MAX_RUNS, SILENT_MS, Added, Import, more
from .reading import decoded, find, repeated, running, seen
from .sentences import kept_reason

MOST = 10_000


class Begin(NamedTuple):
    """A file that a member brings; `spool` is our copy of it, empty for one that stays theirs."""

    me: int
    client_id: str
    file_name: str
    digest: str
    spool: str = ""


class Run(NamedTuple):
    """One process's turn at an import."""

    me: int
    import_id: int
    token: int


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


# -- beginning -----------------------------------------------------------------------------------


def begin(tx: Transaction, asked: Begin) -> Import:
    """Has a file imported by the worker; one at a time for each member."""
    before = repeated(tx, asked.me, asked.client_id)
    if before is not None:
        return before
    for row in running(tx, asked.me):
        if row.spool or row.state != "reading" or tx.now - row.heard_at < SILENT_MS:
            raise Refusal("transfer.already_running", status=409, retry_after=10)
        # A command that was ended in the middle and never run again: what it did is taken back.
        undo(tx, asked.me, row.import_id)
    row = _begin(tx, asked)
    job = BringImport(member_id=asked.me, import_id=row.import_id)
    enqueue(tx, job, owner=asked.me, key=str(row.import_id))
    tell(tx, asked.me, row.import_id)
    return seen(tx, row)


def begin_here(tx: Transaction, asked: Begin) -> int:
    """Begins an import that the calling process carries out itself, or takes it up where another
    one ended; the caller holds the member's lock."""
    for row in running(tx, asked.me):
        if row.spool or row.state != "reading":
            raise Refusal("transfer.already_running", status=409, retry_after=10)
        if row.digest == asked.digest:
            return int(row.import_id)
        raise Refusal("transfer.interrupted_one", status=409, name=row.file_name)
    return int(_begin(tx, asked).import_id)


def _begin(tx: Transaction, asked: Begin) -> Row:
    import_id = tx.new_id()
    tx.run(
        queries.ADD,
        member_id=asked.me,
        import_id=import_id,
        client_id=asked.client_id,
        file_name=clean_line(asked.file_name)[:MAX_NAME] or "LinkedIn",
        digest=asked.digest,
        spool=asked.spool,
        state="reading",
        run=0,
        runs=0,
        done=0,
        total=0,
        added=_json(Added()),
        filled="{}",
        counts=None,
        report=None,
        refusal=None,
        owner_slug=None,
        newest_at=0,
        started_at=tx.now,
        heard_at=tx.now,
        finished_at=None,
    )
    return find(tx, asked.me, import_id)


def start(tx: Transaction, me: int, import_id: int) -> Run:
    """Takes an import up: no other run of it writes from now on."""
    row = find(tx, me, import_id)
    if row.state != "reading":
        raise Refusal("transfer.not_running", status=409)
    if row.runs >= MAX_RUNS and row.spool:
        raise Refusal("transfer.gave_up")
    token = tx.new_id()
    tx.run(queries.START, me=me, of_import=import_id, token=token, at=tx.now)
    return Run(me, import_id, token)


# -- carrying on ---------------------------------------------------------------------------------


def surveyed(
    tx: Transaction, run: Run, total: int, counts: dict[str, Any], slug: str | None, newest: int
) -> bool:
    """The archive has been looked through; gives whether a newer one came before."""
    _held(tx, run)
    tx.run(
        queries.SURVEYED,
        me=run.me,
        of_import=run.import_id,
        of_all=total,
        figures=_json(counts),
        slug=slug,
        newest=newest,
        at=tx.now,
    )
    before: int = tx.value(queries.NEWEST, me=run.me, of_import=run.import_id)
    return newest < before


def bring_people(
    tx: Transaction, run: Run, people: Sequence[NewContact], connections: set[str], *, older: bool
) -> dict[str, int]:
    """Makes people contacts of the member; gives their ids by key."""
    row = _held(tx, run)
    added = add_contacts(tx, run.me, people, run.import_id, older=older)
    fresh = set(added.fresh)
    sums = more(
        decoded(row.added),
        contacts=added.added,
        connections=len(fresh & connections),
        known=len(connections & added.ids.keys()) - len(fresh & connections),
        enriched=added.enriched,
    )
    _went_on(tx, run, row, len(people), sums)
    return added.ids


def bring_conversations(
    tx: Transaction, run: Run, batch: Sequence[ImportedConversation], steps: int
) -> Kept:
    """Adds conversations to the member's mailbox."""
    row = _held(tx, run)
    kept = keep_imported(tx, run.me, run.import_id, batch)
    sums = more(
        decoded(row.added),
        messages=kept.messages,
        conversations=kept.conversations,
        drafts=kept.drafts,
        enriched=kept.enriched,
        held=kept.held,
        notes=kept.notes,
    )
    _went_on(tx, run, row, steps, sums)
    return kept


def bring_invitations(tx: Transaction, run: Run, some: Sequence[Sorted]) -> int:
    """Adds those who waited for an answer elsewhere, to rehearse on."""
    row = _held(tx, run)
    new = keep_archive(tx, run.me, run.import_id, some)
    _went_on(tx, run, row, 0, more(decoded(row.added), invitations=new))
    return new


def fill_profile(tx: Transaction, run: Run, wanted: Filling) -> None:
    """Fills in what the member's profile does not say yet."""
    row = _held(tx, run)
    change, fields = filled(_profile(tx, run.me), wanted)
    known: dict[str, Any] = json.loads(row.filled)
    if fields:
        try:
            change_profile(tx, run.me, change)
        except Refusal:
            return  # what a profile cannot hold is no reason to lose the conversations
        sums = more(decoded(row.added), profile=len(fields))
        known.update(fields)
        tx.run(
            queries.FILLED,
            me=run.me,
            of_import=run.import_id,
            fields=_json(known),
            sums=_json(sums),
        )


def finish(tx: Transaction, run: Run, report: Report) -> None:
    """All of it is there."""
    _held(tx, run)
    _finish(tx, run.me, run.import_id, "done", report, None)


def refuse(tx: Transaction, me: int, import_id: int, refusal: Refusal, report: Report) -> None:
    """The file cannot be imported; what was brought of it has been taken back before."""
    tx.run(queries.WENT_ON, me=me, of_import=import_id, so_far=0, sums=_json(Added()), at=tx.now)
    _finish(tx, me, import_id, "refused", report, kept_reason(refusal))


def _finish(
    tx: Transaction, me: int, import_id: int, state: str, report: Report, why: str | None
) -> None:
    tx.run(
        queries.FINISH,
        me=me,
        of_import=import_id,
        new_state=state,
        told=_json(report),
        why=why,
        at=tx.now,
    )


def tell(tx: Transaction, me: int, import_id: int) -> None:
    """Tells the member how an import goes."""
    tx.emit(ImportProgressed(import_=seen(tx, find(tx, me, import_id))), to=[me])


def tell_end(tx: Transaction, me: int, import_id: int) -> None:
    """Tells the member how an import ended, and to load the inbox again."""
    tell(tx, me, import_id)
    tx.emit(InboxRefreshed(), to=[me])
    row = find(tx, me, import_id)
    if row.state in {"done", "refused"}:
        ring(
            tx,
            Tell(
                to=me,
                kind="import",
                topic=str(import_id),
                thing=Thing(kind="import", id=str(import_id)),
                detail=Detail(text=row.file_name, what=row.state),
            ),
        )


def _held(tx: Transaction, run: Run) -> Row:
    """The import, as long as it is this run's."""
    row = find(tx, run.me, run.import_id)
    if row.state != "reading" or row.run != run.token:
        raise Refusal("transfer.not_running", status=409)
    return row


def _went_on(tx: Transaction, run: Run, row: Row, steps: int, sums: Added) -> None:
    tx.run(
        queries.WENT_ON,
        me=run.me,
        of_import=run.import_id,
        so_far=min(row.done + steps, row.total),
        sums=_json(sums),
        at=tx.now,
    )


def _profile(tx: Transaction, me: int) -> Profile:
    return profile_of(tx, me, me)


# -- taking back ---------------------------------------------------------------------------------


def undo(tx: Transaction, me: int, import_id: int) -> Import:
    """Has an import taken back; doing it again changes nothing."""
    row = find(tx, me, import_id)
    if row.state in {"undoing", "undone"}:
        return seen(tx, row)
    if row.state == "reading" and (row.spool or tx.now - row.heard_at < SILENT_MS):
        raise Refusal("transfer.already_running", status=409, retry_after=10)
    if row.state == "refused":
        raise Refusal("transfer.nothing_to_undo", status=409)
    _undo_later(tx, me, import_id)
    tell(tx, me, import_id)
    return seen(tx, find(tx, me, import_id))


def forget_all(tx: Transaction, me: int) -> None:
    """The member has left for good: all that was brought is taken back."""
    for row in tx.all(queries.ALL, me=me, limit=MOST):
        if row.state in {"reading", "done"}:
            _undo_later(tx, me, row.import_id)


def _undo_later(tx: Transaction, me: int, import_id: int) -> None:
    tx.run(
        queries.SET_STATE, me=me, of_import=import_id, new_state="undoing", ended=None, at=tx.now
    )
    job = UndoImport(member_id=me, import_id=import_id)
    enqueue(tx, job, owner=me, key=str(import_id))


def take_back(tx: Transaction, me: int, import_id: int) -> bool:
    """Takes back the next part of what an import did; False when nothing is left."""
    if forget_imported(tx, me, import_id):
        return True
    forget_archive(tx, me, import_id)
    forget_contacts(tx, me, import_id)
    fields: dict[str, Any] = json.loads(find(tx, me, import_id).filled)
    if fields and not members(tx, [me])[me].closed:
        change = emptied(_profile(tx, me), fields)
        if change is not None:
            change_profile(tx, me, change)
    return False


def undone(tx: Transaction, me: int, import_id: int) -> None:
    """The import has been taken back."""
    tx.run(
        queries.SET_STATE, me=me, of_import=import_id, new_state="undone", ended=tx.now, at=tx.now
    )
    tell_end(tx, me, import_id)
