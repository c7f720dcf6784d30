from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import Any

import regex
from presidio_analyzer import EntityRecognizer, RecognizerResult

from classifiers.columns.found_records import records_in
from classifiers.columns.one_column import Verdict
from classifiers.columns.records import Records, meant
from classifiers.columns.rows import bare, cells_of_row, margin, rows_of
from classifiers.columns.values import certainty
from classifiers.columns.verdict import JudgedTable, judged_tables
from classifiers.columns.vocabulary import NamePart
from classifiers.layout import Layout, tables_in
from classifiers.recognizers.names import BETWEEN_FIELDS
from classifiers.recognizers.postcode import Postcode
from domain.finding import KINDS, Category

_OF_TERMS = (Category.SPECIAL, Category.CRIMINAL, Category.CHILDREN)
_POSTCODE = regex.compile(rf"{Postcode.pattern}\W*\Z")
_PARTS = (NamePart.FIRST, NamePart.MIDDLE, NamePart.LAST)


class ByColumn(EntityRecognizer):  # type: ignore[misc]  # Presidio is untyped
    """The cells of columns that were judged to be of a kind: names, numbers, dates of birth, passwords and the rest.

    First names and a surname in neighbouring cells are one name, with what divides them. A table that nobody has
    judged yet is judged here.
    """

    def __init__(self) -> None:
        super().__init__([kind for kind, category in KINDS.items() if category not in _OF_TERMS], context=[])

    def load(self) -> None:
        """Nothing to load."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: Any) -> list[RecognizerResult]:
        del entities
        return [
            RecognizerResult(kind, start, end, score, recognition_metadata={})
            for table in _tables(text, nlp_artifacts)
            for kind, start, end, score in values_in(text, table)
        ]


def _tables(text: str, artifacts: Any) -> Sequence[JudgedTable | Records]:
    """The tables that were judged before the text came here, even if there are none; else those that it has."""
    known = tables_in(artifacts)
    judged = [table for table in known if isinstance(table, (JudgedTable, Records))]
    if isinstance(artifacts, Layout) and len(judged) == len(known):
        return judged
    records = records_in(text, known)
    return [*judged_tables(text, [*known, *records]), *records]


def values_in(text: str, table: JudgedTable | Records) -> Iterator[tuple[str, int, int, float]]:
    """Kind, start, end and score of the value of each cell that bears out the verdict on its column."""
    return _values_of_records(text, table) if isinstance(table, Records) else _values_of_rows(text, table)


def _values_of_rows(text: str, table: JudgedTable) -> Iterator[tuple[str, int, int, float]]:
    judged = [(at, verdict) for at, verdict in enumerate(table.verdicts) if verdict.kind]
    for row in rows_of(text, table) if judged else ():
        cells = cells_of_row(row.line, table.delimiter)
        starts = _starts(row.start, cells)
        yield from _joined([
            (at, verdict, starts[at] + margin(cells[at]), value)
            for at, verdict in judged
            if at < len(cells) and (value := _value(cells[at], verdict))
        ])  # fmt: skip


def _values_of_records(text: str, records: Records) -> Iterator[tuple[str, int, int, float]]:
    of_record = records.cells.records
    values = []
    for at in records.within(0, len(text)):
        verdict = records.verdict(records.cells.columns[at])
        start, end = records.span(at)
        if verdict.kind and (value := _meant_value(text[start:end], verdict)):
            values.append((at, verdict, start + margin(text[start:end]), value))
    return _joined(
        values,
        lambda at, end, start: of_record[at] == of_record[at + 1] and bool(BETWEEN_FIELDS.fullmatch(text, end, start)),
    )


def _meant_value(cell: str, verdict: Verdict) -> str:
    """As `_value`, of a cell that may have escapes, which then is a value as a whole or not at all."""
    if (written := meant(cell)) == cell:
        return _value(cell, verdict)
    return bare(cell) if _value(written, verdict) == bare(written) else ""


def _starts(start: int, cells: list[str]) -> list[int]:
    starts = []
    for cell in cells:
        starts.append(start)
        start += len(cell) + 1
    return starts


def _value(cell: str, verdict: Verdict) -> str:
    """What of a cell is the value; the postcode at the end of an address is a value of its own."""
    value = bare(cell)
    if verdict.kind == "ADDRESS" and (postcode := _POSTCODE.search(value)):
        value = value[: postcode.start()].rstrip(" ,")
    return value[: verdict.length(value)] if value else ""


def _joined(
    values: list[tuple[int, Verdict, int, str]], are_together: Callable[[int, int, int], bool] = lambda *_: True
) -> Iterator[tuple[str, int, int, float]]:
    """The values of one row; parts of a name in neighbouring columns as one, from the first to the last of them.

    `are_together` is asked of a cell, where its value ends and where that of the next begins.
    """
    held: tuple[int, Verdict, int, int] | None = None
    for at, verdict, start, value in values:
        is_next = held is not None and at == held[0] + 1 and _complete_each_other(held[1], verdict)
        if held is not None and is_next and are_together(held[0], held[3], start):
            held = (at, verdict, held[2], start + len(value))
            continue
        if held is not None:
            yield held[1].kind, held[2], held[3], held[1].score
            held = None
        if verdict.part in _PARTS:
            held = (at, verdict, start, start + len(value))
        else:
            yield verdict.kind, start, start + len(value), certainty(verdict.kind, value, verdict.score)
    if held is not None:
        yield held[1].kind, held[2], held[3], held[1].score


def _complete_each_other(one: Verdict, other: Verdict) -> bool:
    return one.part in _PARTS and other.part in _PARTS and one.part != other.part
