"""A message of MAPI as the internet message that it was or would be, so that one reader and one walker do for all.

Made of the message alone: the same message gives the same bytes. What could not be read of it is said in a header.
"""

from __future__ import annotations

import re
from base64 import encodebytes
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from urllib.parse import quote

from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.budget import MIB
from scanner.formats import mapi
from scanner.formats.mail_parts import CREATED, MODIFIED, PLACE, PROBLEM, PROTECTED_NAME
from scanner.formats.mapi import Attachment, Message, Properties
from scanner.formats.mapi_fields import written_fields
from scanner.formats.mime_headers import Headers, media_type_of, read_headers
from scanner.formats.rtf_body import RtfKind, rtf_text, unpacked

_DEEPEST = 20
_RTF_LIMIT = 64 * MIB
# Outlook puts this line above the headers that it was given.
_OUTLOOKS_OWN = re.compile(r"\s*Microsoft Mail Internet Headers Version 2\.0\s*")
_MADE_ANEW = (b"content-", b"mime-version", b"x-muniment-")
_MAIL_ADDRESS = re.compile(r"[^\s<>\",;:()\[\]]+@[^\s<>\",;:()\[\]]+")
_KINDS = {1: "To", 2: "Cc", 3: "Bcc"}
_DISPLAYED = {"To": 0x0E04, "Cc": 0x0E03, "Bcc": 0x0E02}
_SIGNED_CLASS = "ipm.note.smime"
_USUAL = ("Content-Transfer-Encoding: 8bit", "MIME-Version: 1.0")
_FILE = "application/octet-stream"


@dataclass(slots=True)
class _Allowance:
    """What one message may still take in with the messages in it: a damaged file may lead to the same one again
    and again.
    """

    messages: int = 1000
    content: int = 1024 * MIB

    def take(self, messages: int = 0, content: int = 0) -> None:
        """Raises ItemTroubleError (limit) where it is used up."""
        self.messages -= messages
        self.content -= content
        if self.messages < 0 or self.content < 0:
            raise ItemTroubleError(ProblemCode.LIMIT, "expanded")


def as_mail(message: Message, *, with_attachments: bool = True) -> bytes:
    """Headers as they came with the message, and from its properties where they did not; body, fields, attachments.

    Never raises: an attachment that cannot be read is there with its name and the problem. What is signed is an
    attachment by its form and the body by its meaning: it is always in it.
    """
    return _as_mail(message, with_attachments or is_signed(message), 0, _Allowance())


def is_signed(message: Message) -> bool:
    """Whether all of its content is one attachment, signed or encrypted (S/MIME, [MS-OXOSMIME])."""
    return message.properties.text(mapi.MESSAGE_CLASS).lower().startswith(_SIGNED_CLASS)


def _as_mail(message: Message, with_attachments: bool, depth: int, allowance: _Allowance) -> bytes:
    body = _body(message.properties)
    parts = [*_body_parts(body, message.properties, depth)]
    if with_attachments:
        parts += [_attachment(attachment, is_signed(message), depth, allowance) for attachment in message.attachments]
    boundary = f"=_{depth}_part"
    # Three headers of mail in front: enough to tell by them what this is, whatever else the message has.
    head = [f'Content-Type: multipart/mixed; boundary="{boundary}"', *_USUAL, *_headers(message)]
    if problem := message.problem or body.problem or _protection(message):
        head.append(f"{PROBLEM}: {problem.code}")
    top = "\n".join((*head, "", "")).encode("utf-8", "replace")
    return top + _joined(boundary, parts)


def _protection(message: Message) -> Problem | None:
    is_protected = any(attachment.name.lower() == PROTECTED_NAME for attachment in message.attachments)
    return Problem(ProblemCode.ENCRYPTED) if is_protected else None


def _joined(boundary: str, parts: list[bytes]) -> bytes:
    mark = f"--{boundary}".encode()
    return b"".join(mark + b"\n" + part + b"\n" for part in parts) + mark + b"--\n"


@dataclass(frozen=True, slots=True)
class _Body:
    plain: str
    html: str
    problem: Problem | None = None


def _body(properties: Properties) -> _Body:
    """The RTF only where there is nothing else: the others are made from it, or it from them."""
    plain = "\n".join(properties.texts(mapi.BODY))
    html = properties.html
    packed = properties.binary(mapi.RTF)
    if plain or html or not packed:
        return _Body(plain, html)
    try:
        kind, text = rtf_text(unpacked(packed, _RTF_LIMIT))
    except ItemTroubleError as trouble:
        return _Body("", "", trouble.problem)
    return _Body("", text) if kind is RtfKind.HTML else _Body(text, "")


def _body_parts(body: _Body, properties: Properties, depth: int) -> Iterator[bytes]:
    shown = [_text(text, kind) for text, kind in ((body.plain, "plain"), (body.html, "html")) if text]
    if len(shown) == 2:
        boundary = f"=_{depth}_either"
        yield f'Content-Type: multipart/alternative; boundary="{boundary}"\n\n'.encode() + _joined(boundary, shown)
    else:
        yield from shown
    if fields := written_fields(properties):
        yield _text(fields, "plain", f"{PLACE}: properties\n")


