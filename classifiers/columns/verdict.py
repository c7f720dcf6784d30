"""What the columns of a table hold: by their headings, proved by their values, or by their values alone."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

from classifiers.columns.births import births
from classifiers.columns.people import are_first_names, are_initialled, are_people, are_surnames
from classifiers.columns.rows import Grid, bare, cells_of_row, grids_in, rows_of
from classifiers.columns.values import (
    are_of_one_make,
    has_form,
    is_at_street,
    is_current_mark,
    is_money,
    is_name,
    is_property_number,
    is_secretive,
    is_sequence,
    length_as,
    telling_length,
)  # fmt: skip
from classifiers.columns.vocabulary import Meaning, NamePart, meaning_of
from domain.content import Table

CHECKED_WITH_HEADING = 0.95
FORM_WITH_HEADING = 0.9
CHECKED_ALONE = 0.85
NAMES = 0.8
MOST_JUDGED_BY = 200
"""Cells of a column, from its beginning, that a verdict is made of."""

_CHECKED = frozenset({"UK_NHS", "UK_NINO", "UK_UTR", "UK_UPN", "IBAN_CODE", "CREDIT_CARD", "UK_DRIVING_LICENCE"})
_TELLING = ("UK_NINO", "EMAIL_ADDRESS", "UK_UPN", "IBAN_CODE", "UK_DRIVING_LICENCE", "UK_POSTCODE", "UK_NHS", "UK_UTR",
            "CREDIT_CARD", "UK_PHONE")  # fmt: skip
"""Kinds that a column is of where 95 cells in 100 are, whatever its heading: by chance 11^-5 are NHS numbers."""
NUMBERS = frozenset({
    "UK_NHS", "UK_UTR", "UK_PHONE", "CREDIT_CARD", "UK_ACCOUNT", "UK_SORT_CODE", "UK_UPRN", "COUNCIL_REF",
    "UK_PASSPORT", "UK_VEHICLE_REGISTRATION", "DATE_OF_BIRTH", "IP_ADDRESS",
})  # fmt: skip
"""Kinds that are told by little more than their digits, so that a column of something else is full of them."""
_BY_FORM = frozenset({"UK_NINO", "UK_UPN", "UK_DRIVING_LICENCE", "CREDENTIAL"})
"""Kinds that serial numbers look like, now and then."""
_FEWEST = 5
_FEWEST_AGAINST_HEADING = 8
_SHORTEST_REFERENCE = 5
_FEWEST_TO_DENY = 10
_FEWEST_PAIRS = 3
_SHARE = 0.95
_SIGN = re.compile(r"[\d@]")
_IDENTIFIES = _CHECKED | {"DATE_OF_BIRTH", "COUNCIL_REF", "EMAIL_ADDRESS", "UK_PHONE"} - {"CREDIT_CARD"}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a column holds: values of `kind` ("" for none of a kind), this surely; and kinds that it never holds.

    `part` says which part of a name it is. A value of a kind that is `never` there is a chance of its digits.
    """

    kind: str = ""
    score: float = 0.0
    part: NamePart | None = None
    never: frozenset[str] = frozenset()

    def length(self, cell: str) -> int:
        """How many characters of a cell, without what stands around it, are such a value."""
        if self.part is not None:
            return len(cell) * is_name(self.part, cell)
        return length_as(self.kind, cell) if self.kind else 0


NO_VERDICT = Verdict()


@dataclass(frozen=True, slots=True)
class JudgedTable(Grid):
    """A table with a verdict for each of its columns, from left to right."""

    verdicts: tuple[Verdict, ...] = ()


def judged_tables(text: str, tables: Sequence[Table] = (), latest: date | None = None) -> tuple[JudgedTable, ...]:
    """Every table of a text, judged; those that are already stay as they are, and then no more are looked for.

    `latest` is the latest date known of the document, before which people in it were born.
    """
    if tables and all(isinstance(table, JudgedTable) for table in tables):
        return tuple(table for table in tables if isinstance(table, JudgedTable))
    return tuple(_judged(text, grid, latest) for grid in grids_in(text, tables))


