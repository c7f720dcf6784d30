"""The properties of an Office Open XML package: core, of the application and custom (ECMA-376 part 1, 22.2, 22.3)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import partial

from domain.content import DateSource
from scanner.budget import MIB
from scanner.formats.package import Attributes, Handlers, Package, value_of
from scanner.formats.relationships import Relationship
from scanner.properties import Stated, stated

_KEYS = {
    "title": "title",
    "creator": "author",
    "lastModifiedBy": "last_author",
    "subject": "subject",
    "keywords": "keywords",
    "description": "comments",
    "category": "category",
    "contentStatus": "status",
    "revision": "revision",
    "Application": "application",
    "Company": "company",
    "Manager": "manager",
    "Template": "template",
    "Pages": "pages",
    "Slides": "pages",
    "Words": "words",
}
_DATES = {"created": DateSource.CREATED, "modified": DateSource.MODIFIED, "lastPrinted": DateSource.PRINTED}
_PARTS = {
    "core-properties": "docProps/core.xml",
    "extended-properties": "docProps/app.xml",
    "custom-properties": "docProps/custom.xml",
}
"""Relationships to the parts, and where they stand by convention."""
_LIMIT = 4 * MIB
_MOST = 1_000


def read_properties(package: Package, pointed: Iterable[Relationship], limit: int) -> Stated:
    """What the package says of itself, its text cut to `limit`; `pointed` are the relationships of the package.

    Raises PackageError where a part is damaged.
    """
    reading = _Reading()
    # Strict documents have other types: .../extendedProperties.
    targets = {relationship.kind.replace("Properties", "-properties"): relationship.target for relationship in pointed}
    for kind, conventional in _PARTS.items():
        part = package.find(targets.get(kind, "")) or package.find(conventional)
        if part is not None:
            package.parse(part, lambda _: reading.handlers, _LIMIT)
    return stated(reading.values, reading.custom, reading.dates, limit)


class _Reading:
    """Elements that hold nothing but a value; a custom property has its name in an attribute."""

    def __init__(self) -> None:
        self.values: dict[str, str] = {}
        self.custom: list[tuple[str, str]] = []
        self.dates: list[tuple[DateSource, str]] = []
        self._pieces: list[str] = []
        self._name = ""
        names: Mapping[str, str] = {**_KEYS, **_DATES}
        self.handlers = Handlers(
            {"property": self._start_custom, **dict.fromkeys(names, self._start)},
            {"property": self._end_custom, **{name: self._ending(name) for name in names}},
            self._pieces.append,
        )

    def _start(self, _: Attributes) -> None:
        self._pieces.clear()

    def _start_custom(self, attributes: Attributes) -> None:
        self._pieces.clear()
        self._name = value_of(attributes, "name")

    def _end_custom(self) -> None:
        if len(self.custom) < _MOST:
            self.custom.append((self._name, self._value()))

    def _ending(self, name: str) -> Callable[[], None]:
        return partial(self._end_date, _DATES[name]) if name in _DATES else partial(self._end, _KEYS[name])

    def _end_date(self, source: DateSource) -> None:
        if len(self.dates) < len(_DATES):
            self.dates.append((source, self._value()))

    def _end(self, key: str) -> None:
        self.values.setdefault(key, self._value())

    def _value(self) -> str:
        value = "".join(self._pieces).strip()
        self._pieces.clear()
        return value
