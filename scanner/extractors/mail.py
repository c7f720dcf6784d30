"""One message: the headers that name people, and its body. What is attached is the container's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.content import Content, DatedBy, DateSource, Place
from domain.errors import Problem, ProblemCode
from scanner.blob import Blob
from scanner.formats.html_text import html_text
from scanner.formats.mail_parts import CREATED, MODIFIED, PLACE, bodies, is_encrypted, problem_of
from scanner.formats.mime import Entity, Mail, parse_mail
from scanner.formats.mime_headers import Headers, date_of

HEADERS = (
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Delivered-To", "Resent-From", "Resent-To", "Resent-Cc",
    "Disposition-Notification-To", "Subject", "Thread-Topic", "Organization", "Keywords", "Comments",
)  # fmt: skip
"""The headers that are read. The rest is the machines' talk, whose long numbers look like people's."""

_PGP_BEGIN = re.compile(r"^[> \t]*-----BEGIN PGP MESSAGE-----[ \t]*\r?$", re.MULTILINE)
_PGP_END = "-----END PGP MESSAGE-----"
_WORDS = re.compile(r"\w+")
_ROUGHLY = 16  # No character takes more than twelve bytes of a message, however it is written down there.
_MARK_UP = 8  # So much of the mark-up for a character of text is read; pictures written into it may take more.
_LONGEST_PROPERTY = 500


@dataclass(frozen=True, slots=True)
class MailExtractor:
    """Lenient: a message whose nesting is absurd still gives its headers, and what is below them as it stands."""

    version: str = "mail 2"

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


@dataclass(frozen=True, slots=True)
class _Shown:
    text: str
    place: str
    is_cut: bool
    is_locked: bool


def _shown(alternatives: tuple[Entity, ...], limit: int) -> _Shown:
    found = [_text(leaf, limit) for leaf in alternatives]
    in_the_clear, is_locked = _without_pgp(_united([text for text, _ in found]))
    place = alternatives[0].headers.first(PLACE) or "body"
    return _Shown(in_the_clear, place, any(is_cut for _, is_cut in found), is_locked)


def _text(leaf: Entity, limit: int) -> tuple[str, bool]:
    """The text of a leaf, some of which may be past the limit, and whether some was left unread for it."""
    most = (limit + 1) * _ROUGHLY
    text, is_cut = leaf.text(most), leaf.end - leaf.start > most
    if leaf.content_type != "text/html":
        return text, is_cut
    longest = (limit + 1) * _MARK_UP
    return html_text(text[:longest]), is_cut or len(text) > longest


def _united(texts: list[str]) -> str:
    """The first text, and the lines of the others that hold a word which is not in any before: some senders put all
    that they have to say into the rich one, and "your reader cannot show this" into the plain.
    """
    if len(texts) == 1:
        return texts[0]
    said = set(_WORDS.findall(texts[0].lower()))
    united = [texts[0]]
    for line in _all_lines(texts[1:]):
        words = set(_WORDS.findall(line.lower()))
        if not words <= said:
            said |= words
            united.append(f"{line}\n")
    return "".join(united)


def _all_lines(texts: Iterable[str]) -> Iterator[str]:
    return (line for text in texts for line in text.splitlines())


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