def as_judged(grid: Grid, verdicts: Sequence[Verdict]) -> JudgedTable:
    """The table with its verdicts."""
    return JudgedTable(grid.start, grid.end, grid.columns, grid.head, grid.delimiter, tuple(verdicts))


def judge(columns: Sequence[str], rows: Iterable[Sequence[str]], latest: date | None = None) -> tuple[Verdict, ...]:
    """A verdict for each column of a table, by its headings ("" or missing for none) and rows of bare cells.

    By heading, where the values bear it out; else by the values, of which at least five and 95 in 100 must be of one
    kind; dates beside names that can only be births; names by the first names among them; sort codes make account
    numbers, and people make references of numbers that a heading calls so. Numbers of things (invoices, meters, money,
    rows) are none of anybody's.
    """
    cells = _by_column(rows, len(columns))
    meanings = [meaning_of(columns[at]) if at < len(columns) else Meaning() for at in range(len(cells))]
    verdicts = [_verdict(meaning, column) for meaning, column in zip(meanings, cells, strict=True)]
    verdicts = _with_accounts(verdicts, meanings, cells)
    verdicts = _with_loose_names(verdicts, meanings, cells)
    verdicts = _with_parts_of_names(verdicts, meanings, cells)
    verdicts = _with_births(verdicts, meanings, cells, latest)
    verdicts = _with_properties(verdicts, cells)
    return tuple(_with_references(verdicts, meanings, cells, is_headed=any(columns)))


def _judged(text: str, grid: Grid, latest: date | None) -> JudgedTable:
    rows = (list(map(bare, cells_of_row(row.line, grid.delimiter))) for row in rows_of(text, grid))
    return as_judged(grid, judge(grid.columns, islice(rows, MOST_JUDGED_BY), latest))


def _by_column(rows: Iterable[Sequence[str]], width: int) -> list[list[str]]:
    """The cells that hold something, column by column."""
    cells: list[list[str]] = [[] for _ in range(width)]
    for row in rows:
        while len(cells) < len(row):
            cells.append([])
        for column, cell in zip(cells, row, strict=False):
            if cell:
                column.append(cell)
    return cells


def _verdict(meaning: Meaning, cells: Sequence[str]) -> Verdict:
    by_values = _by_values(cells, _FEWEST_AGAINST_HEADING if meaning.no_number else _FEWEST)
    if meaning.kind and (verdict := _by_heading(meaning, cells)):
        return verdict
    if by_values:
        return by_values
    return replace(NO_VERDICT, never=_denied(meaning, cells))


def _by_heading(meaning: Meaning, cells: Sequence[str]) -> Verdict | None:
    if meaning.part is not None:
        return _named(meaning.part, cells) if meaning.part is not NamePart.LOOSE else None
    valid = [cell for cell in cells if length_as(meaning.kind, cell)]
    if meaning.beside_sort_code or not valid or (len(cells) >= _FEWEST and len(valid) * 2 < len(cells)):
        return None
    if meaning.kind == "CREDENTIAL" and not is_secretive(valid):
        return None
    score = CHECKED_WITH_HEADING if meaning.kind in _CHECKED else FORM_WITH_HEADING
    return _of_kind(meaning.kind, score)


def _named(part: NamePart, cells: Sequence[str]) -> Verdict | None:
    named = sum(is_name(part, cell) for cell in cells)
    is_borne_out = named > 0 and (len(cells) < _FEWEST or named * 5 >= len(cells) * 2)
    return Verdict("PERSON", NAMES, part) if is_borne_out else None


def _by_values(cells: Sequence[str], fewest: int) -> Verdict | None:
    if len(cells) < fewest or len(set(cells)) < fewest:
        return None
    for kind in _TELLING if _share_has_sign(cells) else ():
        if _share_reaches(kind, cells):
            return _of_kind(kind, CHECKED_ALONE)
    if _share_reaches("UK_VEHICLE_REGISTRATION", cells) and sum(map(is_current_mark, cells)) * 2 > len(cells):
        return _of_kind("UK_VEHICLE_REGISTRATION", CHECKED_ALONE)
    at_street = sum(map(is_at_street, cells)) * 5 >= len(cells) * 4
    return Verdict("ADDRESS", NAMES) if at_street else None


