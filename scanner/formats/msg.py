"""Outlook's message as one file, a compound file ([MS-OXMSG])."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator, Mapping
from functools import partial
from itertools import islice

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.formats import mapi
from scanner.formats.mapi import Attachment, Message, Name, Properties, Property
from scanner.formats.ole import Entry, Ole, open_ole
from scanner.formats.ole_copy import as_file

_STREAM = re.compile(r"__SUBSTG1\.0_([0-9A-F]{4})([0-9A-F]{4})(?:-([0-9A-F]{8}))?$")
_DATA, _OBJECT = "__SUBSTG1.0_37010102", "__SUBSTG1.0_3701000D"
_NAME_SETS, _NAME_ENTRIES, _NAME_STRINGS = (f"__SUBSTG1.0_{number}0102" for number in ("0002", "0003", "0004"))
_FIXED = "__PROPERTIES_VERSION1.0"
_NAMES = "__NAMEID_VERSION1.0"
_RECIPIENT, _ATTACHMENT = "__RECIP_VERSION1.0_#", "__ATTACH_VERSION1.0_#"
_TOP, _INNER, _LEAST = 32, 24, 8
"""Bytes in front of the fixed properties: of a message file, of a message in it, of anything else (2.4.1)."""
_MOST = 20_000


def read_msg(blob: Blob) -> Message:
    """The message that a blob holds; attachments and messages in it are read when they are asked for.

    Raises ItemTroubleError (corrupt) where there is no message. One cut short gives what there is of it, with that
    problem.
    """
    ole = open_ole(blob)
    if ole is None or not any(key == _FIXED or _STREAM.match(key) for key in ole.entries):
        raise ItemTroubleError(ProblemCode.CORRUPT)
    problem = Problem(ProblemCode.CORRUPT) if ole.is_short() else None
    return _message(ole, ole.root, _names(ole), _TOP, problem)


def _message(
    ole: Ole, storage: Entry, names: Mapping[int, Name], fixed_from: int, problem: Problem | None = None
) -> Message:
    entries = ole.children(storage)
    properties = _properties(ole, entries, names, fixed_from)
    recipients, attachments = (
        tuple(
            (entry, _properties(ole, ole.children(entry), names, _LEAST, properties.page))
            for key, entry in islice(sorted(entries.items()), _MOST)
            if key.startswith(prefix)
        )
        for prefix in (_RECIPIENT, _ATTACHMENT)
    )
    return Message(
        properties,
        tuple(found for _, found in recipients),
        tuple(_attachment(ole, entry, found, names) for entry, found in attachments),
        problem,
    )


def _properties(
    ole: Ole, entries: Mapping[str, Entry], names: Mapping[int, Name], fixed_from: int, code_page: int = 1252
) -> Properties:
    """Those of fixed size from their one stream, the rest from a stream each, many values of one from as many."""
    found = dict(_fixed(ole.read(entries[_FIXED])[fixed_from:])) if _FIXED in entries else {}
    many: dict[tuple[int, int], list[tuple[str, Entry]]] = {}
    for key, entry in islice(entries.items(), _MOST):
        tag, kind, index = _stream_name(key)
        if kind & mapi.MANY and index:
            many.setdefault((tag, kind & ~mapi.MANY), []).append((index, entry))
        elif kind & mapi.MANY and (size := mapi.size_of(kind & ~mapi.MANY)):
            found[tag] = Property(kind & ~mapi.MANY, tuple(_cut(ole.read(entry), size)))
        elif kind and not entry.is_storage and tag != mapi.ATTACH_DATA and not kind & mapi.MANY:
            found[tag] = Property(kind, (ole.read(entry),))
    for (tag, kind), streams in many.items():
        found[tag] = Property(kind, tuple(ole.read(entry) for _, entry in sorted(streams, key=lambda pair: pair[0])))
    return Properties(found, names, code_page)


def _fixed(raw: bytes) -> Iterator[tuple[int, Property]]:
    """Entries of sixteen bytes: kind, tag, flags and the value itself where it has a fixed size (2.4.2)."""
    for kind, tag, _, value in struct.iter_unpack("<HHI8s", raw[: len(raw) // 16 * 16]):
        size = mapi.size_of(kind)
        if size is not None and size <= 8:
            yield tag, Property(kind, (value[:size],))


def _stream_name(key: str) -> tuple[int, int, str]:
    """Tag, kind and, of one among many values, its index; zeros where this is no stream of a property."""
    found = _STREAM.match(key)
    return (int(found[1], 16), int(found[2], 16), found[3] or "") if found else (0, 0, "")


def _cut(raw: bytes, size: int) -> Iterator[bytes]:
    return (raw[at : at + size] for at in range(0, len(raw) - size + 1, size))


def _attachment(ole: Ole, storage: Entry, properties: Properties, names: Mapping[int, Name]) -> Attachment:
    entries = ole.children(storage)
    method = properties.number(mapi.ATTACH_METHOD)
    inner = entries.get(_OBJECT)
    if inner is not None and inner.is_storage:
        if method == mapi.OLE_OBJECT or _FIXED not in ole.children(inner):
            return Attachment(properties, content=partial(as_file, ole, inner))
        return Attachment(properties, message=partial(_message, ole, inner, names, _INNER))
    if stream := entries.get(_DATA):
        return Attachment(properties, content=partial(ole.read, stream))
    if method in mapi.BY_REFERENCE:
        return Attachment(properties, problem=Problem(ProblemCode.PLACEHOLDER))
    return Attachment(properties, problem=Problem(ProblemCode.CORRUPT) if method else None)


def _names(ole: Ole) -> dict[int, Name]:
    storage = ole.entries.get(_NAMES)
    streams = ole.children(storage) if storage else {}
    sets, entries, strings = (
        ole.read(streams[name]) if name in streams else b"" for name in (_NAME_SETS, _NAME_ENTRIES, _NAME_STRINGS)
    )
    return mapi.property_names(sets, entries, strings)
