"""What a zip file says of its members: in the directory at its end, or in the header before each (APPNOTE.TXT 6.3)."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.streams import LARGEST, read_at

_END, _END64, _LOCATOR = b"PK\5\6", b"PK\6\6", b"PK\6\7"
_RECORD, _LOCAL, _SIGNATURE = b"PK\1\2", b"PK\3\4", b"PK\5\5"
_END_LENGTH = 22
_TAIL = _END_LENGTH + 0xFFFF
_WIDEST = 46 + 3 * 0xFFFF
_LOST = re.compile(b"PK\3\4")
_MARK = re.compile(b"PK(?:\3\4|\1\2|\5\6|\6\6|\7\x08)")
_BIG, _SMALL = 0xFFFFFFFF, 0xFFFF
_ENCRYPTED, _SIZES_BEHIND, _UTF8 = 0x1, 0x8, 0x800
_ZIP64, _NTFS, _TIMES, _UNICODE_PATH = 0x0001, 0x000A, 0x5455, 0x7075
_FILETIME_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_UNIX, _DARWIN = 3, 19
_AES = 99
_LATEST, _LAST_METHOD = 63, 99


@dataclass(frozen=True, slots=True)
class ZipDirectory:
    """The directory lies from `start` up to `end`, and its offsets want `shift` added.

    `begin` is where the archive begins, where something stands before it. `is_split`: it is one of several files.
    """

    start: int
    end: int
    shift: int = 0
    begin: int = 0
    is_split: bool = False


@dataclass(frozen=True, slots=True)
class ZipMember:
    """`at` is where its own header begins, or else `told_at`, where only the directory's own offset is off.

    `following` is where the list of members goes on. `size` and `crc` are None where they are told only behind the
    content, `mode` is that of Unix, 0 where it is not told.
    """

    name: str
    flags: int
    method: int
    crc: int | None
    packed: int
    size: int | None
    at: int
    told_at: int
    following: int
    modified: datetime | None
    mode: int

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & _ENCRYPTED) or self.method == _AES

    @property
    def is_folder(self) -> bool:
        return self.name.endswith("/") and not self.size


def zip_directory(blob: Blob) -> ZipDirectory | None:
    """Find the directory; None where there is none, or the end of the file with the way to it is lost."""
    at = max(0, blob.size - _TAIL)
    tail = read_at(blob, at, _TAIL)
    found = tail.rfind(_END)
    while found >= 0:
        if directory := _directory(blob, at + found):
            return directory
        found = tail.rfind(_END, 0, found + len(_END) - 1)
    return None


def _directory(blob: Blob, end: int) -> ZipDirectory | None:
    """The directory that an end record points at, or None: the letters may stand in a comment, or behind the end."""
    record = read_at(blob, end, _END_LENGTH)
    if len(record) < _END_LENGTH:
        return None
    disk, first_disk, here, total, size, offset, comment = struct.unpack_from("<4H2LH", record, 4)
    if end + _END_LENGTH + comment > blob.size:
        return None
    if _SMALL in (here, total, disk) or _BIG in (size, offset):
        end, disk, first_disk, here, total, size, offset = _end64(blob, end) or (
            end, disk, first_disk, here, total, size, offset)  # fmt: skip
    is_split = bool(disk or first_disk or here != total)
    if is_split or not (total or size):
        return ZipDirectory(end, end, begin=end, is_split=is_split)
    for start in (end - size, offset):
        if 0 <= start < end and read_at(blob, start, 4) == _RECORD:
            directory = ZipDirectory(start, end, start - offset)
            return replace(directory, begin=_begin(blob, directory))
    return None


def _begin(blob: Blob, directory: ZipDirectory) -> int:
    """As far behind the file's as all is shifted, if the first member is: the directory's own offset may be wrong."""
    if directory.shift <= 0:
        return 0
    with suppress(ItemTroubleError):
        end, record = next(zip_records(blob, directory))
        member = listed_member(record, end, directory.shift)
        if read_at(blob, member.at, 4) == _LOCAL:
            return directory.shift
    return 0


def _end64(blob: Blob, end: int) -> tuple[int, int, int, int, int, int, int] | None:
    """The end record of a large archive, by its locator, or where that is wrong for what stands before, next to it."""
    locator = read_at(blob, end - 20, 20)
    if locator[:4] != _LOCATOR:
        return None
    for at in (struct.unpack_from("<Q", locator, 8)[0], end - 20 - 56):
        record = read_at(blob, at, 56)
        if len(record) == 56 and record[:4] == _END64:
            return (at, *struct.unpack_from("<2L4Q", record, 16))
    return None


def packed_in_all(blob: Blob, directory: ZipDirectory) -> int | None:
    """The sum of the packed sizes, None where the directory is damaged."""
    total = 0
    try:
        for _, record in zip_records(blob, directory):
            (packed,) = struct.unpack_from("<L", record, 20)
            total += packed if packed != _BIG else 0
    except ItemTroubleError:
        return None
    return total


def zip_records(blob: Blob, directory: ZipDirectory) -> Iterator[tuple[int, bytes]]:
    """The records of the directory and where each ends. Raises ItemTroubleError (corrupt)."""
    at, begin, window = directory.start, 0, b""
    while at < directory.end:
        if at + _WIDEST > begin + len(window) and begin + len(window) < directory.end:
            begin, window = at, read_at(blob, at, min(MIB, directory.end - at))
        here = at - begin
        if window[here : here + 4] in (_SIGNATURE, _END64):  # Of sizes from 2 GiB some write both kinds of end.
            return
        if window[here : here + 4] != _RECORD or here + 46 > len(window):
            raise ItemTroubleError(ProblemCode.CORRUPT)
        name, extra, comment = struct.unpack_from("<3H", window, here + 28)
        length = 46 + name + extra + comment
        if here + length > len(window):
            raise ItemTroubleError(ProblemCode.CORRUPT)
        at += length
        yield at, window[here : here + length]


def record_name(record: bytes) -> str:
    """The name in a record of the directory."""
    flags, name, extra = struct.unpack_from("<H18x2H", record, 8)
    extras = dict(_extras(record[46 + name : 46 + name + extra])) if extra else {}
    return _name(record[46 : 46 + name], flags, extras)


def is_folder(record: bytes) -> bool:
    """Whether a record of the directory is that of a folder."""
    size, name = struct.unpack_from("<LH", record, 24)
    return size == 0 and record[46 : 46 + name].endswith(b"/")


def record_is_encrypted(record: bytes) -> bool:
    return bool(record[8] & _ENCRYPTED)


def listed_member(record: bytes, following: int, shift: int) -> ZipMember:
    """The member that a record of the directory tells of."""
    system, flags, method, time, date, crc, packed, size, name, extra, _, _, _, attributes, at = struct.unpack_from(
        "<5xB2x4H3L5H2L", record
    )
    extras = dict(_extras(record[46 + name : 46 + name + extra]))
    size, packed, at = _wide((size, packed, at), extras.get(_ZIP64, b""))
    mode = attributes >> 16 if system in (_UNIX, _DARWIN) else 0
    return ZipMember(
        record_name(record), flags, method, crc, packed, size, at + shift, at, following,
        _modified(date, time, extras), mode,
    )  # fmt: skip


def lost_members(blob: Blob, end: int) -> Iterator[ZipMember]:
    """The members that begin before `end`, by the header before each, where no directory tells of them.

    A header that tells no size, or a wrong one, is followed by whatever looks like the next one: then the members of a
    zip file that is itself a member may be met as well, which is better than to miss one.
    """
    at = _find(blob, 0, _LOST) if end > 0 else end
    while at < end:
        member = _local_member(blob, at)
        if member is not None:
            yield member
        at = _find(blob, member.following if member else at + len(_LOCAL), _LOST)


def content_start(blob: Blob, member: ZipMember) -> int:
    """Where a member's content begins. Its own header may tell another name and is not heeded."""
    for at in (member.at, member.told_at):
        header = read_at(blob, at, 30)
        if len(header) == 30 and header[:4] == _LOCAL:
            name, extra = struct.unpack_from("<2H", header, 26)
            return int(at + 30 + name + extra)
    raise ItemTroubleError(ProblemCode.CORRUPT)


