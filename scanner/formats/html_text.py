"""The text of HTML: what a reader of the page sees, and what people wrote into its attributes.

The mark-up is taken tag by tag (as in the tokenisation of the HTML standard, 13.2.5), with no tree: neither depth nor
what was left open costs anything, and nothing is looked up outside. What browsers hide because something was never
closed is kept: the rest of the page may be in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from domain.content import Table
from scanner.formats.escapes import json_text
from scanner.formats.html_attributes import may_say, named, spans, unescaped, written
from scanner.formats.html_lines import Lines

_BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "col", "colgroup", "dd", "details", "dir",
    "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "frameset", "h1", "h2", "h3", "h4", "h5",
    "h6", "head", "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "optgroup", "option",
    "p", "section", "select", "summary", "tbody", "tfoot", "thead", "ul",
})  # fmt: skip
_OF_OFFICE = ("o:a", "o:c", "o:d", "o:k", "o:l", "o:m", "o:s", "o:t", "x:")
"""How tags of office programs begin that hold properties and names of sheets; those of words (o:p) do not."""
_WITHIN_LINES = (
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label",
    "mark", "q", "s", "samp", "small", "span", "strike", "strong", "sub", "sup", "tt", "u", "var",
)  # fmt: skip
_APART = frozenset({"button", "img", "iframe", "input", "object", "textarea", "video"})

_Take = Callable[[Lines], None]
_STARTS: dict[str, _Take] = {
    "table": Lines.start_table, "tr": Lines.row, "td": Lines.cell, "br": Lines.line_break,
    **dict.fromkeys(_BLOCKS, Lines.line), **dict.fromkeys(_APART, Lines.space),
}  # fmt: skip
_ENDS: dict[str, _Take] = {
    "table": Lines.end_table, "tr": Lines.end_row, "br": Lines.line_break,
    **dict.fromkeys(_BLOCKS, Lines.line), **dict.fromkeys(_APART, Lines.space),
}  # fmt: skip


def _nothing(lines: Lines) -> None:
    """What a tag of words does to the lines."""


_BARE: dict[str, _Take] = {
    spelt: take
    for tags, slash in ((_STARTS, ""), (_ENDS, "/"))
    for name, take in {**dict.fromkeys(_WITHIN_LINES, _nothing), **tags}.items()
    for spelt in (slash + name, slash + name.upper())
} | dict.fromkeys(("/td", "/th", "/TD", "/TH"), _nothing)
"""Tags without attributes, as they stand between the brackets."""
_LONGEST_BARE = 14

_TAG = re.compile(
    r"<(?=[A-Za-z/!?])(?:(/?)([A-Za-z][^\s/>]*)((?:[^>=]++|=\s*+(?:\"[^\"]*\"|'[^']*')|=)*+)(>|\Z)|[!?/])"
)
"""Is it an end, its name, its attributes, how it closes; or how a comment, a declaration or an instruction begins."""
_RAW_END = {name: re.compile(rf"</{name}(?=[\s/>])[^>]*+(?:>|\Z)", re.IGNORECASE) for name in ("script", "style")}
_LINKED_DATA = "application/ld+json"
_CONDITIONAL = re.compile(r"<!--\[if\b", re.IGNORECASE)

_LONGEST_SAID = 10_000
_PIECE = 1024 * 1024
_DEEPEST = 3

_SAID = {
    "title": "title", "dc.title": "title", "author": "author", "dc.creator": "author", "dcterms.creator": "author",
    "web_author": "author", "description": "description", "dc.description": "description", "keywords": "keywords",
    "dc.subject": "subject", "subject": "subject", "generator": "application", "owner": "author", "reply-to": "author",
    "date": "created", "dc.date": "created", "dcterms.created": "created", "article:published_time": "created",
    "last-modified": "modified", "dcterms.modified": "modified", "article:modified_time": "modified",
}  # fmt: skip
"""Names of `meta`, and what they say of the page."""
_OFFICE = re.compile(r"<o:(\w{1,20})>([^<]{1,2000})</o:", re.IGNORECASE)
_OFFICE_SAID = {
    "title": "title", "author": "author", "lastauthor": "last_author", "company": "company", "manager": "manager",
    "subject": "subject", "keywords": "keywords", "description": "description", "category": "category",
    "created": "created", "lastsaved": "modified", "lastprinted": "printed", "template": "template",
    "revision": "revision", "pages": "pages", "words": "words",
}  # fmt: skip
"""What office programs say of the document in a page that they save."""


@dataclass(frozen=True, slots=True)
class Page:
    """The text, its data tables, and what the page says of itself: "title", "author", "created" … in its own words."""

    text: str = field(repr=False)
    tables: tuple[Table, ...] = field(repr=False)
    said: Mapping[str, str] = field(repr=False)
    is_cut: bool = False


def html_text(markup: str) -> str:
    """The text that a reader of the mark-up sees, its title first, and the addresses that its links write to."""
    page = read_page(markup)
    said = [page.said.get(key, "") for key in ("title", "author", "description", "keywords")]
    return "\n".join(filter(None, (said[0], page.text, *said[1:])))


def read_page(markup: str, limit: int | None = None) -> Page:
    """The page, of whose text no more than `limit` characters are read."""
    reading = _Reading(markup.replace("\0", ""), len(markup) * 100 if limit is None else limit)
    reading.read()
    return reading.page()


class _Reading:
    """Goes through the mark-up once. What was looked for to the end in vain is not looked for again."""

    def __init__(self, markup: str, limit: int, depth: int = 0) -> None:
        self._markup, self._limit, self._depth = markup, limit, depth
        self._lines = Lines()
        self._said: dict[str, str] = {}
        self._pre = 0
        self._in_title = False
        self._missing: set[str] = set()

    def read(self) -> None:
        """Tags without attributes, which most are, are taken by a table; of the others `_tag` takes one at a time."""
        at, markup, lines = 0, self._markup, self._lines
        while lines.length <= self._limit:
            tag, start = None, markup.find("<", at)
            end = markup.find(">", start, start + _LONGEST_BARE) if start >= 0 else -1
            take = _BARE.get(markup[start + 1 : end]) if end > 0 else None
            if take is None:
                tag = _TAG.search(markup, at)
                start = len(markup) if tag is None else tag.start()
            if start > at:
                self._text(markup[at:start])
            if take is not None:
                take(lines)
                at = end + 1
            elif tag is not None:
                at = self._tag(tag)
            else:
                return

    def page(self) -> Page:
        self._lines.end()
        text = "".join(self._lines.pieces)
        limit = self._limit
        found = sorted(self._lines.tables, key=lambda table: table.start)
        kept = (Table(table.start, min(table.end, limit), table.columns) for table in found if table.start < limit)
        return Page(text[:limit], tuple(kept), self._said, len(text) > limit)

    def _text(self, data: str) -> None:
        if self._in_title:
            self._title(data)
        elif data.isalnum():
            self._lines.word(data)
        else:
            take = self._lines.verbatim if self._pre else self._lines.text
            text = unescaped(data)
            for at in range(0, len(text), _PIECE):
                if self._lines.length <= self._limit:
                    take(text[at : at + _PIECE])

    def _title(self, data: str) -> None:
        self._in_title = False
        self._say("title", unescaped(data[:_LONGEST_SAID]))
        if len(data) > _LONGEST_SAID:
            self._text(data)

    def _tag(self, tag: re.Match[str]) -> int:
        """Take a tag; return where to go on."""
        is_end, name, attributes, close = tag.groups()
        self._in_title = False
        if name is None:
            return self._declaration(tag)
        if not close:
            self._lines.text(unescaped(tag[0]))  # Never closed: what was meant for text is in it.
        elif is_end:
            self._end(name.lower())
        else:
            return self._start(name.lower(), attributes, tag.end())
        return tag.end()

    def _declaration(self, tag: re.Match[str]) -> int:
        """A comment, a section of characters, a doctype or an instruction; or what looks like the beginning of one."""
        start = tag.start()
        if self._markup.startswith("<!--", start):
            return self._comment(start)
        if self._markup.startswith("<![CDATA[", start) and (end := self._find("]]>", start)) >= 0:
            self._lines.text(self._markup[start + 9 : end])
            return end + 3
        end = self._find(">", start)
        if end < 0:
            self._lines.text(tag[0])
        return tag.end() if end < 0 else end + 1

    def _comment(self, start: int) -> int:
        """Comments are left out, but not those whose content some browsers or mail programs show."""
        if _CONDITIONAL.match(self._markup, start) and (end := self._find("]>", start)) >= 0:
            return end + 2
        if self._markup.startswith(("<!-->", "<!--->"), start):
            return self._markup.index(">", start) + 1
        end = self._find("-->", start + 4)
        return start + 4 if end < 0 else end + 3

    def _find(self, mark: str, start: int) -> int:
        if mark in self._missing:
            return -1
        found = self._markup.find(mark, start)
        if found < 0:
            self._missing.add(mark)
        return found

    def _start(self, name: str, attributes: str, at: int) -> int:
        """Take a start tag that ends at `at`; return where to go on: behind it, or behind what is no text."""
        if may_say(attributes):
            self._attributes(name, attributes)
        take = _STARTS.get(name)
        if name in ("td", "th"):
            self._lines.cell(*spans(attributes), is_heading=name == "th")
        elif take is not None:
            take(self._lines)
        elif name in _RAW_END:
            return self._behind_raw(name, attributes, at)
        elif name == "xml":
            return self._behind_island(at)
        else:
            self._other(name, 1)
            self._in_title = name == "title" and "title" not in self._said
        return at

    def _end(self, name: str) -> None:
        take = _ENDS.get(name)
        if take is not None:
            take(self._lines)
        else:
            self._other(name, -1)

    def _other(self, name: str, step: int) -> None:
        """The start (1) or end (-1) of a tag that no table has."""
        if name in ("pre", "title") or name.startswith(_OF_OFFICE):
            self._lines.line()
        if name == "pre":
            self._pre = max(0, self._pre + step)

    def _behind_raw(self, name: str, attributes: str, at: int) -> int:
        """Scripts are left out, but not what is one only by its tag: the page in words for search engines."""
        end = None if name in self._missing else _RAW_END[name].search(self._markup, at)
        if end is None:
            self._missing.add(name)
            return at
        if name == "script" and _LINKED_DATA in attributes.lower():
            self._lines.line()
            self._lines.verbatim(json_text(self._markup[at : end.start()]))
            self._lines.line()
        return end.end()

    def _behind_island(self, at: int) -> int:
        """What office programs leave for themselves is left out, but for what it says of the document."""
        end = self._find("</xml>", at)
        island = self._markup[at : at + 200].lstrip().lower()
        if end < 0 or not island.startswith(("<o:documentproperties", "<o:officedocumentsettings", "<w:")):
            return at
        for match in _OFFICE.finditer(self._markup, at, end):
            if key := _OFFICE_SAID.get(match[1].lower()):
                self._say(key, unescaped(match[2]))
        return end

    def _attributes(self, name: str, attributes: str) -> None:
        if name == "meta":
            found = named(attributes)
            about = found.get("name") or found.get("property") or found.get("http-equiv") or ""
            self._say(_SAID.get(about.lower(), ""), found.get("content", ""))
            return
        for text in written(name, attributes):
            self._lines.text(f" {text} ")
        if name == "iframe" and (inner := named(attributes).get("srcdoc")):
            self._inner(inner)

    def _inner(self, markup: str) -> None:
        """A page that stands in an attribute, as text of this one."""
        if self._depth == _DEEPEST:
            self._lines.text(markup)
            return
        reading = _Reading(markup, max(0, self._limit - self._lines.length), self._depth + 1)
        reading.read()
        self._lines.line()
        self._lines.verbatim(reading.page().text)
        self._lines.line()

    def _say(self, key: str, value: str) -> None:
        words = " ".join(value[:_LONGEST_SAID].split())
        if key and words:
            self._said.setdefault(key, words)
