"""Carrying an import out, in whatever process: look through the archive, then portion by portion.

It may end anywhere and be begun anew: what is there already is not added again.
"""

import fcntl
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from entregent.accounts import account, members
from entregent.kit.errors import Refusal
from entregent.messaging import fill_index_now
from entregent.network import NewContact, circle, every_contact
from entregent.ports.db import Database, Row, Transaction

from . import actions, reading
from .acquaintances import DAY, Acquaintances
from .asked import pile, waiting
from .conversations import Mapping
from .filling import filling
from .linkedin import Archive, FileReport, Owner, Report, Source, counts, open_source, plain, read
from .model import Added

PEOPLE = 500
# Files whose rows become something that is shown here.
SHOWN = {
    "messages", "connections", "profile", "profile_summary", "positions", "education", "skills",
    "languages", "invitations",
}  # fmt: skip
_READ = 1 << 20


def bring(
    db: Database, me: int, import_id: int, place: Path, name: str, went_on: Callable[[], None]
) -> Refusal | None:
    """Imports a file; gives why it could not be. `went_on` is called after every commit."""
    run = db.write_now(actions.start, me, import_id)
    report = Report()
    try:
        with open_source(place, name) as source:
            archive = read(source)
            report, found = archive.report, counts(archive)
            _bring(db, run, _owned(db, me, source, archive), found, went_on)
        fill_index_now(db)
        _told(report, db.read_now(reading.sums_of, me, import_id))
        db.write_now(actions.finish, run, report)
    except Refusal as refusal:
        if refusal.code == "transfer.not_running":
            raise
        return _refused(db, run, refusal, report)
    except MemoryError:
        return _refused(db, run, Refusal("transfer.too_large", status=413), report)
    return None


def _refused(db: Database, run: actions.Run, refusal: Refusal, report: Report) -> Refusal:
    """Nothing stays half imported."""
    while db.write_now(actions.take_back, run.me, run.import_id):
        pass
    db.write_now(actions.refuse, run.me, run.import_id, refusal, report)
    return refusal


def _owned(db: Database, me: int, source: Source, archive: Archive) -> Archive:
    """The archive; if it does not tell whose it is, as that of whoever bears the member's name."""
    if archive.owner != Owner():
        return archive
    hinted = read(source, Owner(db.read_now(account, me).name))
    borne = any(map(hinted.owner.is_, hinted.figures.senders))
    return hinted if borne or hinted.owner.slug is not None else archive


def _bring(
    db: Database,
    run: actions.Run,
    archive: Archive,
    found: dict[str, Any],
    went_on: Callable[[], None],
) -> None:
    friends, known = db.read_now(_known, run.me)
    people = Acquaintances(known, friends)
    people.take_in(archive)
    for asking in waiting(archive):
        people.asking_key(asking.inviter)
    del known
    everyone = list(people.people.values())
    total = sum(c.messages + c.drafts for c in archive.conversations.values()) + len(everyone)
    newest = max((f.last for f in archive.report.files if f.last is not None), default=0)
    older = db.write_now(
        actions.surveyed, run, total, found, archive.owner.slug, min(newest, db.clock.now())
    )
    went_on()
    ids: dict[str, int] = {}
    for start in range(0, len(everyone), PEOPLE):
        some: list[NewContact] = everyone[start : start + PEOPLE]
        ids.update(
            db.write_now(
                _bring_people, run, some, people.connections & {p.key for p in some}, older
            )
        )
        went_on()
    asked = pile(archive, people, ids)
    for start in range(0, len(asked), PEOPLE):
        db.write_now(actions.bring_invitations, run, asked[start : start + PEOPLE])
    mapping = Mapping(
        archive.owner,
        lambda who: None if (key := people.key_of(who)) is None else ids.get(key),
        db.clock.now(),
        own=archive.manifest is not None,
    )
    for batch, size in mapping.portions(archive.threads()):
        db.write_now(actions.bring_conversations, run, batch, size)
        went_on()
    db.write_now(actions.fill_profile, run, filling(archive))


def _bring_people(
    tx: Transaction, run: actions.Run, some: list[NewContact], connections: set[str], older: bool
) -> dict[str, int]:
    return actions.bring_people(tx, run, some, connections, older=older)


def _known(tx: Transaction, me: int) -> tuple[set[tuple[str, int]], list[Row]]:
    """The member's connections here, by name and day, and all contacts."""
    near = circle(tx, me)
    names = members(tx, near)
    friends = {(plain(names[one].name), at // DAY) for one, at in near.items() if one in names}
    contacts: list[Row] = []
    while page := every_contact(tx, me, contacts[-1].id if contacts else 0):
        contacts.extend(page)
    return friends, contacts


def _told(report: Report, sums: Added) -> None:
    """Turns what can be imported into what was: the rest was known, or has no place here yet."""
    _share(report.of("messages"), sums.messages + sums.drafts)
    _share(report.of("connections"), sums.connections)
    for file in report.of("invitations"):
        file.note("not_shown_yet")  # but for those who waited
        file.imported = min(file.rows, sums.invitations)
    for file in report.files:
        if file.family is not None and file.ignored is None and file.family not in SHOWN:
            file.imported = 0
            file.note("not_shown_yet")


def _share(files: list[FileReport], new: int) -> None:
    for file in files:
        taken = min(file.imported, new)
        file.duplicates += file.imported - taken
        file.imported = taken
        new -= taken


@contextmanager
def alone(folder: Path, me: int) -> Iterator[None]:
    """Keeps every other process from importing for the same member; it ends with the process."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / f"{me}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Refusal("transfer.already_running", status=409, retry_after=10) from None
        yield


def digest_of(place: Path) -> str:
    """By what a file or folder is known when it comes again."""
    found = hashlib.sha256()
    if place.is_dir():
        for path in sorted(place.rglob("*")):
            told = path.lstat()
            found.update(f"{path}\0{told.st_size}\0{told.st_mtime_ns}\0".encode("utf-8", "replace"))
        return found.hexdigest()
    try:
        with place.open("rb") as file:
            while piece := file.read(_READ):
                found.update(piece)
    except OSError:
        raise Refusal("transfer.unreadable", field="file") from None
    return found.hexdigest()
