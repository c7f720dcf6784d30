"""A storage inside a compound file as a compound file of its own: an object in a message becomes a document again."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass

from scanner.formats.ole import MAGIC, Entry, Ole

_SECTOR, _MINI, _MINI_BELOW = 4096, 64, 4096
_END, _NONE, _TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_MOST_TABLES = 109
_MOST_ENTRIES = 10_000


@dataclass(slots=True)
class _Node:
    entry: Entry
    child: int = _NONE
    right: int = _NONE


def as_file(ole: Ole, storage: Entry) -> bytes:
    """The bytes of a compound file ([MS-CFB], version 4) with all that is in the storage, as far as fits in one whose
    tables fit its header, some 450 MiB.
    """
    nodes = _nodes(ole, storage)
    streams = [b"" if node.entry.is_storage else ole.read(node.entry) for node in nodes]
    file = _File()
    starts = [
        file.stored(content) if len(content) >= _MINI_BELOW else file.stored_small(content) for content in streams
    ]
    mini_table = file.stored(struct.pack(f"<{len(file.mini_chain)}I", *file.mini_chain))
    root_start = file.stored(bytes(file.mini))
    starts[0], streams[0] = root_start, bytes(file.mini)
    directory = file.stored(
        b"".join(
            _entry(node, start, len(content), is_root=not number)
            for number, (node, start, content) in enumerate(zip(nodes, starts, streams, strict=True))
        )
    )
    return file.written(directory, mini_table)


def _nodes(ole: Ole, storage: Entry) -> list[_Node]:
    """The storage first, then all below it; each once, though a damaged directory may lead to it again."""
    nodes = [_Node(storage)]
    seen = {storage.number}
    for node in nodes:
        before: _Node | None = None
        for entry in ole.children(node.entry).values() if node.entry.is_storage else ():
            if entry.number in seen or len(nodes) >= _MOST_ENTRIES:
                continue
            seen.add(entry.number)
            if before is None:
                node.child = len(nodes)
            else:
                before.right = len(nodes)
            before = _Node(entry)
            nodes.append(before)
    return nodes


def _entry(node: _Node, start: int, size: int, *, is_root: bool) -> bytes:
    name = ("Root Entry" if is_root else node.entry.name[:31]).encode("utf-16-le")
    kind = 5 if is_root else node.entry.kind
    head = name.ljust(64, b"\0") + struct.pack("<HBBIII", len(name) + 2, kind, 1, _NONE, node.right, node.child)
    return head.ljust(116, b"\0") + struct.pack("<IQ", start, size)


class _File:
    """Sectors as they are filled, and the chains that hold them together."""

    def __init__(self) -> None:
        self._sectors = bytearray()
        self._chain: list[int] = []
        self.mini = bytearray()
        self.mini_chain: list[int] = []

    def stored(self, content: bytes) -> int:
        numbers = list(_linked(len(self._chain), -(-len(content) // _SECTOR)))
        start = len(self._chain) if numbers else _END
        self._chain += numbers
        self._sectors += content.ljust(len(numbers) * _SECTOR, b"\0")
        return start

    def stored_small(self, content: bytes) -> int:
        numbers = list(_linked(len(self.mini_chain), -(-len(content) // _MINI)))
        start = len(self.mini_chain) if numbers else _END
        self.mini_chain += numbers
        self.mini += content.ljust(len(numbers) * _MINI, b"\0")
        return start

    def written(self, directory: int, mini_table: int) -> bytes:
        content = len(self._chain)
        tables = 1
        while tables * _SECTOR // 4 < content + tables:
            tables += 1
        tables = min(tables, _MOST_TABLES)
        chain = [*self._chain, *[_TABLE] * tables]
        table = struct.pack(f"<{len(chain)}I", *chain).ljust(tables * _SECTOR, b"\xff")[: tables * _SECTOR]
        places = [*range(content, content + tables), *[_NONE] * (_MOST_TABLES - tables)]
        header = MAGIC + bytes(16) + struct.pack(
            "<HHHHH6xIIIIIIIII", 0x3E, 4, 0xFFFE, 12, 6, 0, tables, directory, 0, _MINI_BELOW, mini_table,
            0 if mini_table == _END else -(-len(self.mini_chain) * 4 // _SECTOR), _END, 0,
        )  # fmt: skip
        header += struct.pack(f"<{_MOST_TABLES}I", *places)
        return header.ljust(_SECTOR, b"\0") + bytes(self._sectors) + table


def _linked(first: int, count: int) -> Iterator[int]:
    if count:
        yield from range(first + 1, first + count)
        yield _END