def _share_has_sign(cells: Sequence[str]) -> bool:
    """Whether 95 in 100 have a digit or an @, as values of each of those kinds do."""
    return sum(_SIGN.search(cell) is None for cell in cells) <= int(len(cells) * (1 - _SHARE))


def _share_reaches(kind: str, cells: Sequence[str]) -> bool:
    """Whether 95 in 100 are of the kind; most columns fail at their first cells."""
    left = int(len(cells) * (1 - _SHARE))
    for cell in cells:
        if not telling_length(kind, cell):
            left -= 1
            if left < 0:
                return False
    return True


def _of_kind(kind: str, score: float) -> Verdict:
    return Verdict(kind, score, never=NUMBERS - {kind} if kind in NUMBERS | _CHECKED else frozenset())


def _denied(meaning: Meaning, cells: Sequence[str]) -> frozenset[str]:
    """What a column without a kind never holds."""
    if meaning.no_number or is_money(cells) or is_sequence(cells[:100]):
        return NUMBERS | _BY_FORM | ({"PERSON"} if meaning.no_person else frozenset())
    chances = {kind for kind in ("UK_NHS", "UK_UTR", "CREDIT_CARD") if _is_by_chance(kind, cells)}
    other_dates = {"DATE_OF_BIRTH"} if meaning.no_birth else set()
    return frozenset(chances | other_dates | ({"PERSON"} if meaning.no_person else set()))


def _is_by_chance(kind: str, cells: Sequence[str]) -> bool:
    """Whether many cells have the form and fewer than half of those pass the check."""
    formed = [cell for cell in cells if has_form(kind, cell)]
    valid = sum(length_as(kind, cell) > 0 for cell in formed)
    return len(formed) >= _FEWEST_TO_DENY and valid * 2 < len(formed)


def _with_accounts(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]]
) -> list[Verdict]:
    """Account numbers beside sort codes: by the heading of one at least, or both by their form alone."""
    sorts = {at for at, verdict in enumerate(verdicts) if verdict.kind == "UK_SORT_CODE"}
    accounts = [at for at, column in enumerate(cells) if not verdicts[at].kind and _all("UK_ACCOUNT", column, 8)]
    headed = [at for at in accounts if meanings[at].kind == "UK_ACCOUNT"]
    unheaded = [at for at in accounts if not verdicts[at].never and not meanings[at].is_known]
    if not sorts:
        sorts = {at for at, column in enumerate(cells) if not verdicts[at].kind and _are_sort_codes(column)}
        sorts &= {other for at in (*headed, *unheaded) for other in (at - 1, at + 1)}
    if not sorts or not (headed or unheaded):
        return verdicts
    found = headed or [at for at in unheaded if sorts & {at - 1, at + 1}]
    for at in sorts if found else ():
        verdicts[at] = verdicts[at] if verdicts[at].kind else _of_kind("UK_SORT_CODE", CHECKED_ALONE)
    for at in found:
        verdicts[at] = _of_kind("UK_ACCOUNT", FORM_WITH_HEADING if at in headed else CHECKED_ALONE)
    return verdicts


def _all(kind: str, cells: Sequence[str], length: int) -> bool:
    """Whether there are such cells and nearly all are of the kind; a spreadsheet may have taken a leading zero."""
    return bool(cells) and _share_reaches(kind, cells) and sum(len(cell) == length for cell in cells) * 2 >= len(cells)


def _are_sort_codes(cells: Sequence[str]) -> bool:
    """Three pairs of digits with hyphens or spaces, of which a tenth at least could be no date."""
    if len(cells) < _FEWEST_PAIRS or not all(len(cell) == 8 and cell[2] == cell[5] in "- " for cell in cells):
        return False
    dates = sum(length_as("DATE_OF_BIRTH", cell) > 0 for cell in cells)
    return _share_reaches("UK_SORT_CODE", cells) and dates * 10 <= len(cells) * 9


