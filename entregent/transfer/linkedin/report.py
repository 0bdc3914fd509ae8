"""What became of every file and row: nothing is dropped without a word."""

import msgspec

_LISTED = 100


class RefusedRow(msgspec.Struct, frozen=True):
    """A row that was not read: the number of its line, and the code of the reason."""

    line: int
    reason: str


class FileReport(msgspec.Struct):
    """One file: what it held and what of it can be imported, or why it was passed over.

    `rows` counts every row that is not blank, refused ones too; `refused_rows` lists the first
    hundred of `refused`. `notes` are codes of what its owner should know.
    """

    name: str
    family: str | None = None
    ignored: str | None = None
    encoding: str | None = None
    delimiter: str | None = None
    columns: int = 0
    preamble_rows: int = 0
    rows: int = 0
    imported: int = 0
    duplicates: int = 0
    drafts: int = 0
    hidden: int = 0
    blank: int = 0
    bad_dates: int = 0
    refused: int = 0
    refused_rows: list[RefusedRow] = []
    first: int | None = None
    last: int | None = None
    notes: list[str] = []

    def refuse(self, line: int, reason: str) -> None:
        """Counts a row that is not read, and lists it among the first."""
        self.rows += 1
        self.refused += 1
        if len(self.refused_rows) < _LISTED:
            self.refused_rows.append(RefusedRow(line, reason))

    def date(self, at: int | None) -> None:
        """Widens the range of dates, or counts one that cannot be read."""
        if at is None:
            self.bad_dates += 1
        else:
            self.first = at if self.first is None or at < self.first else self.first
            self.last = at if self.last is None or at > self.last else self.last

    def note(self, code: str) -> None:
        if code not in self.notes:
            self.notes.append(code)


class Report(msgspec.Struct):
    """The whole export; `notes` are codes about it as such."""

    files: list[FileReport] = []
    notes: list[str] = []

    def of(self, family: str) -> list[FileReport]:
        """The files of one family that were read."""
        return [file for file in self.files if file.family == family and file.ignored is None]
