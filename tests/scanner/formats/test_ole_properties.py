from __future__ import annotations

import struct
from datetime import UTC, date, datetime

from domain.content import DatedBy, DateSource
from scanner.formats.ole_properties import read_properties

_DAY = datetime(2019, 5, 4, 12, tzinfo=UTC)
_TICKS = int((_DAY - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000


def a_set(properties: dict[int, bytes]) -> bytes:
    offsets, body = b"", b""
    start = 8 + 8 * len(properties)
    for key, value in properties.items():
        offsets += struct.pack("<II", key, start + len(body))
        body += value.ljust(-(-len(value) // 4) * 4, b"\0")
    return struct.pack("<II", start + len(body), len(properties)) + offsets + body


def a_stream(*sets: bytes) -> bytes:
    head = struct.pack("<HHI16sI", 0xFFFE, 0, 0, b"", len(sets))
    at = len(head) + 20 * len(sets)
    for content in sets:
        head += bytes(16) + struct.pack("<I", at)
        at += len(content)
    return head + b"".join(sets)


def text(value: bytes) -> bytes:
    return struct.pack("<II", 30, len(value) + 1) + value + b"\0"


def page(number: int) -> bytes:
    return struct.pack("<IHH", 2, number, 0)


SUMMARY = a_stream(
    a_set({
        1: page(1252), 2: text(b"Rota"), 4: text(b"Zo\xeb"), 8: text(b"Ann"),
        12: struct.pack("<IQ", 64, _TICKS), 14: struct.pack("<II", 3, 7),
    })
)  # fmt: skip


def test_properties_and_dates_are_read():
    said = read_properties(SUMMARY, a_stream(a_set({1: page(1252), 15: text(b"County")})), 1000)
    assert said.properties["author"] == "Zoë"
    assert (said.properties["title"], said.properties["pages"]) == ("Rota", "7")
    assert said.dates == (DatedBy(DateSource.CREATED, date(2019, 5, 4)),)
    assert said.text == "Title: Rota\nAuthor: Zoë\nLast author: Ann\nCompany: County\n"


def test_properties_with_names_of_their_own_are_read():
    names = (
        struct.pack("<III", 3, 2, 6)
        + b"Owner\0"
        + struct.pack("<II", 3, 5)
        + b"Paid\0"
        + struct.pack("<II", 4, 4)
        + b"Fee\0"
    )
    custom = a_set(
        {0: names, 1: page(1252), 2: text(b"Bob"), 3: struct.pack("<IHH", 11, 0xFFFF, 0), 4: struct.pack("<Id", 5, 1.5)}
    )
    assert read_properties(b"", a_stream(a_set({}), custom), 1000).text == "Owner: Bob\nPaid: true\nFee: 1.5\n"


def test_wide_names_and_values_are_read():
    name = "Owner\0".encode("utf-16-le")
    names = struct.pack("<III", 1, 2, 6) + name
    value = struct.pack("<II", 31, 4) + "Zoë\0".encode("utf-16-le")
    custom = a_set({0: names, 1: page(1200), 2: value})
    assert read_properties(b"", a_stream(a_set({}), custom), 1000).text == "Owner: Zoë\n"


def test_what_is_damaged_is_as_if_it_were_not_there():
    assert read_properties(b"", b"", 1000).text == ""
    for end in range(len(SUMMARY)):
        read_properties(SUMMARY[:end], SUMMARY[:end], 1000)
    for at in range(24, len(SUMMARY)):
        for byte in (0, 0x7F, 0xFF):
            damaged = bytearray(SUMMARY)
            damaged[at] = byte
            read_properties(bytes(damaged), bytes(damaged), 1000)
