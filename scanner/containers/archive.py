"""Zip files. A member's name is only a name: nothing is ever written under it."""

from __future__ import annotations

import bz2
import lzma
import stat
import struct
import zlib
from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain, tee
from typing import BinaryIO, TypeAlias

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.container import Part
from scanner.containers.naming import unique
from scanner.formats.native_archive import native_content
from scanner.formats.zip_directory import (
    ZipDirectory,
    ZipMember,
    content_start,
    listed_member,
    lost_members,
    packed_in_all,
    record_name,
    zip_directory,
    zip_records,
)
from scanner.streams import MOST_MEMORY, Decompressor, Inflate, Packed, as_file, read_at, stretch, unpacked

_END = b"PK\5\6" + bytes(18)
_SPLIT = b"PK\7\x08"
_STORED, _DEFLATE, _BZIP2, _LZMA, _XZ = 0, 8, 12, 14, 95
_ZSTD = (20, 93)
_LZMA_HEAD = 9
_TOO_LARGE = 0xFFFFFFFF
_SPECIAL = (stat.S_IFIFO, stat.S_IFCHR, stat.S_IFBLK, stat.S_IFSOCK)


_Found: TypeAlias = tuple[int, str, Callable[[], ZipMember]]
"""Where what tells of a member stands, its name as it is told, and all the rest, which is worked out when wanted."""


@dataclass(frozen=True, slots=True)
class ZipContainer:
    """The members in the order of the archive's own directory; a position is where the next record of it begins.

    Where the directory is lost or damaged, or lies in another file of a set, the members are found by the header
    before each, and the walk ends in ItemTroubleError (corrupt; unsupported for a set). So it ends where the members
    overlap, as in a bomb; it is the caller's budget that ends the reading of one. What an archive stands behind may be
    another, whose members come first. Times are taken for UTC where the archive does not say it.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        directory = zip_directory(blob)
        packed = packed_in_all(blob, directory) if directory and not directory.is_split else None
        if directory is None or packed is None:
            yield from _parts(blob, _lost(blob, blob.size), after)
            is_split = directory.is_split if directory else blob.head.startswith(_SPLIT)
            raise ItemTroubleError(ProblemCode.UNSUPPORTED if is_split else ProblemCode.CORRUPT)
        yield from _parts(blob, chain(_lost(blob, directory.begin), _listed(blob, directory)), after)
        if packed > blob.size:
            raise ItemTroubleError(ProblemCode.CORRUPT)


def _lost(blob: Blob, end: int) -> Iterator[_Found]:
    for member in lost_members(blob, end):
        yield member.at, member.name, partial(_itself, member)


def _itself(member: ZipMember) -> ZipMember:
    return member


def _listed(blob: Blob, directory: ZipDirectory) -> Iterator[_Found]:
    for end, record in zip_records(blob, directory):
        yield end - len(record), record_name(record), partial(listed_member, record, end, directory.shift)


def _parts(blob: Blob, found: Iterator[_Found], after: int) -> Iterator[Part]:
    # From the beginning every time, since a name is told apart from all before it.
    members, same = tee(found)
    for (at, _, member), name in zip(members, unique(name for _, name, _ in same), strict=True):
        if at >= after:
            yield from _parts_of(blob, member(), name)


def _parts_of(blob: Blob, member: ZipMember, name: str) -> Iterator[Part]:
    """The part that a member is, none for a folder."""
    if member.is_folder:
        return
    problem = _problem(member)
    # What it says of its packed size must not let it off the limit of the ratio.
    packed = min(member.packed, blob.size)
    opened = partial(_opened, blob, member, problem)
    yield Part(name, member.following, opened, member.size, packed, member.modified, problem)


def _problem(member: ZipMember) -> Problem | None:
    if member.is_encrypted:
        return Problem(ProblemCode.ENCRYPTED)
    kind = stat.S_IFMT(member.mode)
    if kind == stat.S_IFLNK:
        return Problem(ProblemCode.LINK)
    return Problem(ProblemCode.NOT_A_FILE) if kind in _SPECIAL else None


def _opened(blob: Blob, member: ZipMember, problem: Problem | None) -> BinaryIO:
    if problem is not None:
        raise ItemTroubleError(problem.code)
    return as_file(_checked(_content(blob, member), member))


def _checked(content: Iterator[bytes], member: ZipMember) -> Generator[bytes, None, None]:
    """The content, which must be of the size and have the checksum that are told, where they are."""
    size, crc = 0, 0
    for piece in content:
        size += len(piece)
        crc = zlib.crc32(piece, crc)
        if member.size is not None and size > member.size:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        yield piece
        if size == member.size and member.method == _LZMA:
            break  # Its end mark is optional (5.8.9).
    if (member.size is not None and size != member.size) or (member.crc is not None and crc != member.crc):
        raise ItemTroubleError(ProblemCode.CORRUPT)


def _content(blob: Blob, member: ZipMember) -> Iterator[bytes]:
    start = content_start(blob, member)
    end = start + member.packed
    if member.method == _STORED:
        return stretch(blob, start, end)
    if member.method == _LZMA:
        return unpacked(Packed(blob, start + _LZMA_HEAD, end), _lzma(read_at(blob, start, _LZMA_HEAD)))
    if unpacker := _UNPACKERS.get(member.method):
        return unpacked(Packed(blob, start, end), unpacker())
    if member.method in _ZSTD:
        return native_content(as_file(stretch(blob, start, end)), "raw", ("zstd",))
    return _as_zip_of_its_own(member, stretch(blob, start, end))


def _lzma(head: bytes) -> Decompressor:
    """5.8.8: a version, the length of the properties, and they: one byte, and the size of the dictionary."""
    if len(head) < _LZMA_HEAD or head[2:4] != b"\5\0":
        raise ItemTroubleError(ProblemCode.CORRUPT)
    options, memory = struct.unpack_from("<BL", head, 4)
    if memory > MOST_MEMORY:
        raise ItemTroubleError(ProblemCode.LIMIT, "memory")
    chain_of_one = {"id": lzma.FILTER_LZMA1, "dict_size": max(memory, 4096)}
    chain_of_one |= {"lc": options % 9, "lp": options // 9 % 5, "pb": options // 45}
    try:
        return lzma.LZMADecompressor(lzma.FORMAT_RAW, filters=[chain_of_one])
    except (lzma.LZMAError, ValueError) as error:
        raise ItemTroubleError(ProblemCode.CORRUPT) from error


def _as_zip_of_its_own(member: ZipMember, packed: Iterator[bytes]) -> Iterator[bytes]:
    """What only libarchive unpacks, if it does, it is given as a zip file of this member alone."""
    if member.size is None or max(member.size, member.packed) >= _TOO_LARGE:
        raise ItemTroubleError(ProblemCode.UNSUPPORTED)
    sizes = member.crc or 0, member.packed, member.size, 1, 0
    header = struct.pack("<4s5H3L2H", b"PK\3\4", 63, 0, member.method, 0, 0x21, *sizes) + b"x"
    return native_content(as_file(piece for piece in chain((header,), packed, (_END,))), "zip_streamable")


_UNPACKERS: dict[int, Callable[[], Decompressor]] = {
    _DEFLATE: partial(Inflate, -15),
    _BZIP2: bz2.BZ2Decompressor,
    _XZ: partial(lzma.LZMADecompressor, lzma.FORMAT_XZ, MOST_MEMORY),
}
