"""Which kind of text this is, or that it is none."""

from __future__ import annotations

import binascii
import re
from itertools import takewhile

from scanner.decoding import UNIVERSAL, charset_of, decoder_of, encoding_of, looks_like_text
from scanner.legacy_encoding import is_ebcdic

EMPTY = "application/x-empty"
UNKNOWN = "application/octet-stream"
PLAIN = "text/plain"
HTML = "text/html"
MESSAGE = "message/rfc822"
SAVED_PAGE = "multipart/related"
MBOX = "application/mbox"
_ODF = "application/vnd.oasis.opendocument.flat."
_MS = "application/vnd.ms-"

_XML_ROOTS: tuple[tuple[str, str], ...] = (
    ('progid="Word.Document"', _MS + "wordml"),
    ('progid="Excel.Sheet"', _MS + "spreadsheetml"),
    ("schemas.microsoft.com/office/word/2003/wordml", _MS + "wordml"),
    ("schemas.microsoft.com/office/2006/xmlpackage", _MS + "wordml"),
    ('"urn:schemas-microsoft-com:office:spreadsheet"', _MS + "spreadsheetml"),
    ("oasis.opendocument.text", _ODF + "text"),
    ("oasis.opendocument.spreadsheet", _ODF + "spreadsheet"),
    ("oasis.opendocument.presentation", _ODF + "presentation"),
    ("oasis.opendocument.graphics", _ODF + "graphics"),
)
"""What stands before or in the first tag of an XML document, and what it makes it."""

_EXTENSIONS = {
    ".csv": "text/csv",
    ".tsv": "text/tab-separated-values",
    ".tab": "text/tab-separated-values",
    ".json": "application/json",
    ".xml": "application/xml",
    ".htm": HTML,
    ".html": HTML,
    ".xhtml": HTML,
    ".shtml": HTML,
    ".md": "text/markdown",
    ".ics": "text/calendar",
    ".vcf": "text/vcard",
    ".ldif": "text/x-ldif",
    ".eml": MESSAGE,
    ".mht": SAVED_PAGE,
    ".mhtml": SAVED_PAGE,
}
WRITTEN_AS_TEXT = frozenset({
    *_EXTENSIONS, ".txt", ".log", ".js", ".css", ".php", ".py", ".ini", ".sql", ".srt", ".asc",
})  # fmt: skip
"""Extensions of files that somebody may have begun with a tag or a magic without meaning it."""

_STARTS: tuple[tuple[str, str], ...] = (
    ("{\\rtf", "application/rtf"),
    ("-----BEGIN PGP MESSAGE-----", "application/pgp-encrypted"),
    ("BEGIN:VCARD", "text/vcard"),
    ("BEGIN:VCALENDAR", "text/calendar"),
    ("MIME-Version: 1.0 (produced by Microsoft", SAVED_PAGE),
)
"""What a text begins with, and what that makes it."""
_RTF_AT_MOST = 512
_PAGES = (".mht", ".mhtml")
_MESSAGES = (".eml", *_PAGES)
_SAVED = ("From: <Saved by ", 'From: "Saved by ', "Snapshot-Content-Location:")

_HEADER = re.compile(r"[\x21-\x39\x3b-\x7e]{1,80}:(?:[ \t].*)?$|[\x21-\x39\x3b-\x7e]{1,80}:\S")
_MAIL_HEADERS = frozenset({
    "from", "to", "cc", "bcc", "subject", "date", "received", "return-path", "message-id", "mime-version", "reply-to",
    "delivered-to", "content-type", "x-mailer", "x-originalto", "sender", "dkim-signature", "in-reply-to",
    "content-transfer-encoding", "x-gmail-labels", "x-mozilla-status", "status", "x-received", "references",
    "newsgroups", "x-mimeole", "thread-topic", "thread-index", "arc-seal", "authentication-results",
})  # fmt: skip
_PARTS = re.compile(r"multipart/.*\bboundary\s*=")
_OF_A_PAGE = "multipart/related"
_SENT = frozenset({"from", "to", "cc", "received", "return-path", "message-id", "x-mailer", "subject"})
"""What a message has and a web page with its pictures (RFC 2557) has not, saved in the form of one: but browsers say
that they saved it where a message has its sender.
"""
_LDIF = re.compile(r"(?:version: *\d+\s+)?(?:#[^\n]*\n\s*)*+dn::? *\w", re.IGNORECASE)
_FROM_LINE = re.compile(r"From (?:.*\b\d{1,2}:\d\d\b.*\b\d{4}\b|\S+\s*$)")
_JSON = re.compile(r'\s*(?:\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\}\s*$)|\[\s*[\{\[]\s*["\{\[])')
# A comment ends at its first "-->": without the look-ahead a row of comments could be cut up in 2^n ways.
_COMMENTS = re.compile(r"(?:\s*<!--(?:(?!-->).)*-->)*\s*", re.DOTALL)
_IS_HTML = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_TAGS_OF_HTML = re.compile(
    r"<(?:meta|title|link|base|style|script|table|div|p|br|hr|h[1-6]|center|font|span|ul|ol|li|form|frameset|iframe|"
    r"img|a\s|b|i|pre|blockquote|section|article)\b",
    re.IGNORECASE,
)
_ROOT = re.compile(r"<(?:[A-Za-z_][\w.-]*:)?([A-Za-z_][\w.-]*)([^>]*)")
_DXF = re.compile(r"(?:999[ \t]*\n[^\n]*\n\s*)*0\s*\nSECTION\s*\n\s*2\s*\n(?:HEADER|CLASSES|TABLES|ENTITIES)\b")
_BASE64 = re.compile(r"\s*(?:-----BEGIN (?:PKCS7|CMS)-----\s*)?(M[A-I][A-Za-z0-9+/]{58})")
_CMS = {
    b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x02": "application/pkcs7-signature",
    b"\x2a\x86\x48\x86\xf7\x0d\x01\x07\x03": "application/pkcs7-mime",
}
_BEGINNING = 16 * 1024


