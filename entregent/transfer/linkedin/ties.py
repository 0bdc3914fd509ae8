"""Connections and invitations."""

from msgspec.structs import astuple

from . import refusals
from .dates import us
from .forms import FORMS
from .limits import Limits
from .model import Connection, Invitation
from .people import People, plain
from .report import FileReport
from .sides import Budget, Rows, read_form
from .tables import Cells

INVITATION_COLUMNS = (
    "From",
    "To",
    "Sent At",
    "Message",
    "Direction",
    "inviterProfileUrl",
    "inviteeProfileUrl",
)
INVITATION_REQUIRED = (("from", "to", "direction"),)


class Connections:
    """The connections of all files, each person once."""

    def __init__(self) -> None:
        self._found: dict[object, Connection] = {}

    def all(self) -> list[Connection]:
        return list(self._found.values())

    def read(self, rows: Rows, file: FileReport, limits: Limits, budget: Budget) -> None:
        """Takes in one file; a date and nothing else is a hidden profile, which is counted."""
        everyone: list[Connection] = read_form(rows, FORMS["connections"], file, limits, budget)
        file.first = file.last = None
        for one in everyone:
            if one.connected_on is not None or one.name:
                file.date(one.connected_on)
            if not (one.name or one.slug or one.email):
                file.hidden += 1
                continue
            key = one.slug or (plain(one.name), one.connected_on)
            known = self._found.get(key)
            if known is None:
                file.imported += 1
                self._found[key] = one
            else:
                file.duplicates += 1
                self._found[key] = _completed(known, one)


def _completed(known: Connection, other: Connection) -> Connection:
    """What the one row leaves empty, the other may know."""
    return Connection(*(a or b for a, b in zip(astuple(known), astuple(other), strict=True)))


def read_invitations(
    rows: Rows, people: People, file: FileReport, limits: Limits, budget: Budget
) -> list[Invitation]:
    """Invitations, both ways in one table; older files have no addresses."""
    cells = Cells(rows.columns)
    pick = [cells.picker(name.lower()) for name in INVITATION_COLUMNS]
    width = len(rows.columns)
    values: list[Invitation] = []
    for line, row in rows.records():
        inviter, invitee, sent, message, direction, inviter_url, invitee_url = (
            choose(row) for choose in pick
        )
        at = us(sent.strip())
        if at is None and len(row) < width:
            file.refuse(line, "short_row")
            continue
        if len(values) >= limits.side_rows:
            raise refusals.too_many_rows(file.name, limits.side_rows)
        budget.keep(*row[:width])
        file.rows += 1
        file.date(at)
        ends = people.who(inviter, inviter_url), people.who(invitee, invitee_url)
        incoming = direction.strip().upper() != "OUTGOING"
        values.append(Invitation(*ends, at, message, incoming))
    return values
