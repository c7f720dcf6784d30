"""The parts of one message: what is its body and what is attached to it. Every leaf is one or the other."""

from __future__ import annotations

from dataclasses import dataclass
from email import policy
from email.errors import HeaderParseError, MessageError
from email.generator import BytesGenerator
from email.header import decode_header
from email.message import Message
from email.parser import BytesHeaderParser, BytesParser
from io import BytesIO
from typing import TypeAlias

from domain.errors import ItemTroubleError, ProblemCode
from scanner.blob import Blob
from scanner.decoding import decoded

_Message: TypeAlias = "Message[str, str]"
# Headers come out as they went in: not folded anew.
_AS_IS = policy.compat32.clone(max_line_length=None)


@dataclass(frozen=True, slots=True)
class MailParts:
    """`bodies` are the text leaves that the message shows; `attachments` all other leaves, in their order."""

    bodies: tuple[_Message, ...]
    attachments: tuple[_Message, ...]


def parse_message(blob: Blob) -> _Message:
    """The message, however odd. Raises ItemTroubleError (too-deep) where its nesting is absurd."""
    blob.file.seek(0)
    try:
        return BytesParser().parse(blob.file)
    except RecursionError as error:
        raise ItemTroubleError(ProblemCode.TOO_DEEP) from error


def parse_top(blob: Blob) -> _Message:
    """The headers of the message with everything below them as one text."""
    blob.file.seek(0)
    return BytesHeaderParser().parse(blob.file)


def mail_parts(message: _Message) -> MailParts:
    bodies: list[_Message] = []
    attachments: list[_Message] = []
    pending = [message]
    while pending:
        part = pending.pop()
        if part.get_content_maintype() == "multipart" and part.is_multipart():
            pending += reversed(_shown(part))
        elif _is_a_file(part) or (part is not message and _is_attached(part)):
            attachments.append(part)
        else:
            bodies.append(part)
    return MailParts(tuple(bodies), tuple(attachments))


def payload(part: _Message) -> bytes:
    """The bytes of one leaf: decoded, or a nested message written out. Raises ItemTroubleError (corrupt, too-deep)."""
    try:
        if part.get_content_type() == "message/rfc822" and part.is_multipart():
            return _written(part.get_payload(0))
        content = part.get_payload(decode=True)
        return content if isinstance(content, bytes) else _written(part)
    except RecursionError as error:
        raise ItemTroubleError(ProblemCode.TOO_DEEP) from error
    except (MessageError, LookupError, ValueError, TypeError, AttributeError) as error:
        # The package trips over what it parsed itself; the message's own fault shows in no better way.
        raise ItemTroubleError(ProblemCode.CORRUPT) from error


def part_text(part: _Message) -> str:
    """The characters of a text leaf, by its charset if that is known and fits."""
    content = payload(part)
    charset = part.get_content_charset()
    is_wide = charset is not None and charset.startswith(("utf-16", "utf-32", "ucs"))
    if charset in (None, "us-ascii", "ascii", "utf-8", "unknown-8bit") or (is_wide and b"\0" not in content):
        return decoded(content)
    try:
        return content.decode(charset or "ascii")
    except (LookupError, ValueError):
        return decoded(content)


def header_text(value: object) -> str:
    """A header as its reader sees it: encoded words decoded, folds undone; as it stands where that fails."""
    raw = str(value)
    try:
        pieces = decode_header(raw)
    except (HeaderParseError, ValueError):
        pieces = [(raw, None)]
    return " ".join("".join(_decoded_word(word, charset) for word, charset in pieces).split())


def file_name(part: _Message) -> str | None:
    """The name that the sender gave to a leaf."""
    try:
        name = part.get_filename()
    except (LookupError, ValueError, TypeError):
        return None
    return header_text(name) or None if name else None


def _shown(multipart: _Message) -> list[_Message]:
    """The children; of alternatives not the rich ones, where there is a plain one that is not blank."""
    children = [child for child in multipart.get_payload() if isinstance(child, Message)]
    if multipart.get_content_subtype() != "alternative":
        return children
    has_plain = any(child.get_content_type() == "text/plain" and payload(child).strip() for child in children)
    rich = ("text/html", "text/enriched", "text/richtext") if has_plain else ()
    return [child for child in children if child.get_content_type() not in rich or _is_attached(child)]


def _is_attached(part: _Message) -> bool:
    return _is_a_file(part) or part.get_content_disposition() == "attachment" or file_name(part) is not None


def _is_a_file(part: _Message) -> bool:
    is_text = part.get_content_maintype() in ("text", "message", "multipart")
    return not is_text or part.get_content_type() == "message/rfc822"


def _decoded_word(word: bytes | str, charset: str | None) -> str:
    if isinstance(word, str):
        return decoded(word.encode("utf-8", "surrogateescape"))
    try:
        return word.decode(charset or "ascii")
    except (LookupError, ValueError):
        return decoded(word)


def _written(part: object) -> bytes:
    assert isinstance(part, Message)
    out = BytesIO()
    BytesGenerator(out, mangle_from_=False, policy=_AS_IS).flatten(part)
    return out.getvalue()
