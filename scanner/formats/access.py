"""The tables of an Access database (Jet 3 and 4, ACE) by access-parser, which is kept from running in circles."""

from __future__ import annotations

import logging
import os
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any
from uuid import UUID

from access_parser.access_parser import AccessParser, AccessTable, ConstructError, TableObj
from access_parser.utils import parse_type

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.extractor import EscalateError
from scanner.formats.access_rows import AccessColumn, row_cells
from scanner.formats.cell_bytes import Held, held_in, text_in
from scanner.formats.html_text import html_text

_LARGEST = 256 * MIB
_HEADER_KEY = b"\xc7\xda\x39\x6b"
_HEADER = slice(0x18, 0x18 + 128)
_KEY = slice(0x3E - 0x18, 0x42 - 0x18)
_TRUTH, _MONEY, _DATE, _BINARY, _OBJECT, _MEMO, _IDENTIFIER, _NUMERIC = 1, 5, 8, 9, 11, 12, 15, 16
_JET3 = 3
_MOST_RECORDS = 1_024
_LONGEST_MEMO = 16 * MIB
_ROOM_FOR_OBJECTS = 4 * MIB  # Of one table, so that texts among them are read and pictures cost little.
_LENGTH = 0x3FFFFFFF
_SYSTEM = ("MSys",)
_LOGS = (logging.getLogger("access_parser"), logging.getLogger("access_parser.utils"))
# The library checks little of what it reads, so that damage shows as nearly any error.
_DAMAGE = (
    ConstructError, struct.error, KeyError, IndexError, TypeError, ValueError, AttributeError, OverflowError, OSError,
    RecursionError, MemoryError, ArithmeticError,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class AccessRows:
    """The rows of the pages that were asked for; `is_sound` is whether every value of them could be read."""

    columns: tuple[str, ...] = field(repr=False)
    rows: tuple[tuple[object, ...], ...] = field(repr=False)
    is_sound: bool


class AccessDatabase:
    """An open database. Tables of the system are left out.

    `has_blobs` is whether there were files, objects and the like in what was read, whose cells stay empty.
    """

    def __init__(self, parser: _Parser) -> None:
        self._parser = parser
        self.has_blobs = False

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(name for name in self._parser.catalog if not name.startswith(_SYSTEM))

    def size(self, name: str) -> tuple[int, int]:
        """How many rows a table says it has, and how many pages they stand on.

        Raises EscalateError where its definition cannot be read.
        """
        with _damage_named("damaged"):
            table = self._parser.get_table(name)
            return int(table.table_header.number_of_rows), len(table.table.linked_pages)

    def read(self, name: str, pages: range) -> AccessRows:
        """The rows on these pages. Raises EscalateError where they cannot be read."""
        with _damage_named("damaged"):
            table = self._parser.get_table(name)
            table.table.linked_pages = table.table.linked_pages[pages.start : pages.stop]
            columns = [table.columns[index] for index in sorted(table.columns)]
            values = table.parse() if table.table.linked_pages else {}
            found = [list(values.get(column.col_name_str, ())) for column in columns]
            self.has_blobs = self.has_blobs or table.has_blobs
            names = tuple(str(column.col_name_str).rstrip("\0") for column in columns)
            return AccessRows(names, tuple(zip(*found, strict=True)), table.is_sound)


@contextmanager
def open_access(blob: Blob) -> Iterator[AccessDatabase]:
    """Raises ItemTroubleError (encrypted) and EscalateError where it is too large or cannot be read.

    A database password of Jet alone hides nothing: it stands in the header, and the pages are in the clear.
    """
    if len(blob.head) < _HEADER.stop:
        raise EscalateError("load")
    if any(_rc4(_HEADER_KEY, blob.head[_HEADER])[_KEY]):
        raise ItemTroubleError(ProblemCode.ENCRYPTED)
    if blob.size > _LARGEST:
        raise EscalateError("large")
    with _quiet(), _path_of(blob) as path:
        with _damage_named("load"):
            parser = _Parser(path)
        yield AccessDatabase(parser)


class _Table(AccessTable):  # type: ignore[misc]  # the library is untyped
    """A chain of records that is followed no further than any real one reaches; what cannot be followed is noted."""

    def __init__(self, *arguments: Any) -> None:
        self.is_sound = True
        self.has_blobs = False
        self._room = _ROOM_FOR_OBJECTS
        self._records = 0
        super().__init__(*arguments)

    def _merge_table_data(self, first_page: int) -> bytes:
        seen: set[int] = set()
        merged = b""
        page = first_page
        while page and page not in seen and len(merged) < _LONGEST_MEMO:
            seen.add(page)
            definition = self._table_defs[page * self.page_size]
            merged += definition[8:]
            page = int.from_bytes(definition[4:8], "little")
        return merged

    def _parse_memo(self, relative_obj_data: bytes, return_raw: bool = False) -> object:
        try:
            return super()._parse_memo(relative_obj_data, return_raw)
        except _DAMAGE:
            self.is_sound = False
            return None

    def _parse_row(self, record: bytes) -> None:
        """The library takes columns for what they are not where the table was changed after its rows were written."""
        self._records = 0
        columns = [self.columns[index] for index in sorted(self.columns)]
        try:
            cells = list(row_cells(record, [_described(column) for column in columns], is_jet3=self.version == _JET3))
        except _DAMAGE:
            self.is_sound = False
            return
        for column, (is_set, written) in zip(columns, cells, strict=True):
            self.parsed_table[column.col_name_str].append(self._value(column, written, is_set=is_set))

    def _value(self, column: Any, written: bytes, *, is_set: bool) -> object:
        if column.type == _TRUTH:
            return is_set
        if not is_set or not written:
            return None
        if column.type in (_BINARY, _OBJECT):
            return self._bytes(self._object(written) if column.type == _OBJECT else written)
        if column.type == _MEMO:
            memo = str(self._parse_memo(written) or "")
            return html_text(memo) if memo.startswith("<div") else memo
        try:
            return _typed(column, written, self.version)
        except _DAMAGE:
            self.is_sound = False
            return None

    def _object(self, written: bytes) -> object:
        size = int.from_bytes(written[:4], "little") & _LENGTH
        if size > self._room:
            self.has_blobs = True
            return None
        self._room -= size
        return self._parse_memo(written, return_raw=True)

    def _bytes(self, content: object) -> str | None:
        if not isinstance(content, bytes):
            return None
        held = held_in(content)
        self.has_blobs = self.has_blobs or held in (Held.FILE, Held.OTHER)
        return text_in(content, held)

    def _get_overflow_record(self, record_pointer: int) -> bytes | None:
        self._records += 1
        if self._records > _MOST_RECORDS:
            raise ValueError
        record: bytes | None = super()._get_overflow_record(record_pointer)
        self.is_sound = self.is_sound and record is not None
        return record


class _Parser(AccessParser):  # type: ignore[misc]  # the library is untyped
    """The same, with tables of our own kind."""

    def _parse_catalog(self) -> dict[str, int]:
        pages = self._tables_with_data[2 * self.page_size]
        catalog = _Table(pages, self.version, self.page_size, self._data_pages, self._table_defs).parse()
        # Tables have the type 1; the flags tell those of the system.
        return {
            str(name or ""): number
            for name, number, kind in zip(catalog["Name"], catalog["Id"], catalog["Type"], strict=False)
            if kind == 1
        }

    def parse_msys_table(self) -> dict[str, Any]:
        """What the catalog says of the looks of columns is not asked for."""
        return {}

    def get_table(self, table_name: str) -> _Table:
        offset = self.catalog[table_name] * self.page_size
        table = TableObj(offset, self._table_defs[offset])
        if offset in self._tables_with_data:
            table.linked_pages = self._tables_with_data[offset].linked_pages
        return _Table(table, self.version, self.page_size, self._data_pages, self._table_defs)


def _described(column: Any) -> AccessColumn:
    is_fixed = bool(column.column_flags.fixed_length)
    return AccessColumn(column.column_id, is_fixed, column.fixed_offset if is_fixed else column.variable_column_number)


def _typed(column: Any, written: bytes, version: int) -> object:
    """Money stands in ten-thousandths, and the identifiers of Windows with their first parts turned round."""
    if column.type == _MONEY:
        return struct.unpack_from("<q", written)[0] / 10_000
    if column.type == _NUMERIC:
        return _numeric(written, column.various.scale)
    if column.type == _IDENTIFIER:
        return str(UUID(bytes_le=written[:16]))
    if column.type == _DATE:
        shown = str(parse_type(_DATE, written, len(written), version=version))
        return "" if shown.startswith("(") else shown.removesuffix(" 00:00:00")
    return parse_type(column.type, written, len(written), version=version)


def _numeric(written: bytes, scale: int) -> str:
    """A sign, and four words of which the highest is first."""
    sign, *words = struct.unpack_from("<BIIII", written)
    number = sum(word << 32 * (3 - at) for at, word in enumerate(words))
    return f"{'-' if sign & 0x80 else ''}{Decimal(number).scaleb(-scale):f}"


@contextmanager
def _damage_named(reason: str) -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise EscalateError(reason) from error


@contextmanager
def _quiet() -> Iterator[None]:
    """The library logs what it cannot read, and so its content."""
    for logger in _LOGS:
        logger.disabled = True
    try:
        yield
    finally:
        for logger in _LOGS:
            logger.disabled = False


@contextmanager
def _path_of(blob: Blob) -> Iterator[str]:
    """The library reads a path only: a nameless file's, or that of memory."""
    if blob.path is not None:
        yield blob.path
        return
    memory = os.memfd_create("database")
    try:
        with open(memory, "wb", closefd=False) as file:
            file.write(blob.bytes)
        yield f"/proc/self/fd/{memory}"
    finally:
        os.close(memory)


def _rc4(key: bytes, written: bytes) -> bytes:
    """Every header is veiled with one known key; what it veils is the key of the pages, if they have one."""
    box = list(range(256))
    j = 0
    for i in range(256):
        j = (j + box[i] + key[i % len(key)]) & 255
        box[i], box[j] = box[j], box[i]
    clear = bytearray()
    i = j = 0
    for byte in written:
        i = (i + 1) & 255
        j = (j + box[i]) & 255
        box[i], box[j] = box[j], box[i]
        clear.append(byte ^ box[(box[i] + box[j]) & 255])
    return bytes(clear)
