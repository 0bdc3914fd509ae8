"""Pages of the Member Snapshot API: the rows of the CSV files as JSON, keyed by their headers."""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from . import refusals
from .limits import Limits
from .names import domain_family
from .paths import shown

_SURROGATES = re.compile("[\ud800-\udfff\0]")
# Rows of one domain have the same few keys; other rows would make a table wider than long.
_LOOKED_AT = 50
_COLUMNS = 64


class _Element(msgspec.Struct, rename="camel"):
    snapshot_domain: str = ""
    snapshot_data: list[dict[str, Any]] = []


class _Paging(msgspec.Struct):
    start: int = 0


class _Page(msgspec.Struct):
    elements: list[_Element]
    paging: _Paging = msgspec.field(default_factory=_Paging)


class Page:
    """The rows of one domain on one page; its shape is that of a table."""

    encoding = "utf-8"
    delimiter = None
    preamble = 0
    blank = 0
    undecodable = 0
    doubled = False

    def __init__(self, family: str, start: int, rows: list[dict[str, Any]]) -> None:
        self.family = family
        self.start = start
        self._rows = rows
        names = dict.fromkeys(name for row in rows[:_LOOKED_AT] for name in row)
        self._names = list(names)[:_COLUMNS]
        self.columns = [name.strip().lower() for name in self._names]

    def records(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with its number on the page."""
        for number, row in enumerate(self._rows, 1):
            cells = [_text(row.get(name)) for name in self._names]
            if any(cell.strip() for cell in cells):
                yield number, cells


def read_pages(pieces: Iterator[bytes], name: str, limits: Limits) -> list[Page] | None:
    """The tables of one file; [] for the page that says there is no more, None for other JSON."""
    raw = bytearray()
    for piece in pieces:
        raw += piece
        if len(raw) > limits.page_bytes:
            raise refusals.too_large(shown(name))
    try:
        raw = raw.removeprefix(b"\xef\xbb\xbf")
        page = msgspec.json.decode(raw, type=_Page)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return [] if b'"No data found' in raw[:1000] else None
    return [
        Page(family, page.paging.start, element.snapshot_data)
        for element in page.elements
        if (family := domain_family(element.snapshot_domain)) is not None
    ]


def _text(value: object) -> str:
    if isinstance(value, str):
        return _SURROGATES.sub("", value)
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return f"{value:.15g}" if isinstance(value, int | float) and abs(value) < 1e15 else ""
