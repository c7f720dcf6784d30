"""How rows become text: a row is a line, a tab parts its cells, and what is too long comes in stretches."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, islice

from domain.content import Content, Place, Table
from domain.errors import Problem

_LOOKED_AT = 30
_AT_ONCE = 256
_OVERLAP = 1000
_LONGEST_HEADING = 60
_BREAKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029]+")
_HEADING = re.compile(
    r"\b(?:names?|forenames?|surnames?|titles?|dates?|d\.?o\.?b\.?|born|birth|age|sex|gender|address(?:es)?|street|town|"
    r"city|count(?:y|ry)|post ?code|e-?mails?|phones?|tel(?:ephone)?|mobile|fax|no|nos|num|numbers?|id|ids|ref|refs|"
    r"reference|code|type|kind|category|status|state|amount|total|sum|price|cost|value|salary|grade|pay|account|sort|iban|vat|"
    r"nhs|nino?|ni|upn|employee|payroll|pupil|client|customer|patient|supplier|department|dept|team|service|role|post|"
    r"job|school|ward|notes?|comments?|remarks|description|details|subject|reason|year|month|day|time|start|end|from|"
    r"to|created|modified|updated|owner|manager|by|key|field|column|first|last|middle|location|site|room|quantity|qty)\W*$",
    re.IGNORECASE,
)
"""Words that head columns. Only they can tell a row of headings from a row of names, where all cells are words."""


@dataclass(frozen=True, slots=True)
class Passage:
    """What stands under one place: lines, and below the first few of them (`above`) a table where it is one.

    `columns` are the headings of the table, whose line is made of them. `lines` may be read once.
    """

    place: str
    above: Sequence[str] = field(default=(), repr=False)
    columns: tuple[str, ...] = field(default=(), repr=False)
    lines: Iterable[str] = field(default=(), repr=False)
    is_table: bool = False


def cell_text(value: str) -> str:
    """A cell on one line: line ends and tabs in it become a space."""
    return value if value.isprintable() else _BREAKS.sub(" ", value)


def row_text(cells: Iterable[str]) -> str:
    """The line of a row, without the tabs of empty cells at its end: an empty row is an empty line."""
    return "\t".join(cells).rstrip("\t")


def sheet(place: str, rows: Iterable[Sequence[str]], above: Sequence[str] = ()) -> Passage:
    """A sheet of which nobody says where its headings stand, if it has any; its empty rows are left out."""
    left = iter(rows)
    first = list(islice(filter(any, left), _LOOKED_AT))
    at = heading_row(first)
    before = first[:at] if at is not None else []
    columns = tuple(_trimmed(first[at])) if at is not None else ()
    below = first[at + 1 :] if at is not None else first
    lines = filter(None, map(row_text, chain(below, left)))
    return Passage(place, (*above, *map(row_text, before)), columns, lines, is_table=bool(first))


def table(place: str, columns: Sequence[str], rows: Iterable[Sequence[str]], above: Sequence[str] = ()) -> Passage:
    """A table of a database, whose columns have names."""
    return Passage(place, above, tuple(map(cell_text, columns)), filter(None, map(row_text, rows)), is_table=True)


def sampled(count: int, most: int) -> tuple[range, ...]:
    """Which of so many rows to read: all where they are few, else as many of the first, the middle and the last."""
    if count <= most:
        return (range(count),)
    third = most // 3
    middle = (count - third) // 2
    return (range(third), range(middle, middle + third), range(count - third, count))


def heading_row(rows: Sequence[Sequence[str]]) -> int | None:
    """Which of the first rows of a sheet holds its headings, or None where none seems to.

    The first row as wide as those below it whose cells are short words, no two alike, and that either is of another
    kind than what follows (numbers, dates or addresses stand below its words) or is made of words that head columns.
    """
    for at, row in enumerate(rows[:-1]):
        following = rows[at + 1 : at + 11]
        if _could_head(row, following) and (_differs(row, following) or _names_columns(row)):
            return at
    return None


def in_stretches(passages: Iterable[Passage | Problem], limit: int, frame: Content) -> Content:
    """All passages as one content of at most `limit` characters, and what goes past it as stretches behind it.

    `frame` gives what is not text. A problem among the passages is carried by the last stretch.

    A stretch that goes on within a table begins with the line of its headings again, and one that goes on within a
    line (which only a line longer than a stretch makes it do) with the end of what went before. `start` is the offset
    in the whole text of the first character that is not such a repetition, less the length of the repetition; so
    `start + offset` is right for all that is new, and the whole text is what is new, one after the other.
    """
    stretches = _stretches(_events(passages), limit)
    first, has_more = next(stretches)
    rest = (replace(stretch, reader=frame.reader) for stretch, _ in stretches) if has_more else ()
    return replace(frame, text=first.text, places=first.places, tables=first.tables, problem=first.problem, rest=rest)


def _could_head(row: Sequence[str], following: Sequence[Sequence[str]]) -> bool:
    filled = [cell for cell in row if cell]
    width = max(sum(map(bool, other)) for other in following)
    is_wide = len(filled) >= max(width * 0.6, 1 if width == 1 else 2)
    return is_wide and len(set(filled)) == len(filled) and all(map(_is_short_word, filled))


def _is_short_word(cell: str) -> bool:
    letters = sum(map(str.isalpha, cell))
    digits = sum(map(str.isdigit, cell))
    return letters > digits and "@" not in cell and len(cell) <= _LONGEST_HEADING and cell.count(" ") < 8


def _differs(row: Sequence[str], following: Sequence[Sequence[str]]) -> bool:
    """Whether in some column most of what stands below the word is no word."""
    for column, heading in enumerate(row):
        below = [other[column] for other in following if column < len(other) and other[column]]
        if heading and below and sum(not _is_short_word(cell) for cell in below) * 2 > len(below):
            return True
    return False


def _names_columns(row: Sequence[str]) -> bool:
    """Whether more than half of the cells end in a word that heads columns."""
    filled = [cell for cell in row if cell]
    return sum(_HEADING.search(cell) is not None for cell in filled) * 2 > len(filled)


def _trimmed(row: Sequence[str]) -> Sequence[str]:
    width = max((at + 1 for at, cell in enumerate(row) if cell), default=0)
    return row[:width]


@dataclass(frozen=True, slots=True)
class _Opened:
    """From here on the text is of this place, and of this table where there is one."""

    place: str | None = None
    columns: tuple[str, ...] | None = None


def _events(passages: Iterable[Passage | Problem]) -> Iterator[_Opened | Problem | list[str]]:
    for passage in passages:
        if isinstance(passage, Problem):
            yield passage
            continue
        yield _Opened(passage.place)
        if passage.above:
            yield list(passage.above)
        if passage.is_table:
            yield _Opened(columns=passage.columns)
            if any(passage.columns):
                yield [row_text(passage.columns)]
        lines = iter(passage.lines)
        while block := list(islice(lines, _AT_ONCE)):
            yield block


class _Stretch:
    """One stretch as it grows. `repeated` of its characters stood in the one before."""

    def __init__(self, offset: int, place: str | None, columns: tuple[str, ...] | None, repeated: str) -> None:
        self.start = offset - len(repeated)
        self.pieces = [repeated] if repeated else []
        self.size = len(repeated)
        self.is_new = True
        self.places = [Place(0, place)] if place is not None else []
        self.tables: list[Table] = []
        self.place, self.columns, self.table_from = place, columns, 0

    def open(self, opened: _Opened) -> None:
        self.close_table()
        self.columns, self.table_from = opened.columns, self.size
        if opened.place is None:
            return
        self.place = opened.place
        if self.places and self.places[-1].start == self.size:
            self.places.pop()  # There was nothing in it.
        if not self.places or self.places[-1].name != self.place:
            self.places.append(Place(self.size, self.place))

    def close_table(self) -> None:
        if self.columns is not None and self.size > self.table_from:
            self.tables.append(Table(self.table_from, self.size, self.columns))

    def add(self, text: str) -> None:
        self.pieces.append(text)
        self.size += len(text)
        self.is_new = False

    def content(self, problem: Problem | None = None) -> Content:
        self.close_table()
        """The stretch, its places and tables by their offsets in the whole text."""
        at = self.start
        places = (place for place in self.places if place.start < self.size or not self.size)
        tables = (Table(at + table.start, at + table.end, table.columns) for table in self.tables)
        return Content(
            "".join(self.pieces), tuple(Place(at + place.start, place.name) for place in places), problem,
            tables=tuple(tables), start=at,
        )  # fmt: skip

    def following(self, limit: int, overlap: str) -> _Stretch:
        is_within = self.columns and self.size > self.table_from and not overlap
        heading = row_text(self.columns) + "\n" if self.columns and is_within else ""
        repeated = overlap or (heading if len(heading) <= limit // 4 else "")
        return _Stretch(self.start + self.size, self.place, self.columns, repeated)


def _stretches(events: Iterable[_Opened | Problem | list[str]], limit: int) -> Iterator[tuple[Content, bool]]:
    """Each stretch, and whether there is one behind it."""
    problem = None
    stretch = _Stretch(0, None, None, "")
    for event in events:
        if isinstance(event, _Opened):
            stretch.open(event)
        elif isinstance(event, Problem):
            problem = problem or event
        else:
            for text in _blocks(event, limit - stretch.size):
                if stretch.size + len(text) <= limit:
                    stretch.add(text)
                    continue
                full, stretch = _overflowing(stretch, text, limit)
                yield from ((content, True) for content in full)
    yield stretch.content(problem), False


def _blocks(lines: list[str], room: int) -> Iterable[str]:
    """Many lines at once where they fit, else each by itself."""
    text = "\n".join(lines) + "\n"
    return [text] if len(text) <= room else (f"{line}\n" for line in lines)


def _overflowing(stretch: _Stretch, line: str, limit: int) -> tuple[list[Content], _Stretch]:
    """The stretches that are full with a line that does not fit, and the one behind them, in which there is room."""
    full: list[Content] = []
    if not stretch.is_new:
        full.append(stretch.content())
        stretch = stretch.following(limit, "")
    for piece in _pieces(line, limit - stretch.size, limit):
        if not stretch.is_new:
            overlap = stretch.pieces[-1][-_overlap(limit) :]
            full.append(stretch.content())
            stretch = stretch.following(limit, overlap)
        stretch.add(piece)
    return full, stretch


def _pieces(line: str, room: int, limit: int) -> Iterator[str]:
    """A line in pieces: the first fits the room there is, each other a stretch of its own behind the overlap."""
    yield line[:room]
    step = max(limit - _overlap(limit), 1)
    for at in range(room, len(line), step):
        yield line[at : at + step]


def _overlap(limit: int) -> int:
    return max(min(_OVERLAP, limit // 4), 1)
