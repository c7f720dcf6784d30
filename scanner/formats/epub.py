"""An electronic book (EPUB 3.3): which members its reader reads, so that the others can be items of their own."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath

from scanner.formats.package import Attributes, Handlers, Member, Package, PackageError, value_of

_CONTAINER = "META-INF/container.xml"
_TYPES = "[Content_Types].xml"
_OWN = re.compile(
    r"^META-INF/(?:container|manifest|encryption|rights|signatures)\.xml$|^mimetype$|\.(?:ncx|css|[ot]tf|woff2?)$"
)
"""What a book consists of besides its pages: how it looks, its list of contents."""


def is_book(package: Package) -> bool:
    return package.find(_CONTAINER) is not None and package.find(_TYPES) is None


def outside_the_spine(package: Package) -> Iterator[Member]:
    """The members that are no page in the order of reading; all pages where that cannot be read."""
    try:
        read = frozenset(_spine(package))
    except PackageError:
        read = frozenset()
    return (member for member in package.members if member.name not in read and not _OWN.search(member.name))


def _spine(package: Package) -> Iterator[str]:
    """The description of the book (EPUB 3.3, 4.2.6.3.1), and the pages that it puts in order (5.7)."""
    roots: list[str] = []
    _met(package, _CONTAINER, {"rootfile": lambda attributes: roots.append(value_of(attributes, "full-path"))})
    pages: dict[str, str] = {}
    order: list[str] = []

    def item(attributes: Attributes) -> None:
        if "html" in value_of(attributes, "media-type"):
            pages[value_of(attributes, "id")] = value_of(attributes, "href")

    for root in roots[:1]:
        yield root
        _met(package, root, {"item": item, "itemref": lambda attributes: order.append(value_of(attributes, "idref"))})
        # As they are written: a page whose address is coded its reader does not find.
        yield from (normpath(join(dirname(root), pages[name])) for name in order if name in pages)


def _met(package: Package, name: str, starts: dict[str, Callable[[Attributes], None]]) -> None:
    if member := package.find(name):
        package.parse(member, lambda _: Handlers(starts, {}, lambda _: None))
