"""Text and the spans within it, made together, so that no span can drift from its words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` hold one value of `kind`; `origin` is that of a person's name."""

    kind: str
    start: int
    end: int
    origin: str | None = None


@dataclass(frozen=True, slots=True)
class Marked:
    """Text, its spans, and what is said in it of a person (HEALTH, CHILD, CRIME ...)."""

    text: str = ""
    spans: tuple[Span, ...] = ()
    flags: frozenset[str] = frozenset()

    def upper(self) -> Marked:
        return replace(self, text=self.text.upper())


@dataclass(frozen=True, slots=True)
class Edit:
    """Put `text` in the place of characters `start` to `end`, which no border of a span may cross."""

    start: int
    end: int
    text: str


def mark(kind: str, text: str, origin: str | None = None) -> Marked:
    return Marked(text, (Span(kind, 0, len(text), origin),))


def join(parts: Iterable[Marked | str], separator: str = "") -> Marked:
    """The parts in a row; each span moves with its words."""
    texts: list[str] = []
    spans: list[Span] = []
    flags: set[str] = set()
    at = 0
    for number, part in enumerate(parts):
        piece = Marked(part) if isinstance(part, str) else part
        lead = separator if number else ""
        at += len(lead)
        texts += [lead, piece.text]
        spans += [replace(span, start=span.start + at, end=span.end + at) for span in piece.spans]
        flags |= piece.flags
        at += len(piece.text)
    return Marked("".join(texts), tuple(spans), frozenset(flags))


def edited(marked: Marked, edits: Sequence[Edit]) -> Marked:
    """The text after edits in ascending order; an insertion at a border stays outside the span."""
    texts: list[str] = []
    at = 0
    for edit in edits:
        texts += [marked.text[at : edit.start], edit.text]
        at = edit.end
    texts.append(marked.text[at:])
    spans = tuple(replace(span, start=_start(span, edits), end=_end(span, edits)) for span in marked.spans)
    return replace(marked, text="".join(texts), spans=spans)


def _start(span: Span, edits: Sequence[Edit]) -> int:
    return span.start + sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.end <= span.start)


def _end(span: Span, edits: Sequence[Edit]) -> int:
    return span.end + sum(len(edit.text) - (edit.end - edit.start) for edit in edits if edit.start < span.end)
