"""Which files of a source are read, as what, and how to open each of them again."""

from collections.abc import Callable, Iterator

import msgspec

from . import own
from .forms import FORMS
from .limits import Limits
from .messages import REQUIRED as MESSAGES_REQUIRED
from .names import family, is_article, why_unused
from .paths import shown
from .report import FileReport, Report
from .snapshot import Page, read_pages
from .source import Entry, Source
from .tables import Table
from .ties import INVITATION_REQUIRED

_REQUIRED = {
    "messages": MESSAGES_REQUIRED,
    "invitations": INVITATION_REQUIRED,
} | {name: form.required for name, form in FORMS.items()}
# A file by itself is told by its columns, whatever it is called.
_SNIFFED = ("messages", "connections", "invitations", *(n for n, f in FORMS.items() if f.sniffed))
_NEVER_SNIFFED = {"transcript", "sensitive", "address_book"}


class File(msgspec.Struct):
    """A file that is read: where it is, what it holds, and what became of it."""

    entry: Entry
    family: str
    report: FileReport
    page: int | None = None
    start: int = 0


class Files:
    """The files of a source, sorted by what they are; each can be opened any number of times.

    `theirs` is False for an export of ours, which needs no repair.
    """

    def __init__(self, source: Source, report: Report, limits: Limits) -> None:
        self.files: list[File] = []
        self.articles: list[tuple[Entry, FileReport]] = []
        self.own: dict[str, Entry] = {}
        self.theirs = True
        self._source = source
        self._report = report
        self._limits = limits
        for entry in source.entries:
            self._sort(entry)
        for ignored in source.ignored:
            report.files.append(FileReport(ignored.name, ignored=ignored.reason))
        self.files.sort(key=lambda file: file.start)

    def of(self, kind: str) -> list[File]:
        """The files of one family, in the order of the source."""
        return [file for file in self.files if file.family == kind]

    def open(self, file: File, refuse: Callable[[int, str], None]) -> Table | Page | None:
        """The rows of a file; None, and its report says why, if no header is found in it."""
        if file.page is not None:
            pages = read_pages(self._source.pieces(file.entry), file.entry.name, self._limits)
            return (pages or [])[file.page]
        table = Table(
            self._source.pieces(file.entry),
            _REQUIRED[file.family],
            refuse,
            self._limits,
            repair=self.theirs,
        )
        if table.found:
            return table
        # `Rich Media.csv` of old was two rows that point to a page of LinkedIn's.
        missing = "not_data" if file.family == "rich_media" else "no_header"
        file.report.ignored = missing if file.entry.size else "empty"
        return None

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The bytes of any entry."""
        return self._source.pieces(entry)

    def text(self, entry: Entry) -> str | None:
        """A whole file as text, or None if it is too long for what it claims to be."""
        raw = bytearray()
        for piece in self._source.pieces(entry):
            raw += piece
            if len(raw) > self._limits.field_chars:
                return None
        return raw.decode("utf-8", "replace").replace("\0", "")

    def _sort(self, entry: Entry) -> None:
        name = entry.name
        kind = family(name)
        if self._source.kind == "file":
            self._single(entry)
        elif kind is not None:
            self._add(entry, kind)
        elif is_article(name):
            report = FileReport(shown(name), "articles")
            self._report.files.append(report)
            self.articles.append((entry, report))
        elif own.is_own(name):
            self.own[name.rpartition("/")[2]] = entry
        elif not (name.lower().endswith(".json") and self._pages(entry)):
            self._ignore(entry, "not_used" if own.is_media(name) else why_unused(name))

    def _add(self, entry: Entry, kind: str, page: int | None = None, start: int = 0) -> None:
        report = FileReport(shown(entry.name), kind)
        self._report.files.append(report)
        self.files.append(File(entry, kind, report, page, start))

    def _ignore(self, entry: Entry, reason: str) -> None:
        self._report.files.append(FileReport(shown(entry.name), ignored=reason))

    def _single(self, entry: Entry) -> None:
        head = next(iter(self._source.pieces(entry)), b"").lstrip(b"\xef\xbb\xbf \t\r\n")
        if head[:1] in {b"{", b"["}:
            if not self._pages(entry):
                self._ignore(entry, "unknown")
            return
        reason = why_unused(entry.name)
        required = [names for kind in _SNIFFED for names in _REQUIRED[kind]]
        table = Table(self._source.pieces(entry), required, lambda *_: None, self._limits)
        columns = set(table.columns)
        fits = [k for k in _SNIFFED if any(columns.issuperset(r) for r in _REQUIRED[k])]
        kind = family(entry.name)
        if kind in fits or (kind is not None and not fits):
            self._add(entry, kind)
        elif fits and reason not in _NEVER_SNIFFED:
            self._add(entry, fits[0])
        else:
            self._ignore(entry, reason)

    def _pages(self, entry: Entry) -> bool:
        pages = read_pages(self._source.pieces(entry), entry.name, self._limits)
        if pages is None:
            return False
        for number, page in enumerate(pages):
            self._add(entry, page.family, number, page.start)
        if not pages:
            self._ignore(entry, "no_rows")
        return True
