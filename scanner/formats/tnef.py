"""The winmail.dat that Exchange wraps a message in: a stream of attributes ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.formats import mapi
from scanner.formats.mapi import Attachment, Message, Name, Properties, Property
from scanner.formats.ole import MAGIC as OLE_MAGIC

_SIGNATURE = 0x223E9F78
_OF_ATTACHMENT = 2
_MOST_ATTRIBUTES = 1_000_000
_MOST_PROPERTIES = 100_000
_CODE_PAGE, _MESSAGE_PROPERTIES, _RECIPIENTS, _RENDERING, _ATTACHMENT = 0x9007, 0x9003, 0x9004, 0x9002, 0x9005
_TITLE, _DATA, _FROM, _SENT, _RECEIVED = 0x8010, 0x800F, 0x8000, 0x8005, 0x8006
_TEXTS = {0x8004: mapi.SUBJECT, 0x800C: mapi.BODY, 0x8008: mapi.MESSAGE_CLASS}
_TIMES = {_SENT: mapi.SUBMITTED, _RECEIVED: mapi.DELIVERED}
_SENDER_NAME, _SENDER_ADDRESS = 0x0C1A, 0x0C1F
# [MS-OXTNEF] 2.1.3.5.2: in front of an object stands what it is; this is a message, which is a TNEF of its own.
_INTERFACE = 16
_IS_MESSAGE = bytes.fromhex("0703020000000000c000000000000046")
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def read_tnef(blob: Blob) -> Message:
    """The message in a blob; what is attached to it is read when it is asked for.

    Raises ItemTroubleError (corrupt) where this is none. One cut short gives what there is of it, with that problem.
    """
    return _message(blob.bytes)


def _message(data: bytes) -> Message:
    if len(data) < 6 or int.from_bytes(data[:4], "little") != _SIGNATURE:
        raise ItemTroubleError(ProblemCode.CORRUPT)
    reading = _Tnef()
    for level, attribute, value in _attributes(data, reading):
        reading.take(level, attribute, value)
    return reading.message()


def _attributes(data: bytes, reading: _Tnef) -> Iterator[tuple[int, int, bytes]]:
    """Level, number and value of each. What ends within one ends the walk, and is damage."""
    at = 6
    for _ in range(_MOST_ATTRIBUTES):
        if at + 9 > len(data):
            reading.is_damaged = reading.is_damaged or at != len(data)
            return
        level, attribute, length = struct.unpack_from("<BII", data, at)
        at += 9
        if level not in (1, _OF_ATTACHMENT) or at + length > len(data):
            reading.is_damaged = True
            yield level, attribute & 0xFFFF, data[at:] if level in (1, _OF_ATTACHMENT) else b""
            return
        yield level, attribute & 0xFFFF, data[at : at + length]
        at += length + 2


@dataclass(slots=True)
class _Tnef:
    """What the attributes of one TNEF have said so far."""

    is_damaged: bool = False
    _page: int = 1252
    _found: dict[int, Property] = field(default_factory=dict)
    _names: dict[int, Name] = field(default_factory=dict)
    _recipients: list[dict[int, Property]] = field(default_factory=list)
    _attached: list[dict[int, Property]] = field(default_factory=list)

    def take(self, level: int, attribute: int, value: bytes) -> None:
        try:
            if level == _OF_ATTACHMENT:
                self._take_attached(attribute, value)
            else:
                self._take_own(attribute, value)
        except (struct.error, _CutShortError):
            self.is_damaged = True

    def message(self) -> Message:
        properties = Properties(self._found, self._names, self._page)
        recipients = tuple(Properties(found, self._names, self._page) for found in self._recipients)
        attachments = tuple(_attachment(Properties(found, self._names, self._page)) for found in self._attached)
        return Message(properties, recipients, attachments, Problem(ProblemCode.CORRUPT) if self.is_damaged else None)

    def _take_own(self, attribute: int, value: bytes) -> None:
        if attribute == _CODE_PAGE:
            self._page = int.from_bytes(value[:4], "little") or 1252
        elif attribute == _MESSAGE_PROPERTIES:
            self._read(_Cursor(value), self._found)
        elif attribute == _RECIPIENTS:
            cursor = _Cursor(value)
            for _ in range(min(cursor.number(), _MOST_PROPERTIES)):
                self._recipients.append({})
                self._read(cursor, self._recipients[-1])
        elif attribute in _TEXTS:
            self._found.setdefault(_TEXTS[attribute], Property(mapi.STRING8, (value,)))
        elif attribute in _TIMES:
            self._found.setdefault(_TIMES[attribute], Property(mapi.TIME, (_time(value),)))
        elif attribute == _FROM:
            for tag, text in zip((_SENDER_NAME, _SENDER_ADDRESS), _sender(value), strict=True):
                self._found.setdefault(tag, Property(mapi.STRING8, (text,)))

    def _take_attached(self, attribute: int, value: bytes) -> None:
        if attribute == _RENDERING or not self._attached:
            self._attached.append({})
        current = self._attached[-1]
        if attribute == _TITLE:
            current.setdefault(mapi.SHORT_NAME, Property(mapi.STRING8, (value,)))
        elif attribute == _DATA:
            current[mapi.ATTACH_DATA] = Property(mapi.BINARY, (value,))
        elif attribute == _ATTACHMENT:
            self._read(_Cursor(value), current)

    def _read(self, cursor: _Cursor, found: dict[int, Property]) -> None:
        """A list of properties (2.1.3.4): those read before the damage, where there is some, are kept."""
        for _ in range(min(cursor.number(), _MOST_PROPERTIES)):
            kind, tag = cursor.unpacked("<HH")
            if tag >= mapi.NAMED:
                self._names[tag] = cursor.name()
            found[tag] = Property(kind & ~mapi.MANY, tuple(cursor.values(kind)))


class _CutShortError(Exception):
    """The value ends before what it announces."""


class _Cursor:
    def __init__(self, data: bytes) -> None:
        self._data, self._at = data, 0

    def take(self, length: int) -> bytes:
        if self._at + length > len(self._data):
            raise _CutShortError
        self._at += length
        return self._data[self._at - length : self._at]

    def unpacked(self, form: str) -> tuple[int, ...]:
        return struct.unpack(form, self.take(struct.calcsize(form)))

    def number(self) -> int:
        return self.unpacked("<I")[0]

    def padded(self) -> bytes:
        length = self.number()
        value = self.take(length)
        self._at += -length % 4
        return value

    def name(self) -> Name:
        of = mapi.property_set(self.take(16))
        if self.number() == 0:
            return Name(of, self.number())
        return Name(of, self.padded().decode("utf-16-le", "replace").rstrip("\0"))

    def values(self, kind: int) -> Iterator[bytes]:
        size = mapi.size_of(kind & ~mapi.MANY)
        count = self.number() if size is None or kind & mapi.MANY else 1
        for _ in range(min(count, _MOST_PROPERTIES)):
            if size is None:
                yield self.padded()
            else:
                yield self.take(size)
                self._at += -size % 4


def _attachment(properties: Properties) -> Attachment:
    held = properties.by_tag.get(mapi.ATTACH_DATA)
    value = properties.binary(mapi.ATTACH_DATA)
    if held is None:
        is_elsewhere = properties.number(mapi.ATTACH_METHOD) in mapi.BY_REFERENCE
        return Attachment(properties, problem=Problem(ProblemCode.PLACEHOLDER if is_elsewhere else ProblemCode.CORRUPT))
    if held.kind == mapi.OBJECT and value.startswith(_IS_MESSAGE):
        return Attachment(properties, message=partial(_message, value[_INTERFACE:]))
    is_object = held.kind == mapi.OBJECT or value[_INTERFACE:].startswith(OLE_MAGIC)
    content = value[_INTERFACE:] if is_object else value
    return Attachment(properties, content=lambda: content)


def _time(value: bytes) -> bytes:
    """Year, month, day, hour, minute, second as shorts (2.1.3.3.5), turned into the usual form."""
    try:
        moment = datetime(*struct.unpack_from("<6H", value), tzinfo=UTC)  # type: ignore[misc]
    except ValueError:
        return b""
    return struct.pack("<Q", int((moment - _EPOCH).total_seconds()) * 10_000_000)


def _sender(value: bytes) -> tuple[bytes, bytes]:
    """Name and address out of a structure that begins with four lengths (2.1.3.3.2, TRP)."""
    _, _, name_length, address_length = struct.unpack_from("<4H", value)
    name, address = value[8 : 8 + name_length], value[8 + name_length : 8 + name_length + address_length]
    return name, address.partition(b":")[2] or address
