"""The pile of an imported archive: kept beside the members' own, and the decisions about it."""

import csv
import io
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from entregent.kit.text import clean
from entregent.network import contacts_among
from entregent.ports.db import Transaction

from ..events import InvitationsRefreshed
from ..model import MAX_NOTE, NO_RATE, NOTHING, PENDING, PERSONAL, STATES, TEMPLATE, Weight
from ..queries import rows as queries
from ..wording import FROM_ANYBODY, plain_words, shapes_of

COLUMNS = ("From", "Sent At", "Message", "Decision", "inviterProfileUrl")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class ImportedInvitation(NamedTuple):
    """Somebody of an archive who asked the member to connect, elsewhere, and still waits."""

    contact_id: int
    name: str
    note: str
    at: int


class Sorted(NamedTuple):
    """One of a pile, with what its words are: `alike` wrote almost the same."""

    one: ImportedInvitation
    note: str
    wrote: int
    alike: int


def sort_archive(some: Sequence[ImportedInvitation]) -> list[Sorted]:
    """Looks through the words of a whole pile; each person once, the last that they sent."""
    newest = {one.contact_id: one for one in sorted(some, key=lambda one: one.at)}
    pile = [(one, clean(one.note)[:MAX_NOTE]) for one in newest.values()]
    leaders = shapes_of([plain_words(note, [one.name]) for one, note in pile if note])
    sizes = Counter(leaders)
    led = iter(leaders)
    found = []
    for one, note in pile:
        alike = sizes[next(led)] if note else 0
        if not note:
            found.append(Sorted(one, note, NOTHING, 0))
        elif alike >= FROM_ANYBODY:
            found.append(Sorted(one, note, TEMPLATE, alike))
        else:
            found.append(Sorted(one, note, PERSONAL, 0))
    return found


def keep_archive(tx: Transaction, me: int, import_id: int, some: Sequence[Sorted]) -> int:
    """Adds a part of an archive's pile; whoever waits in it already stays as decided. Gives how
    many are new."""
    known = {row.other_id for row in tx.all(queries.IN_ARCHIVE, me=me)}
    rows = [
        {
            "member_id": me,
            "id": tx.new_id(),
            "box": "archive",
            "other_id": new.one.contact_id,
            "reason": "other",
            "note": new.note,
            "at": new.one.at,
            "state": PENDING,
            "settled_at": None,
            "wrote": new.wrote,
            "mutuals": 0,
            "same": 0,
            "marks": 0,
            "closeness": Weight().closeness,
            "rate": NO_RATE,
            "shape_id": None,
            "alike": new.alike,
            "held": None,
            "replied_at": None,
            "import_id": import_id,
        }
        for new in some
        if new.one.contact_id not in known
    ]
    tx.run_many(queries.ADD, rows)
    if rows:
        tx.emit(InvitationsRefreshed(), to=[me])
    return len(rows)


def forget_archive(tx: Transaction, me: int, import_id: int) -> None:
    """Takes an import's pile away."""
    if tx.touch(queries.DROP_IMPORT, me=me, import_of=import_id):
        tx.emit(InvitationsRefreshed(), to=[me])


def decisions(tx: Transaction, me: int) -> str:
    """The pile of the archives with what was decided about each, as CSV."""
    rows = tx.all(queries.IN_ARCHIVE, me=me)
    people = contacts_among(tx, me, [row.other_id for row in rows])
    text = io.StringIO()
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(COLUMNS)
    for row in rows:
        person = people.get(row.other_id)
        slug = person.linkedin_slug if person else ""
        table.writerow(
            [
                _plain(person.name if person else ""),
                _day(row.at),
                _plain(row.note),
                STATES[row.state],
                f"https://www.linkedin.com/in/{slug}" if slug else "",
            ]
        )
    return text.getvalue()


def _plain(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _day(at: int) -> str:
    """A moment as archives have it; empty where it was not told."""
    return datetime.fromtimestamp(at / 1_000, UTC).strftime("%Y-%m-%d %H:%M") if at else ""
