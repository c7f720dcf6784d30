"""A document that is a zip package of XML parts (Office Open XML, OpenDocument), opened without trusting it.

Nothing outside the package is ever fetched and no entity is expanded; whatever a package claims of itself, what is
held at once stays small, and no more of a member is unpacked than it declares.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from copy import copy
from dataclasses import dataclass, field
from functools import partial
from typing import IO, BinaryIO

from scanner.blob import Blob
from scanner.budget import MIB
from scanner.formats.package_xml import Attributes, Handlers, PackageError, parse_xml, value_of

PART_LIMIT = 64 * MIB
"""The largest part that is read."""
WHOLE_LIMIT = 512 * MIB
"""The most that is read of one package, all its parts together."""

_RATIO = 200
_DIRECTORY = 16 * MIB
_MEMBERS = 50_000
_PIECE = 64 * 1024
_PACKINGS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED = 0x1
_UTF8 = 0x800
_HARMLESS = _UTF8 | 0xE  # And how hard it was packed, and whether its sizes stand behind it (APPNOTE.TXT 4.4.4).
_SMALL = 512 * 1024
_LONGEST_NAMES = 1024
_LOCAL_HEADER = struct.Struct("<6xH18xHH")  # 4.3.7: of it only the flags, the lengths of the name and of what follows.
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class Member:
    """`name` is the part's, with slashes whatever the zip file has, and need not be the only one of that name.

    `size` is what it declares, and it never gives more; `packed` is what it takes in the file.
    """

    name: str
    size: int
    packed: int
    entry: zipfile.ZipInfo = field(repr=False)

    @property
    def is_encrypted(self) -> bool:
        return bool(self.entry.flag_bits & _ENCRYPTED)


@dataclass(frozen=True, slots=True)
class Package:
    """The members in the order of the zip file's list, folders left out."""

    archive: zipfile.ZipFile = field(repr=False)
    members: tuple[Member, ...]
    _by_name: Mapping[str, Member] = field(repr=False)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(member.name for member in self.members)

    def find(self, name: str) -> Member | None:
        """The last member of that name, in which case does not count (ECMA-376 part 2, 6.2.2.3)."""
        return self._by_name.get(name.lower().lstrip("/"))

    def read(self, member: Member, limit: int = PART_LIMIT) -> bytes:
        """The content of a member. Raises PackageError where there is more than `limit` or it is damaged."""
        return b"".join(self.pieces(member, limit))

    def pieces(self, member: Member, limit: int = PART_LIMIT) -> Iterator[bytes]:
        """The content of a member, a little at a time; that it is damaged shows as late as may be."""
        if member.size > limit:
            raise PackageError("large part")
        if (content := self._at_once(member)) is not None:
            yield content
            return
        check = 0
        with self._opened(member, member.size) as file, _damage_named():
            while piece := file.read(_PIECE):
                check = zlib.crc32(piece, check)
                yield piece
        if check != member.entry.CRC:
            raise PackageError("false size" if self._is_larger(member) else "broken member")

    def _at_once(self, member: Member) -> bytes | None:
        """The content of a small and sound member, some ten times faster than by zipfile; None of any other."""
        entry, file = member.entry, self.archive.fp
        is_small = 0 < member.packed <= _SMALL and member.size <= _SMALL and entry.header_offset >= 0
        if not is_small or entry.flag_bits & ~_HARMLESS or file is None:
            return None
        file.seek(entry.header_offset)
        record = file.read(_LOCAL_HEADER.size + _LONGEST_NAMES + member.packed)
        packed = _packed(record, member.packed, entry.orig_filename)
        content = _unpacked(packed, entry.compress_type, member.size) if packed else None
        return content if content is not None and zlib.crc32(content) == entry.CRC else None

    @contextmanager
    def _opened(self, member: Member, size: int) -> Iterator[IO[bytes]]:
        """A member as if it were of that size, its checksum left to the caller: zipfile keeps what fails it."""
        if member.is_encrypted:
            raise PackageError("encrypted")
        if member.entry.compress_type not in _PACKINGS:
            raise PackageError("packing")  # Others could unpack without a bound, and no package may use them.
        entry = copy(member.entry)
        entry.file_size = size
        del entry.CRC
        with _damage_named(), self.archive.open(entry) as file:
            yield file

    def _is_larger(self, member: Member) -> bool:
        """Whether there is far more in a member than it declares, which a full reader must not be made to unpack.

        A little more comes of mere damage.
        """
        size = 2 * member.size + MIB
        with suppress(PackageError), self._opened(member, size) as file, _damage_named():
            return sum(map(len, iter(partial(file.read, _PIECE), b""))) == size
        return False

    def parse(self, member: Member, handlers_for: Callable[[str], Handlers | None], limit: int = PART_LIMIT) -> None:
        """`parse_xml` over a member."""
        parse_xml(self.pieces(member, limit), handlers_for)


def is_bomb(members: Sequence[Member]) -> bool:
    """Whether so much of so little can be no text of people's. Members that lie in one place of the file count once."""
    packed = {member.entry.header_offset: member.packed for member in members}
    return sum(member.size for member in members) > sum(packed.values()) * _RATIO


def open_package(blob: Blob) -> Package:
    """Raises PackageError where this is no zip file, a broken one, or one with too many members."""
    with _damage_named("not a zip"):
        archive = zipfile.ZipFile(_Guarded(blob.file))  # Not closed: it owns nothing.
    entries = archive.infolist()
    if len(entries) > _MEMBERS:
        raise PackageError("many members")
    made = (Member(_name(entry), entry.file_size, entry.compress_size, entry) for entry in entries)
    members = tuple(member for member in made if not member.name.endswith("/"))
    return Package(archive, members, {member.name.lower(): member for member in members})


class _Guarded:
    """A file of which no more is read at once than a directory may have: zipfile reads one of any size whole."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.seek, self.tell, self.seekable = file.seek, file.tell, file.seekable

    def read(self, size: int = -1) -> bytes:
        if size > _DIRECTORY:
            raise PackageError("many members")
        return self._file.read(size)


def _packed(record: bytes, size: int, name: str) -> bytes | None:
    """The packed bytes behind a member's header, where both are whole and it has the name that the directory has."""
    if len(record) < _LOCAL_HEADER.size or not record.startswith(b"PK\x03\x04"):
        return None
    flags, named, extra = _LOCAL_HEADER.unpack_from(record)
    behind = _LOCAL_HEADER.size + named
    said = record[_LOCAL_HEADER.size : behind].decode("utf-8" if flags & _UTF8 else "cp437", "replace")
    packed = record[behind + extra : behind + extra + size]
    return packed if said == name and len(packed) == size else None


def _unpacked(packed: bytes, packing: int, size: int) -> bytes | None:
    if packing == zipfile.ZIP_STORED:
        return packed[:size]
    if packing != zipfile.ZIP_DEFLATED:
        return None
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, max(size, 1))[:size]
    except zlib.error:
        return None


def _name(entry: zipfile.ZipInfo) -> str:
    return entry.filename.replace("\\", "/").lstrip("/")


@contextmanager
def _damage_named(reason: str = "broken member") -> Iterator[None]:
    try:
        yield
    except (NotImplementedError, RuntimeError, *_DAMAGE) as error:
        raise PackageError(reason) from error


__all__ = [
    "PART_LIMIT",
    "WHOLE_LIMIT",
    "Attributes",
    "Handlers",
    "Member",
    "Package",
    "PackageError",
    "is_bomb",
    "open_package",
    "parse_xml",
    "value_of",
]
