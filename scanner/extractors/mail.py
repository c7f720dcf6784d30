"""One message: the headers that name people, and its body. What is attached is the container's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from domain.content import Content, DatedBy, DateSource, Place
from domain.errors import Problem, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.decoding import decoded
from scanner.formats.html_text import html_text
from scanner.formats.mail_parts import CREATED, MODIFIED, PLACE, bodies, is_encrypted, problem_of
from scanner.formats.mime import Entity, Mail, parse_mail
from scanner.formats.mime_flowed import unflowed
from scanner.formats.mime_headers import Headers, date_of, header_text
from scanner.formats.united import united
from scanner.formats.writings import WRITINGS

HEADERS = (
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Delivered-To", "Resent-From", "Resent-To", "Resent-Cc",
    "Disposition-Notification-To", "Subject", "Thread-Topic", "Organization", "Keywords", "Comments",
)  # fmt: skip
"""The headers that are read. The rest is the machines' talk, whose long numbers look like people's."""
_READ = frozenset(map(str.lower, HEADERS))

_BY_A_PROGRAM = ("received", "message-id", "mime-version", "content-type", "return-path", "x-mailer")
"""What a program of mail leaves in a header. Without any of these, somebody wrote a text that looks like a message,
and whatever stands above its first blank line is theirs.
"""

_PGP_BEGIN = re.compile(r"^[> \t]*-----BEGIN PGP MESSAGE-----[ \t]*\r?$", re.MULTILINE)
_PGP_END = "-----END PGP MESSAGE-----"
_ROUGHLY = 16  # No character takes more than twelve bytes of a message, however it is written down there.
_MARK_UP = 8  # So much of the mark-up for a character of text is read; pictures written into it may take more.
_MOST, _MOST_MARK_UP = 128 * MIB, 40_000_000  # Of a body: so many bytes are held, so many characters looked through.
_LONGEST_PROPERTY = 500


@dataclass(frozen=True, slots=True)
class MailExtractor:
    """Lenient: a message whose nesting is absurd still gives its headers, and what is below them as it stands."""

    version: str = "mail 4"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  one reader for one kind
        return mail_content(parse_mail(blob), limit, "mail")


def mail_content(mail: Mail, limit: int, reader: str) -> Content:
    """The text of a message. Of alternatives the plain one comes whole, and of the others what it does not say.

    What is encrypted is left out; the headers, which never are, are there with that problem.
    """
    headers = mail.top.headers
    texts, places = ["".join(_lines(headers))], [Place(0, "headers")]
    length, is_cut, is_locked = len(texts[0]), False, is_encrypted(mail.top)
    for alternatives in bodies(mail):
        shown = _shown(alternatives, limit)
        if places[-1].name != shown.place:
            places.append(Place(min(length, limit), shown.place))
        texts += ["\n", shown.text]
        length += 1 + len(shown.text)
        is_cut, is_locked = is_cut or shown.is_cut, is_locked or shown.is_locked
        if length > limit:
            break
    problem = Problem(ProblemCode.LIMIT, "text") if is_cut or length > limit else mail.problem
    problem = problem or (Problem(ProblemCode.ENCRYPTED) if is_locked else problem_of(mail.top))
    return Content(
        "".join(texts)[:limit], tuple(places), problem, properties=_properties(headers), dates=tuple(_dates(headers)),
        reader=reader,
    )  # fmt: skip


def _lines(headers: Headers) -> Iterator[str]:
    for name in HEADERS:
        for value in headers.all(name.lower()):
            yield f"{name}: {value}\n"
    if not any(map(headers.raw, _BY_A_PROGRAM)):
        for key, written in headers.fields:
            if (other := key.decode("ascii")) not in _READ:
                yield f"{other.title()}: {header_text(decoded(written))}\n"


@dataclass(frozen=True, slots=True)
class _Shown:
    text: str
    place: str
    is_cut: bool
    is_locked: bool


def _shown(alternatives: tuple[Entity, ...], limit: int) -> _Shown:
    found = [_text(leaf, limit) for leaf in alternatives]
    in_the_clear, is_locked = _without_pgp(united([text for text, _ in found]))
    place = alternatives[0].headers.first(PLACE) or "body"
    return _Shown(in_the_clear, place, any(is_cut for _, is_cut in found), is_locked)


def _text(leaf: Entity, limit: int) -> tuple[str, bool]:
    """The text of a leaf, some of which may be past the limit, and whether some was left unread for it."""
    most = min((limit + 1) * _ROUGHLY, _MOST)
    text, is_cut = leaf.text(most), leaf.end - leaf.start > most
    if leaf.content_type != "text/html":
        return _meant(leaf, text), is_cut
    longest = min((limit + 1) * _MARK_UP, _MOST_MARK_UP)
    return html_text(text[:longest]), is_cut or len(text) > longest


def _meant(leaf: Entity, text: str) -> str:
    if leaf.content_type == "text/plain" and leaf.parameter("format").lower() == "flowed":
        return unflowed(text, is_space_added=leaf.parameter("delsp").lower() == "yes")
    writing = WRITINGS.get(leaf.content_type)
    return writing.meant(text) if writing else text


def _without_pgp(text: str) -> tuple[str, bool]:
    """The text around what is encrypted in it (RFC 9580, 6.2), and whether anything is."""
    kept, *locked = _PGP_BEGIN.split(text)
    ends = [piece.partition(_PGP_END) for piece in locked]
    return "".join((kept, *(after if end else piece for piece, end, after in ends))), bool(locked)


def _properties(headers: Headers) -> dict[str, str]:
    stated = {"title": headers.first("subject"), "author": headers.first("from")}
    return {name: value[:_LONGEST_PROPERTY] for name, value in stated.items() if value}


def _dates(headers: Headers) -> Iterator[DatedBy]:
    """When it was sent, and when the last server on its way took it (RFC 5321, 4.4: the topmost of these lines)."""
    stated = {
        DateSource.SENT: headers.first("date"),
        DateSource.RECEIVED: headers.first("received").rpartition(";")[2],
        DateSource.CREATED: headers.first(CREATED),
        DateSource.MODIFIED: headers.first(MODIFIED),
    }
    for source, value in stated.items():
        if day := date_of(value):
            yield DatedBy(source, day)
