"""Pages of the web, saved or written by office programs."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime

from domain.content import Content, DateSource, Place
from domain.errors import Problem, ProblemCode
from scanner.blob import Blob
from scanner.budget import MIB
from scanner.decoding import UNIVERSAL, decoded, encoding_of
from scanner.extractor import EscalateError
from scanner.formats.charsets import in_charset
from scanner.formats.html_text import Page, read_page
from scanner.properties import Stated, stated

_MOST = 64 * MIB
_BEGINNING = 8 * 1024
_CHARSET = re.compile(
    rb"<meta\b[^>]{0,500}?charset\s*=\s*[\"']?\s*([\w.:-]{1,40})|<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([\w.:-]{1,40})",
    re.IGNORECASE,
)
_BIG = 4096
_NOT_STATED = frozenset({"created", "modified", "printed", "description"})
_DATES = {"created": DateSource.CREATED, "modified": DateSource.MODIFIED, "printed": DateSource.PRINTED}


@dataclass(frozen=True, slots=True)
class HtmlExtractor:
    """The text that a reader of the page sees, what is written in its attributes, and its data tables.

    Scripts (but not linked data), styles and comments are left out; nothing that the page points to is fetched. Of more
    than 64 MiB of mark-up the rest is not read. A large page without text goes to the full reader.
    """

    version: str = "html 2"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:  # noqa: ARG002  one reader for one kind
        markup = _markup(blob)
        page = read_page(markup, limit)
        content = _content(page, limit, is_cut=page.is_cut or blob.size > _MOST)
        if not page.text.strip() and len(markup) > _BIG and content.problem is None:
            raise EscalateError("no text", content if content.text else None)
        return content


def _markup(blob: Blob) -> str:
    """By the byte-order mark, or the shape of wide characters; else by what the page states; else by its looks."""
    blob.file.seek(0)
    data = blob.file.read(_MOST)
    if encoding_of(data) != UNIVERSAL or data.startswith(b"\xef\xbb\xbf"):
        return decoded(data)
    charset = _CHARSET.search(data, 0, _BEGINNING)
    return in_charset(data, (charset[1] or charset[2]).decode("ascii", "replace") if charset else None)


def _content(page: Page, limit: int, *, is_cut: bool) -> Content:
    said = _stated(page.said, limit)
    text = page.text
    if said.text and text and not text.endswith("\n"):
        text += "\n"
    room = limit - len(said.text)
    is_cut = is_cut or len(text) > room
    text = text[:room]
    return Content(
        text + said.text,
        (Place(len(text), "properties"),) if said.text else (),
        Problem(ProblemCode.LIMIT, "text") if is_cut else None,
        tables=tuple(table for table in page.tables if table.end <= room),
        properties=said.properties,
        dates=said.dates,
        reader="html",
    )


def _stated(said: Mapping[str, str], limit: int) -> Stated:
    values = {key: value for key, value in said.items() if key not in _NOT_STATED}
    if "description" in said:
        values["comments"] = said["description"]
    dates = [(_DATES[key], day) for key in _DATES if key in said for day in _iso(said[key])]
    return stated(values, dates=dates, limit=limit)


def _iso(written: str) -> Iterator[str]:
    """The day in ISO 8601: as it stands, or from a date as mail and servers write it."""
    if re.match(r"\d{4}-\d\d-\d\d", written):
        yield written
        return
    try:
        yield parsedate_to_datetime(written).date().isoformat()
    except (ValueError, TypeError, IndexError, OverflowError):
        return
