"""Properties as MAPI stores them, whichever file they are in ([MS-OXCDATA] 2.11, [MS-OXPROPS])."""

from __future__ import annotations

import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from domain.errors import Problem
from scanner.formats.charsets import in_charset, in_html_charset, of_code_page

LONG, BOOLEAN, OBJECT, STRING8, UNICODE, TIME, GUID, BINARY = 0x03, 0x0B, 0x0D, 0x1E, 0x1F, 0x40, 0x48, 0x102
MANY = 0x1000
NAMED = 0x8000
_SIZES = {0x02: 2, LONG: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, BOOLEAN: 2, 0x14: 8, TIME: 8, GUID: 16}

MESSAGE_CLASS, SUBJECT, SUBMITTED, TRANSPORT_HEADERS = 0x001A, 0x0037, 0x0039, 0x007D
RECIPIENT_TYPE, DELIVERED, BODY, RTF, HTML = 0x0C15, 0x0E06, 0x1000, 0x1009, 0x1013
MESSAGE_ID, DISPLAY_NAME, ADDRESS_TYPE, ADDRESS, CREATED, MODIFIED = 0x1035, 0x3001, 0x3002, 0x3003, 0x3007, 0x3008
SMTP_ADDRESS = 0x39FE
ATTACH_DATA, SHORT_NAME, ATTACH_METHOD, LONG_NAME = 0x3701, 0x3704, 0x3705, 0x3707
SHORT_PATH, LONG_PATH, MIME_TYPE, TRANSPORT_NAME = 0x3708, 0x370D, 0x370E, 0x370C
INTERNET_CODE_PAGE, CODE_PAGE = 0x3FDE, 0x3FFD
_NORMALISED_SUBJECT, _TOPIC = 0x0E1D, 0x0070
_NOT_OF_STRINGS = frozenset({1200, 1201, 20127, 65000, 65001})

BY_VALUE, EMBEDDED, OLE_OBJECT = 1, 5, 6
BY_REFERENCE = frozenset({2, 3, 4, 7})
"""Values of the attachment's method ([MS-OXCMSG] 2.2.2.9); a file that is only pointed at is one by reference."""

_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Name:
    """The name of a property above 0x8000 ([MS-OXPROPS] 1.3.2): a set, and a number or a string in it."""

    of: UUID
    key: int | str


@dataclass(frozen=True, slots=True)
class Property:
    """Its kind without the flag for many, and its values as they are stored."""

    kind: int
    values: tuple[bytes, ...]


