"""What a message shows and what is attached to it. Every leaf is one or the other."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field

from domain.errors import Problem, ProblemCode
from scanner.decoding import decoded
from scanner.formats import cms
from scanner.formats.mime import CMS, Entity, Mail
from scanner.formats.mime_coding import uuencoded

PROBLEM, PLACE = "x-muniment-problem", "x-muniment-place"
CREATED, MODIFIED = "x-muniment-created", "x-muniment-modified"
"""Headers by which our own readers of mailboxes say, in the message that they make, what they could not read of it,
what a body is called as a place, and when the message came into being and was last changed.
"""

PROTECTED_NAME = "message.rpmsg"
"""What all of a message under rights management is put into ([MS-OXORMMS] 2.1.1)."""

_MESSAGES = frozenset({"message/rfc822", "message/global", "message/news"})
_FILES_OF_TEXT = frozenset({"text/rtf", "text/css", "text/javascript", "text/ecmascript"})
_PROTECTED_TYPE = "application/x-microsoft-rpmsg-message"
_ENVELOPED = ("enveloped-data", "authenveloped-data")
_CMS_HEAD = 4096


@dataclass(frozen=True, slots=True)
class Attached:
    """A file in a message: `name` as the sender gave it, `extension` where its type tells one, its bytes in pieces."""

    name: str | None
    extension: str
    pieces: Callable[[], Iterator[bytes]] = field(repr=False)
    problem: Problem | None = None


def bodies(mail: Mail) -> Iterator[tuple[Entity, ...]]:
    """The text leaves that the message shows: each with the alternatives to it, the plain one first."""
    top = mail.top
    # The message's own name or disposition does not make a file of its text.
    return iter([(top,)]) if not top.children and not _is_a_file(top) else _bodies(top)


def attachments(mail: Mail) -> Iterator[Attached]:
    """All other leaves, in their order, and the files that stand uuencoded in a body."""
    if mail.top.children or _is_a_file(mail.top):
        return _attachments(mail.top)
    return _uuencoded(mail.top)


def is_encrypted(entity: Entity) -> bool:
    """Whether no reader can open some of it without a key."""
    kind = entity.content_type
    if kind in ("multipart/encrypted", _PROTECTED_TYPE):
        return True
    if entity.children:
        return any(map(is_encrypted, entity.children))
    if kind in CMS:
        return entity.parameter("smime-type").lower() in _ENVELOPED or cms.is_encrypted(entity.content(_CMS_HEAD))
    return (entity.name or "").lower() == PROTECTED_NAME


def problem_of(entity: Entity) -> Problem | None:
    """What a reader of ours, having made this message, could not read of it."""
    with suppress(ValueError):
        return Problem(ProblemCode(entity.headers.first(PROBLEM)))
    return None


def _bodies(entity: Entity) -> Iterator[tuple[Entity, ...]]:
    if not entity.children:
        if not _is_attached(entity):
            yield (entity,)
        return
    below = [body for child in entity.children for body in _bodies(child)]
    if entity.content_type == "multipart/alternative" and below:
        alternatives = (leaf for body in below for leaf in body)
        yield tuple(sorted(alternatives, key=lambda leaf: leaf.content_type != "text/plain"))
    else:
        yield from below


def _attachments(entity: Entity) -> Iterator[Attached]:
    if entity.children:
        for child in entity.children:
            yield from _attachments(child)
    elif _is_attached(entity):
        extension = ".eml" if entity.content_type in _MESSAGES else ""
        yield Attached(entity.name, extension, entity.pieces, problem_of(entity))
    else:
        yield from _uuencoded(entity)


def _uuencoded(body: Entity) -> Iterator[Attached]:
    for file in uuencoded(body.content()) if body.content_type == "text/plain" else ():
        yield Attached(decoded(file.name), "", lambda content=file.content: iter([content]))  # type: ignore[misc]


def _is_attached(leaf: Entity) -> bool:
    disposition = leaf.headers.raw("content-disposition").partition(";")[0].strip().lower()
    return _is_a_file(leaf) or disposition == "attachment" or leaf.name is not None


def _is_a_file(leaf: Entity) -> bool:
    """Whether no reader of mail shows it as text. Parts that could not be told apart are text as they stand."""
    kind = leaf.content_type
    return not kind.startswith(("text/", "message/", "multipart/")) or kind in _MESSAGES or kind in _FILES_OF_TEXT
