"""How the text of a page is laid out in lines: its white space, its blocks, its tables."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from domain.content import Table
from scanner.tables import heading_row

_INVISIBLE = re.compile("[\u00ad\u200b\u200c\u2060\ufeff]")
_DEEPEST_TABLE = 50
_WIDEST = 100
_LOOKED_AT = 12


@dataclass(slots=True)
class _OpenTable:
    """A table that is being read. Of its first rows it is kept where they begin: the character and the piece.

    `breaks` are the pieces that end a line inside one of its cells; `headings` and `width` are those of the first row.
    """

    rows: list[tuple[int, int]] = field(default_factory=list)
    cells: int = 0
    headings: int = 0
    width: int = 0
    ended: int = 0
    is_plain: bool = True
    breaks: list[int] = field(default_factory=list)


class Lines:
    """White space is made one, a block or a row stands on lines of its own, tabs part the cells of a row.

    A table with others inside, with cells that span rows or without headings is laid out alike but not named one.
    """

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.length = 0
        self.tables: list[Table] = []
        self._last = "\n"
        self._open: list[_OpenTable] = []

    def word(self, word: str) -> None:
        """Go on with a word that has no white space about it."""
        self.pieces.append(word)
        self.length += len(word)
        self._last = word[-1]

    def text(self, text: str) -> None:
        if not text.isascii():
            text = _INVISIBLE.sub("", text)
        words = " ".join(text.split())
        if words:
            lead = " " if text[0].isspace() and self._last not in " \n\t" else ""
            self.word(f"{lead}{words} " if text[-1].isspace() else lead + words)
        elif text:
            self.space()

    def space(self) -> None:
        if self._last not in " \n\t":
            self.word(" ")

    def verbatim(self, text: str) -> None:
        """Text whose line ends count; in a table they do not."""
        if self._open:
            self.text(text)
        elif shown := _INVISIBLE.sub("", text.replace("\xa0", " ")):
            self.word(shown)

    def line(self) -> None:
        """End the line, if something stands in it."""
        if self._last not in "\n\t":
            self.line_break()

    def line_break(self) -> None:
        """End the line; of empty lines one is enough."""
        if self._last == "\n" and (len(self.pieces) < 2 or self.pieces[-2][-1] == "\n"):
            return
        if self._open and self._open[-1].cells:
            self._open[-1].breaks.append(len(self.pieces))
        self.word("\n")

    def start_table(self) -> None:
        self.line()
        for table in self._open:
            table.is_plain = False
        if len(self._open) < _DEEPEST_TABLE:
            self._open.append(_OpenTable())

    def row(self) -> None:
        self.end_row()
        self._whole_line()
        if self._open and len(self._open[-1].rows) <= _LOOKED_AT:
            self._open[-1].rows.append((self.length, len(self.pieces)))

    def cell(self, columns: int = 1, rows: int = 1, *, is_heading: bool = False) -> None:
        if not self._open:
            self.word("\t")
            return
        table = self._open[-1]
        if not table.rows:
            self.row()
        width = min(columns, _WIDEST)
        if table.cells or width > 1:
            self.word("\t" * (width if table.cells else width - 1))
        table.cells += width
        if rows != 1:
            table.is_plain = False
        if not table.ended:
            table.headings += is_heading
            table.width = table.cells
            table.is_plain &= columns == 1  # A heading over several columns is the heading of none.

    def end_row(self) -> None:
        if self._open and self._open[-1].cells:
            self._open[-1].cells = 0
            self._open[-1].ended += 1
            self.word("\n")

    def end_table(self) -> None:
        if not self._open:
            self.line()
            return
        self.end_row()
        table = self._open.pop()
        if table.is_plain and table.ended > 1 and table.width > 1:
            for piece in table.breaks:
                self.pieces[piece] = " "
            self._name(table)
        self._whole_line()

    def end(self) -> None:
        """End what was left open."""
        while self._open:
            self.end_table()

    def _whole_line(self) -> None:
        if self._last != "\n":
            self.word("\n")

    def _name(self, table: _OpenTable) -> None:
        """Keep a table with a row of headings: the first, where its cells say so, or one that looks it."""
        ends = [*(piece for _, piece in table.rows[1:]), len(self.pieces)]
        rows = [_cells(self.pieces[piece:end]) for (_, piece), end in zip(table.rows, ends, strict=True)]
        at = 0 if table.headings == table.width else heading_row(rows[:_LOOKED_AT])
        if at is not None and any(rows[at]):
            self.tables.append(Table(table.rows[at][0], self.length, tuple(rows[at])))


def _cells(pieces: list[str]) -> list[str]:
    return [" ".join(cell.split()) for cell in "".join(pieces).partition("\n")[0].split("\t")]
