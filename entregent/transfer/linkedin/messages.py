"""Rows of a message file, whatever columns it has this year."""

from collections.abc import Callable, Iterator
from operator import itemgetter

import msgspec

from . import legacy
from .dates import stamp, us
from .forms import is_yes
from .model import Message, Owner
from .people import People
from .report import FileReport
from .sides import Rows

# Without an id of the conversation (2018) the direction tells the file from others.
REQUIRED = (
    ("conversation id", "from", "date", "content"),
    ("from", "to", "date", "content", "direction"),
)
COLUMNS = (
    "CONVERSATION ID",
    "CONVERSATION TITLE",
    "FROM",
    "SENDER PROFILE URL",
    "TO",
    "RECIPIENT PROFILE URLS",
    "DATE",
    "SUBJECT",
    "CONTENT",
    "FOLDER",
    "ATTACHMENTS",
    "IS MESSAGE DRAFT",
    "IS CONVERSATION DRAFT",
)
_WIDTH = len(COLUMNS)
# A group has fifty people or so; splitting a megabyte of commas would only take time.
_LONGEST_LIST = 1 << 16
_CAMPAIGN = "spinmail"
_CAMPAIGN_START = '<p class="spinmail'


class Row(msgspec.Struct, gc=False):
    """One row as it stands, cells in the order of `COLUMNS`; `outgoing` is said in 2018 only."""

    line: int
    cells: tuple[str, ...]
    at: int | None
    outgoing: bool = False


class MessageRows:
    """The rows of one file; `legacy` is one of 2018, which knows no conversations."""

    def __init__(self, rows: Rows, file: FileReport) -> None:
        self._rows = rows
        self._file = file
        self._names = [name.lower() for name in COLUMNS]
        self.legacy = "conversation id" not in rows.columns
        self.has_urls = "recipient profile urls" in rows.columns
        self._parse_date: Callable[[str], int | None] = us if self.legacy else stamp

    def __iter__(self) -> Iterator[Row]:
        columns = self._rows.columns
        width = len(columns)
        # A cell beyond the last one is added, empty, for every column that is not there.
        places = [columns.index(n) if n in columns else width for n in self._names]
        pick = itemgetter(*places)
        direction = columns.index("direction") if "direction" in columns else width
        to, urls, date = places[4:7]
        again = self._twice(columns)
        parse = self._parse_date
        for line, row in self._rows.records():
            if len(row) == width:
                row.append("")
            else:
                short = width - len(row)
                if short > 0 and (date >= len(row) or parse(row[date].strip()) is None):
                    self._file.refuse(line, "short_row")
                    continue
                row[width:] = [""] * (max(short, 0) + 1)
            if len(row[to]) > _LONGEST_LIST or len(row[urls]) > _LONGEST_LIST:
                self._file.refuse(line, "field_too_large")
                continue
            for first, others in again:
                row[first] = row[first] or next((row[o] for o in others if row[o]), "")
            outgoing = row[direction].strip().upper() == "OUTGOING"
            yield Row(line, pick(row), parse(row[date].strip()), outgoing)

    def _twice(self, columns: list[str]) -> list[tuple[int, list[int]]]:
        """Columns whose name stands more than once: the first cell that is not empty counts."""
        return [
            (columns.index(name), [i for i, c in enumerate(columns) if c == name][1:])
            for name in self._names
            if columns.count(name) > 1
        ]


def message(row: Row, people: People, owner: Owner) -> Message:
    """The message or draft that a row holds."""
    (conversation, _, sender, url, to, urls, _, subject, content, folder, attachments,
     draft, draft_conversation) = row.cells  # fmt: skip
    sent_by = people.who(sender, url)
    sent_to = people.recipients(to, urls)
    if not conversation:
        conversation = legacy.key(sent_by, sent_to, subject, owner)
    return Message(
        conversation,
        sent_by,
        sent_to,
        row.at,
        subject,
        content,
        folder.strip(),
        split_attachments(attachments),
        bool(draft and is_yes(draft)) or bool(draft_conversation and is_yes(draft_conversation)),
        sponsored=_CAMPAIGN in content and not url.strip(),
    )


def split_attachments(cell: str) -> tuple[str, ...]:
    """Addresses, joined by a bare comma."""
    return tuple(part for part in (p.strip() for p in cell.split(",")) if part) if cell else ()


def is_markup(content: str) -> bool:
    """Only campaigns are HTML; what a person wrote is taken literally."""
    return content.lstrip().startswith(_CAMPAIGN_START)
