"""Shares, comments and articles: two broken ways of quoting undone, and HTML made text."""

import re
from collections.abc import Iterator

from msgspec.structs import replace

from . import markup
from .decode import undouble
from .limits import Limits
from .model import Article, Share
from .report import FileReport
from .tables import Table

_DATED = re.compile(r'"?[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}:[0-9]{2}"?[,;\t|]')
# Each line break inside a share is written as quotation mark, CR LF, quotation mark.
_BROKEN = re.compile(r'"\r?\n"')


def mended(share: Share) -> Share:
    """The share with its line breaks."""
    if '"' not in share.text:
        return share
    return replace(share, text=_BROKEN.sub("\n", share.text))


class Comments:
    """Rows of a Comments.csv whose line breaks are not quoted.

    A record starts with a date; any other line continues the message before it.
    """

    def __init__(self, table: Table, file: FileReport, limits: Limits) -> None:
        self.columns = table.columns
        self._table = table
        self._file = file
        self._limits = limits

    def records(self) -> Iterator[tuple[int, list[str]]]:
        lines = self._table.lines
        first, held, size = 0, list[str](), 0
        while (line := lines.next()) != "":
            if line is None:
                self._file.refuse(lines.number, "field_too_large")
                first, held, size = 0, [], 0
            elif _DATED.match(line):
                yield from self._record(first, held)
                first, held, size = lines.number, [line], len(line)
            elif held and size + len(line) <= self._limits.field_chars:
                held.append(line)
                size += len(line)
            elif held:
                self._file.refuse(first, "field_too_large")
                first, held, size = 0, [], 0
            elif line.strip():
                self._file.refuse(lines.number, "short_row")
        yield from self._record(first, held)

    def _record(self, first: int, held: list[str]) -> Iterator[tuple[int, list[str]]]:
        if held:
            cells = "".join(held).rstrip("\r\n").split(self._table.delimiter, 2)
            cells[:2] = [cell.strip('"') for cell in cells[:2]]
            cells[2:] = [_unquoted(cell) for cell in cells[2:]]
            yield first, [undouble(c) for c in cells] if self._table.doubled else cells


def _unquoted(cell: str) -> str:
    cell = cell.replace("\r\n", "\n")
    if len(cell) >= 2 and cell[0] == cell[-1] == '"':
        return cell[1:-1].replace('""', '"')
    return cell


def article(text: str) -> Article:
    """An article from its HTML."""
    title, link = markup.heading(text)
    return Article(title, markup.to_text(markup.body(text)), link)
