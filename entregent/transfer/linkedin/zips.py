"""A ZIP's directory, read and cross-checked by ourselves, and its files, inflated under limits.

The standard library's reader believes the directory, builds an object for each of its entries
before anyone can count them, and inflates without a bound. An archive that comes from outside
gets neither trust nor the chance.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import BinaryIO

import msgspec

from . import refusals
from .limits import Limits

_END = b"PK\x05\x06"
_END64 = b"PK\x06\x06"
_LOCATOR64 = b"PK\x06\x07"
_CENTRAL = b"PK\x01\x02"
_LOCAL = b"PK\x03\x04"
_END_HEADER = struct.Struct("<4s4H2LH")
_END64_HEADER = struct.Struct("<4sQ2H2L4Q")
_LOCATOR64_HEADER = struct.Struct("<4sLQL")
_CENTRAL_HEADER = struct.Struct("<4s6H3L5H2L")
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
_WIDE = struct.Struct("<Q")
_EXTRA = struct.Struct("<2H")

_COMMENT_MAX = 1 << 16
_DIRECTORY_MAX = 16 << 20
_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _UTF8, _MASKED = 0x1, 0x800, 0x2000
_U16, _U32 = 0xFFFF, 0xFFFFFFFF
_READ = 1 << 16
_PIECE = 1 << 18
_FILE_TYPE, _REGULAR, _FOLDER, _SYMLINK = 0o170000, 0o100000, 0o040000, 0o120000


class Member(msgspec.Struct, frozen=True):
    """One entry of the directory: its local header at `begin`, its compressed bytes at `start`."""

    name: str
    method: int
    crc: int
    packed: int
    size: int
    begin: int
    start: int
    mode: int

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/") or self.mode & _FILE_TYPE == _FOLDER

    @property
    def is_symlink(self) -> bool:
        return self.mode & _FILE_TYPE == _SYMLINK

    @property
    def is_special(self) -> bool:
        """A device, a socket or a pipe."""
        return self.mode & _FILE_TYPE not in {0, _REGULAR, _FOLDER, _SYMLINK}


class _Directory(msgspec.Struct, frozen=True):
    """Where the central directory lies; `shift` is how far something was put before the ZIP."""

    start: int
    size: int
    count: int
    shift: int


def find_end(file: BinaryIO, length: int) -> int:
    """Where the end record begins, or -1 if this is no ZIP."""
    start = max(0, length - _COMMENT_MAX - _END_HEADER.size)
    file.seek(start)
    tail = file.read(length - start)
    at = tail.rfind(_END)
    return start + at if at >= 0 else -1


def read_directory(file: BinaryIO, end: int, limits: Limits) -> list[Member]:
    """Every entry, after the directory has been compared with what really lies in the file."""
    directory = _locate(file, end)
    if directory.count > limits.entries:
        raise refusals.too_many_files(limits.entries)
    if directory.size > _DIRECTORY_MAX:
        raise refusals.too_large()
    file.seek(directory.start)
    raw = file.read(directory.size)
    if len(raw) != directory.size:
        raise refusals.corrupt()
    members = [
        _checked(file, header, name, directory) for header, name in _headers(raw, directory, limits)
    ]
    _refuse_overlaps(members, directory.start)
    if sum(m.size for m in members) > limits.total_bytes:
        raise refusals.too_large()
    for member in members:
        if member.size > limits.file_bytes:
            raise refusals.too_large(member.name)
    return members


def inflate(file: BinaryIO, member: Member, limits: Limits) -> Iterator[bytes]:
    """The bytes of one entry in pieces; stops the moment that they exceed what was announced."""
    pieces = _stored(file, member) if member.method == _STORED else _deflated(file, member)
    size = crc = 0
    for piece, packed in pieces:
        size += len(piece)
        if size > member.size:
            raise refusals.corrupt(member.name)
        if size > limits.ratio_counts_from and size > packed * limits.ratio:
            raise refusals.too_large(member.name)
        crc = zlib.crc32(piece, crc)
        yield piece
    if size != member.size or crc != member.crc:
        raise refusals.corrupt(member.name)


def _locate(file: BinaryIO, end: int) -> _Directory:
    file.seek(end)
    raw = file.read(_END_HEADER.size)
    if len(raw) != _END_HEADER.size:
        raise refusals.corrupt()
    _, disk, first_disk, here, count, size, start, _ = _END_HEADER.unpack(raw)
    stop = end
    if _U16 in {disk, here, count} or _U32 in {size, start}:
        stop, disk, first_disk, here, count, size, start = _locate64(file, end)
    if disk or first_disk or here != count:
        raise refusals.corrupt()
    shift = stop - size - start
    if shift < 0:
        raise refusals.corrupt()
    return _Directory(start + shift, size, count, shift)


def _locate64(file: BinaryIO, end: int) -> tuple[int, int, int, int, int, int, int]:
    at = end - _LOCATOR64_HEADER.size
    if at < 0:
        raise refusals.corrupt()
    file.seek(at)
    signature, disk, record, disks = _LOCATOR64_HEADER.unpack(file.read(_LOCATOR64_HEADER.size))
    # Something put before the ZIP moves the record, so it is looked for where it must end.
    stop = at - _END64_HEADER.size
    if signature != _LOCATOR64 or disk or disks > 1 or stop < 0 or record > stop:
        raise refusals.corrupt()
    file.seek(stop)
    fields = _END64_HEADER.unpack(file.read(_END64_HEADER.size))
    if fields[0] != _END64:
        raise refusals.corrupt()
    return (stop, *fields[4:10])


def _headers(
    raw: bytes, directory: _Directory, limits: Limits
) -> Iterator[tuple[tuple[int, ...], bytes]]:
    """Each central header as (flags, method, crc, packed, size, mode, offset) and its name."""
    at = count = 0
    while at + _CENTRAL_HEADER.size <= len(raw):
        (signature, _, _, flags, method, _, _, crc, packed, size, name_len, extra_len,
         comment_len, _, _, outer, offset) = _CENTRAL_HEADER.unpack_from(raw, at)  # fmt: skip
        if signature != _CENTRAL:
            break
        count += 1
        if count > limits.entries:
            raise refusals.too_many_files(limits.entries)
        at += _CENTRAL_HEADER.size
        name = raw[at : at + name_len]
        at += name_len
        if _U32 in {packed, size, offset}:
            extra = raw[at : at + extra_len]
            size, packed, offset = _widened(extra, size, packed, offset)
        at += extra_len + comment_len
        yield (flags, method, crc, packed, size, outer >> 16, offset), name
    if count != directory.count:
        raise refusals.corrupt()


def _widened(extra: bytes, *fields: int) -> tuple[int, ...]:
    """Size, packed size and offset, those that do not fit 32 bits taken from the ZIP64 field."""
    at = 0
    while at + _EXTRA.size <= len(extra):
        kind, length = _EXTRA.unpack_from(extra, at)
        at += _EXTRA.size
        if kind == 1:
            wide = iter(
                _WIDE.unpack_from(extra, i)[0]
                for i in range(at, min(at + length, len(extra)) - 7, 8)
            )
            values = tuple(next(wide, -1) if field == _U32 else field for field in fields)
            if min(values) >= 0:
                return values
        at += length
    raise refusals.corrupt()


def _checked(
    file: BinaryIO, header: tuple[int, ...], raw_name: bytes, directory: _Directory
) -> Member:
    """The entry, if what stands before its bytes says the same as the directory does."""
    flags, method, crc, packed, size, mode, offset = header
    name = _decoded(raw_name, flags)
    if flags & (_ENCRYPTED | _MASKED):
        raise refusals.encrypted()
    begin = offset + directory.shift
    if begin > directory.start:
        raise refusals.corrupt()
    file.seek(begin)
    local = file.read(_LOCAL_HEADER.size + len(raw_name))
    if len(local) != _LOCAL_HEADER.size + len(raw_name):
        raise refusals.corrupt()
    (signature, _, local_flags, local_method, _, _, _, _, _, name_len,
     extra_len) = _LOCAL_HEADER.unpack_from(local)  # fmt: skip
    if (
        signature != _LOCAL
        or local_method != method
        or (local_flags ^ flags) & _ENCRYPTED
        or name_len != len(raw_name)
        or local[_LOCAL_HEADER.size :] != raw_name
    ):
        raise refusals.corrupt()
    start = begin + _LOCAL_HEADER.size + name_len + extra_len
    return Member(name, method, crc, packed, size, begin, start, mode)


def _decoded(raw: bytes, flags: int) -> str:
    """UTF-8 even where the flag is missing: most tools forget it; else the old IBM page."""
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return raw.decode("utf-8", "replace") if flags & _UTF8 else raw.decode("cp437")


def _refuse_overlaps(members: list[Member], directory: int) -> None:
    reached = 0
    for member in sorted(members, key=lambda m: m.begin):
        if member.begin < reached:
            raise refusals.corrupt()
        reached = member.start + member.packed
    if reached > directory:
        raise refusals.corrupt()


def _stored(file: BinaryIO, member: Member) -> Iterator[tuple[bytes, int]]:
    """Pieces, each with how many bytes of the archive it took to get so far."""
    if member.packed != member.size:
        raise refusals.corrupt(member.name)
    yield from _packed(file, member)


def _deflated(file: BinaryIO, member: Member) -> Iterator[tuple[bytes, int]]:
    if member.method != _DEFLATED:
        raise refusals.unsupported_compression(member.name)
    engine = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for piece, packed in _packed(file, member):
            yield engine.decompress(piece, _PIECE), packed
            while engine.unconsumed_tail:
                yield engine.decompress(engine.unconsumed_tail, _PIECE), packed
            if engine.eof:
                return
        while not engine.eof:
            piece = engine.decompress(b"", _PIECE)
            if not piece:
                raise refusals.corrupt(member.name)
            yield piece, member.packed
    except zlib.error:
        raise refusals.corrupt(member.name) from None


def _packed(file: BinaryIO, member: Member) -> Iterator[tuple[bytes, int]]:
    """The bytes as they lie in the archive."""
    done = 0
    while done < member.packed:
        # Sought anew each time: two entries may be read in turns.
        file.seek(member.start + done)
        piece = file.read(min(_READ, member.packed - done))
        if not piece:
            raise refusals.corrupt(member.name)
        done += len(piece)
        yield piece, done
