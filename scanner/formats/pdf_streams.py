"""The bytes of a PDF, as far as they tell something without the table of objects: what is packed, what is named."""

from __future__ import annotations

import mmap
import re
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeAlias

from scanner.budget import MIB

PdfBytes: TypeAlias = bytes | mmap.mmap

_STREAM = re.compile(rb">>\s*stream\r?\n")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_EMBEDDED = re.compile(rb"/Type\s*/EmbeddedFile\b")
_OBJECTS = re.compile(rb"/Type\s*/ObjStm\b")
_INFO = re.compile(rb"/Info\s+(\d{1,10})\s+(\d{1,5})\s+R\b")
_KEY = re.compile(rb"/([^\s/<>\[\]()]{1,127})\s*(?=[(<])")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_DICTIONARY = 2048
_MOST_STREAMS = 100_000
_INFO_LENGTH = 64 * 1024
_MOST_KEYS = 100
_MOST_OF_DEFLATE = 1032  # No byte of deflate becomes more bytes than that (zlib's Technical Details).
_SWOLLEN = 32 * MIB
_RATIO = 200
_SAMPLE = 16 * 1024
_SUSPICIOUS = 50
_FILTERS = 8
_WITHIN_OBJECTS = 64 * MIB


def holds_bomb(content: PdfBytes, *, embedded: bool) -> bool:
    """Whether a packed stream swells to more than 32 MiB and more than 200 times its size; those of pictures apart,
    which are not unpacked for their text, and unless `embedded` those of embedded files.

    pdfium cannot be interrupted and needs some twenty times the memory of what it unpacks. This is to spare the parent
    process the killing, not to be relied on: it unpacks deflate alone, where the first 16 KiB swell suspiciously.
    """
    return any(
        len(packed) * _MOST_OF_DEFLATE ** _filters(dictionary) > _SWOLLEN and _swells(packed, _filters(dictionary))
        for dictionary, packed in _streams(content)
        if not _IMAGE.search(dictionary) and (embedded or not _EMBEDDED.search(dictionary))
    )


def may_mention(content: PdfBytes, name: bytes) -> bool:
    """Whether a name may stand in one of the objects: False where it does not, as far as 100,000 streams tell.

    Objects stand in the clear or in object streams (ISO 32000-1, 7.5.7); where these cannot be unpacked, it may.
    """
    if content.find(name) >= 0:
        return True
    room = _WITHIN_OBJECTS
    for dictionary, packed in _streams(content):
        if _OBJECTS.search(dictionary):
            objects = b"".join(_first(_inflated((packed,)), room))
            room -= len(objects)
            if not objects or name in objects or room <= 0:
                return True
    return False


def custom_keys(content: PdfBytes) -> list[str]:
    """The keys with a text in the latest Info dictionary (ISO 32000-1, 14.3.3), which pdfium does not list.

    None where that dictionary is in an object stream.
    """
    info = _INFO.match(content, max(0, content.rfind(b"/Info")))
    if info is None:
        return []
    starts = re.finditer(rb"%s\s+%s\s+obj\b" % info.groups(), content)
    ends = [start.end() for start in starts if not content[start.start() - 1 : start.start()].isdigit()]
    if not ends:
        return []
    dictionary = content[ends[-1] : ends[-1] + _INFO_LENGTH].partition(b"endobj")[0]
    names = [_ESCAPED.sub(lambda code: bytes((int(code[1], 16),)), name) for name in _KEY.findall(dictionary)]
    return [name.decode("utf-8", "replace") for name in dict.fromkeys(names)][:_MOST_KEYS]


def _streams(content: PdfBytes) -> Iterator[tuple[bytes, memoryview]]:
    """The packed streams with their dictionaries, as far as the bytes tell without the table of objects."""
    view = memoryview(content)
    end = 0
    for found in islice(_STREAM.finditer(content), _MOST_STREAMS):
        if end < found.end():
            end = content.find(b"endstream", found.end())
            end = len(view) if end < 0 else end
        before = bytes(view[max(0, found.start() - _DICTIONARY) : found.start() + 2])
        dictionary = before[before.rfind(b"obj") + 3 :]
        if b"/Filter" in dictionary:
            yield dictionary, view[found.end() : end]


def _filters(dictionary: bytes) -> int:
    return min(_FILTERS, max(1, dictionary.count(b"FlateDecode")))


def _swells(packed: memoryview, filters: int) -> bool:
    sample = packed[:_SAMPLE]
    if not _outgrows(sample, filters, len(sample) * _SUSPICIOUS):
        return False
    return _outgrows(packed, filters, max(_SWOLLEN, len(packed) * _RATIO))


def _outgrows(packed: memoryview, filters: int, room: int) -> bool:
    pieces: Iterable[bytes | memoryview] = (packed,)
    for _ in range(filters):
        pieces = _inflated(pieces)
    return any((room := room - len(piece)) < 0 for piece in pieces)


def _inflated(pieces: Iterable[bytes | memoryview]) -> Iterator[bytes]:
    """What deflate makes of the pieces, a mebibyte at a time at most, up to where they are damaged or encrypted."""
    unpacking = zlib.decompressobj()
    for piece in pieces:
        for at in range(0, len(piece), _SAMPLE):  # What is left of a piece is copied each time: so in small ones.
            rest: bytes | memoryview = piece[at : at + _SAMPLE]
            while rest and not unpacking.eof:
                try:
                    yield unpacking.decompress(rest, MIB)
                except zlib.error:
                    return
                rest = unpacking.unconsumed_tail


def _first(pieces: Iterable[bytes], room: int) -> Iterator[bytes]:
    for piece in pieces:
        yield piece
        room -= len(piece)
        if room <= 0:
            return
