"""The rows that dumps of databases write: INSERT statements of every dialect, and PostgreSQL's COPY."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from classifiers.columns.fields import heading_of
from classifiers.columns.records import Gathering
from classifiers.columns.rows import MOST_COLUMNS

_PART = r'(?:[\w$#@]{1,128}|`[^`\n]{1,128}`|"[^"\n]{1,128}"|\[[^\]\n]{1,128}\])'
_TABLE = rf"{_PART}(?:\s?\.\s?{_PART}){{0,3}}"
_LIST = r"(?:\s{0,9}\(([^()';]{1,20000})\))?+"
_STATEMENT = re.compile(
    rf"\b(?i:INSERT\s{{1,9}}(?:(?:LOW_PRIORITY|DELAYED|HIGH_PRIORITY|IGNORE|ALL|OR\s\w+)\s{{1,9}})?(?:INTO\s{{1,9}})?"
    rf"|REPLACE\s{{1,9}}INTO\s{{1,9}}|INTO\s{{1,9}})({_TABLE}){_LIST}"
    rf"\s{{0,9}}(?i:(?:OVERRIDING\s\w+\sVALUE\s{{1,9}})?VALUES?\b)"
    rf"|^(?i:COPY)\s{{1,9}}({_TABLE}){_LIST}\s{{1,9}}(?i:FROM\s{{1,9}}stdin)[^\n;]{{0,200}};[ \t\r]{{0,9}}\n"
    rf"|\b(?i:CREATE\s{{1,9}}(?:\w+\s{{1,9}}){{0,2}}TABLE\s{{1,9}}(?:IF\s+NOT\s+EXISTS\s{{1,9}})?)({_TABLE})\s{{0,9}}\(",
    re.MULTILINE,
)
_ENDS = r"\s{0,9}(?:[,);]|::|\Z)|\s(?i:as|from)\s"


def _token(escape: str) -> re.Pattern[str]:
    """A string in either quotes, a sign, a comment or a word; a backslash escapes as `escape` says."""
    single, double = (
        rf"{quote}((?:[^{quote}\\]++|{quote}{quote}|{escape.format(quote)}|\\|{quote}(?!{_ENDS}))*+){quote}"
        for quote in ("'", '"')
    )
    return re.compile(rf"""\s*+(?:[NnEeBbXx]?{single}|{double}|([(),;])|(--[^\n]*+|/\*)|([^\s'"(),;]++))""")


_TOKEN, _TOKEN_WITH_ESCAPES = _token(r"\\(?!{}\s{{0,9}}[,);])[\s\S]"), _token(r"\\[\s\S]")
_IS_ESCAPED = re.compile(r"\\'(?!\s{0,9}[,);])")
"""Where a backslash escapes quotes, some of them do not stand where a string could end."""
_CLOSED = re.compile(r"\)\s{0,9}(?:,\s{0,9}(?=\()|;)")
_NOT_COLUMNS = re.compile(
    r"(?i)(?:PRIMARY|UNIQUE|KEY|INDEX|CONSTRAINT|FOREIGN|CHECK|FULLTEXT|SPATIAL|EXCLUDE|PERIOD|LIKE)\b"
)
_SIGNS = re.compile(r"[(),;]|'[^'\n]*+'")
_COLUMN = re.compile(rf"\s*({_PART})\s")
_SAID_BY_DUMPS = ("INSERT", "Insert", "insert", "REPLACE", "replace into", "COPY ", "copy ")
_QUOTES = '`"[] \t\r\n'
_LONGEST_DEFINITION = 40_000


@dataclass(slots=True)
class Dump:
    """Reads the rows of one text, stretch by stretch. It remembers the columns of the tables that were made, and the
    statement that a stretch broke off, whose rows the next stretch goes on with.
    """

    _made: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _open: tuple[str, tuple[str, ...], bool] | None = None

    def gather(self, text: str, found: Gathering) -> None:
        """Take in the rows of a stretch."""
        if self._open is None and not any(word in text for word in _SAID_BY_DUMPS):
            return
        token = _TOKEN_WITH_ESCAPES if _IS_ESCAPED.search(text) else _TOKEN
        at = 0
        if self._open is not None:
            table, columns, is_copied = self._open
            at = self._rows(text, 0, _Rows(found, token, table, columns), is_copied=is_copied, is_cut=True)
        while at < len(text) and (statement := _STATEMENT.search(text, at)):
            at = self._statement(text, statement, found, token)

    def _statement(self, text: str, statement: re.Match[str], found: Gathering, token: re.Pattern[str]) -> int:
        inserted, listed, copied, copied_columns, made = statement.groups()
        if made:
            columns, at = _definition(text, statement.end())
            self._made[_plain(made)] = columns
            return at
        listed = listed or copied_columns
        columns = tuple(map(_bare, listed.split(","))) if listed else ()
        rows = _Rows(found, token, _plain(inserted or copied), columns)
        return self._rows(text, statement.end(), rows, is_copied=bool(copied), is_cut=False)

    def _rows(self, text: str, at: int, rows: _Rows, *, is_copied: bool, is_cut: bool) -> int:
        """Where the statement's rows end; it stays open where the text ends first."""
        self._open = (rows.table, rows.columns, is_copied)
        rows = replace(rows, columns=rows.columns or self._made.get(rows.table, ()))
        end = _copied(text, at, rows, is_cut=is_cut) if is_copied else _inserted(text, at, rows, is_cut=is_cut)
        if end < len(text) or text.endswith(";"):
            self._open = None
        return end


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where the rows of one statement go, and how they are written."""

    found: Gathering
    token: re.Pattern[str]
    table: str
    columns: tuple[str, ...]

    @property
    def kind(self) -> int:
        return self.found.kind(("sql", self.table, self.columns))

    def column(self, at: int) -> int:
        name = self.columns[at] if at < len(self.columns) else ""
        return self.found.column(self.kind, at, heading_of((name,)))


def _inserted(text: str, at: int, rows: _Rows, *, is_cut: bool) -> int:
    """Rows in brackets, up to a semicolon or a word that is in none."""
    if is_cut:
        begins = _CLOSED.search(text, at)
        if begins is None or begins[0].endswith(";"):
            return begins.end() if begins else 0
        at = begins.end()
    row = _Row(rows)
    while token := rows.token.match(text, at):
        at = token.end()
        if token[4]:
            at = _behind_comment(text, at, token[4])
        elif token[3] == ";":
            return at
        elif token[3]:
            row.take_sign(token[3], at)
        elif row.depth == 0:
            return token.start()
        else:
            row.take_value(token)
    return len(text)


@dataclass(slots=True)
class _Row:
    """The row that is being read. The first string or number between two commas is the cell, in whatever function."""

    rows: _Rows
    depth: int = 0
    _record: int = 0
    _column: int = 0
    _is_filled: bool = False

    def take_sign(self, sign: str, at: int) -> None:
        if sign == "(":
            self.depth += 1
            if self.depth == 1:
                self._record, self._column, self._is_filled = self.rows.found.begin(self.rows.kind, at), 0, False
        elif sign == "," and self.depth == 1:
            self._column, self._is_filled = self._column + 1, False
        elif sign == ")" and self.depth:
            self.depth -= 1
            if self.depth == 0:
                self.rows.found.end(self._record, at - 1)

    def take_value(self, token: re.Match[str]) -> None:
        group = 1 if token[1] is not None else 2 if token[2] is not None else 5
        if self._is_filled or self._column >= MOST_COLUMNS or (group == 5 and not _is_literal(token[5])):
            return
        self._is_filled = True
        self.rows.found.cell(self._record, self.rows.column(self._column), *token.span(group))


def _is_literal(word: str) -> bool:
    """Whether it is a number or the like, and no NULL and no name of a function."""
    return not word.isidentifier()


def _behind_comment(text: str, at: int, comment: str) -> int:
    if comment.startswith("--"):
        return at
    end = text.find("*/", at)
    return len(text) if end < 0 else end + 2


def _copied(text: str, at: int, rows: _Rows, *, is_cut: bool) -> int:
    """Lines of cells that tabs part, up to one with a backslash and a point."""
    if is_cut:
        at = text.find("\n", at) + 1 or len(text)
    while at < len(text):
        end = text.find("\n", at)
        end = len(text) if end < 0 else end
        line = text[at:end].rstrip("\r")
        if line == "\\.":
            return end
        record = rows.found.begin(rows.kind, at)
        start = at
        for column, cell in enumerate(line.split("\t", MOST_COLUMNS)[:MOST_COLUMNS]):
            if cell and cell != "\\N":
                rows.found.cell(record, rows.column(column), start, start + len(cell))
            start += len(cell) + 1
        rows.found.end(record, end)
        at = end + 1
    return len(text)


def _definition(text: str, at: int) -> tuple[tuple[str, ...], int]:
    """The columns of a table that is made, and where that ends."""
    columns: list[str] = []
    depth, begins = 1, at
    for sign in _SIGNS.finditer(text, at, at + _LONGEST_DEFINITION):
        depth += (sign[0] == "(") - (sign[0] == ")")
        if sign[0] == ";" or depth == 0 or (sign[0] == "," and depth == 1):
            item = _COLUMN.match(text, begins, sign.end())
            if item and not _NOT_COLUMNS.match(item[1]):
                columns.append(_bare(item[1]))
            begins = sign.end()
        if sign[0] == ";" or depth == 0:
            return tuple(columns), sign.end()
    return tuple(columns), min(len(text), at + _LONGEST_DEFINITION)


def _plain(table: str) -> str:
    """The name of a table alone, however it is quoted and whosever it is."""
    return re.split(r"\.(?![^\[`\"]*[\]`\"]$)", table)[-1].strip(_QUOTES).lower()


def _bare(column: str) -> str:
    return column.strip(_QUOTES)
