"""One line of a CSV as RFC 4180 has it, the same on every version of Python."""

import re
from collections.abc import Iterable

# Outer spaces need no quotation marks, but some readers would trim them.
_QUOTED = re.compile(r'[",\r\n]|^\s|\s$')
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def line(cells: Iterable[str], *, quoted: bool = False) -> str:
    """The cells with the line end; `quoted` puts each into quotation marks."""
    return ",".join(_cell(cell, quoted=quoted) for cell in cells) + "\n"


def formula_proof(cell: str) -> str:
    """The cell with an apostrophe in front if a spreadsheet would take it for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _cell(cell: str, *, quoted: bool) -> str:
    if quoted or _QUOTED.search(cell):
        return '"' + cell.replace('"', '""') + '"'
    return cell
