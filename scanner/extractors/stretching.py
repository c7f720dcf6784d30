"""A long text in stretches, for readers that put a text together before they give it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from domain.content import Content, Place, Table
from scanner.blob import Blob
from scanner.extractor import EscalateError, Extractor

_TIMES = 4
_OVERLAP = 1000


@dataclass(frozen=True, slots=True)
class StretchingExtractor:
    """Reads up to four times as many characters as are asked for, and gives them in stretches of that many.

    A stretch ends with a line where it can, and begins with the end of the one before. Past the last the problem is the
    reader's own, `limit: text`.
    """

    whole: Extractor

    @property
    def version(self) -> str:
        return f"{self.whole.version} in stretches"

    def extract(self, blob: Blob, media_type: str, limit: int) -> Content:
        try:
            return _in_stretches(self.whole.extract(blob, media_type, _TIMES * limit), limit)
        except EscalateError as escalation:
            if escalation.content is None:
                raise
            raise EscalateError(escalation.reason, _in_stretches(escalation.content, limit)) from escalation


def _in_stretches(content: Content, limit: int) -> Content:
    if len(content.text) <= limit:
        return content
    stretches = _stretches(content, limit)
    first = next(stretches)
    return replace(content, text=first.text, places=first.places, tables=first.tables, problem=None, rest=stretches)


def _stretches(content: Content, limit: int) -> Iterator[Content]:
    text, start = content.text, 0
    while True:
        end = min(start + limit, len(text))
        if end < len(text):
            end = text.rfind("\n", start + limit // 2, end) + 1 or end
        stretch = _stretch(content, start, end)
        if end == len(text):
            yield replace(stretch, problem=content.problem)
            return
        yield stretch
        start = end - min(_OVERLAP, limit // 4)


def _stretch(content: Content, start: int, end: int) -> Content:
    current = content.place_at(start)
    within = [place for place in content.places if start < place.start < end]
    tables = (
        Table(max(table.start, start), min(table.end, end), table.columns)
        for table in content.tables
        if table.start < end and start < table.end
    )
    places = within if current is None else [Place(start, current), *within]
    return Content(content.text[start:end], tuple(places), tables=tuple(tables), start=start, reader=content.reader)
