"""Where an export comes from: a ZIP, a folder, one CSV, or pages of the Member Snapshot API.

A source lists what it holds and gives the bytes of one file in pieces. Nothing is ever written,
no archive inside an archive is opened, and no link is followed.
"""

import os
import stat
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Literal, Protocol, Self

import msgspec

from . import refusals, zips
from .decode import wide_order
from .limits import LIMITS, Limits
from .paths import shown, why_ignored

Kind = Literal["zip", "folder", "file"]
_READ = 1 << 16
_DEPTH = 6


class Entry(msgspec.Struct, frozen=True):
    """A file that may be read; `name` is its path inside the export, with `/`.

    Two entries of a ZIP may bear the same name, so it is `number` that tells them apart.
    """

    number: int
    name: str
    size: int


class Ignored(msgspec.Struct, frozen=True):
    """A file that is passed over, and the code of the reason."""

    name: str
    reason: str


class Source(Protocol):
    """What `open_source` gives; close it, or use it as a context."""

    kind: Kind
    entries: list[Entry]
    ignored: list[Ignored]

    def pieces(self, entry: Entry) -> Iterator[bytes]: ...

    def close(self) -> None: ...

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None: ...


class _Closing:
    """Closes the file that it was given or opened."""

    def __init__(self, file: BinaryIO | None = None) -> None:
        self.entries: list[Entry] = []
        self.ignored: list[Ignored] = []
        self._file = file

    def close(self) -> None:
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None
    ) -> None:
        self.close()


class ZipSource(_Closing):
    """The entries of a ZIP."""

    kind: Kind = "zip"

    def __init__(self, file: BinaryIO, end: int, limits: Limits = LIMITS) -> None:
        super().__init__(file)
        self._zip, self._limits = file, limits
        self._members: list[zips.Member] = []
        for member in zips.read_directory(file, end, limits):
            reason = why_ignored(member.name.removesuffix("/"))
            if member.is_symlink:
                reason = reason or "symlink"
            elif member.is_special:
                reason = reason or "special_file"
            elif member.is_folder and not member.size:
                continue
            if reason:
                self.ignored.append(Ignored(shown(member.name), reason))
                continue
            self.entries.append(Entry(len(self._members), member.name, member.size))
            self._members.append(member)

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The inflated bytes; a Refusal as soon as they break a limit or their checksum."""
        try:
            yield from zips.inflate(self._zip, self._members[entry.number], self._limits)
        except OSError:
            raise refusals.unreadable() from None


class FolderSource(_Closing):
    """The files below a folder."""

    kind: Kind = "folder"

    def __init__(self, root: Path, limits: Limits = LIMITS) -> None:
        super().__init__()
        self._root, self._limits = root, limits
        try:
            self._walk(root, "", 0)
        except OSError:
            raise refusals.unreadable() from None
        if sum(e.size for e in self.entries) > limits.total_bytes:
            raise refusals.too_large()

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The bytes of one file, never through a link that took its place meanwhile."""
        try:
            handle = os.open(self._root / entry.name, os.O_RDONLY | os.O_NOFOLLOW)
            with os.fdopen(handle, "rb") as file:
                yield from _bounded(file, entry.name, self._limits)
        except OSError:
            raise refusals.unreadable() from None

    def _walk(self, folder: Path, prefix: str, depth: int) -> None:
        for child in sorted(folder.iterdir()):
            name = prefix + child.name
            if len(self.entries) + len(self.ignored) >= self._limits.entries:
                raise refusals.too_many_files(self._limits.entries)
            info = child.lstat()
            reason = why_ignored(name)
            if stat.S_ISLNK(info.st_mode):
                reason = "symlink"
            elif stat.S_ISDIR(info.st_mode):
                if reason is None and depth < _DEPTH:
                    self._walk(child, name + "/", depth + 1)
                    continue
                reason = reason or "too_deep"
            elif not stat.S_ISREG(info.st_mode):
                reason = "special_file"
            elif info.st_size > self._limits.file_bytes:
                raise refusals.too_large(shown(name))
            if reason:
                self.ignored.append(Ignored(shown(name), reason))
            else:
                self.entries.append(Entry(len(self.entries), name, info.st_size))


class FileSource(_Closing):
    """One CSV or JSON file by itself."""

    kind: Kind = "file"

    def __init__(self, file: BinaryIO, name: str, length: int, limits: Limits = LIMITS) -> None:
        super().__init__(file)
        self._data, self._limits = file, limits
        if length > limits.file_bytes:
            raise refusals.too_large(shown(name))
        self.entries = [Entry(0, name, length)]

    def pieces(self, entry: Entry) -> Iterator[bytes]:
        """The bytes, from the beginning each time."""
        try:
            self._data.seek(0)
            yield from _bounded(self._data, entry.name, self._limits)
        except OSError:
            raise refusals.unreadable() from None


def open_source(where: Path | BinaryIO, name: str = "", limits: Limits = LIMITS) -> Source:
    """What a path or an open, seekable file is, told by its content and never by its name."""
    if isinstance(where, Path):
        if where.is_dir():
            return FolderSource(where, limits)
        name = name or where.name
        try:
            where = where.open("rb")
        except OSError:
            raise refusals.unreadable() from None
    try:
        return _recognised(where, name, limits)
    except BaseException:
        where.close()
        raise


def _recognised(file: BinaryIO, name: str, limits: Limits) -> Source:
    try:
        length = file.seek(0, os.SEEK_END)
        file.seek(0)
        head = file.read(_READ)
        end = zips.find_end(file, length)
        if not head:
            raise refusals.empty()
        if end >= 0:
            return ZipSource(file, end, limits)
    except OSError:
        raise refusals.unreadable() from None
    if head.startswith(b"PK\x03\x04"):
        raise refusals.incomplete()
    if not _is_text(head):
        raise refusals.not_an_archive()
    return FileSource(file, name.replace("\\", "/").rpartition("/")[2], length, limits)


def _is_text(head: bytes) -> bool:
    """Whether the beginning can be a CSV or JSON file in any of the encodings that we read."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        return True
    if head.lstrip()[:1] == b"<" or head.startswith((b"%PDF", b"{\\rtf")):
        return False
    controls = sum(head.count(byte) for byte in (b"\0", b"\1", b"\2", b"\3", b"\4", b"\5", b"\x0e"))
    return controls * 100 < len(head) or wide_order(head) is not None


def _bounded(file: BinaryIO, name: str, limits: Limits) -> Iterator[bytes]:
    size = 0
    while piece := file.read(_READ):
        size += len(piece)
        if size > limits.file_bytes:
            raise refusals.too_large(shown(name))
        yield piece