def _text(text: str, kind: str, headers: str = "") -> bytes:
    """As it stands, unless something in it could be taken for a delimiter of ours."""
    content = text.encode("utf-8", "replace")
    headers = f"Content-Type: text/{kind}; charset=utf-8\n{headers}"
    if b"--=_" in content:
        return _encoded(headers, content)
    return f"{headers}Content-Transfer-Encoding: 8bit\n\n".encode() + content


def _encoded(headers: str, content: bytes) -> bytes:
    return f"{headers}Content-Transfer-Encoding: base64\n\n".encode() + encodebytes(content)


def _headers(message: Message) -> Iterator[str]:
    came = _transported(message.properties)
    for key, value in came.fields:
        yield f"{key.decode('ascii')}:{value.decode('utf-8', 'replace').rstrip()}"
    present = {key.decode("ascii") for key, _ in came.fields}
    for name, text in _own_headers(message, came):
        if text and (name.lower() not in present or name in _DISPLAYED):
            yield f"{name}: {' '.join(text.split())}"


def _transported(properties: Properties) -> Headers:
    text = properties.text(mapi.TRANSPORT_HEADERS)
    raw = _OUTLOOKS_OWN.sub("", text, count=1).encode("utf-8", "replace")
    fields = read_headers(raw, 0, len(raw), is_top=True)[0].fields
    return Headers(tuple(field for field in fields if not field[0].startswith(_MADE_ANEW)))


def _own_headers(message: Message, came: Headers) -> Iterator[tuple[str, str]]:
    properties = message.properties
    sender, represented = _person(properties, 0x0C1A, (0x5D01, 0x0C1F)), _person(properties, 0x0042, (0x5D02, 0x0065))
    yield "Subject", properties.subject
    yield "From", represented or sender
    yield "Sender", sender if represented and sender != represented else ""
    yield from _recipients(message, came)
    yield "Message-ID", properties.text(mapi.MESSAGE_ID)
    yield "Date", _written(properties.moment(mapi.SUBMITTED))
    yield "Received", f"; {_written(delivered)}" if (delivered := properties.moment(mapi.DELIVERED)) else ""
    yield CREATED, _written(properties.moment(mapi.CREATED))
    yield MODIFIED, _written(properties.moment(mapi.MODIFIED))


def _recipients(message: Message, came: Headers) -> Iterator[tuple[str, str]]:
    """Those that the headers did not name: blind copies, and all of a message that was never on the internet."""
    named = {address.lower() for name in _DISPLAYED for value in came.all(name.lower())
             for address in _MAIL_ADDRESS.findall(value)}  # fmt: skip
    lists: dict[str, list[str]] = {name: [] for name in _DISPLAYED}
    for recipient in message.recipients:
        kind = _KINDS.get((recipient.number(mapi.RECIPIENT_TYPE) or 1) & 0xF, "To")
        person = _person(recipient, mapi.DISPLAY_NAME, (mapi.SMTP_ADDRESS, mapi.ADDRESS))
        if not any(address.lower() in named for address in _MAIL_ADDRESS.findall(person)):
            lists[kind].append(person)
    for name, people in lists.items():
        is_silent = not message.recipients and not came.raw(name.lower())
        yield name, message.properties.text(_DISPLAYED[name]) if is_silent else ", ".join(filter(None, people))


def _person(properties: Properties, name_tag: int, address_tags: tuple[int, ...]) -> str:
    """A name and the address behind it: one within an organisation (X.500) only where there is no other."""
    name = properties.text(name_tag)
    addresses = [address for tag in address_tags for address in properties.texts(tag)]
    found = next((address for address in addresses if "@" in address), next(iter(addresses), ""))
    return f"{name} <{found}>" if name and found and found != name else name or found


def _written(moment: datetime | None) -> str:
    return format_datetime(moment) if moment else ""


def _attachment(attachment: Attachment, is_all: bool, depth: int, allowance: _Allowance) -> bytes:
    """`is_all`: it may be the whole content of the message, signed in the clear, with a header of its own."""
    if attachment.problem:
        return _unread(attachment, attachment.problem)
    try:
        if attachment.message:
            return b"Content-Type: message/rfc822\n\n" + _inner(attachment.message, depth, allowance)
        content = attachment.content() if attachment.content else b""
        allowance.take(content=len(content))
    except ItemTroubleError as trouble:
        return _unread(attachment, trouble.problem)
    kind = media_type_of(attachment.properties.text(mapi.MIME_TYPE)) or _FILE
    if kind.startswith("multipart/"):
        return content if is_all else _encoded(_file_headers(attachment, _FILE), content)
    return _encoded(_file_headers(attachment, kind), content)


def _unread(attachment: Attachment, problem: Problem) -> bytes:
    return f"{_file_headers(attachment, _FILE)}{PROBLEM}: {problem.code}\n\n".encode()


def _inner(message: Callable[[], Message], depth: int, allowance: _Allowance) -> bytes:
    if depth >= _DEEPEST:
        raise ItemTroubleError(ProblemCode.TOO_DEEP)
    allowance.take(messages=1)
    return _as_mail(message(), with_attachments=True, depth=depth + 1, allowance=allowance)


def _file_headers(attachment: Attachment, kind: str) -> str:
    name = f"; filename*=utf-8''{quote(attachment.name, safe='', errors='replace')}" if attachment.name else ""
    return f"Content-Type: {kind}\nContent-Disposition: attachment{name}\n"
