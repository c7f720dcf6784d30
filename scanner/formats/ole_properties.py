"""What an OLE document says of itself: its streams of properties ([MS-OLEPS]; for their numbers [MS-OSHARED] 2.3.3)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from domain.content import DateSource
from scanner.formats.charsets import of_code_page
from scanner.properties import Stated, stated

SUMMARY, DOCUMENT_SUMMARY = "\x05SummaryInformation", "\x05DocumentSummaryInformation"
_SUMMARY_KEYS = {
    2: "title", 3: "subject", 4: "author", 5: "keywords", 6: "comments", 7: "template", 8: "last_author",
    9: "revision", 14: "pages", 15: "words", 18: "application",
}  # fmt: skip
_DOCUMENT_KEYS = {2: "category", 14: "manager", 15: "company", 28: "status"}
_DATES = {11: DateSource.PRINTED, 12: DateSource.CREATED, 13: DateSource.MODIFIED}
_NAMES, _CODE_PAGE = 0, 1
_SHORT, _LONG, _DOUBLE, _TRUTH, _BYTES, _WIDE, _TIME = 2, 3, 5, 11, 30, 31, 64
_UTF16 = 1200
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)
_MOST = 1_000


@dataclass(frozen=True, slots=True)
class _Section:
    values: Mapping[int, str] = field(default_factory=dict)
    names: Mapping[int, str] = field(default_factory=dict)


def read_properties(summary: bytes, document: bytes, limit: int) -> Stated:
    """What the two streams say; what is damaged in them is as if it were not there."""
    first = next(_sections(summary), _Section())
    sections = list(_sections(document))
    second = sections[0] if sections else _Section()
    custom = [(name, section.values.get(key, "")) for section in sections[1:] for key, name in section.names.items()]
    values = {key: first.values.get(number, "") for number, key in _SUMMARY_KEYS.items()}
    values |= {key: second.values.get(number, "") for number, key in _DOCUMENT_KEYS.items()}
    dates = [(source, first.values.get(number, "")) for number, source in _DATES.items()]
    return stated(values, custom, dates, limit)


def _sections(stream: bytes) -> Iterator[_Section]:
    """[MS-OLEPS] 2.21: up to two sets, the second of which is that of the properties with names of their own."""
    if len(stream) < 48:
        return
    count = min(struct.unpack_from("<I", stream, 24)[0], 2)
    for index in range(count):
        if 48 + index * 20 <= len(stream):
            (offset,) = struct.unpack_from("<I", stream, 44 + index * 20)
            yield _section(stream[offset:])


def _section(section: bytes) -> _Section:
    if len(section) < 8:
        return _Section()
    count = min(struct.unpack_from("<I", section, 4)[0], _MOST, (len(section) - 8) // 8)
    offsets = dict(struct.unpack_from("<II", section, 8 + index * 8) for index in range(count))
    page = _UTF16
    if at := offsets.get(_CODE_PAGE):
        page = int.from_bytes(section[at + 4 : at + 6], "little")
    values = {key: _value(section, at, page) for key, at in offsets.items() if key not in (_NAMES, _CODE_PAGE)}
    return _Section(values, _dictionary(section, offsets[_NAMES], page) if _NAMES in offsets else {})


def _value(section: bytes, at: int, page: int) -> str:
    kind, length = int.from_bytes(section[at : at + 2], "little"), int.from_bytes(section[at + 4 : at + 8], "little")
    if kind in (_BYTES, _WIDE):
        size = length * 2 if kind == _WIDE else length
        return _decoded(section[at + 8 : at + 8 + size], _UTF16 if kind == _WIDE else page)
    if kind == _TIME:
        return _time(int.from_bytes(section[at + 4 : at + 12], "little"))
    if kind == _DOUBLE and at + 12 <= len(section):
        return f"{struct.unpack_from('<d', section, at + 4)[0]:.15g}"
    if kind == _TRUTH:
        return "true" if length & 0xFFFF else "false"
    return str(length & (0xFFFF if kind == _SHORT else 0xFFFFFFFF)) if kind in (_SHORT, _LONG) else ""


def _dictionary(section: bytes, at: int, page: int) -> dict[int, str]:
    """[MS-OLEPS] 2.17: the names that properties have in words."""
    names: dict[int, str] = {}
    for _ in range(min(int.from_bytes(section[at : at + 4], "little"), _MOST)):
        if at + 12 > len(section):
            break
        key, length = struct.unpack_from("<II", section, at + 4)
        size = -(-length * 2 // 4) * 4 if page == _UTF16 else length
        names[key] = _decoded(section[at + 12 : at + 12 + size], page)
        at += 8 + size
    return names


def _decoded(written: bytes, page: int) -> str:
    if page == _UTF16:
        return written.decode("utf-16-le", "replace").split("\0", 1)[0]
    return written.decode(of_code_page(page), "replace").split("\0", 1)[0]


def _time(ticks: int) -> str:
    """A FILETIME, tenths of microseconds since 1601, in ISO 8601."""
    try:
        return (_EPOCH + timedelta(microseconds=ticks // 10)).isoformat() if ticks else ""
    except OverflowError:
        return ""