def text_type(head: bytes, extension: str) -> str:
    """The media type of text by its beginning, then its extension; UNKNOWN where it is not text."""
    if not looks_like_text(head):
        return UNKNOWN
    text = _beginning(head)
    return (
        _marked_type(text, extension)
        or _mail_type(text, extension)
        or _EXTENSIONS.get(extension)
        or _json_type(text)
        or PLAIN
    )


def _beginning(head: bytes) -> str:
    """The first characters. Marks of kinds are ASCII, so that of eight-bit encodings the exact one does not matter."""
    encoding = encoding_of(head)
    start = head[:_BEGINNING]
    if encoding != UNIVERSAL:
        return decoder_of(encoding)(start, False).lstrip("\ufeff")
    if is_ebcdic(start[:4096]):
        return decoder_of(charset_of(start))(start, False)
    return start.removeprefix(b"\xef\xbb\xbf").decode("latin-1")


def _marked_type(text: str, extension: str) -> str | None:
    start = text.lstrip(" \t\r\n\f\v\0\ufeff")
    if found := next((kind for mark, kind in _STARTS if start.startswith(mark)), None):
        return found
    if start.startswith("<"):
        return _markup_type(start, extension)
    if extension in (".rtf", ".doc") and "{\\rtf1" in start[:_RTF_AT_MOST]:
        return "application/rtf"
    if _DXF.match(start):
        return "image/vnd.dxf"
    if _LDIF.match(start):
        return "text/x-ldif"
    return _cryptographic_type(start)


def _markup_type(start: str, extension: str) -> str | None:
    comments = _COMMENTS.match(start)
    bare = start[comments.end() :] if comments else start
    if _IS_HTML.match(bare):
        return HTML
    if bare.startswith("<?xml") or _is_svg(bare):
        return _xml_type(bare)
    if _TAGS_OF_HTML.match(bare) and extension not in WRITTEN_AS_TEXT:
        return HTML
    return _xml_type(bare) if extension == ".xml" else None


def _xml_type(text: str) -> str:
    """By the instructions before the first tag, the tag, and its name-spaces."""
    prolog = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    root = _ROOT.search(prolog)
    if root is None:
        return "application/xml"
    name = root[1].lower()
    if name in ("html", "svg"):
        return HTML if name == "html" else "image/svg+xml"
    said = prolog[: root.end()].replace("'", '"')
    return next((kind for mark, kind in _XML_ROOTS if mark in said), "application/xml")


def _is_svg(text: str) -> bool:
    return text.startswith(("<svg", "<!DOCTYPE svg"))


def _cryptographic_type(start: str) -> str | None:
    """Signed and enveloped data (RFC 5652, 5 and 6) in base64, as mail carries it."""
    found = _BASE64.match(start)
    content = binascii.a2b_base64(found[1]) if found else b""
    return next((kind for oid, kind in _CMS.items() if oid in content), None)


def _mail_type(text: str, extension: str) -> str | None:
    lines = text.split("\n", 200)[:200]
    if _FROM_LINE.match(lines[0]) and (
        extension == ".mbox" or (len(lines) > 1 and _HEADER.match(lines[1].rstrip("\r")))
    ):
        return MBOX
    if lines[0].strip().isdigit() and len(_mail_headers(lines[1:])) >= 3:
        return "message/x-emlx"
    headers = _mail_headers(lines)
    stated = headers.get("content-type", "").lower()
    needed = 1 if extension in _MESSAGES or _PARTS.search(stated) else 3
    if len(headers) < needed:
        return None
    is_sent = headers.keys() & _SENT and not any(line.startswith(_SAVED) for line in lines[:30])
    is_page = extension in _PAGES or (_OF_A_PAGE in stated and not is_sent)
    return SAVED_PAGE if is_page else MESSAGE


def _mail_headers(lines: list[str]) -> dict[str, str]:
    """The headers of mail that stand before the first line that is neither a header nor its continuation."""
    block = takewhile(
        lambda line: line[:1] in (" ", "\t") or _HEADER.match(line), (line.rstrip("\r") for line in lines)
    )
    found: dict[str, str] = {}
    name = ""
    for line in block:
        is_folded = line[:1] in (" ", "\t")
        name = name if is_folded else line.partition(":")[0].lower()
        if name in _MAIL_HEADERS:
            found[name] = found.get(name, "") + line
    return found


def _json_type(text: str) -> str | None:
    return "application/json" if _JSON.match(text[:4096]) else None
