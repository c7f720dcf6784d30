"""Builds messages in the files that Outlook and Exchange keep them in. All the people in them are invented."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

_END, _NONE = 0xFFFFFFFE, 0xFFFFFFFF
_TABLES = 8
_SIZES = {2: 2, 3: 4, 5: 8, 0x0B: 2, 0x40: 8}

UNICODE, STRING8, BINARY, LONG, TIME, OBJECT = 0x1F, 0x1E, 0x102, 3, 0x40, 0x0D


def a_compound(tree: Mapping[str, object]) -> bytes:
    """A compound file ([MS-CFB]) of storages (mappings) and streams (bytes), half a mebibyte at most. Tables and
    directory stand in front, as Outlook puts them, then the small streams, then the large ones.
    """
    nodes: list[tuple[str, object]] = [("Root Entry", tree)]
    links: list[list[int]] = [[_NONE, _NONE]]
    for number, (_, content) in enumerate(nodes):
        before = None
        for name, inner in content.items() if isinstance(content, Mapping) else ():
            nodes.append((name, inner))
            links.append([_NONE, _NONE])
            if before is None:
                links[number][0] = len(nodes) - 1
            else:
                links[before][1] = len(nodes) - 1
            before = len(nodes) - 1
    directory_sectors = -(-len(nodes) // 4)
    sectors = [b""] * (_TABLES + directory_sectors)
    chains = [0xFFFFFFFD] * _TABLES + [*range(_TABLES + 1, _TABLES + directory_sectors), _END]
    small: list[bytes] = []
    small_chains: list[int] = []
    starts = [
        _put(content, 64, small, small_chains) if isinstance(content, bytes) and len(content) < 4096 else 0
        for _, content in nodes
    ]
    mini = b"".join(small)
    mini_start = _put(mini, 512, sectors, chains)
    mini_table = _put(struct.pack(f"<{len(small_chains)}I", *small_chains).ljust(512, b"\xff"), 512, sectors, chains)
    directory = b""
    for number, ((name, content), (child, right)) in enumerate(zip(nodes, links, strict=True)):
        raw = name.encode("utf-16-le")
        kind = 2 if isinstance(content, bytes) else 1 if number else 5
        size = len(content) if isinstance(content, bytes) else 0
        start = _put(content, 512, sectors, chains) if size >= 4096 else starts[number]
        start, size = (start, size) if number else (mini_start, len(mini))
        directory += raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw) + 2, kind, 1, _NONE, right, child)
        directory += bytes(36) + struct.pack("<IQ", start, size)
    table = struct.pack(f"<{len(chains)}I", *chains).ljust(_TABLES * 512, b"\xff")
    front = table + directory.ljust(directory_sectors * 512, b"\0")
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16) + struct.pack("<HHHHH6xIIIIIIIII",
        0x3E, 3, 0xFFFE, 9, 6, 0, _TABLES, _TABLES, 0, 4096, mini_table, 1, _END, 0)  # fmt: skip
    header += struct.pack("<109I", *range(_TABLES), *[_NONE] * (109 - _TABLES))
    return header + front + b"".join(sectors)


def _put(content: bytes, size: int, sectors: list[bytes], chains: list[int]) -> int:
    count = -(-len(content) // size)
    if not count:
        return _END
    start = len(sectors)
    sectors += [content[at : at + size].ljust(size, b"\0") for at in range(0, len(content), size)]
    chains += [*range(start + 1, start + count), _END]
    return start


def text(value: str) -> tuple[int, bytes]:
    return UNICODE, value.encode("utf-16-le")


def number(value: int) -> tuple[int, bytes]:
    return LONG, struct.pack("<i", value)


def moment(*when: int) -> tuple[int, bytes]:
    ticks = int((datetime(*when, tzinfo=UTC) - datetime(1601, 1, 1, tzinfo=UTC)).total_seconds()) * 10_000_000
    return TIME, struct.pack("<Q", ticks)


Held = Mapping[int, tuple[int, bytes]]


def a_storage(
    properties: Held,
    recipients: Sequence[Held] = (),
    attachments: Sequence[Mapping[str, object]] = (),
    header: int = 32,
) -> dict[str, object]:
    """The storage of a message, or with a header of eight bytes that of a recipient or an attachment ([MS-OXMSG])."""
    fixed = b"".join(
        struct.pack("<HHI8s", kind, tag, 6, value) for tag, (kind, value) in properties.items() if kind in _SIZES
    )
    tree: dict[str, object] = {"__properties_version1.0": bytes(header) + fixed}
    tree |= {
        f"__substg1.0_{tag:04X}{kind:04X}": value
        for tag, (kind, value) in properties.items()
        if kind not in _SIZES
    }  # fmt: skip
    for index, recipient in enumerate(recipients):
        tree[f"__recip_version1.0_#{index:08X}"] = a_storage(recipient, header=8)
    for index, attachment in enumerate(attachments):
        tree[f"__attach_version1.0_#{index:08X}"] = attachment
    return tree


def a_file_attached(name: str, content: bytes, **more: tuple[int, bytes]) -> dict[str, object]:
    return a_storage({0x3705: number(1), 0x3707: text(name), 0x3701: (BINARY, content), **_tags(more)}, header=8)


def a_message_attached(storage: Mapping[str, object], name: str = "The subject of Jo") -> dict[str, object]:
    held = a_storage({0x3705: number(5), 0x3001: text(name)}, header=8)
    return held | {"__substg1.0_3701000D": storage}


def an_object_attached(storage: Mapping[str, object]) -> dict[str, object]:
    return a_storage({0x3705: number(6)}, header=8) | {"__substg1.0_3701000D": storage}


def names(*named: tuple[str, int | str]) -> dict[str, object]:
    """The storage that names the properties 0x8000, 0x8001 and so on: each by a set and a number or string in it."""
    sets = sorted({of for of, _ in named})
    entries, strings = b"", b""
    for index, (of, key) in enumerate(named):
        kind = (sets.index(of) + 3) << 1
        if isinstance(key, str):
            entries += struct.pack("<IHH", len(strings), kind | 1, index)
            raw = key.encode("utf-16-le")
            strings += struct.pack("<I", len(raw)) + raw + bytes(-len(raw) % 4)
        else:
            entries += struct.pack("<IHH", key, kind, index)
    guids = b"".join(bytes.fromhex(of) for of in sets)
    return {"__substg1.0_00020102": guids, "__substg1.0_00030102": entries, "__substg1.0_00040102": strings}


APPOINTMENT, PUBLIC = "0220060000000000c000000000000046", "2903020000000000c000000000000046"


def _tags(more: Mapping[str, tuple[int, bytes]]) -> dict[int, tuple[int, bytes]]:
    return {int(name.removeprefix("x"), 16): value for name, value in more.items()}


def a_tnef(own: Sequence[tuple[int, bytes]] = (), attached: Sequence[tuple[int, bytes]] = ()) -> bytes:
    """The attributes of a message and of what is attached to it ([MS-OXTNEF])."""
    out = struct.pack("<IH", 0x223E9F78, 1)
    for level, attributes in ((1, own), (2, attached)):
        for attribute, value in attributes:
            out += struct.pack("<BII", level, attribute, len(value)) + value + struct.pack("<H", sum(value) & 0xFFFF)
    return out


def tnef_properties(properties: Held) -> bytes:
    """A list of properties as TNEF writes them."""
    out = struct.pack("<I", len(properties))
    for tag, (kind, value) in properties.items():
        out += struct.pack("<HH", kind, tag)
        if kind not in _SIZES:
            out += struct.pack("<II", 1, len(value))
        out += value + bytes(-len(value) % 4)
    return out


def packed_rtf(rtf: bytes) -> bytes:
    """RTF in the form of compressed RTF that compresses nothing: every token is a byte ([MS-OXRTFCP])."""
    runs = [rtf[at : at + 8] for at in range(0, len(rtf), 8)]
    body = b"".join(b"\0" + run for run in runs)
    return struct.pack("<IIII", len(body) + 12, len(rtf), 0x75465A4C, 0) + body