@dataclass(frozen=True, slots=True)
class Properties:
    """What is known of a message, a recipient or an attachment. `code_page` is that of its 8-bit strings."""

    by_tag: Mapping[int, Property] = field(default_factory=dict, repr=False)
    names: Mapping[int, Name] = field(default_factory=dict, repr=False)
    code_page: int = 1252

    def texts(self, tag: int) -> Iterator[str]:
        """The strings of a property, blanks around them taken off and empty ones left out."""
        held = self.by_tag.get(tag)
        for value in held.values if held and held.kind in (STRING8, UNICODE) else ():
            # Some writers leave a character of zero at the end, and what was before in its place behind it.
            text = self._string(value, held.kind).partition("\0")[0].strip() if held else ""
            if text:
                yield text

    def text(self, *tags: int) -> str:
        """The first string that any of these properties has; empty where none has one."""
        return next((text for tag in tags for text in self.texts(tag)), "")

    def binary(self, tag: int) -> bytes:
        held = self.by_tag.get(tag)
        return held.values[0] if held and held.values else b""

    def number(self, tag: int) -> int | None:
        value = self.binary(tag)[:8]
        return int.from_bytes(value, "little", signed=True) if value else None

    def moment(self, tag: int) -> datetime | None:
        """A time; None where there is none or it is not to be believed."""
        held = self.by_tag.get(tag)
        if held is None or held.kind != TIME or not held.values or len(held.values[0]) != 8:
            return None
        (ticks,) = struct.unpack("<Q", held.values[0])
        try:
            moment = _EPOCH + timedelta(microseconds=ticks // 10)
        except OverflowError:
            return None
        return moment if 1970 <= moment.year < 2100 else None

    @property
    def page(self) -> int:
        """The code page of its 8-bit strings: the stated one, else that of the internet message unless it is UTF-8,
        which such strings never are.
        """
        stated = self.number(CODE_PAGE)
        internet = self.number(INTERNET_CODE_PAGE)
        return stated or (internet if internet and internet not in _NOT_OF_STRINGS else self.code_page)

    @property
    def subject(self) -> str:
        """Without the two characters that mark where its prefix ends ([MS-PST] 2.5.3.1.1.1)."""
        text = self.text(SUBJECT, _NORMALISED_SUBJECT, _TOPIC)
        return text[2:] if text.startswith("\x01") else text

    @property
    def html(self) -> str:
        """The body as mark-up: bytes in the code page of the internet message, or a string."""
        held = self.by_tag.get(HTML)
        if held is None or held.kind != BINARY:
            return self.text(HTML)
        page = self.number(INTERNET_CODE_PAGE)
        return in_html_charset(self.binary(HTML), of_code_page(page) if page else None)

    def _string(self, value: bytes, kind: int) -> str:
        if kind == UNICODE:
            return value[: len(value) // 2 * 2].decode("utf-16-le", "replace")
        return in_charset(value, of_code_page(self.page))


@dataclass(frozen=True, slots=True)
class Attachment:
    """What is attached: `content` gives its bytes, or `message` the message that it is. Both may raise
    ItemTroubleError; `problem` is set where it is known beforehand that it cannot be read.
    """

    properties: Properties
    content: Callable[[], bytes] | None = field(default=None, repr=False)
    message: Callable[[], Message] | None = field(default=None, repr=False)
    problem: Problem | None = None

    @property
    def name(self) -> str:
        """The name that its sender gave it, without a folder; empty where it has none."""
        path = self.properties.text(LONG_NAME, TRANSPORT_NAME, SHORT_NAME, LONG_PATH, SHORT_PATH, DISPLAY_NAME)
        return path.replace("\\", "/").rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class Message:
    """A message, appointment, contact, task or note. `problem` is set where something of it could not be read."""

    properties: Properties
    recipients: tuple[Properties, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    problem: Problem | None = None


def size_of(kind: int) -> int | None:
    """The bytes that one value of a kind takes; None where that varies."""
    return _SIZES.get(kind)


def property_names(sets: bytes, entries: bytes, strings: bytes) -> dict[int, Name]:
    """The names of the named properties, from the three streams that hold them ([MS-OXMSG] 2.2.3, [MS-PST] 2.4.7)."""
    names: dict[int, Name] = {}
    for key, kind, index in struct.iter_unpack("<IHH", entries[: len(entries) // 8 * 8]):
        of = _set(sets, kind >> 1)
        if kind & 1:
            (length,) = struct.unpack_from("<I", strings, key) if key + 4 <= len(strings) else (0,)
            names[NAMED + index] = Name(of, strings[key + 4 : key + 4 + length].decode("utf-16-le", "replace"))
        else:
            names[NAMED + index] = Name(of, key)
    return names


def property_set(raw: bytes) -> UUID:
    """The set that sixteen bytes name; that of MAPI itself where they are fewer."""
    return UUID(bytes_le=raw) if len(raw) == 16 else PS_MAPI


def _set(sets: bytes, number: int) -> UUID:
    if number == 2:
        return PS_PUBLIC
    return property_set(sets[(number - 3) * 16 : (number - 3) * 16 + 16] if number >= 3 else b"")


def _common(first: int) -> UUID:
    return UUID(f"{first:08x}-0000-0000-c000-000000000046")


PS_MAPI, PS_PUBLIC = _common(0x00020328), _common(0x00020329)
APPOINTMENT, TASK, CONTACT, COMMON = _common(0x62002), _common(0x62003), _common(0x62004), _common(0x62008)
JOURNAL, NOTE = _common(0x6200A), _common(0x6200E)
MEETING = UUID("6ed8da90-450b-101b-98da-00aa003f1305")
