"""Records of a CSV whose delimiter, header and damage are not known beforehand."""

import csv
from collections import deque
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import takewhile

from .decode import Text, is_doubled, undouble
from .limits import LIMITS, Limits

_DELIMITERS = (",", ";", "\t", "|")
_HEADER_WITHIN = 25
_SAMPLED = 1 << 18
# Enough for every real accident; bounds the work on a file made of nothing but accidents.
_REWINDS = 32
_LINES_AT_MOST = 20_000

# The library's own bound of 128 kB is for the whole process; a long article in a mail exceeds it.
csv.field_size_limit(LIMITS.field_chars)

Refuse = Callable[[int, str], None]


class _RunawayError(Exception):
    """A record that does not end, or a line without end; `rewind` if its lines can be read."""

    def __init__(self, *, rewind: bool) -> None:
        super().__init__()
        self.rewind = rewind


class Lines:
    """Physical lines with their numbers, and with a way to put some back."""

    def __init__(self, text: Text) -> None:
        self.number = 0
        self._text = text
        self._back: deque[str | None] = deque()

    def next(self) -> str | None:
        """The next line, "" at the end, None for one that was too long."""
        line = self._back.popleft() if self._back else self._text.line()
        if line != "":
            self.number += 1
        return line

    def put_back(self, lines: Sequence[str | None]) -> None:
        """Makes these the next lines again."""
        self._back.extendleft(reversed(lines))
        self.number -= len(lines)


class Table:
    """A CSV from its header on; `columns` are its names in lower case, as they stand."""

    def __init__(
        self,
        pieces: Iterator[bytes],
        required: Sequence[Collection[str]],
        refuse: Refuse,
        limits: Limits = LIMITS,
        *,
        repair: bool = True,
    ) -> None:
        self._text = Text(pieces, limits.record_chars)
        self._limits = limits
        self._refuse = refuse
        self.lines = Lines(self._text)
        self.columns: list[str] = []
        self.delimiter = ""
        self.preamble = 0
        self.blank = 0
        self.doubled = False
        self._repair = repair
        self._find_header(required)

    @property
    def found(self) -> bool:
        """Whether a header was found at all."""
        return bool(self.columns)

    @property
    def encoding(self) -> str:
        return self._text.origin.encoding

    @property
    def undecodable(self) -> int:
        return self._text.origin.undecodable

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Each record that is not blank, with the number of its first line.

        Damage costs the record that it is in, never the rest: after a quotation mark that is not
        closed, reading goes on with the next line.
        """
        if not self.found:
            return
        rewinds = _REWINDS
        width = len(self.columns)
        held: list[str] = []
        while True:
            reader = csv.reader(self._feed(held), delimiter=self.delimiter)
            try:
                for row in reader:
                    if len(held) > 1 and len(row) != width and rewinds:
                        raise _RunawayError(rewind=True)
                    first = self.lines.number - len(held) + 1
                    held.clear()
                    if row and (row[0].strip() or any(cell.strip() for cell in row)):
                        yield first, [undouble(c) for c in row] if self.doubled else row
                    else:
                        self.blank += 1
            except (_RunawayError, csv.Error) as error:
                first = self.lines.number - len(held) + 1
                several = len(held) > 1
                self._refuse(first, "unclosed_quote" if several else "field_too_large")
                if several and rewinds and getattr(error, "rewind", True):
                    rewinds -= 1
                    self.lines.put_back(held[1:])
                held.clear()
            else:
                return

    def _feed(self, held: list[str]) -> Iterator[str]:
        """Lines for one run of the CSV reader; `held` are those of the record being read."""
        size = 0
        while line := self.lines.next():
            if not held:
                size = 0
            held.append(line)
            size += len(line)
            if size > self._limits.record_chars or len(held) > _LINES_AT_MOST:
                raise _RunawayError(rewind=True)
            yield line
        if line is None:
            held.append("")
            raise _RunawayError(rewind=False)
        if held:
            raise _RunawayError(rewind=True)

    def _find_header(self, required: Sequence[Collection[str]]) -> None:
        sample: list[str | None] = []
        size = 0
        while size < _SAMPLED and (line := self.lines.next()) != "":
            sample.append(line)
            size += len(line or "")
        readable = list(takewhile(lambda line: line is not None, sample))
        self.doubled = self._repair and is_doubled("".join(line or "" for line in readable))
        for delimiter in _DELIMITERS:
            reader = csv.reader((line or "" for line in readable), delimiter=delimiter)
            for _ in range(_HEADER_WITHIN):
                before = reader.line_num
                try:
                    row = next(reader, None)
                except csv.Error:
                    continue
                if row is None:
                    break
                names = [name.strip(" \t\r\n\xa0\ufeff\"'").lower() for name in row]
                if any(all(name in names for name in wanted) for wanted in required):
                    self.columns, self.delimiter, self.preamble = names, delimiter, before
                    self.lines.put_back(sample[reader.line_num :])
                    return
        self.lines.put_back(sample)


class Cells:
    """Picks cells by the name of their column, whatever the order and however few there are."""

    def __init__(self, columns: Sequence[str]) -> None:
        self._at: dict[str, list[int]] = {}
        for index, name in enumerate(columns):
            self._at.setdefault(name, []).append(index)

    def has(self, name: str) -> bool:
        return name in self._at

    def picker(self, *names: str) -> Callable[[list[str]], str]:
        """A function from a row to the cell under the first of these names that exists.

        Where a name stands twice, the first cell that is not empty counts.
        """
        places = next((self._at[name] for name in names if name in self._at), [])
        if not places:
            return lambda _: ""
        if len(places) == 1:
            (place,) = places
            return lambda row: row[place] if place < len(row) else ""
        return lambda row: next((row[p] for p in places if p < len(row) and row[p]), "")
