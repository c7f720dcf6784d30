"""Zip files. A member's name is only a name: nothing is ever written under it."""

from __future__ import annotations

import lzma
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from io import BufferedReader, RawIOBase
from typing import IO, TYPE_CHECKING, BinaryIO

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.container import Part
from scanner.containers.naming import unique

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_UNIX = 3
_DAMAGE = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error, EOFError, OSError, ValueError, OverflowError)


@dataclass(frozen=True, slots=True)
class ZipContainer:
    """The members in the order of the archive's own list; a position is an index into it.

    Times are taken for UTC, since the format does not say where its clock stood. Where members overlap (a bomb) or
    lie about their size, it is the caller's budget that ends the reading.
    """

    def parts(self, blob: Blob, after: int) -> Iterator[Part]:
        with _damage_named():
            archive = zipfile.ZipFile(blob.file)  # Not closed: it owns nothing, and parts are opened later.
        members = archive.infolist()
        names = unique(map(_name, members))
        for index, (member, name) in enumerate(zip(members, names, strict=True)):
            if index >= after and not member.is_dir():
                yield _part(archive, member, name, index + 1)


def _part(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, following: int) -> Part:
    return Part(
        name,
        following,
        partial(_opened, archive, member),
        member.file_size,
        member.compress_size,
        _modified(member),
        _problem(member),
    )


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> BinaryIO:
    if problem := _problem(member):
        raise ItemTroubleError(problem.code)
    with _damage_named():
        return BufferedReader(_Member(archive.open(member)))


def _problem(member: zipfile.ZipInfo) -> Problem | None:
    if member.flag_bits & _ENCRYPTED:
        return Problem(ProblemCode.ENCRYPTED)
    is_link = member.create_system == _UNIX and stat.S_ISLNK(member.external_attr >> 16)
    return Problem(ProblemCode.LINK) if is_link else None


def _name(member: zipfile.ZipInfo) -> str:
    """The name as text. Without the flag for UTF-8 it is of code page 437, unless it happens to be UTF-8 after all."""
    if member.flag_bits & _UTF8_NAME:
        return member.filename
    try:
        return member.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return member.filename


def _modified(member: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*member.date_time, tzinfo=UTC)
    except ValueError:
        return None


class _Member(RawIOBase):
    """One member as it is unpacked, its damage named."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        view = memoryview(buffer)
        with _damage_named():
            content = self._file.read(len(view))
        view[: len(content)] = content
        return len(content)

    def close(self) -> None:
        self._file.close()
        super().close()


@contextmanager
def _damage_named() -> Iterator[None]:
    try:
        yield
    except NotImplementedError as error:  # Packed in a way that the standard library does not know.
        raise ItemTroubleError(ProblemCode.UNSUPPORTED) from error
    except RuntimeError as error:
        raise ItemTroubleError(ProblemCode.ENCRYPTED) from error
    except _DAMAGE as error:
        raise ItemTroubleError(ProblemCode.CORRUPT) from error
