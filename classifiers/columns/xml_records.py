"""The records of XML, as exports write them: in elements, in attributes, or in elements that are called fields.

What is commented out is read like the rest.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from classifiers.columns.records import Gathering
from classifiers.columns.tree import Tree

_ATTRIBUTE = r"""\s++[\w.:-]{1,100}\s{0,9}=\s{0,9}(?:"[^"<]{0,4000}+"|'[^'<]{0,4000}+')"""
_TAG = re.compile(
    rf"<(/?)([A-Za-z_][\w.-]{{0,99}}(?::[\w.-]{{1,99}})?)((?:{_ATTRIBUTE})*+)\s*+(/?)>"
    r"(?:\s{0,200}(?:<!\[CDATA\[([^\]<]*+)\]\]>|([^<>]*+))(?=\s{0,200}</\2\s*>))?+"
)
_EACH = re.compile(r"""([\w.-]{1,100})\s{0,9}=\s{0,9}(?:"([^"]*+)"|'([^']*+)')""")
_OF_PAGES = frozenset((
    "html", "head", "body", "div", "span", "p", "a", "b", "i", "u", "em", "strong", "br", "hr", "img", "table",
    "thead", "tbody", "tfoot", "tr", "td", "th", "ul", "ol", "li", "dl", "dt", "dd", "form", "input", "button",
    "select", "option", "optgroup", "textarea", "label", "fieldset", "legend", "meta", "link", "script",
    "style", "title", "h1", "h2", "h3", "h4", "h5", "h6", "nav", "header", "footer", "main", "section",
    "article", "aside", "figure", "figcaption", "iframe", "svg", "path", "g", "circle", "rect", "line",
    "polygon", "text", "use", "defs", "font", "center", "small", "sub", "sup", "pre", "code", "blockquote",
    "noscript", "video", "audio", "source", "canvas", "abbr", "cite", "details", "summary", "base", "col",
    "colgroup", "caption", "area", "map", "object", "param", "embed", "time", "mark", "kbd", "samp", "var",
    "picture", "template", "slot",
))  # fmt: skip
"""Elements of pages of the web, of which attributes say how they look."""
_CALLED = ("name", "key", "field", "column")
"""Attributes that name the field which an element is."""


class _Event(NamedTuple):
    """An element opens ("<") or closes (">"), or a field has a value ("=")."""

    sign: str
    name: str
    start: int
    end: int


def gather(text: str, found: Gathering) -> None:
    """Take in the records of a text. An element that stands twice in another is a record, as is the outermost."""
    if "</" not in text and "/>" not in text:
        return
    repeated = _repeated(text)
    tree, paths = Tree(found, "xml"), _Paths()
    for event in _events(text):
        if event.sign == "=":
            tree.value(event.name, event.start, event.end)
        elif event.sign == "<":
            tree.open(event.name, event.start, is_item=paths.open(event.name) in repeated)
        elif paths.close(event.name):
            tree.close(event.end)


class _Paths:
    """The elements that are open, each known by a number for all with the same ones around them."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[int, str], int] = {}
        self.open_now: list[tuple[int, str]] = []

    def open(self, name: str) -> int:
        around = self.open_now[-1][0] if self.open_now else -1
        number = self._numbers.setdefault((around, name), len(self._numbers))
        self.open_now.append((number, name))
        return number

    def close(self, name: str) -> bool:
        """Whether that element is open; one that is not began before the text or never."""
        if self.open_now and self.open_now[-1][1] == name:
            self.open_now.pop()
            return True
        return False


def _repeated(text: str) -> set[int]:
    paths, repeated = _Paths(), set[int]()
    inside: list[set[int]] = [set()]
    for event in _events(text):
        if event.sign == "<":
            number = paths.open(event.name)
            if number in inside[-1]:
                repeated.add(number)
            inside[-1].add(number)
            inside.append(set())
        elif event.sign == ">" and paths.close(event.name):
            inside.pop()
    return repeated


def _events(text: str) -> Iterator[_Event]:
    for tag in _TAG.finditer(text):
        name = tag[2].rpartition(":")[2]
        if name.lower() in _OF_PAGES:
            continue
        if tag[1]:
            yield _Event(">", name, tag.start(), tag.end())
            continue
        attributes = list(_attributes(tag)) if tag[3] else []
        called = next((tag.string[one.start : one.end] for one in attributes if one.name.lower() in _CALLED), "")
        held = 5 if tag[5] is not None else 6
        if tag[held] is not None:
            yield _Event("=", called or name, *_trimmed(text, *tag.span(held)))
        elif called and (values := [one for one in attributes if one.name.lower() == "value"]):
            yield values[0]._replace(name=called)
        else:
            yield _Event("<", name, tag.start(), tag.end())
            yield from attributes
            if tag[4]:
                yield _Event(">", name, tag.start(), tag.end())


def _attributes(tag: re.Match[str]) -> Iterator[_Event]:
    for one in _EACH.finditer(tag.string, *tag.span(3)):
        yield _Event("=", one[1], *one.span(2 if one[2] is not None else 3))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    held = text[start:end]
    return start + len(held) - len(held.lstrip()), start + len(held.rstrip())