def _local_member(blob: Blob, at: int) -> ZipMember | None:
    header = read_at(blob, at, 30 + 2 * _SMALL)
    if len(header) < 30:
        return None
    version, flags, method, time, date, crc, packed, size, name, extra = struct.unpack_from("<5H3L2H", header, 4)
    start = at + 30 + name + extra
    if version & 0xFF > _LATEST or method > _LAST_METHOD or not name or start > blob.size:
        return None
    extras = dict(_extras(header[30 + name : 30 + name + extra]))
    size, packed, _ = _wide((size, packed, 0), extras.get(_ZIP64, b""))
    is_told = not flags & _SIZES_BEHIND or packed > 0
    end = start + packed if is_told else _find(blob, start, _MARK)
    is_sound = end == blob.size or _MARK.match(read_at(blob, end, 4)) is not None
    return ZipMember(
        _name(header[30 : 30 + name], flags, extras), flags, method, crc if is_told else None, end - start,
        size if is_told else None, at, at, end if is_sound else start, _modified(date, time, extras), 0,
    )  # fmt: skip


def _find(blob: Blob, at: int, mark: re.Pattern[bytes]) -> int:
    """Where a mark of four bytes stands from `at` on; the size of the blob where it does nowhere."""
    while len(chunk := read_at(blob, at, MIB)) >= 4:
        if found := mark.search(chunk):
            return at + found.start()
        at += len(chunk) - 3
    return blob.size


