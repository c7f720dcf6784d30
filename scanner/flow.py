"""Text as it is put together from a document: paragraphs, rows of tables, and where each stretch stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from domain.content import Place, Table
from scanner.tables import heading_row

_COLUMNS = 1_000
_LOOKED_AT = 30
_ENDED = (".", ",", ";", ":", "!", "?")


class FullError(Exception):
    """There is more text than was asked for. What was put together until then is kept."""


class Flow:
    """Takes what a reader meets in its order and gives the text with its places and tables.

    A paragraph inside another (a text box, a note) becomes a line of its own before it, so that neither is cut in two.
    A row is a line and a tab parts its cells; a table inside a cell stands between what is before and behind it, and
    the outer one then has no columns. Raises FullError where there are more than `limit` characters.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._lines: list[str] = []
        self._length = 0
        self._places: list[Place] = []
        self._found: list[Table] = []
        self._paragraphs: list[list[str]] = []
        self._tables: list[_OpenTable] = []
        self._rows: list[_Row] = []
        self._cells: list[list[str]] = []
        self._forms = _Forms()

    @property
    def length(self) -> int:
        return min(self._length, self._limit)

    @property
    def text(self) -> str:
        return "".join(self._lines)[: self._limit]

    @property
    def places(self) -> tuple[Place, ...]:
        """The places that have text."""
        ends = [*(place.start for place in self._places[1:]), self.length]
        return tuple(place for place, end in zip(self._places, ends, strict=False) if place.start < end)

    @property
    def tables(self) -> tuple[Table, ...]:
        end = self.length
        kept = sorted((table for table in self._found if table.start < end), key=lambda table: table.start)
        return tuple(Table(table.start, min(table.end, end), table.columns) for table in kept)

    def place(self, name: str) -> None:
        """What follows stands there; what an ill-made part left open before ends here."""
        self.close()
        self._places.append(Place(self._length, name))

    def close(self) -> None:
        """End all that is still open."""
        self._forms = _Forms()
        while self._paragraphs:
            self.end_paragraph()
        while self._cells:
            self.end_cell()
        while self._rows:
            self.end_row()
        while self._tables:
            self.end_table()

    def start_paragraph(self) -> None:
        self._paragraphs.append([])

    def write(self, piece: str) -> None:
        """Go on with the paragraph; outside of any, a piece is a line of its own."""
        if self._paragraphs:
            self._paragraphs[-1].append(piece)
        else:
            self.line(piece)

    def end_paragraph(self) -> None:
        if self._paragraphs:
            self.line("".join(self._paragraphs.pop()))

    def line(self, line: str) -> None:
        """A whole line, or several. Blank ones are left out."""
        line = line.strip()
        if not line or self._forms.repeats(line):
            return
        if self._cells:
            self._cells[-1].append(line)
        else:
            self._put(line)

    def start_table(self) -> None:
        if self._tables:
            self._tables[-1].is_plain = False
            self._flush()
        self._tables.append(_OpenTable())

    def end_table(self) -> None:
        table = self._tables.pop().closed(self._length) if self._tables else None
        if table is not None:
            self._found.append(table)

    def start_row(self) -> None:
        self._rows.append(_Row())

    def end_row(self, times: int = 1) -> None:
        """End a row that stands there `times` times."""
        cells = self._rows.pop().cells if self._rows else []
        if not cells:
            return
        if self._tables:
            self._tables[-1].meet(cells, self._length)
        line = "\n".join(cells[0]) if len(cells) == 1 else "\t".join(map(_one_line, cells))
        for _ in range(times):
            self._put(line)

    def start_cell(self) -> None:
        self._cells.append([])

    def end_cell(self, width: int = 1, *, is_repeated: bool = False) -> None:
        """End a cell that is `width` columns wide, or stands in each of them."""
        if not self._cells:
            return
        lines = self._cells.pop()
        if not self._rows:
            for line in lines:
                self.line(line)
            return
        self._rows[-1].add(lines, width, is_repeated=is_repeated)

    def start_forms(self) -> None:
        """What follows stands there in several forms, of which the same text is kept once."""
        self._forms.start(self._paragraphs[-1] if self._paragraphs else [])

    def start_form(self, *, again: bool) -> None:
        """`again`: not the preferred form, so of it only what is in no other."""
        self._forms.start_form(again=again)

    def end_form(self) -> None:
        self._forms.end_form()

    def end_forms(self) -> None:
        self._forms.end()

    def _put(self, line: str) -> None:
        self._lines.append(line)
        self._lines.append("\n")
        self._length += len(line) + 1
        if self._length > self._limit:
            raise FullError

    def _flush(self) -> None:
        """Put out what the open row has so far, because a table inside it follows."""
        if self._rows:
            before = [_one_line(cell) for cell in self._rows[-1].cells if cell]
            self._rows[-1] = _Row()
            if before:
                self._put("\t".join(before))
        if self._cells:
            lines = self._cells[-1][:]
            self._cells[-1].clear()
            for line in lines:
                self._put(line)


