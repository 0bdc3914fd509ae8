"""From bytes of unknown encoding to text, without ever reading a file twice or as a whole.

LinkedIn writes UTF-8 (in 2018 partly UTF-16). Everything else is a spreadsheet's doing: a byte
order mark, Windows-1252, or UTF-8 that was read as Windows-1252 and written as UTF-8 once more.
"""

import codecs
import io
import re
from collections.abc import Iterator
from typing import Any

_SNIFFED = 1 << 12
_WRONG_BEFORE_SWITCH = 2_000
_WRONG_AT_MOST = 300_000
_HIGH = bytes(range(0x80, 0x100))
_LATIN = "entregent.windows-1252"

# Windows-1252 as spreadsheets use it: the five bytes without a letter stand for themselves.
_TO_BYTE = {chr(byte): byte for byte in range(256)} | {
    bytes((byte,)).decode("cp1252"): byte
    for byte in range(0x80, 0xA0)
    if byte not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_SPECIALS = re.escape("".join(char for char in _TO_BYTE if char > "ÿ"))
# A UTF-8 sequence, each byte of it seen as a letter of its own: "Ã©", "â€™".
_DOUBLED = re.compile(f"[Â-ô][\x80-\xbf{_SPECIALS}]{{1,3}}")


def _as_latin(error: UnicodeError) -> tuple[str, int]:
    """Reads the bytes that are no UTF-8 as Windows-1252, and only those."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    wrong = error.object[error.start : error.end]
    return wrong.decode("cp1252", "replace"), error.end


codecs.register_error(_LATIN, _as_latin)


class Utf8(io.RawIOBase):
    """The same text as clean UTF-8."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        super().__init__()
        self._encoding = "utf-8"
        self._wrong = 0
        self._high = 0
        self._pieces = pieces
        self._carry = b""
        self._wide: codecs.IncrementalDecoder | None = None
        self._ready = memoryview(self._begin())

    @property
    def encoding(self) -> str:
        """What the text was written in, as far as it has been read."""
        if self._wrong and not self._high and self._encoding == "utf-8":
            return "windows-1252"
        return self._encoding

    @property
    def undecodable(self) -> int:
        """How many bytes do not belong to that encoding."""
        return 0 if self.encoding == "windows-1252" else self._wrong

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        """Fills the buffer with what is there; 0 only at the end."""
        while not self._ready:
            piece = next(self._pieces, None)
            self._ready = memoryview(self._end() if piece is None else self._clean(piece))
            if piece is None and not self._ready:
                return 0
        size = min(len(buffer), len(self._ready))
        buffer[:size] = self._ready[:size]
        self._ready = self._ready[size:]
        return size

    def _begin(self) -> bytes:
        head = b""
        while len(head) < _SNIFFED and (piece := next(self._pieces, None)) is not None:
            head += piece
        if head.startswith(codecs.BOM_UTF8):
            self._encoding = "utf-8-bom"
            return self._clean(head[3:])
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self._become_wide("utf-16")
        elif (order := wide_order(head)) is not None:
            self._become_wide(order)
        return self._clean(head)

    def _become_wide(self, encoding: str) -> None:
        self._encoding = encoding
        self._wide = codecs.getincrementaldecoder(encoding)("replace")

    def _clean(self, piece: bytes) -> bytes:
        """NUL is dropped: PostgreSQL cannot hold it and nobody wrote it."""
        if self._wide is not None:
            return self._wide.decode(piece).replace("\0", "").encode("utf-8", "replace")
        if self._encoding == "windows-1252":
            return piece.decode("cp1252", "replace").replace("\0", "").encode()
        piece = self._carry + piece
        self._carry = b""
        if not piece.isascii():
            piece = self._checked(piece)
        return piece.replace(b"\0", b"")

    def _checked(self, piece: bytes) -> bytes:
        # A sequence cut by the end of the piece is not an error yet.
        for back in range(1, min(3, len(piece)) + 1):
            if piece[-back] >= 0xC0:
                piece, self._carry = piece[:-back], piece[-back:]
                break
            if piece[-back] < 0x80:
                break
        self._high += len(piece) - len(piece.translate(None, _HIGH))
        try:
            piece.decode()
        except UnicodeDecodeError:
            return self._mended(piece)
        return piece

    def _mended(self, piece: bytes) -> bytes:
        wrong = len(piece) - len(piece.decode("utf-8", "ignore").encode())
        self._wrong += wrong
        self._high -= wrong
        text = piece.decode("utf-8", _LATIN)
        if self._wrong > (_WRONG_AT_MOST if self._wrong <= self._high else _WRONG_BEFORE_SWITCH):
            # Byte by byte is slow, and this is no UTF-8 with a few wrong bytes.
            self._encoding = "windows-1252"
            text += self._carry.decode("cp1252", "replace")
            self._carry = b""
        return text.encode("utf-8", "replace")

    def _end(self) -> bytes:
        if self._wide is not None:
            rest = self._wide.decode(b"", final=True).encode("utf-8", "replace")
            self._wide.reset()
            return rest
        carry, self._carry = self._carry, b""
        self._wrong += len(carry)
        return carry.decode("cp1252", "replace").encode()


def wide_order(head: bytes) -> str | None:
    """UTF-16 without a mark in front: every other byte of Latin text is zero."""
    low, high = head[1::2].count(0), head[::2].count(0)
    if low * 4 > len(head) > high * 20:
        return "utf-16-le"
    return "utf-16-be" if high * 4 > len(head) > low * 20 else None


class Text:
    """Lines of a file, each at most `longest` characters and with its line end."""

    def __init__(self, pieces: Iterator[bytes], longest: int) -> None:
        self.origin = Utf8(pieces)
        # `newline=""` splits at LF, CR LF and CR alone, but not at U+2028, which is text.
        self._lines = io.TextIOWrapper(
            io.BufferedReader(self.origin, 1 << 17), "utf-8", "replace", newline=""
        )
        self._longest = longest

    def line(self) -> str | None:
        """The next line, "" at the end, None for one that was too long and is skipped."""
        line = self._lines.readline(self._longest)
        if len(line) < self._longest or line.endswith(("\n", "\r")):
            return line
        while line and not line.endswith(("\n", "\r")):
            line = self._lines.readline(self._longest)
        return None


def is_doubled(sample: str) -> bool:
    """Whether most letters beyond ASCII are UTF-8 read as Windows-1252."""
    beyond = len(sample) - len(sample.encode("ascii", "ignore"))
    if not beyond:
        return False
    doubled = sum(len(m[0]) for m in _DOUBLED.finditer(sample) if _undoubled(m) != m[0])
    return doubled * 2 > beyond


def undouble(text: str) -> str:
    """Undoes the double encoding wherever it is one; other text stays."""
    return text if text.isascii() else _DOUBLED.sub(_undoubled, text)


def _undoubled(match: re.Match[str]) -> str:
    raw = bytes(_TO_BYTE[char] for char in match[0])
    # The greedy match may hold a letter too many: "Ã©»" is "é" before a closing quotation mark.
    length = 2 if raw[0] < 0xE0 else 3 if raw[0] < 0xF0 else 4
    try:
        letter = raw[:length].decode()
    except UnicodeDecodeError:
        return match[0]
    # Nobody ever wrote a control character, so this was no letter before either.
    return match[0] if letter < "\xa0" else letter + match[0][length:]