def _extras(field: bytes) -> Iterator[tuple[int, bytes]]:
    """Blocks of a number, a length and so many bytes; what is broken off is left."""
    at = 0
    while at + 4 <= len(field):
        kind, length = struct.unpack_from("<2H", field, at)
        yield kind, field[at + 4 : at + 4 + length]
        at += 4 + length


def _wide(narrow: tuple[int, int, int], extra: bytes) -> tuple[int, int, int]:
    """4.5.3: of size, packed size and offset those that did not fit stand behind each other, eight bytes each."""
    wide = iter(struct.unpack_from(f"<{len(extra) // 8}Q", extra))
    size, packed, at = (min(next(wide, value), LARGEST) if value == _BIG else value for value in narrow)
    return size, packed, at


def _name(raw: bytes, flags: int, extras: Mapping[int, bytes]) -> str:
    """Of UTF-8 where the member says so, or a second name does that belongs to the first, or it happens to be; else of
    code page 437. It ends at a zero, as for everybody else.
    """
    told = extras.get(_UNICODE_PATH, b"")
    if told[:1] == b"\1" and told[1:5] == struct.pack("<L", zlib.crc32(raw)):
        raw, flags = told[5:], flags | _UTF8
    raw = raw.partition(b"\0")[0]
    try:
        name = raw.decode("utf-8")
    except UnicodeDecodeError:
        name = raw.decode("utf-8", "backslashreplace") if flags & _UTF8 else raw.decode("cp437")
    return name or "unnamed"


def _modified(date: int, time: int, extras: Mapping[int, bytes]) -> datetime | None:
    """In UTC where an extra field tells that; else the time of an unknown clock, taken for it."""
    times, ntfs = extras.get(_TIMES, b""), extras.get(_NTFS, b"")
    if len(times) >= 5 and times[0] & 1:
        return datetime.fromtimestamp(struct.unpack_from("<l", times, 1)[0], UTC)
    try:
        if len(ntfs) >= 16 and ntfs[4:8] == b"\1\0\x18\0":
            return _FILETIME_EPOCH + timedelta(microseconds=struct.unpack_from("<Q", ntfs, 8)[0] // 10)
        return datetime(
            1980 + (date >> 9), date >> 5 & 15, date & 31, time >> 11, time >> 5 & 63, 2 * (time & 31), tzinfo=UTC
        )
    except (ValueError, OverflowError):
        return None