@dataclass(slots=True)
class _Row:
    """The cells up to the last with text, each its lines, and how many empty ones stand behind it."""

    cells: list[list[str]] = field(default_factory=list)
    gap: int = 0

    def add(self, lines: list[str], width: int, *, is_repeated: bool) -> None:
        room = _COLUMNS - len(self.cells)
        if not lines:
            self.gap += width
        elif room <= 0:
            self.cells[-1] += lines
        else:
            self.cells += [[] for _ in range(min(self.gap, room - 1))]
            self.cells.append(lines)
            copies = min(width, _COLUMNS) - 1 if is_repeated else 0
            self.cells += [lines[:] for _ in range(min(copies, _COLUMNS - len(self.cells)))]
            self.gap = 0 if is_repeated else max(width - 1, 0)


@dataclass(slots=True)
class _OpenTable:
    """The first rows of a table and where they stand, among which its headings are looked for."""

    rows: list[list[str]] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    is_plain: bool = True

    def meet(self, cells: list[list[str]], at: int) -> None:
        if len(self.rows) < _LOOKED_AT:
            self.rows.append([" ".join(" ".join(lines).split()) for lines in cells])
            self.starts.append(at)

    def closed(self, end: int) -> Table | None:
        """The table, where it has headings."""
        at = heading_row(self.rows) if self.is_plain else None
        return None if at is None else Table(self.starts[at], end, tuple(self.rows[at]))


@dataclass(slots=True)
class _Form:
    """`pieces` is the paragraph that all forms stand in, `at` where in it the present one began."""

    pieces: list[str]
    at: int = 0
    again: bool = False
    texts: set[str] = field(default_factory=set)


class _Forms:
    """Forms of the same text, open one inside the other, and the lines that the preferred ones had."""

    def __init__(self) -> None:
        self._open: list[_Form] = []
        self._lines: set[str] = set()
        self._again = 0

    def repeats(self, line: str) -> bool:
        if not self._open:
            return False
        is_known = line in self._lines
        self._lines.add(line)
        return is_known and self._again > 0

    def start(self, pieces: list[str]) -> None:
        self._open.append(_Form(pieces))

    def start_form(self, *, again: bool) -> None:
        if self._open:
            form = self._open[-1]
            form.at, form.again = len(form.pieces), again
            self._again += again

    def end_form(self) -> None:
        if not self._open:
            return
        form = self._open[-1]
        text = "".join(form.pieces[form.at :])
        if form.again:
            self._again -= 1
            if text in form.texts:
                del form.pieces[form.at :]
        form.again = False
        form.texts.add(text)

    def end(self) -> None:
        if self._open:
            self._open.pop()
        if not self._open:
            self._lines.clear()


def _one_line(lines: Sequence[str]) -> str:
    """The paragraphs of a cell on one line, parted so that two numbers do not become one."""
    kept = [" ".join(line.split()) for line in lines]
    return "".join(_joined(line, is_last=index == len(kept) - 1) for index, line in enumerate(kept))


def _joined(line: str, *, is_last: bool) -> str:
    return line if is_last else line + (" " if line.endswith(_ENDED) else ", ")
