"""Which kind of text this is, or that it is none."""

from __future__ import annotations

import re
from itertools import takewhile

from scanner.decoding import decoded, looks_like_text

EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"
PLAIN = "text/plain"
MESSAGE = "message/rfc822"
MBOX = "application/mbox"

_XML_ROOTS: tuple[tuple[str, str], ...] = (
    ("<svg", "image/svg+xml"),
    ('progid="Word.Document"', "application/vnd.ms-wordml"),
    ('progid="Excel.Sheet"', "application/vnd.ms-spreadsheetml"),
    ('office:mimetype="application/vnd.oasis.opendocument.text"', "application/vnd.oasis.opendocument.flat.text"),
    (
        'office:mimetype="application/vnd.oasis.opendocument.spreadsheet"',
        "application/vnd.oasis.opendocument.flat.spreadsheet",
    ),
    (
        'office:mimetype="application/vnd.oasis.opendocument.presentation"',
        "application/vnd.oasis.opendocument.flat.presentation",
    ),
    ("<html", "text/html"),
)
"""What stands near the beginning of an XML document, and what it makes it."""

_EXTENSIONS = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".json": "application/json",
    ".xml": "application/xml",
    ".htm": "text/html",
    ".html": "text/html",
    ".md": "text/markdown",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".eml": MESSAGE,
    ".mht": MESSAGE,
    ".mhtml": MESSAGE,
}

_HEADER = re.compile(r"[\x21-\x39\x3b-\x7e]{1,80}:(?:[ \t].*)?$|[\x21-\x39\x3b-\x7e]{1,80}:\S")
_MAIL_HEADERS = frozenset({
    "from", "to", "cc", "bcc", "subject", "date", "received", "return-path", "message-id", "mime-version", "reply-to",
    "delivered-to", "content-type", "x-mailer", "x-originalto", "sender", "dkim-signature", "in-reply-to",
    "content-transfer-encoding", "x-gmail-labels", "x-mozilla-status", "status", "x-received", "references",
})  # fmt: skip
_FROM_LINE = re.compile(r"From (?:.*\b\d{1,2}:\d\d\b.*\b\d{4}\b|\S+\s*$)")
_JSON = re.compile(r'\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}\s*$)|\[\s*[\{\[]\s*["\{\[])')
# A comment ends at its first "-->": without the look-ahead a row of comments could be cut up in 2^n ways.
_COMMENT = r"<!--(?:(?!-->).)*-->"
_HTML = re.compile(
    rf"(?:{_COMMENT}\s*)*<(?:!doctype\s+html|html|head|body|meta|title|script|table|div|p)\b",
    re.IGNORECASE | re.DOTALL,
)


def text_type(head: bytes, extension: str) -> str:
    """The media type of text by its beginning, then its extension; UNKNOWN where it is not text."""
    if not looks_like_text(head):
        return UNKNOWN
    text = decoded(head).lstrip("\ufeff")
    return _marked_type(text) or _mail_type(text, extension) or _EXTENSIONS.get(extension) or _json_type(text) or PLAIN


def _marked_type(text: str) -> str | None:
    start = text.lstrip()[:2048]
    if start.startswith("{\\rtf"):
        return "application/rtf"
    if start.startswith("-----BEGIN PGP MESSAGE-----"):
        return "application/pgp-encrypted"
    if start.startswith(("<?xml", "<svg")):
        return next((kind for mark, kind in _XML_ROOTS if mark in start), "application/xml")
    return "text/html" if _HTML.match(start) else None


def _mail_type(text: str, extension: str) -> str | None:
    lines = text.split("\n", 200)[:200]
    if _FROM_LINE.match(lines[0]) and (
        extension == ".mbox" or (len(lines) > 1 and _HEADER.match(lines[1].rstrip("\r")))
    ):
        return MBOX
    needed = 1 if extension in (".eml", ".mht", ".mhtml") else 3
    return MESSAGE if _mail_headers(lines) >= needed else None


def _mail_headers(lines: list[str]) -> int:
    """How many headers of mail stand before the first line that is neither a header nor its continuation."""
    block = takewhile(
        lambda line: line[:1] in (" ", "\t") or _HEADER.match(line), (line.rstrip("\r") for line in lines)
    )
    names = {line.partition(":")[0].lower() for line in block if line[:1] not in (" ", "\t", "")}
    return len(names & _MAIL_HEADERS)


def _json_type(text: str) -> str | None:
    return "application/json" if _JSON.match(text[:4096]) else None
