"""The small files: rows to values of the type that their form names."""

from collections.abc import Iterator
from sys import getsizeof
from typing import Any, Protocol

from . import refusals
from .forms import Form
from .limits import Limits
from .report import FileReport
from .tables import Cells


class Rows(Protocol):
    """Rows of a family, be it from a CSV or from pages of the Member Snapshot API."""

    columns: list[str]

    def records(self) -> Iterator[tuple[int, list[str]]]: ...


class Budget:
    """How much may still be kept in memory."""

    def __init__(self, limits: Limits) -> None:
        self._left = limits.kept_bytes

    def keep(self, *texts: object) -> None:
        """Takes what these occupy off the budget; a Refusal when it is used up."""
        self._left -= sum(map(getsizeof, texts)) + 128
        if self._left < 0:
            raise refusals.too_large()


def read_form(
    rows: Rows, form: Form, file: FileReport, limits: Limits, budget: Budget
) -> list[Any]:
    """The rows of a small file as values; a short row without a date is refused."""
    cells = Cells(rows.columns)
    columns = [(cells.picker(*(n.lower() for n in c.names)), c.parse) for c in form.columns]
    date_at = next((i for i, column in enumerate(form.columns) if column.dated), None)
    width = len(rows.columns)
    values: list[Any] = []
    for line, row in rows.records():
        fields = [parse(pick(row)) for pick, parse in columns]
        at = None if date_at is None else fields[date_at]
        if date_at is not None and at is None and len(row) < width:
            file.refuse(line, "short_row")
            continue
        if len(values) >= limits.side_rows:
            raise refusals.too_many_rows(file.name, limits.side_rows)
        budget.keep(*row[:width])
        if isinstance(at, int):
            file.date(at)
        file.rows += 1
        values.append(form.row(*fields))
    return values
