"""The labellers' answers: a sheet back from a spreadsheet, and what detection amounts to by them."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from domain.errors import ConfigurationError
from operations.measuring.estimate import Cell, Estimate, estimate
from operations.measuring.sample import COLUMNS, QUESTIONS, Draw, Row

_MOST_NAMED = 20
_NEEDED = ("number", "file", *QUESTIONS)
_PLAIN = re.compile(r"[^A-Za-z0-9]+")


class Answer(StrEnum):
    YES = "yes"
    NO = "no"
    UNSURE = "cannot tell"


_ANSWERS = {
    **dict.fromkeys(("yes", "y", "1", "true"), Answer.YES),
    **dict.fromkeys(("no", "n", "0", "false"), Answer.NO),
    **dict.fromkeys(
        ("cannot tell", "can not tell", "can't tell", "cant tell", "unknown", "not sure", "unsure", "?"), Answer.UNSURE
    ),
}
"""What people write, in small letters; a spreadsheet may have made TRUE of it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One question: how many rows answered it, could not tell, or left it open, and the estimate. `flagged` are those
    answered of contents that the detector had told to be so.

    Where any left it open there is none: those rows are of people, as those that need no answer are not.
    """

    estimate: Estimate
    answered: int
    flagged: int
    unsure: int
    unanswered: int


@dataclass(frozen=True, slots=True)
class _Labelled:
    row: Row
    answers: Mapping[str, Answer | None]


def score(drawn: Draw, sheet: bytes) -> Mapping[str, Measured]:
    """Question → what detection amounts to by the answers in the sheet.

    Raises ConfigurationError that names every row that is missing, unknown or without a plain answer.
    """
    labelled = _labelled(drawn, list(_rows(sheet)))
    return {question: _measured(drawn, labelled, question) for question in QUESTIONS}


def _measured(drawn: Draw, labelled: Sequence[_Labelled], question: str) -> Measured:
    sizes: Counter[tuple[str, bool]] = Counter()
    for population in drawn.populations:
        sizes[population.stratum, getattr(population, question)] += population.size
    answers: defaultdict[tuple[str, bool], Counter[Answer | None]] = defaultdict(Counter)
    for one in labelled:
        answers[one.row.stratum, getattr(one.row, question)][one.answers[question]] += 1
    cells = [Cell(size, key[1], answers[key][Answer.YES], answers[key][Answer.NO]) for key, size in sizes.items()]
    told = Counter(one.answers[question] for one in labelled)
    found = Estimate() if told[None] else estimate(cells, drawn.seed)
    flagged = sum(cell.answered for cell in cells if cell.told)
    return Measured(found, told[Answer.YES] + told[Answer.NO], flagged, told[Answer.UNSURE], told[None])


def _labelled(drawn: Draw, rows: Sequence[Mapping[str, str]]) -> list[_Labelled]:
    known = {str(row.number): row for row in drawn.rows}
    faults: defaultdict[str, list[str]] = defaultdict(list)
    for fault, number in _faults(known, rows):
        faults[fault].append(number)
    if faults:
        lines = (f"{fault}: {_some(numbers)}" for fault, numbers in faults.items())
        raise ConfigurationError("\n".join(["The sheet cannot be scored.", *lines]))
    return [_Labelled(known[_number(row)], _answers(row)) for row in rows]


def _some(numbers: Sequence[str]) -> str:
    left = len(numbers) - _MOST_NAMED
    return ", ".join(numbers[:_MOST_NAMED]) + (f" and {left} more" if left > 0 else "")


def _faults(known: Mapping[str, Row], rows: Sequence[Mapping[str, str]]) -> Iterator[tuple[str, str]]:
    """What is wrong, with the number of the row, in words that quote no other cell: it may hold what somebody read."""
    counted = Counter(map(_number, rows))
    yield from (("Rows that are missing", number) for number in known if number not in counted)
    for line, row in enumerate(rows, start=2):
        number = _number(row)
        if number not in known:
            yield "Lines whose number was not drawn", str(line)
        elif counted[number] > 1:
            yield "Rows that are there more than once", number
        elif not _is_same_file(row["file"], known[number].file):
            yield "Rows that name another file than was drawn (is this the sheet of another draw?)", number
        else:
            yield from ((f"Rows in which {fault}", number) for fault in _faulty_answers(row))


def _faulty_answers(row: Mapping[str, str]) -> Iterator[str]:
    answers = _answers(row)
    for question in QUESTIONS:
        if answers[question] is None and (row[question] or question == "personal"):
            yield f"{question} is not answered with yes, no or cannot tell"
        elif question != "personal" and answers[question] is Answer.YES and answers["personal"] is Answer.NO:
            yield f"{question} is yes though personal is no"


def _answers(row: Mapping[str, str]) -> dict[str, Answer | None]:
    """Where nobody is named, or nobody could tell, no more answers are needed: they are the same."""
    told = {question: _ANSWERS.get(row[question].lower().replace("\u2019", "'")) for question in QUESTIONS}
    otherwise = None if told["personal"] is Answer.YES else told["personal"]
    return {question: answer or (None if row[question] else otherwise) for question, answer in told.items()}


def _number(row: Mapping[str, str]) -> str:
    return row["number"].removesuffix(".0")


def _is_same_file(written: str, drawn: str) -> bool:
    """By plain letters and digits: a spreadsheet that saves in an old encoding loses others."""
    return _PLAIN.sub("", written) == _PLAIN.sub("", drawn)


def _rows(sheet: bytes) -> Iterator[Mapping[str, str]]:
    """The sheet's lines, by the first words of their columns; empty lines are passed over.

    A spreadsheet in another country's setting parts cells by semicolons, or saves them parted by tabs.
    """
    text = _decoded(sheet)
    head = text.partition("\n")[0]
    delimiter = max(",;\t", key=head.count)
    try:
        first, *lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    except (csv.Error, ValueError) as error:
        raise ConfigurationError("The sheet is empty or damaged. Save it from the spreadsheet as CSV.") from error
    names = [cell.strip().lower().partition(" ")[0].rstrip("?") for cell in first]
    if missing := [heading for name, heading in COLUMNS.items() if name in _NEEDED and name not in names]:
        raise ConfigurationError(f"The sheet has no column {missing[0]!r}. Keep the first line as it was drawn.")
    for line in lines:
        cells = dict(zip(names, (" ".join(cell.split()) for cell in line), strict=False))
        if any(cells.values()):
            yield dict.fromkeys(COLUMNS, "") | cells


def _decoded(sheet: bytes) -> str:
    if sheet.startswith(b"PK"):
        raise ConfigurationError("This is a workbook. Save it from the spreadsheet as CSV, and score that.")
    if sheet.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return sheet.decode("utf-16", "replace")
    try:
        return sheet.decode("utf-8-sig")
    except UnicodeDecodeError:
        return sheet.decode("cp1252", "replace")