def _with_loose_names(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]]
) -> list[Verdict]:
    """Columns headed "Name" or "Owner", and those that say nothing: names, where first names are among them."""
    personal = any(verdict.kind in _IDENTIFIES for verdict in verdicts)
    for at, (meaning, column) in enumerate(zip(meanings, cells, strict=True)):
        if verdicts[at].kind or (meaning.kind and meaning.part is not NamePart.LOOSE):
            continue
        is_headed = meaning.part is NamePart.LOOSE
        may_be = not meaning.no_person
        if ((may_be or meaning.is_of_firms) and are_initialled(column)) or (
            may_be and are_people(column, is_headed=is_headed, personal=personal)
        ):
            verdicts[at] = Verdict("PERSON", NAMES, NamePart.WHOLE)
        elif is_headed and are_first_names(column):
            verdicts[at] = Verdict("PERSON", NAMES, NamePart.FIRST)
        elif is_headed and len(column) >= _FEWEST:
            verdicts[at] = replace(verdicts[at], never=verdicts[at].never | {"PERSON"})
    return verdicts


def _with_parts_of_names(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]]
) -> list[Verdict]:
    """A column of single words most of which are first names, and the surnames beside it, without headings."""
    for at, column in enumerate(cells):
        if _says_something(verdicts[at], meanings[at]) or not are_first_names(column):
            continue
        for beside in (at + 1, at - 1):
            is_open = 0 <= beside < len(cells) and not _says_something(verdicts[beside], meanings[beside])
            if is_open and are_surnames(cells[beside]):
                verdicts[at] = Verdict("PERSON", NAMES, NamePart.FIRST)
                verdicts[beside] = Verdict("PERSON", NAMES, NamePart.LAST)
                break
    return verdicts


def _says_something(verdict: Verdict, meaning: Meaning) -> bool:
    return bool(verdict.kind) or meaning.is_known


def _with_births(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]], latest: date | None
) -> list[Verdict]:
    """Dates beside names that can only be births, whatever stands over them but the word for another date."""
    if not any(verdict.kind == "PERSON" for verdict in verdicts):
        return verdicts
    open_to = [not verdicts[at].kind and not meanings[at].no_birth for at in range(len(cells))]
    for at in births(cells, open_to, latest):
        verdicts[at] = _of_kind("DATE_OF_BIRTH", CHECKED_ALONE)
    return verdicts


def _with_properties(verdicts: list[Verdict], cells: Sequence[Sequence[str]]) -> list[Verdict]:
    """The numbers of the properties whose addresses a table has: all of ten to twelve digits."""
    if not any(verdict.kind in ("ADDRESS", "UK_POSTCODE") for verdict in verdicts):
        return verdicts
    for at, column in enumerate(cells):
        if not verdicts[at].kind and len(set(column)) >= _FEWEST and all(map(is_property_number, column)):
            verdicts[at] = _of_kind("UK_UPRN", CHECKED_ALONE)
    return verdicts


def _with_references(
    verdicts: list[Verdict], meanings: Sequence[Meaning], cells: Sequence[Sequence[str]], *, is_headed: bool
) -> list[Verdict]:
    """The numbers under which the people that a table names are kept: most rows have their own.

    Where the table has no headings at all, the column whose cells are all of one make.
    """
    if not any(verdict.kind == "PERSON" for verdict in verdicts):
        return verdicts
    for at, (meaning, column) in enumerate(zip(meanings, cells, strict=True)):
        if verdicts[at].kind:
            continue
        is_alike = not is_headed and not verdicts[at].never and are_of_one_make(column, is_first=at == 0)
        if is_alike or (meaning.beside_people and _are_references(column)):
            verdicts[at] = _of_kind("COUNCIL_REF", NAMES)
    return verdicts


def _are_references(cells: Sequence[str]) -> bool:
    formed = [cell for cell in cells if len(cell) >= _SHORTEST_REFERENCE and length_as("COUNCIL_REF", cell)]
    is_own = len(formed) * 5 >= len(cells) * 4 and len(set(formed)) * 4 >= len(formed) * 3
    return bool(formed) and is_own and not is_money(cells)
