"""Tables in text: which heading a cell stands under. Delimited by tabs, or by commas as CSV is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, field

import regex

_BLOCK = regex.compile(r"(?:\A|\n[ \t]*\r?\n)\s*(?=\S)")
_QUOTED = regex.compile(r'"[^"\n]*"')
_LETTER = regex.compile(r"\p{L}")
_VALUE = regex.compile(r"\d{5}|@|\d[/.-]\d")
_LONGEST_HEADER = 4_000


@dataclass(frozen=True, slots=True)
class Headings:
    """The first line of every block of a text, where it looks like a table's head.

    A block ends at an empty line. Its first line is a head where it could name columns: see `is_head`.
    """

    text: str = field(repr=False)
    _starts: tuple[int, ...] = field(default=(), repr=False)
    _heads: dict[int, str] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, text: str) -> Headings:
        return cls(text, tuple(match.end() for match in _BLOCK.finditer(text)))

    def line_of(self, offset: int) -> str:
        """The head of the table that `offset` stands in; "" where it stands in none, or in the head itself."""
        index = bisect_right(self._starts, offset)
        start = self._starts[index - 1] if index else 0
        head = self._head_at(start)
        return head if offset > start + len(head) else ""

    def _head_at(self, start: int) -> str:
        if start not in self._heads:
            line = self.text[start : start + _LONGEST_HEADER].partition("\n")[0].rstrip("\r")
            self._heads[start] = line if is_head(line) else ""
        return self._heads[start]

    def over(self, offset: int) -> str:
        """The heading of the column that `offset` stands in, or ""."""
        head = self.line_of(offset)
        if not head:
            return ""
        delimiter = delimiter_of(head)
        line_start = self.text.rfind("\n", 0, offset) + 1
        row = self.text[line_start : offset + _LONGEST_HEADER].partition("\n")[0]
        if delimiter == "," and _QUOTED.sub("", row).count(",") < head.count(","):
            return ""  # a line of prose, whose commas are few
        column = _QUOTED.sub("", row[: offset - line_start]).count(delimiter)
        cells = head.split(delimiter)
        return cells[column].strip(' "') if column < len(cells) else ""


def delimiter_of(line: str) -> str:
    return "\t" if "\t" in line else ","


def is_head(line: str) -> bool:
    """Whether a line could name columns: two short cells or more, each with a letter, and nothing that is a value."""
    cells = [cell.strip() for cell in line.split(delimiter_of(line))]
    filled = [cell for cell in cells if cell]
    wordy = all(len(cell) <= 40 and _LETTER.search(cell) and not cell.endswith((".", "!")) for cell in filled)
    return len(filled) >= 2 and wordy and not _VALUE.search(line)
