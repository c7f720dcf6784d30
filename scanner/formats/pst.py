"""Items of Outlook's stores (PST, OST) as libpff gives them ([MS-PST])."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Any

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.formats import mapi
from scanner.formats.mapi import Attachment, Message, Name, Properties, Property

_MOST = 100_000
_CORRUPT = Problem(ProblemCode.CORRUPT)
_NAME_SETS, _NAME_ENTRIES, _NAME_STRINGS = 2, 3, 4
_IGNORED = frozenset({0x0E0F, 0x0FFF, 0x300B})


@contextmanager
def damage_named() -> Iterator[None]:
    """Name the library's errors as the damage that they are about."""
    try:
        yield
    except MemoryError as error:
        if not str(error):  # Our own memory; that of the library is about a size that the file states.
            raise
        raise ItemTroubleError(ProblemCode.CORRUPT) from error
    except (OSError, RuntimeError, ValueError, TypeError, SystemError, OverflowError) as error:
        raise ItemTroubleError(ProblemCode.CORRUPT) from error


def store_names(store: Any) -> Mapping[int, Name]:
    """What the store's named properties are called; nothing where that cannot be read."""
    try:
        with damage_named():
            item = store.get_name_to_id_map()
            found = _properties(item, {}).by_tag if item is not None else {}
    except ItemTroubleError:
        return {}
    streams = [found[tag].values[0] if tag in found else b"" for tag in (_NAME_SETS, _NAME_ENTRIES, _NAME_STRINGS)]
    return mapi.property_names(*streams)


def read_item(item: Any, names: Mapping[int, Name], code_page: int) -> Message:
    """The message, or whatever else lies in a folder; what is attached to it is read when it is asked for.

    Raises ItemTroubleError (corrupt) where nothing of it can be read. Where only its recipients, or the list of what
    is attached, cannot be, the message says so.
    """
    with damage_named():
        properties = _properties(item, names, code_page)
    if not properties.by_tag:
        raise ItemTroubleError(ProblemCode.CORRUPT)
    recipients, is_short = _rescued(lambda: _recipients(item, names, code_page))
    attachments, is_shorter = _rescued(lambda: _attachments(item, names, code_page))
    return Message(properties, recipients, attachments, _CORRUPT if is_short or is_shorter else None)


def _rescued(read: Callable[[], Iterator[Any]]) -> tuple[tuple[Any, ...], bool]:
    """What could be read before the damage, and whether there was any."""
    found: list[Any] = []
    try:
        with damage_named():
            found.extend(read())  # A list keeps what it was given before the error.
    except ItemTroubleError:
        return tuple(found), True
    return tuple(found), False


def _properties(item: Any, names: Mapping[int, Name], code_page: int = 1252) -> Properties:
    sets = (item.get_record_set(number) for number in range(min(item.number_of_record_sets, 1)))
    return Properties({tag: held for found in sets for tag, held in _entries(found)}, names, code_page)


def _entries(record_set: Any) -> Iterator[tuple[int, Property]]:
    for number in range(min(record_set.number_of_entries, _MOST)):
        entry = record_set.get_entry(number)
        tag, kind = entry.entry_type, entry.value_type
        if tag is None or kind is None or tag in _IGNORED or tag == mapi.ATTACH_DATA:
            continue
        try:
            data = entry.data or b""
        except OSError:  # The other properties of the item may be sound.
            continue
        yield tag, Property(kind & ~mapi.MANY, tuple(_values(kind, data)))


def _values(kind: int, data: bytes) -> Iterator[bytes]:
    """One value, or the many of one property: of a size, or each behind its offset ([MS-PST] 2.3.3.4)."""
    size = mapi.size_of(kind & ~mapi.MANY)
    if not kind & mapi.MANY:
        yield data
    elif size is not None:
        yield from (data[at : at + size] for at in range(0, len(data) - size + 1, size))
    else:
        count = min(int.from_bytes(data[:4], "little"), len(data) // 4 - 1)
        offsets = [int.from_bytes(data[at : at + 4], "little") for at in range(4, 4 + 4 * count, 4)]
        yield from (data[start:end] for start, end in zip(offsets, [*offsets[1:], len(data)], strict=True))


def _recipients(item: Any, names: Mapping[int, Name], code_page: int) -> Iterator[Properties]:
    table: Any = getattr(item, "recipients", None)
    for number in range(0 if table is None else min(table.number_of_record_sets, _MOST)):
        yield Properties(dict(_entries(table.get_record_set(number))), names, code_page)


def _attachments(item: Any, names: Mapping[int, Name], code_page: int) -> Iterator[Attachment]:
    for number in range(min(getattr(item, "number_of_attachments", 0), _MOST)):
        try:
            with damage_named():
                yield _attachment(item.get_attachment(number), names, code_page)
        except ItemTroubleError as trouble:
            yield Attachment(Properties(), problem=trouble.problem)


def _attachment(attachment: Any, names: Mapping[int, Name], code_page: int) -> Attachment:
    properties = _properties(attachment, names, code_page)
    method = properties.number(mapi.ATTACH_METHOD)
    if method == mapi.EMBEDDED:
        return Attachment(properties, message=partial(_embedded, attachment, names, code_page))
    if method in mapi.BY_REFERENCE:
        return Attachment(properties, problem=Problem(ProblemCode.PLACEHOLDER))
    return Attachment(properties, content=partial(_content, attachment))


def _embedded(attachment: Any, names: Mapping[int, Name], code_page: int) -> Message:
    with damage_named():
        if attachment.number_of_sub_items < 1:
            raise ItemTroubleError(ProblemCode.CORRUPT)
        inner = attachment.get_sub_item(0)
    return read_item(inner, names, code_page)


def _content(attachment: Any) -> bytes:
    """Raises ItemTroubleError (corrupt) where it is shorter than it says."""
    with damage_named():
        size = attachment.size
        attachment.seek_offset(0, 0)
        pieces = []
        while size > 0 and (piece := attachment.read_buffer(min(size, 1024 * 1024))):
            pieces.append(piece)
            size -= len(piece)
    if size > 0:
        raise ItemTroubleError(ProblemCode.CORRUPT)
    return b"".join(pieces)
