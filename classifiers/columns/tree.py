"""Fields that lie in each other, as in JSON and XML, made records of."""

from __future__ import annotations

from typing import NamedTuple

from classifiers.columns.fields import heading_of
from classifiers.columns.records import Gathering

DEEPEST = 200
_NAMES_KEPT = 3
_LONGEST_CELL = 2_000


class _Frame(NamedTuple):
    """What is open: the record that its fields belong to, of which kind, and the names that lead to it there."""

    name: str
    record: int
    kind: int
    names: tuple[str, ...]
    is_item: bool


class Tree:
    """Takes in fields and what they lie in, in the order of the text.

    An item of a list is a record of its own; what lies in a field is part of the record that the field belongs to.
    """

    def __init__(self, found: Gathering, form: str) -> None:
        self._found, self._root = found, found.kind(form)
        self._frames: list[_Frame] = []
        self._record = -1
        self._too_deep = 0

    def open(self, name: str, at: int, *, is_item: bool) -> None:
        """A field, or an item of a list, begins that has fields itself."""
        if len(self._frames) >= DEEPEST:
            self._too_deep += 1
            return
        around = self._frames[-1] if self._frames else None
        if around is None and not is_item:
            self._frames.append(_Frame(name, self._outermost(at), self._root, _inside((), name), is_item=False))
        elif is_item or around is None:
            outer = around.kind if around else -1
            kind = (
                self._found.kind((outer, around.names if around else (), name), outer) if around or name else self._root
            )
            self._frames.append(_Frame(name, self._found.begin(kind, at), kind, _inside((), name), is_item=True))
        else:
            self._frames.append(_Frame(name, around.record, around.kind, _inside(around.names, name), is_item=False))

    def close(self, at: int) -> None:
        """What was opened last ends; where nothing was, the text begins in the middle of it."""
        if self._too_deep:
            self._too_deep -= 1
        elif self._frames:
            frame = self._frames.pop()
            if frame.is_item:
                self._found.end(frame.record, at)
        else:
            self._record = -1

    def is_in(self, name: str) -> bool:
        """Whether what was opened last is called this."""
        return bool(self._frames) and self._frames[-1].name == name and not self._too_deep

    def value(self, name: str, start: int, end: int) -> None:
        """A field with a value."""
        if end - start > _LONGEST_CELL or self._too_deep:
            return
        frame = self._frames[-1] if self._frames else _Frame("", self._outermost(start), self._root, (), is_item=False)
        names = (*frame.names, name)
        self._found.cell(frame.record, self._found.column(frame.kind, names, heading_of(names)), start, end)

    def _outermost(self, at: int) -> int:
        """The record of fields that lie in nothing."""
        if self._record < 0:
            self._record = self._found.begin(self._root, at)
        return self._record


def _inside(names: tuple[str, ...], name: str) -> tuple[str, ...]:
    return (*names, name)[-_NAMES_KEPT:] if name else names
