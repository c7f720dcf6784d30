"""What an OpenDocument says of itself (ODF 1.3 part 3, 4.3)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from domain.content import DateSource
from scanner.formats.package import Attributes, Handlers, value_of
from scanner.properties import Stated, stated

_KEYS = {
    "title": "title",
    "initial-creator": "author",
    "creator": "last_author",
    "subject": "subject",
    "keyword": "keywords",
    "description": "comments",
    "generator": "application",
    "editing-cycles": "revision",
    "printed-by": "printed_by",
}
_DATES = {"creation-date": DateSource.CREATED, "date": DateSource.MODIFIED, "print-date": DateSource.PRINTED}
_COUNTS = {"page-count": "pages", "word-count": "words"}
_MOST = 1_000


class OdfProperties:
    """Reads them from wherever `office:meta` stands, which in a flat file is among the rest."""

    def __init__(self) -> None:
        self._values: dict[str, str] = {}
        self._custom: list[tuple[str, str]] = []
        self._dates: list[tuple[DateSource, str]] = []
        self._pieces: list[str] = []
        self._name = ""
        self._within = 0
        starts: dict[str, Callable[[Attributes], None]] = dict.fromkeys((*_KEYS, *_DATES), self._start)
        ends: dict[str, Callable[[], None]] = {name: partial(self._end, key) for name, key in _KEYS.items()}
        ends |= {name: partial(self._end_date, source) for name, source in _DATES.items()}
        self.handlers = Handlers(
            starts
            | {
                "meta": self._start_meta,
                "user-defined": self._start_custom,
                "document-statistic": self._count,
                "template": self._template,
            },
            ends | {"meta": self._end_meta, "user-defined": self._end_custom},
            self._text,
        )

    def stated(self, limit: int) -> Stated:
        """All that was read. A document saved but once has no other author than the last."""
        if "last_author" in self._values:
            self._values.setdefault("author", self._values["last_author"])
        return stated(self._values, self._custom, self._dates, limit)

    def _start_meta(self, _: Attributes) -> None:
        self._within += 1

    def _end_meta(self) -> None:
        self._within -= 1

    def _text(self, text: str) -> None:
        if self._within:
            self._pieces.append(text)

    def _start(self, _: Attributes) -> None:
        self._pieces.clear()

    def _value(self) -> str:
        value = "".join(self._pieces).strip()
        self._pieces.clear()
        return value

    def _end(self, key: str) -> None:
        value = self._value()
        if not self._within or not value:
            return
        before = self._values.get(key)
        if before is None:
            self._values[key] = value
        elif key == "keywords" and len(before) < _MOST:
            self._values[key] = f"{before}, {value}"

    def _end_date(self, source: DateSource) -> None:
        value = self._value()
        if self._within and len(self._dates) < len(_DATES):
            self._dates.append((source, value))

    def _start_custom(self, attributes: Attributes) -> None:
        self._pieces.clear()
        self._name = value_of(attributes, "name")

    def _end_custom(self) -> None:
        if self._within and len(self._custom) < _MOST:
            self._custom.append((self._name, self._value()))

    def _count(self, attributes: Attributes) -> None:
        if self._within:
            self._values |= {key: value_of(attributes, name) for name, key in _COUNTS.items()}

    def _template(self, attributes: Attributes) -> None:
        if self._within:
            self._values["template"] = value_of(attributes, "title") or value_of(attributes, "href")
