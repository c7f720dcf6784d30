"""One message: the headers that name people, and its body. What is attached is the container's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from html.parser import HTMLParser

from domain.content import Content, Place
from domain.errors import ItemTroubleError, Problem, ProblemCode
from scanner.blob import Blob
from scanner.mime import header_text, mail_parts, parse_message, parse_top, part_text

_HEADERS = (
    "From", "Sender", "Reply-To", "To", "Cc", "Bcc", "Delivered-To", "Resent-From", "Resent-To", "Resent-Cc",
    "Disposition-Notification-To", "Subject", "Thread-Topic", "Organization", "Keywords", "Comments",
)  # fmt: skip
"""The headers that are read. The rest is the machines' talk, whose long numbers look like people's."""

_HIDDEN = ("script", "style")
_BLOCKS = (
    "p",
    "div",
    "br",
    "tr",
    "li",
    "table",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "h4",
    "blockquote",
    "hr",
    "pre",
    "title",
)
_SPACES = dict.fromkeys(_BLOCKS, "\n") | {"td": "\t", "th": "\t"}


@dataclass(frozen=True, slots=True)
class MailExtractor:
    """Lenient: a message whose nesting is absurd still gives its headers, and what is below them as it stands."""

    version: str = "mail 1"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  one reader for one kind
        problem = None
        try:
            message = parse_message(blob)
            bodies = [_body(part) for part in mail_parts(message).bodies]
        except ItemTroubleError as error:
            problem = error.problem
            message = parse_top(blob)
            bodies = [part_text(message)]
        headers = "".join(_headers(message))
        text = headers + "\n" + "\n".join(bodies)
        if len(text) > limit:
            text, problem = text[:limit], Problem(ProblemCode.LIMIT, "text")
        return Content(text, (Place(0, "headers"), Place(len(headers), "body")), problem)


def _headers(message: Message[str, str]) -> Iterator[str]:
    for name in _HEADERS:
        for value in message.get_all(name, ()):
            yield f"{name}: {header_text(value)}\n"


def _body(part: Message[str, str]) -> str:
    text = part_text(part)
    return html_text(text) if part.get_content_type() == "text/html" else text


def html_text(markup: str) -> str:
    """The text that a reader of the mark-up sees, and the addresses that its links write to.

    What stands in a script or style that never ends is kept: the rest of the message may be in it.
    """
    parser = _Text()
    try:
        parser.feed(markup)
        parser.close()
    except AssertionError:
        return markup  # html.parser gives up so on a malformed declaration; the mark-up itself loses nothing.
    return "".join((*parser.pieces, *parser.hidden, parser.rawdata))


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self.hidden: list[str] = []
        self._within: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _HIDDEN:
            self._within = tag
        self.pieces.append(_SPACES.get(tag, ""))
        self.pieces += [
            f" {value[7:]} " for name, value in attrs if name == "href" and value and value[:7] == "mailto:"
        ]

    def handle_endtag(self, tag: str) -> None:
        if tag == self._within:
            self._within = None
            self.hidden.clear()
        self.pieces.append(_SPACES.get(tag, ""))

    def handle_data(self, data: str) -> None:
        (self.hidden if self._within else self.pieces).append(data)
