"""Which message this is, whatever way it came and in whose mailbox it lies: a digest over what its sender sent.

A Message-ID says so of itself alone: it is forged, and used twice (RFC 5322, 3.6.4, only asks that it be unique).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from email.utils import mktime_tz, parsedate_tz

from blake3 import blake3

from domain.errors import ItemTroubleError, ProblemCode
from scanner.formats.mail_parts import Attached, attachments, bodies, problem_of
from scanner.formats.mime import Entity, Mail
from scanner.formats.mime_headers import Headers

PEOPLE = (
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Resent-From", "Resent-To", "Resent-Cc",
    "Disposition-Notification-To",
)  # fmt: skip
WORDS = ("Subject", "Thread-Topic", "Organization", "Keywords", "Comments")
"""The headers that a message is searched in, but for Delivered-To, which each mailbox writes itself. A copy that
differs in one of these, as the sender's own with its blind copies, is another message here: other people are in it.
"""

_BETWEEN_PEOPLE = re.compile(r"[,;:<>\"()]+")
_ID = re.compile(r"<([^<>]*)>")
_SUBJECT_MARK = re.compile(r"\A(?:(?:re|fwd?|aw|wg|sv|ateb)\s*:\s*)+", re.IGNORECASE)


def message_digest(mail: Mail) -> bytes | None:
    """The same for every copy of one message that was read whole; None where it cannot be told.

    It is made of the Message-ID, when it was sent, the names, addresses and words of its headers in any order, and all
    that it shows and has attached, each as it was before it was written down for transfer. Without a Message-ID there
    is none: drafts, notes and what people typed look alike too easily.
    """
    headers = mail.top.headers
    written = sorted({_id(value) for value in headers.all("message-id")} - {""})
    if not written or mail.problem is not None or problem_of(mail.top) is not None:
        return None
    digest = blake3()
    for part in (*written, str(_sent(headers)), *_people(headers), *_words(headers)):
        _add(digest, part.encode("utf-8", "surrogatepass"))
    try:
        for piece in (*map(_shown, bodies(mail)), *map(_attached, attachments(mail))):
            _add(digest, piece)
    except ItemTroubleError:
        return None
    return digest.digest()


def _add(digest: blake3, piece: bytes) -> None:
    """With its length in front, so that no two ways of cutting come to the same."""
    digest.update(len(piece).to_bytes(8, "big") + piece)


def _id(value: str) -> str:
    found = _ID.search(value)
    return (found[1] if found else value).strip()


def _sent(headers: Headers) -> int | None:
    """The second it was sent in, whatever clock it was told by."""
    try:
        parts = parsedate_tz(headers.first("date")[:200])
        return None if parts is None else mktime_tz(parts)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _people(headers: Headers) -> list[str]:
    values = (value for name in PEOPLE for value in headers.all(name.lower()))
    return sorted({_folded(piece) for value in values for piece in _BETWEEN_PEOPLE.split(value)} - {""})


def _words(headers: Headers) -> list[str]:
    """Its subject and the like. The topic that servers add is left out where it only repeats the subject."""
    values = {_folded(value) for name in WORDS for value in headers.all(name.lower())} - {""}
    subject = _SUBJECT_MARK.sub("", _folded(headers.first("subject")), count=1)
    return sorted(values - {subject} | {_folded(headers.first("subject"))})


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


def _shown(alternatives: Iterable[Entity]) -> bytes:
    digest = blake3(b"shown")
    for leaf in alternatives:
        if text := _plainly(leaf.text(leaf.end - leaf.start)):
            _add(digest, leaf.content_type.encode("utf-8", "surrogatepass"))
            _add(digest, text.encode("utf-8", "surrogatepass"))
    return digest.digest()


def _plainly(text: str) -> str:
    """Without what servers and mailboxes change: line ends, blanks at the ends of lines and lines at the end."""
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _attached(file: Attached) -> bytes:
    if file.problem is not None:
        raise ItemTroubleError(ProblemCode.CORRUPT)
    digest = blake3(b"attached")
    _add(digest, (file.name or file.extension).encode("utf-8", "surrogatepass"))
    for piece in file.pieces():
        digest.update(piece)
    return digest.digest()
